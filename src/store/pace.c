/* Rows of pace. */
#include "zhoubao/store/pace.h"

static const char *const READ = "SELECT name, tokens, filled, pause, until FROM pace";
static const char *const WRITE =
    "INSERT INTO pace (name, tokens, filled, pause, until) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO "
    "UPDATE"
    " SET tokens = excluded.tokens, filled = excluded.filled, pause = excluded.pause, until = excluded.until";

gboolean
zb_pace_row_each (ZbDb *db, ZbPaceEach each, gpointer data, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, READ, "");
  while (zb_query_next (q)) {
    ZbPaceRow row = {zb_query_double (q, 1), zb_query_double (q, 2), zb_query_double (q, 3),
                     zb_query_double (q, 4)};
    each (zb_query_text (q, 0), &row, data);
  }
  return zb_query_ok (q, error);
}

gboolean
zb_pace_row_write (ZbDb *db, const char *name, const ZbPaceRow *row, GError **error)
{
  return zb_db_exec (db, error, WRITE, "sdddd", name, row->tokens, row->filled, row->pause, row->until);
}
