/* Evidence still to be read, in the store. */
#include "zhoubao/store/unread.h"

static const char *const ADD = "INSERT OR IGNORE INTO unread (sha256, source) VALUES (?,?)";
static const char *const LIST =
    "SELECT u.sha256, u.source FROM unread u JOIN document d ON d.sha256 = u.sha256"
    " ORDER BY d.fetched DESC, u.sha256";
static const char *const DONE = "DELETE FROM unread WHERE sha256 = ?";

void
zb_unread_free (ZbUnread *unread)
{
  g_free (unread->sha256);
  g_free (unread->source);
  g_free (unread);
}

gboolean
zb_unread_add (ZbDb *db, const char *sha256, const char *source, GError **error)
{
  return zb_db_exec (db, error, ADD, "ss", sha256, source);
}

GPtrArray *
zb_unread_list (ZbDb *db, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_unread_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST, "");
  while (zb_query_next (q)) {
    ZbUnread *u = g_new (ZbUnread, 1);
    *u = (ZbUnread){g_strdup (zb_query_text (q, 0)), g_strdup (zb_query_text (q, 1))};
    g_ptr_array_add (all, u);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&all) : NULL;
}

gboolean
zb_unread_done (ZbDb *db, const char *sha256, GError **error)
{
  return zb_db_exec (db, error, DONE, "s", sha256);
}
