/* What came back, as rows. */
#include "zhoubao/store/bounce.h"

static const char *const ADD = "INSERT INTO bounce (at, mail, delivery, person, kind, status, reason, words) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                               " ON CONFLICT (delivery, kind) DO NOTHING";
static const char *const COUNT_SOFT =
    "SELECT count (*) FROM bounce WHERE person = ? AND at >= ? AND kind = 'soft'";
static const char *const WHOSE = "SELECT person, address FROM delivery WHERE id = ?";

static const char *const names[] = {"hard", "soft", "complaint", "autoreply"};

const char *
zb_return_name (ZbReturn kind)
{
  return names[kind];
}

gboolean
zb_returned_add (ZbDb *db, const ZbReturned *row, gboolean *fresh, GError **error)
{
  if (!zb_db_exec (db, error, ADD, "tsiissss", row->at, row->mail, row->delivery, row->person,
                   names[row->kind], row->status, row->reason, row->words))
    return FALSE;
  *fresh = zb_db_changes (db) > 0;
  return TRUE;
}

gboolean
zb_returned_count_soft (ZbDb *db, gint64 person, ZbTime since, gint64 *count, GError **error)
{
  return zb_db_int (db, count, error, COUNT_SOFT, "it", person, since);
}

gboolean
zb_returned_whose (ZbDb *db, gint64 delivery, gint64 *person, char **address, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, WHOSE, "i", delivery);
  *person = 0;
  *address = NULL;
  if (zb_query_next (q)) {
    *person = zb_query_int (q, 0);
    *address = g_strdup (zb_query_text (q, 1));
  }
  return zb_query_ok (q, error);
}
