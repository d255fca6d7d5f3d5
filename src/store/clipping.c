/* Clipped pages on their way, in the store. */
#include "zhoubao/store/clipping.h"

#include "zhoubao/base/error.h"

#define KEPT_SECONDS (7 * 24 * 3600) /* of those that ended */

#define COLUMNS "SELECT id, asked, editor, url, source, item, ended, problem"
static const char *const ADD =
    "INSERT INTO clipping (asked, editor, url, source, page) VALUES (?, ?, ?, ?, ?)";
static const char *const CLEAR = "DELETE FROM clipping WHERE ended < ? OR (url = ? AND problem IS NOT NULL)";
static const char *const GET = COLUMNS ", page FROM clipping WHERE id = ?";
static const char *const OPEN = COLUMNS " FROM clipping WHERE ended IS NULL ORDER BY id";
static const char *const UNSETTLED =
    COLUMNS " FROM clipping WHERE ended IS NULL OR problem IS NOT NULL ORDER BY id DESC LIMIT ?";
static const char *const END =
    "UPDATE clipping SET item = nullif (?, 0), problem = ?, ended = ?, page = NULL WHERE id = ?";
static const char *const FORGET = "DELETE FROM clipping WHERE id = ? AND ended IS NOT NULL";

void
zb_clipping_free (ZbClipping *c)
{
  g_free (c->editor);
  g_free (c->url);
  g_free (c->source);
  g_clear_pointer (&c->page, g_bytes_unref);
  g_free (c->problem);
  g_free (c);
}

gboolean
zb_clipping_add (ZbDb *db, ZbClipping *c, GError **error)
{
  if (!zb_db_exec (db, error, CLEAR, "ts", c->asked - KEPT_SECONDS, c->url) ||
      !zb_db_exec (db, error, ADD, "tsssb", c->asked, c->editor, c->url, c->source, c->page))
    return FALSE;
  c->id = zb_db_last_id (db);
  return TRUE;
}

static ZbClipping *
read_row (ZbQuery *q)
{
  ZbClipping *c = g_new0 (ZbClipping, 1);
  c->id = zb_query_int (q, 0);
  c->asked = zb_query_time (q, 1);
  c->editor = g_strdup (zb_query_text (q, 2));
  c->url = g_strdup (zb_query_text (q, 3));
  c->source = g_strdup (zb_query_text (q, 4));
  c->item = zb_query_int (q, 5);
  c->ended = zb_query_time (q, 6);
  c->problem = g_strdup (zb_query_text (q, 7));
  return c;
}

ZbClipping *
zb_clipping_get (ZbDb *db, gint64 id, GError **error)
{
  g_autoptr (ZbClipping) c = NULL;
  g_autoptr (ZbQuery) q = zb_db_query (db, GET, "i", id);
  if (zb_query_next (q)) {
    c = read_row (q);
    c->page = zb_query_bytes (q, 8);
  }
  if (!zb_query_ok (q, error))
    return NULL;
  if (c == NULL)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_NOT_FOUND,
                         "nothing is known of that page any more: look into the queue, or clip it again");
  return g_steal_pointer (&c);
}

static GPtrArray *
read_all (ZbQuery *q, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_clipping_free);
  while (zb_query_next (q))
    g_ptr_array_add (all, read_row (q));
  return zb_query_ok (q, error) ? g_steal_pointer (&all) : NULL;
}

GPtrArray *
zb_clipping_list_open (ZbDb *db, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, OPEN, "");
  return read_all (q, error);
}

GPtrArray *
zb_clipping_list_unsettled (ZbDb *db, gint64 limit, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, UNSETTLED, "i", limit);
  return read_all (q, error);
}

gboolean
zb_clipping_end (ZbDb *db, gint64 id, gint64 item, const char *problem, ZbTime now, GError **error)
{
  return zb_db_exec (db, error, END, "isti", item, problem, now, id);
}

gboolean
zb_clipping_forget (ZbDb *db, gint64 id, GError **error)
{
  return zb_db_exec (db, error, FORGET, "i", id);
}
