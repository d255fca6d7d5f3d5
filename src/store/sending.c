/* What the desk was asked to send. */
#include "zhoubao/store/sending.h"

#include "zhoubao/store/audit.h"

#define COLUMNS                                                                                              \
  "SELECT s.issue, s.asked, s.asked_by, s.ended, s.trouble, max (s.asked, coalesce ((SELECT max (d.changed)" \
  " FROM delivery d JOIN mailing m ON m.id = d.mailing WHERE m.issue = s.issue), 0)) FROM sending s "
static const char *const GET = COLUMNS "WHERE s.issue = ?";
static const char *const LIST = COLUMNS "WHERE s.ended IS NULL AND s.trouble IS NULL ORDER BY s.asked";
static const char *const ASK =
    "INSERT INTO sending (issue, asked, asked_by) VALUES (?1, ?2, ?3) ON CONFLICT (issue) DO UPDATE"
    " SET asked = ?2, asked_by = ?3, ended = NULL, trouble = NULL";
static const char *const END =
    "UPDATE sending SET ended = CASE WHEN ?2 IS NULL THEN ?3 END, trouble = ?2 WHERE issue = ?1";

void
zb_sending_free (ZbSending *sending)
{
  g_free (sending->issue);
  g_free (sending->asked_by);
  g_free (sending->trouble);
  g_free (sending);
}

typedef struct {
  const char *issue, *who;
  ZbTime now;
} Ask;

static gboolean
ask_inside (ZbDb *db, gpointer data, GError **error)
{
  const Ask *ask = data;
  return zb_db_exec (db, error, ASK, "sts", ask->issue, ask->now, ask->who) &&
         zb_audit_add (db, ask->who, "send", ask->issue, ask->now, error);
}

gboolean
zb_sending_ask (ZbDb *db, const char *issue, const char *who, ZbTime now, GError **error)
{
  Ask ask = {issue, who, now};
  return zb_db_transact (db, ask_inside, &ask, error);
}

static ZbSending *
read_row (ZbQuery *q)
{
  ZbSending *sending = g_new0 (ZbSending, 1);
  sending->issue = g_strdup (zb_query_text (q, 0));
  sending->asked = zb_query_time (q, 1);
  sending->asked_by = g_strdup (zb_query_text (q, 2));
  sending->ended = zb_query_time (q, 3);
  sending->trouble = g_strdup (zb_query_text (q, 4));
  sending->moved = zb_query_time (q, 5);
  return sending;
}

ZbSending *
zb_sending_get (ZbDb *db, const char *issue, GError **error)
{
  g_autoptr (ZbSending) sending = NULL;
  g_autoptr (ZbQuery) q = zb_db_query (db, GET, "s", issue);
  if (zb_query_next (q))
    sending = read_row (q);
  return zb_query_ok (q, error) ? g_steal_pointer (&sending) : NULL;
}

GPtrArray *
zb_sending_list_open (ZbDb *db, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_sending_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST, "");
  while (zb_query_next (q))
    g_ptr_array_add (list, read_row (q));
  return zb_query_ok (q, error) ? g_steal_pointer (&list) : NULL;
}

gboolean
zb_sending_end (ZbDb *db, const char *issue, const char *trouble, ZbTime now, GError **error)
{
  return zb_db_exec (db, error, END, "sst", issue, trouble, now);
}
