/* Articles to be fetched, in the store. */
#include "zhoubao/store/wanted.h"

static const char *const ADD = "INSERT OR IGNORE INTO wanted (item, source, url, published) VALUES (?,?,?,?)";
static const char *const LIST = "SELECT item, source, url, published FROM wanted WHERE source = ?"
                                " ORDER BY published DESC, item LIMIT ?";
static const char *const DONE = "DELETE FROM wanted WHERE item = ?";
static const char *const MISSED = "UPDATE wanted SET tries = tries + 1 WHERE item = ?";
static const char *const GIVE_UP = "DELETE FROM wanted WHERE item = ? AND tries >= ?";

void
zb_wanted_free (ZbWanted *wanted)
{
  g_free (wanted->source);
  g_free (wanted->url);
  g_free (wanted);
}

gboolean
zb_wanted_add (ZbDb *db, const ZbWanted *w, GError **error)
{
  return zb_db_exec (db, error, ADD, "isst", w->item, w->source, w->url, w->published);
}

GPtrArray *
zb_wanted_list (ZbDb *db, const char *source, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_wanted_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST, "si", source, limit);
  while (zb_query_next (q)) {
    ZbWanted *w = g_new (ZbWanted, 1);
    *w = (ZbWanted){zb_query_int (q, 0), g_strdup (zb_query_text (q, 1)), g_strdup (zb_query_text (q, 2)),
                    zb_query_time (q, 3)};
    g_ptr_array_add (all, w);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&all) : NULL;
}

gboolean
zb_wanted_done (ZbDb *db, gint64 item, GError **error)
{
  return zb_db_exec (db, error, DONE, "i", item);
}

gboolean
zb_wanted_missed (ZbDb *db, gint64 item, GError **error)
{
  return zb_db_exec (db, error, MISSED, "i", item) &&
         zb_db_exec (db, error, GIVE_UP, "ii", item, (gint64)ZB_WANTED_TRIES);
}
