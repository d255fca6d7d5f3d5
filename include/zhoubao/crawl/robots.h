/* robots.txt (RFC 9309): reading it and asking it. Pure: fetching and keeping it is crawl's. */
#pragma once
#include "zhoubao/base/url.h"

typedef struct ZbRobots ZbRobots;

/* Reads what the LENGTH bytes at TEXT say to AGENT, a product token or a whole User-Agent header, of which
   the token is what stands before the first "/" or space. Nothing behind the first LIMIT bytes is read
   (limits.robots_bytes), nor the line that they cut, whose rule could be too wide. It always succeeds: lines
   that mean nothing are passed over. Returns: (transfer full). */
ZbRobots *zb_robots_parse (const char *text, gsize length, gsize limit, const char *agent);
void zb_robots_free (ZbRobots *robots);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbRobots, zb_robots_free)

/* Whether URL may be fetched; robots.txt itself always may. The longest rule decides, and of two as long the
   one that allows. */
gboolean zb_robots_allowed (const ZbRobots *robots, const ZbUrl *url);

/* Seconds that the site wants between two requests (a custom, not of the RFC), negative where it says
   nothing. */
double zb_robots_crawl_delay (const ZbRobots *robots);
