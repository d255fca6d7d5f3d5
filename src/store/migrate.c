/* Bringing a database to this program's schema. */
#include "zhoubao/store/migrate.h"

#include "zhoubao/base/error.h"
#include <gio/gio.h>
#include <glib/gstdio.h>

#define PREFIX "/zhoubao/src/store/migrations/"
#define APPLICATION_ID 0x7a626f31 /* "zbo1" */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static gboolean
read_state (ZbDb *db, gint64 *version, GError **error)
{
  gint64 application = 0, tables = 0;
  if (!zb_db_int (db, version, error, "PRAGMA user_version", "") ||
      !zb_db_int (db, &application, error, "PRAGMA application_id", "") ||
      !zb_db_int (db, &tables, error, "SELECT count(*) FROM sqlite_schema", ""))
    return FALSE;
  if (application == APPLICATION_ID || (application == 0 && tables == 0))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s is a database of another program", zb_db_path (db));
  return FALSE;
}

static gboolean
run_one (ZbDb *db, const char *name, gint64 number, GError **error)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, 0, error);
  if (sql == NULL || !zb_db_begin (db, error))
    return FALSE;
  gint64 already = 0; /* another process may have been faster */
  g_autofree char *mark = g_strdup_printf (
      "PRAGMA user_version=%" G_GINT64_FORMAT "; PRAGMA application_id=%d;", number, APPLICATION_ID);
  if (!zb_db_int (db, &already, error, "PRAGMA user_version", "") ||
      (already < number &&
       (!zb_db_script (db, g_bytes_get_data (sql, NULL), error) || !zb_db_script (db, mark, error)))) {
    zb_db_rollback (db);
    g_prefix_error (error, "migration %s: ", name);
    return FALSE;
  }
  return zb_db_commit (db, error);
}

static gboolean
back_up (ZbDb *db, gint64 version, GError **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.before-%04" G_GINT64_FORMAT, zb_db_path (db), version + 1);
  return version == 0 || g_file_test (copy, G_FILE_TEST_EXISTS) || zb_db_backup (db, copy, error);
}

gboolean
zb_migrate (ZbDb *db, GError **error)
{
  gint64 version = 0;
  g_auto (GStrv) names = g_resources_enumerate_children (PREFIX, 0, error);
  if (names == NULL || !read_state (db, &version, error))
    return FALSE;
  guint count = g_strv_length (names);
  if (version == count)
    return TRUE;
  if (version > count) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED,
                 "%s was written by a newer zhoubao (schema %" G_GINT64_FORMAT ", this one knows %u)",
                 zb_db_path (db), version, count);
    return FALSE;
  }
  qsort (names, count, sizeof *names, compare_names);
  if (!back_up (db, version, error))
    return FALSE;
  for (gint64 n = version + 1; n <= count; n++)
    if (!run_one (db, names[n - 1], n, error))
      return FALSE;
  return TRUE;
}
