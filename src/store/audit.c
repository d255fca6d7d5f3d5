/* Who did what. */
#include "zhoubao/store/audit.h"

static const char *const ADD = "INSERT INTO audit (at, who, what, about) VALUES (?, ?, ?, ?)";
static const char *const LIST = "SELECT at, who, what, about FROM audit ORDER BY id DESC LIMIT ?";

static const char *const ABOUT =
    "SELECT at, who, what, about FROM audit WHERE substr (about, 1, length (?1)) = ?1"
    " ORDER BY id DESC LIMIT ?2";

/* Each table gives its newest alone, so that a long history costs no more than a short one. */
static const char *const STREAM =
    "SELECT e.at, e.who, e.what, e.about, e.item, i.title, i.language FROM ("
    "SELECT * FROM (SELECT id, at, who, what, about, NULL AS item FROM audit"
    " WHERE ?1 IS NULL OR substr (about, 1, length (?1)) = ?1 OR who = ?1 ORDER BY id DESC LIMIT ?2)"
    " UNION ALL "
    "SELECT * FROM (SELECT d.id, d.decided, d.editor, iif (u.id IS NULL, d.action, 'take back: ' || u.action)"
    " || coalesce (' for slot ' || coalesce (d.slot, u.slot), '') || coalesce (': ' || d.why, ''), d.week, "
    "d.item"
    " FROM decision d LEFT JOIN decision u ON u.id = d.undoes"
    " WHERE ?1 IS NULL OR d.week = ?1 OR d.item = ?1 OR d.editor = ?1 ORDER BY d.id DESC LIMIT ?2)"
    " UNION ALL "
    "SELECT * FROM (SELECT n.id, n.written, n.editor, 'note: ' || substr (n.text, 1, 80)"
    " || iif (length (n.text) > 80, '…', ''), NULL, (SELECT min (m.id) FROM item m WHERE m.story = n.story)"
    " FROM note n WHERE ?1 IS NULL OR n.editor = ?1"
    " OR n.story = (SELECT m.story FROM item m WHERE m.id = ?1) ORDER BY n.id DESC LIMIT ?2)"
    ") e LEFT JOIN item i ON i.id = e.item ORDER BY e.at DESC, e.id DESC LIMIT ?2";

void
zb_audit_free (ZbAudit *entry)
{
  g_free (entry->who);
  g_free (entry->what);
  g_free (entry->about);
  g_free (entry->title);
  g_free (entry->language);
  g_free (entry);
}

gboolean
zb_audit_add (ZbDb *db, const char *who, const char *what, const char *about, ZbTime now, GError **error)
{
  return zb_db_exec (db, error, ADD, "tsss", now, who, what, about);
}

static ZbAudit *
read_row (ZbQuery *q)
{
  ZbAudit *entry = g_new0 (ZbAudit, 1);
  entry->at = zb_query_time (q, 0);
  entry->who = g_strdup (zb_query_text (q, 1));
  entry->what = g_strdup (zb_query_text (q, 2));
  entry->about = g_strdup (zb_query_text (q, 3));
  return entry;
}

static GPtrArray *
read_rows (ZbQuery *q, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_audit_free);
  while (zb_query_next (q))
    g_ptr_array_add (entries, read_row (q));
  return zb_query_ok (q, error) ? g_steal_pointer (&entries) : NULL;
}

GPtrArray *
zb_audit_list (ZbDb *db, gint64 limit, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST, "i", limit);
  return read_rows (q, error);
}

GPtrArray *
zb_audit_about (ZbDb *db, const char *about, gint64 limit, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, ABOUT, "si", about, limit);
  return read_rows (q, error);
}

GPtrArray *
zb_audit_stream (ZbDb *db, const char *about, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_audit_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, STREAM, "si", about, limit);
  while (zb_query_next (q)) {
    ZbAudit *entry = read_row (q);
    entry->item = zb_query_int (q, 4);
    entry->title = g_strdup (zb_query_text (q, 5));
    entry->language = g_strdup (zb_query_text (q, 6));
    g_ptr_array_add (entries, entry);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&entries) : NULL;
}
