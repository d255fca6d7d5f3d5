/* The crawler that runs while the desk is served. Private to src/desk. */
#pragma once
#include <glib.h>

/* Starts a thread that looks at the sources of DIRECTORY as they fall due, for as long as the process lives.
   It is never waited for: a crawl may end at any moment without loss. */
void zb_patrol_start (const char *directory);

/* Looks at the source SLUG now, due or not, in a thread of its own. Waits for a crawl that is under way. */
void zb_patrol_ask (const char *directory, const char *slug);
