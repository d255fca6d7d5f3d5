/* Sessions of editors: who is kept out at the door, and when a session ends. */
#include "zhoubao/base/error.h"
#include "zhoubao/store/editor.h"
#include "zhoubao/store/migrate.h"

#define PASSWORD "a password for the tests"
#define NOW 1500000000

static ZbDb *
open_store (void)
{
  g_autoptr (GError) error = NULL;
  ZbDb *db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_true (zb_migrate (db, &error));
  g_assert_true (zb_editor_add (db, "li", ZB_ROLE_EDITOR, PASSWORD, NOW, &error));
  g_assert_no_error (error);
  return db;
}

/* The code of the refusal, or 0 where the door opened. */
static int
knock (ZbDb *db, const char *password, const char *peer, ZbTime now)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  return zb_session_open (db, "li", password, peer, now, &token, &error) ? 0 : error->code;
}

static void
test_a_guesser_elsewhere_locks_no_editor_out (void)
{
  g_autoptr (ZbDb) db = open_store ();
  for (int i = 0; i < 5; i++)
    g_assert_cmpint (knock (db, "a guess", "192.0.2.1", NOW), ==, ZB_ERROR_REFUSED);
  g_assert_cmpint (knock (db, PASSWORD, "192.0.2.1", NOW), ==, ZB_ERROR_BUSY);
  g_assert_cmpint (knock (db, PASSWORD, "198.51.100.7", NOW), ==, 0);
  g_assert_cmpint (knock (db, PASSWORD, "192.0.2.1", NOW + 61), ==, 0);
}

static void
test_many_addresses_that_guess_at_one_name_are_limited_together (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < 50; i++)
    g_assert_true (
        zb_db_exec (db, &error, "INSERT INTO attempt (who, at) VALUES ('name:li', ?)", "t", (ZbTime)NOW));
  g_assert_cmpint (knock (db, "a guess", "192.0.2.1", NOW + 1), ==, ZB_ERROR_BUSY);
  g_assert_cmpint (knock (db, PASSWORD, "192.0.2.1", NOW + 62), ==, 0);
}

static void
test_a_session_that_nobody_uses_ends_however_often_it_is_asked_for (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  gboolean longer = FALSE;
  g_assert_true (zb_session_open (db, "li", PASSWORD, "192.0.2.1", NOW, &token, &error));
  for (ZbTime t = NOW; t < NOW + ZB_SESSION_IDLE; t += 3600) {
    g_autoptr (ZbEditor) editor = zb_session_editor (db, token, t, &error);
    g_assert_nonnull (editor);
  }
  g_assert_true (zb_session_touch (db, token, NOW + 30, &longer, &error) && !longer);
  g_assert_null (zb_session_editor (db, token, NOW + ZB_SESSION_IDLE, &error));
  g_assert_true (zb_session_touch (db, token, NOW + 60, &longer, &error) && longer);
  g_autoptr (ZbEditor) editor = zb_session_editor (db, token, NOW + ZB_SESSION_IDLE, &error);
  g_assert_nonnull (editor);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/a-guesser-elsewhere-locks-no-editor-out",
                   test_a_guesser_elsewhere_locks_no_editor_out);
  g_test_add_func ("/session/many-addresses-are-limited-together",
                   test_many_addresses_that_guess_at_one_name_are_limited_together);
  g_test_add_func ("/session/nobody-uses-it",
                   test_a_session_that_nobody_uses_ends_however_often_it_is_asked_for);
  return g_test_run ();
}
