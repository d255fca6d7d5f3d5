/* Articles still to be fetched, of items of which the source told no more than a title or a few lines. */
#pragma once
#include "zhoubao/edge/db.h"

#define ZB_WANTED_TRIES 3 /* failures after which an article is given up */

typedef struct {
  gint64 item;
  char *source, *url;
  ZbTime published;
} ZbWanted;

void zb_wanted_free (ZbWanted *wanted);

gboolean zb_wanted_add (ZbDb *db, const ZbWanted *wanted, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Those of SOURCE, the newest first: an array of ZbWanted. (transfer full) */
GPtrArray *zb_wanted_list (ZbDb *db, const char *source, gint64 limit, GError **error);

/* It was fetched, or is gone for good. */
gboolean zb_wanted_done (ZbDb *db, gint64 item, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* It could not be fetched this time. */
gboolean zb_wanted_missed (ZbDb *db, gint64 item, GError **error) G_GNUC_WARN_UNUSED_RESULT;
