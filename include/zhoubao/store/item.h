/* Items in the store. */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/model/item.h"

/* Adds ITEM, whose source, url, canonical, title and fetched must be set, and sets its id. Where the
   canonical URL is known already, ITEM's id becomes the known one's, a sighting is noted, gaps of the known
   item are filled from ITEM (text, dates, document facts) and IS_NEW becomes FALSE; nothing that is there is
   overwritten. IS_NEW may be NULL. */
gboolean zb_item_add (ZbDb *db, ZbItem *item, gboolean *is_new, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The id of the item with that canonical URL, 0 for none: lets a crawl skip what it knows before it reads
 * more. */
gboolean zb_item_find (ZbDb *db, const char *canonical, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The item ID; ZB_ERROR_NOT_FOUND where there is none. (transfer full) */
ZbItem *zb_item_get (ZbDb *db, gint64 id, GError **error);

/* Puts the article that was fetched for item ID into it: text, evidence, and those of PAGE's facts that the
 * item lacks. */
gboolean zb_item_set_page (ZbDb *db, gint64 id, const ZbPage *page, const char *sha256,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Items that appeared in [FROM, TO), newest first, at most LIMIT: an array of ZbItem. (transfer full) */
GPtrArray *zb_item_list (ZbDb *db, ZbTime from, ZbTime to, gint64 limit, GError **error);

/* Those of a story, oldest first. (transfer full) */
GPtrArray *zb_item_list_story (ZbDb *db, gint64 story, GError **error);

/* The story of the item ID; 0 where it has none, or is not there. */
gboolean zb_item_get_story (ZbDb *db, gint64 id, gint64 *story, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_item_set_story (ZbDb *db, gint64 id, gint64 story, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The slugs of all sources in which the item was seen, its own first. (transfer full) */
char **zb_item_sources (ZbDb *db, gint64 id, GError **error);

/* For other files of this room: every row of Q, whose columns are id, source, url, canonical … story in the
 * order of the table. (transfer full) */
GPtrArray *zb_item_read_all (ZbQuery *q, GError **error);
