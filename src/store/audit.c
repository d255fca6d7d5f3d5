/* Who did what. */
#include "zhoubao/store/audit.h"

static const char *const ADD = "INSERT INTO audit (at, who, what, about) VALUES (?, ?, ?, ?)";
static const char *const LIST = "SELECT at, who, what, about FROM audit ORDER BY id DESC LIMIT ?";

static const char *const ABOUT =
    "SELECT at, who, what, about FROM audit WHERE substr (about, 1, length (?1)) = ?1"
    " ORDER BY id DESC LIMIT ?2";

void
zb_audit_free (ZbAudit *entry)
{
  g_free (entry->who);
  g_free (entry->what);
  g_free (entry->about);
  g_free (entry);
}

gboolean
zb_audit_add (ZbDb *db, const char *who, const char *what, const char *about, ZbTime now, GError **error)
{
  return zb_db_exec (db, error, ADD, "tsss", now, who, what, about);
}

static GPtrArray *
read_rows (ZbQuery *q, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_audit_free);
  while (zb_query_next (q)) {
    ZbAudit *entry = g_new0 (ZbAudit, 1);
    entry->at = zb_query_time (q, 0);
    entry->who = g_strdup (zb_query_text (q, 1));
    entry->what = g_strdup (zb_query_text (q, 2));
    entry->about = g_strdup (zb_query_text (q, 3));
    g_ptr_array_add (entries, entry);
  }
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
