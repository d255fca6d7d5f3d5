/* The verbs of the database: bound values, nested transactions, errors. */
#include "zhoubao/edge/db.h"

#include "zhoubao/base/error.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

static ZbDb *
open_memory (void)
{
  g_autoptr (GError) error = NULL;
  ZbDb *db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (zb_db_script (db, "CREATE TABLE t (a INTEGER, b TEXT, c BLOB)", &error));
  return db;
}

static gint64
count (ZbDb *db)
{
  gint64 n = -1;
  g_assert_true (zb_db_int (db, &n, NULL, "SELECT count(*) FROM t", ""));
  return n;
}

static void
test_values_come_back_as_they_were_bound (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_autoptr (GBytes) blob = g_bytes_new_static ("\0x", 2);
  g_assert_true (zb_db_exec (db, NULL, "INSERT INTO t VALUES (?,?,?)", "isb", G_MAXINT64, "信用", blob));
  g_assert_true (zb_db_exec (db, NULL, "INSERT INTO t VALUES (?,?,?)", "tsb", ZB_TIME_NONE, NULL, NULL));
  g_autoptr (ZbQuery) q = zb_db_query (db, "SELECT a, b, c FROM t ORDER BY a DESC", "");
  g_assert_true (zb_query_next (q));
  g_assert_cmpint (zb_query_int (q, 0), ==, G_MAXINT64);
  g_assert_cmpstr (zb_query_text (q, 1), ==, "信用");
  g_autoptr (GBytes) back = zb_query_bytes (q, 2);
  g_assert_true (g_bytes_equal (blob, back));
  g_assert_true (zb_query_next (q));
  g_assert_cmpint (zb_query_time (q, 0), ==, ZB_TIME_NONE);
  g_assert_null (zb_query_text (q, 1));
  g_assert_false (zb_query_next (q));
  g_assert_true (zb_query_ok (q, NULL));
}

static void
test_an_inner_rollback_leaves_the_outer_transaction (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_assert_true (zb_db_begin (db, NULL));
  g_assert_true (zb_db_exec (db, NULL, "INSERT INTO t(a) VALUES (1)", ""));
  g_assert_true (zb_db_begin (db, NULL));
  g_assert_true (zb_db_exec (db, NULL, "INSERT INTO t(a) VALUES (2)", ""));
  zb_db_rollback (db);
  g_assert_true (zb_db_commit (db, NULL));
  g_assert_cmpint (count (db), ==, 1);
}

static void
test_an_error_names_the_database (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbQuery) q = zb_db_query (db, "SELECT nothing FROM nowhere", "");
  g_assert_false (zb_query_next (q));
  g_assert_false (zb_query_ok (q, &error));
  g_assert_nonnull (strstr (error->message, ":memory:"));
}

static void
test_an_error_of_the_system_tells_its_cause (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_db_open ("/dev/null/x.db", ZB_DB_CREATE, &error));
  g_assert_nonnull (strstr (error->message, g_strerror (ENOTDIR)));
}

/* A database in FOLDER, made. (transfer full) */
static char *
make_file (const char *folder)
{
  char *path = g_build_filename (folder, "t.db", NULL);
  g_autoptr (ZbDb) db = zb_db_open (path, ZB_DB_CREATE, NULL);
  g_assert_nonnull (db);
  g_assert_true (zb_db_script (db, "CREATE TABLE t (a INTEGER, b TEXT, c BLOB)", NULL));
  return path;
}

static ZbDb *
open_small (const char *path)
{
  ZbDb *db = zb_db_open (path, ZB_DB_WRITE, NULL);
  g_assert_nonnull (db);
  g_assert_true (
      zb_db_script (db, "PRAGMA synchronous=NORMAL; PRAGMA cache_size=10", NULL)); /* pages spill */
  return db;
}

static gboolean
write_many (ZbDb *db, gpointer data, GError **error)
{
  g_autofree char *text = g_strnfill (3000, 'x');
  for (gint64 i = 0; i < 100; i++)
    if (!zb_db_exec (db, error, "INSERT INTO t (a, b) VALUES (?,?)", "is", i, text))
      return FALSE;
  return TRUE;
}

static void
assert_sound (const char *path, gint64 rows)
{
  g_autoptr (ZbDb) db = zb_db_open (path, ZB_DB_WRITE, NULL);
  g_autofree char *words = NULL;
  g_assert_true (zb_db_text (db, &words, NULL, "PRAGMA integrity_check", ""));
  g_assert_cmpstr (words, ==, "ok");
  g_assert_cmpint (count (db), ==, rows);
}

static void
remove_files (const char *folder, const char *path)
{
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* with the last connection the log goes */
}

static void
set_most_of_a_file (rlim_t bytes)
{
  struct rlimit limit;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static gboolean
write_one (ZbDb *db, gpointer data, GError **error)
{
  g_autofree char *text = g_strnfill (3000, 'x');
  return zb_db_exec (db, error, "INSERT INTO t (b) VALUES (?)", "s", text);
}

static void
assert_free (const char *path)
{
  g_autoptr (ZbDb) db = zb_db_open (path, ZB_DB_WRITE, NULL);
  g_assert_nonnull (db);
  g_assert_true (zb_db_begin (db, NULL)); /* nobody holds the lock */
  zb_db_rollback (db);
}

static void
test_a_full_disk_fails_the_transaction_and_no_more (void)
{
  g_autofree char *folder = g_dir_make_tmp ("zb-db-XXXXXX", NULL), *path = make_file (folder);
  ZbDb *db = open_small (path);
  gint64 kept = 0;
  signal (SIGXFSZ, SIG_IGN);
  set_most_of_a_file (1500 * 1000);
  while (kept < 1000 && zb_db_transact (db, write_one, NULL, NULL))
    kept++;
  g_assert_cmpint (kept, >, 10);
  g_assert_cmpint (kept, <, 1000);
  assert_free (path);
  assert_sound (path, kept);
  g_assert_false (zb_db_transact (db, write_many, NULL, NULL));
  assert_free (path);
  set_most_of_a_file (RLIM_INFINITY);
  assert_sound (path, kept);
  g_assert_true (zb_db_transact (db, write_many, NULL, NULL));
  zb_db_close (db);
  assert_sound (path, kept + 100);
  remove_files (folder, path);
}

static void
test_a_checkpoint_moves_the_log_into_the_database (void)
{
  g_autofree char *folder = g_dir_make_tmp ("zb-db-XXXXXX", NULL), *path = make_file (folder);
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL), *bytes = NULL;
  gsize length = 0;
  ZbDb *db = open_small (path), *other = zb_db_open (path, ZB_DB_WRITE, NULL);
  g_assert_true (zb_db_transact (db, write_many, NULL, NULL));
  g_assert_true (zb_db_checkpoint (other, NULL));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize)length, NULL));
  assert_sound (copy, 100);
  zb_db_close (other);
  zb_db_close (db);
  g_assert_cmpint (g_remove (copy), ==, 0);
  remove_files (folder, path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/db/" #name, test_##name)
  ADD (values_come_back_as_they_were_bound);
  ADD (an_inner_rollback_leaves_the_outer_transaction);
  ADD (an_error_of_the_system_tells_its_cause);
  ADD (an_error_names_the_database);
  ADD (a_full_disk_fails_the_transaction_and_no_more);
  ADD (a_checkpoint_moves_the_log_into_the_database);
  return g_test_run ();
}
