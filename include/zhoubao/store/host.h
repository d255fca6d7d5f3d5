/* What is known of a host, by its origin "https://host:port": its robots.txt and how long it asked to be left
   alone. */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct {
  char *origin;
  ZbTime not_before;     /* ZB_TIME_NONE: any time */
  ZbTime robots_fetched; /* ZB_TIME_NONE: never asked for */
  int robots_status;     /* of HTTP; 0: no answer */
  char *robots_etag, *robots_modified;
  GBytes *robots; /* the file's bytes where the status is 2xx, else NULL */
} ZbHost;

ZbHost *zb_host_new (const char *origin);
ZbHost *zb_host_copy (const ZbHost *host);
void zb_host_free (ZbHost *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbHost, zb_host_free)

/* What is known of ORIGIN, maybe nothing. (transfer full) */
ZbHost *zb_host_get (ZbDb *db, const char *origin, GError **error);
gboolean zb_host_put (ZbDb *db, const ZbHost *host, GError **error) G_GNUC_WARN_UNUSED_RESULT;
