/* A host in one run of the crawler: its robots.txt, and how it behaves. */
#pragma once
#include "zhoubao/crawl/robots.h"
#include "zhoubao/crawl/writer.h"
#include "zhoubao/edge/http.h"
#include "zhoubao/model/config.h"
#include "zhoubao/store/host.h"

typedef enum { ZB_SITE_UNKNOWN, ZB_SITE_ASKING, ZB_SITE_KNOWN } ZbSiteState;

typedef struct {
  char *origin;
  ZbSiteState state;
  ZbHost *row;
  ZbRobots *robots;   /* NULL: everything is allowed, unless REFUSAL */
  char *refusal;      /* why robots.txt could not be had, which means no */
  int silent;         /* connections in a row that failed */
  GPtrArray *waiting; /* what waits for robots.txt; the visitor's */
} ZbSite;

/* What the store knows of ORIGIN; KNOWN where its robots.txt is young enough. (transfer full) */
ZbSite *zb_site_new (ZbDb *db, const char *origin, const ZbConfig *config, const char *agent, ZbTime now,
                     GError **error);
void zb_site_free (ZbSite *site);

/* Takes the answer to the request for robots.txt, or the ERROR instead of one, and keeps what may be kept. */
void zb_site_set_robots (ZbSite *site, ZbWriter *writer, const ZbHttpResponse *response,
                         const GError *problem, const ZbConfig *config, const char *agent, ZbTime now);

/* FALSE with ERROR (ZB_ERROR_REFUSED) where robots.txt forbids URL. */
gboolean zb_site_allows (const ZbSite *site, const ZbUrl *url, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Remembers that the host wants to be left alone until T. */
void zb_site_hold (ZbSite *site, ZbWriter *writer, ZbTime t);

/* The gap that it wants between two requests, in milliseconds. */
gint64 zb_site_gap_ms (const ZbSite *site, const ZbLimits *limits);
