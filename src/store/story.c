/* Stories in the store. */
#include "zhoubao/store/story.h"

#include "zhoubao/store/item.h"

#define HEADS                                                                                                \
  "id, source, url, canonical, title, author, language, substr (summary, 1, 2000), substr (text, 1, 3000), " \
  "published,"                                                                                               \
  " fetched, number, issuer, signed_on, effective, comment_deadline, evidence, story"

static const char *const NEW = "INSERT INTO story (created) VALUES (?)";
static const char *const PENDING =
    "SELECT min (coalesce (published, fetched)), max (coalesce (published, fetched))"
    " FROM item WHERE story IS NULL";
static const char *const WINDOW =
    "SELECT " HEADS " FROM item WHERE coalesce (published, fetched) BETWEEN ? AND ?"
    " ORDER BY coalesce (published, fetched), id";
/* What was published before FROM but first seen after it is late, not old. */
static const char *const ITEMS =
    "SELECT " HEADS " FROM item WHERE story IN ("
    " SELECT story FROM item WHERE coalesce (published, fetched) >= ?1 AND coalesce (published, fetched) < ?2"
    " UNION SELECT story FROM item WHERE coalesce (published, fetched) >= ?1 - 14 * 86400"
    " AND coalesce (published, fetched) < ?1 AND fetched >= ?1 AND fetched < ?2 AND NOT EXISTS ("
    "  SELECT 1 FROM decision d WHERE d.item = item.id AND d.decided < ?1))"
    " AND coalesce (published, fetched) >= ?1 - 28 * 86400 AND coalesce (published, fetched) < ?2"
    " ORDER BY story, coalesce (published, fetched), id";

static const char *const MARK =
    "SELECT (SELECT coalesce (max (id), 0) FROM item), (SELECT coalesce (max (id), 0) FROM story),"
    " (SELECT count (*) FROM item WHERE story IS NULL), (SELECT items FROM change),"
    " (SELECT coalesce (max (id), 0) FROM decision WHERE week < ?)";
/* Both halves are answered from an index: a row's story stands behind its text, which is long. */
static const char *const COUNT =
    "SELECT count (*), count (*) FILTER (WHERE id > ?3) + (SELECT count (*) FROM item INDEXED BY "
    "item_by_story"
    " WHERE story IS NULL AND id <= ?3 AND coalesce (published, fetched) >= ?1"
    " AND coalesce (published, fetched) < ?2)"
    " FROM item WHERE coalesce (published, fetched) >= ?1 AND coalesce (published, fetched) < ?2";

gboolean
zb_story_new (ZbDb *db, ZbTime now, gint64 *id, GError **error)
{
  if (!zb_db_exec (db, error, NEW, "t", now))
    return FALSE;
  *id = zb_db_last_id (db);
  return TRUE;
}

gboolean
zb_story_pending (ZbDb *db, ZbTime *first, ZbTime *last, GError **error)
{
  *first = *last = ZB_TIME_NONE;
  g_autoptr (ZbQuery) q = zb_db_query (db, PENDING, "");
  if (zb_query_next (q)) {
    *first = zb_query_time (q, 0);
    *last = zb_query_time (q, 1);
  }
  return zb_query_ok (q, error);
}

GPtrArray *
zb_story_window (ZbDb *db, ZbTime from, ZbTime to, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, WINDOW, "tt", from, to);
  return zb_item_read_all (q, error);
}

GPtrArray *
zb_story_items (ZbDb *db, ZbTime from, ZbTime to, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, ITEMS, "tt", from, to);
  return zb_item_read_all (q, error);
}

gboolean
zb_story_mark (ZbDb *db, const char *week, ZbStoryMark *mark, GError **error)
{
  gint64 *const members[] = {&mark->item, &mark->story, &mark->ungrouped, &mark->changes, &mark->decided};
  g_autoptr (ZbQuery) q = zb_db_query (db, MARK, "s", week);
  memset (mark, 0, sizeof *mark);
  if (zb_query_next (q))
    for (guint i = 0; i < G_N_ELEMENTS (members); i++)
      *members[i] = zb_query_int (q, (int)i);
  return zb_query_ok (q, error);
}

gboolean
zb_story_count (ZbDb *db, ZbTime from, ZbTime to, gint64 newest, gint64 *all, gint64 *waiting, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, COUNT, "tti", from, to, newest);
  *all = *waiting = 0;
  if (zb_query_next (q)) {
    *all = zb_query_int (q, 0);
    *waiting = zb_query_int (q, 1);
  }
  return zb_query_ok (q, error);
}
