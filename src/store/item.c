/* Items in the store. */
#include "zhoubao/store/item.h"

#include "zhoubao/base/error.h"

#define COLUMNS                                                                                              \
  "id, source, url, canonical, title, author, language, summary, text, published, fetched, number, issuer, " \
  "signed_on,"                                                                                               \
  " effective, comment_deadline, evidence, story"

static const char *const FIND = "SELECT id FROM item WHERE canonical = ?";
static const char *const ADD =
    "INSERT INTO item (source, url, canonical, title, author, language, summary, text, published, fetched, "
    "number, issuer,"
    " signed_on, effective, comment_deadline, evidence) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
    " ON CONFLICT (canonical) DO NOTHING";
/* A row in which nothing is missing that is known now is not written again. */
static const char *const FILL =
    "UPDATE item SET "
    "author = coalesce (author, ?1), language = coalesce (language, ?2), "
    "summary = coalesce (summary, ?3), text = coalesce (text, ?4), "
    "published = coalesce (published, ?5), number = coalesce (number, ?6), "
    "issuer = coalesce (issuer, ?7), signed_on = coalesce (signed_on, ?8), "
    "effective = coalesce (effective, ?9), comment_deadline = coalesce (comment_deadline, ?10), "
    "evidence = coalesce (evidence, ?11)"
    " WHERE id = ?12 AND ("
    "(author IS NULL AND ?1 IS NOT NULL) OR (language IS NULL AND ?2 IS NOT NULL) OR "
    "(summary IS NULL AND ?3 IS NOT NULL) OR (text IS NULL AND ?4 IS NOT NULL) OR "
    "(published IS NULL AND ?5 IS NOT NULL) OR (number IS NULL AND ?6 IS NOT NULL) OR "
    "(issuer IS NULL AND ?7 IS NOT NULL) OR (signed_on IS NULL AND ?8 IS NOT NULL) OR "
    "(effective IS NULL AND ?9 IS NOT NULL) OR (comment_deadline IS NULL AND ?10 IS NOT NULL) OR "
    "(evidence IS NULL AND ?11 IS NOT NULL))";
/* A trigger would say it too, but make SQLite keep each page as it was before the row, to take a single row
   back by. */
static const char *const TELL_SEARCH = "INSERT INTO search_todo (item) VALUES (?)";
static const char *const SIGHT =
    "INSERT OR IGNORE INTO sighting (item, source, url, seen)"
    " SELECT id, ?2, ?3, ?4 FROM item WHERE id = ?1 AND (source <> ?2 OR url <> ?3)";
static const char *const GET = "SELECT " COLUMNS " FROM item WHERE id = ?";
static const char *const LIST =
    "SELECT " COLUMNS " FROM item WHERE coalesce (published, fetched) >= ?"
    " AND coalesce (published, fetched) < ? ORDER BY coalesce (published, fetched) DESC, id DESC LIMIT ?";
static const char *const LIST_STORY =
    "SELECT " COLUMNS " FROM item WHERE story = ? ORDER BY coalesce (published, fetched), id";
/* The article proves more than the feed that told of it. */
static const char *const SET_EVIDENCE = "UPDATE item SET evidence = ? WHERE id = ?";
static const char *const GET_STORY = "SELECT story FROM item WHERE id = ? AND story IS NOT NULL";
static const char *const SET_STORY = "UPDATE item SET story = ? WHERE id = ?";
static const char *const SOURCES = "SELECT source FROM item WHERE id = ?1 UNION ALL"
                                   " SELECT DISTINCT source FROM sighting WHERE item = ?1"
                                   " AND source <> (SELECT source FROM item WHERE id = ?1)";

gboolean
zb_item_find (ZbDb *db, const char *canonical, gint64 *id, GError **error)
{
  *id = 0;
  return zb_db_int (db, id, error, FIND, "s", canonical);
}

static gboolean
fill (ZbDb *db, const ZbItem *item, GError **error)
{
  return zb_db_exec (db, error, FILL, "sssstsstttsi", item->author, item->language, item->summary, item->text,
                     item->published, item->number, item->issuer, item->signed_on, item->effective,
                     item->comment_deadline, item->evidence, item->id);
}

/* Adds what is not there. Returns: whether that went well; FRESH: whether it was not there. */
static gboolean
insert (ZbDb *db, const ZbItem *item, gboolean *fresh, GError **error)
{
  if (!zb_db_exec (db, error, ADD, "ssssssssttssttts", item->source, item->url, item->canonical, item->title,
                   item->author, item->language, item->summary, item->text, item->published, item->fetched,
                   item->number, item->issuer, item->signed_on, item->effective, item->comment_deadline,
                   item->evidence))
    return FALSE;
  *fresh = zb_db_changes (db) > 0;
  return TRUE;
}

gboolean
zb_item_add (ZbDb *db, ZbItem *item, gboolean *is_new, GError **error)
{
  gboolean fresh = FALSE;
  if (!insert (db, item, &fresh, error))
    return FALSE;
  if (is_new != NULL)
    *is_new = fresh;
  if (fresh) {
    item->id = zb_db_last_id (db);
    return zb_db_exec (db, error, TELL_SEARCH, "i", item->id);
  }
  return zb_item_find (db, item->canonical, &item->id, error) && fill (db, item, error) &&
         zb_db_exec (db, error, SIGHT, "isst", item->id, item->source, item->url, item->fetched);
}

static ZbItem *
read_item (ZbQuery *q)
{
  ZbItem *item = zb_item_new ();
  item->id = zb_query_int (q, 0);
  item->source = g_strdup (zb_query_text (q, 1));
  item->url = g_strdup (zb_query_text (q, 2));
  item->canonical = g_strdup (zb_query_text (q, 3));
  item->title = g_strdup (zb_query_text (q, 4));
  item->author = g_strdup (zb_query_text (q, 5));
  item->language = g_strdup (zb_query_text (q, 6));
  item->summary = g_strdup (zb_query_text (q, 7));
  item->text = g_strdup (zb_query_text (q, 8));
  item->published = zb_query_time (q, 9);
  item->fetched = zb_query_time (q, 10);
  item->number = g_strdup (zb_query_text (q, 11));
  item->issuer = g_strdup (zb_query_text (q, 12));
  item->signed_on = zb_query_time (q, 13);
  item->effective = zb_query_time (q, 14);
  item->comment_deadline = zb_query_time (q, 15);
  item->evidence = g_strdup (zb_query_text (q, 16));
  item->story = zb_query_int (q, 17);
  return item;
}

ZbItem *
zb_item_get (ZbDb *db, gint64 id, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, GET, "i", id);
  g_autoptr (ZbItem) item = zb_query_next (q) ? read_item (q) : NULL;
  if (!zb_query_ok (q, error))
    return NULL;
  if (item == NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no item %" G_GINT64_FORMAT, id);
  return g_steal_pointer (&item);
}

gboolean
zb_item_set_page (ZbDb *db, gint64 id, const ZbPage *page, const char *sha256, GError **error)
{
  /* Borrowed members only: the struct is never freed. */
  ZbItem gaps = {.id = id,
                 .author = page->byline,
                 .language = page->language,
                 .text = page->markdown,
                 .published = page->published,
                 .fetched = ZB_TIME_NONE,
                 .number = page->document.number,
                 .issuer = page->document.issuer,
                 .signed_on = page->document.signed_on,
                 .effective = page->document.effective,
                 .comment_deadline = page->document.comment_deadline};
  return fill (db, &gaps, error) &&
         (sha256 == NULL || zb_db_exec (db, error, SET_EVIDENCE, "si", sha256, id));
}

GPtrArray *
zb_item_read_all (ZbQuery *q, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_item_free);
  while (zb_query_next (q))
    g_ptr_array_add (items, read_item (q));
  return zb_query_ok (q, error) ? g_steal_pointer (&items) : NULL;
}

GPtrArray *
zb_item_list (ZbDb *db, ZbTime from, ZbTime to, gint64 limit, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST, "tti", from, to, limit);
  return zb_item_read_all (q, error);
}

GPtrArray *
zb_item_list_story (ZbDb *db, gint64 story, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST_STORY, "i", story);
  return zb_item_read_all (q, error);
}

gboolean
zb_item_get_story (ZbDb *db, gint64 id, gint64 *story, GError **error)
{
  *story = 0;
  return zb_db_int (db, story, error, GET_STORY, "i", id);
}

gboolean
zb_item_set_story (ZbDb *db, gint64 id, gint64 story, GError **error)
{
  return zb_db_exec (db, error, SET_STORY, "ii", story, id);
}

char **
zb_item_sources (ZbDb *db, gint64 id, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, SOURCES, "i", id);
  g_autoptr (GStrvBuilder) slugs = g_strv_builder_new ();
  while (zb_query_next (q))
    g_strv_builder_add (slugs, zb_query_text (q, 0));
  return zb_query_ok (q, error) ? g_strv_builder_end (slugs) : NULL;
}
