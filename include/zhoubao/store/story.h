/* Stories in the store. */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/model/item.h"

gboolean zb_story_new (ZbDb *db, ZbTime now, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The bounds in time of the items without a story; both ZB_TIME_NONE where there are none. */
gboolean zb_story_pending (ZbDb *db, ZbTime *first, ZbTime *last, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Items that appeared in [FROM, TO], oldest first, with the head of their text only. (transfer full) */
GPtrArray *zb_story_window (ZbDb *db, ZbTime from, ZbTime to, GError **error);

/* Items of the stories that have at least one item in [FROM, TO), by story and time, heads only. (transfer
 * full) */
GPtrArray *zb_story_items (ZbDb *db, ZbTime from, ZbTime to, GError **error);

/* What a ranking hangs on: another one where an item came, changed, was grouped or seen elsewhere, or where
   something of the weeks before was decided. Compare by bytes. */
typedef struct {
  gint64 item, story, ungrouped, changes, decided;
} ZbStoryMark;

/* For WEEK ("2017-W26"). */
gboolean zb_story_mark (ZbDb *db, const char *week, ZbStoryMark *mark,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many items appeared in [FROM, TO), and how many of them have no story yet or came after the item
 * NEWEST.
 */
gboolean zb_story_count (ZbDb *db, ZbTime from, ZbTime to, gint64 newest, gint64 *all, gint64 *waiting,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
