/* The verbs of the database: bound values, nested transactions, errors. */
#include "zhoubao/edge/db.h"

#include "zhoubao/base/error.h"
#include <errno.h>

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/values_come_back_as_they_were_bound", test_values_come_back_as_they_were_bound);
  g_test_add_func ("/db/an_inner_rollback_leaves_the_outer_transaction",
                   test_an_inner_rollback_leaves_the_outer_transaction);
  g_test_add_func ("/db/an_error_of_the_system_tells_its_cause", test_an_error_of_the_system_tells_its_cause);
  g_test_add_func ("/db/an_error_names_the_database", test_an_error_names_the_database);
  return g_test_run ();
}
