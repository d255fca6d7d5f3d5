/* Evidence of which only titles and first lines were taken in: its texts are still to be read. */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct {
  char *sha256, *source;
} ZbUnread;

void zb_unread_free (ZbUnread *unread);

gboolean zb_unread_add (ZbDb *db, const char *sha256, const char *source,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An array of ZbUnread, the newest evidence first. (transfer full) */
GPtrArray *zb_unread_list (ZbDb *db, GError **error);

/* It was read, or never can be. */
gboolean zb_unread_done (ZbDb *db, const char *sha256, GError **error) G_GNUC_WARN_UNUSED_RESULT;
