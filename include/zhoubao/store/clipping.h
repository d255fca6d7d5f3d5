/* Pages that editors clip at the desk, on their way to being items. The row is there before a page is
   fetched, so that a restart loses none. */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct {
  gint64 id;
  ZbTime asked;
  char *editor, *url;
  char *source; /* NULL: by its address */
  GBytes *page; /* what was pasted, or NULL */
  gint64 item;  /* what became of it, or 0 */
  ZbTime ended; /* ZB_TIME_NONE: it waits */
  char *problem;
} ZbClipping;

void zb_clipping_free (ZbClipping *clipping);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbClipping, zb_clipping_free)

/* Sets the ID of CLIPPING. What ended a week before is forgotten, and that the same page could not be taken
   in before. */
gboolean zb_clipping_add (ZbDb *db, ZbClipping *clipping, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* NULL: error; not found where it is not known, or no longer. (transfer full) */
ZbClipping *zb_clipping_get (ZbDb *db, gint64 id, GError **error);

/* Those that wait, the oldest first, of ZbClipping without their pages. (transfer full) */
GPtrArray *zb_clipping_list_open (ZbDb *db, GError **error);

/* Those that wait and those that could not be taken in, the newest first. (transfer full) */
GPtrArray *zb_clipping_list_unsettled (ZbDb *db, gint64 limit, GError **error);

/* It is ITEM now (PROBLEM NULL), or could not be taken in for PROBLEM. What was pasted is let go. */
gboolean zb_clipping_end (ZbDb *db, gint64 id, gint64 item, const char *problem, ZbTime now,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whoever asked has seen that it could not be taken in, and goes on otherwise. */
gboolean zb_clipping_forget (ZbDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
