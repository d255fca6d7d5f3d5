/* People and suppressions in the store. */
#include "zhoubao/store/person.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/migrate.h"
#include "zhoubao/store/suppression.h"

#define NOW ((ZbTime)1499043600)

static ZbDb *
open_db (void)
{
  g_autoptr (GError) error = NULL;
  ZbDb *db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (zb_migrate (db, &error));
  g_assert_no_error (error);
  return db;
}

static GBytes *
key_new (void)
{
  return g_bytes_new_static ("0123456789abcdef0123456789abcdef", ZB_SECRET_BYTES);
}

static gint64
add (ZbDb *db, const char *address, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbPerson) person = zb_person_new (address, "editor", NOW);
  person->name = g_strdup (name);
  g_assert_true (zb_person_add (db, person, &error));
  g_assert_no_error (error);
  return person->id;
}

static gint64
readers (ZbDb *db)
{
  gint64 n = -1;
  g_assert_true (zb_db_int (db, &n, NULL, "SELECT count (*) FROM reader", ""));
  return n;
}

static void
test_a_person_comes_back_as_saved (void)
{
  g_autoptr (ZbDb) db = open_db ();
  gint64 id = add (db, "Anna@example.org", "Anna 李");
  g_autoptr (ZbPerson) p = zb_person_find (db, "aNNA@example.org", NULL);
  g_assert_cmpint (p->id, ==, id);
  p->tier = ZB_TIER_GOLD;
  p->state = ZB_PERSON_PAUSED;
  p->paused_until = NOW + 5;
  p->language = g_strdup ("en");
  p->text_only = p->essays = TRUE;
  p->consent_at = NOW - 9;
  p->consent_text = g_strdup ("2017-1");
  p->consent_from = g_strdup ("https://weekly.example.org/subscribe");
  g_assert_true (zb_person_save (db, p, NOW + 1, NULL));
  g_autoptr (ZbPerson) q = zb_person_load (db, id, NULL);
  g_assert_cmpstr (q->address, ==, "Anna@example.org");
  g_assert_cmpstr (q->name, ==, "Anna 李");
  g_assert_cmpint (q->tier, ==, ZB_TIER_GOLD);
  g_assert_cmpint (q->state, ==, ZB_PERSON_PAUSED);
  g_assert_cmpint (q->paused_until, ==, NOW + 5);
  g_assert_true (q->text_only && q->weekly && !q->latest && q->essays);
  g_assert_cmpint (q->consent_at, ==, NOW - 9);
  g_assert_cmpstr (q->consent_text, ==, "2017-1");
  g_assert_cmpstr (q->consent_from, ==, "https://weekly.example.org/subscribe");
  g_assert_cmpint (q->changed, ==, NOW + 1);
  g_assert_cmpint (q->left_at, ==, ZB_TIME_NONE);
}

static void
test_one_mailbox_is_one_person (void)
{
  g_autoptr (ZbDb) db = open_db ();
  g_autoptr (GError) error = NULL;
  add (db, "anna@example.org", NULL);
  g_autoptr (ZbPerson) again = zb_person_new ("ANNA@example.org", "editor", NOW);
  g_assert_false (zb_person_add (db, again, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
}

static void
test_an_erased_person_leaves_a_number_and_no_name (void)
{
  g_autoptr (ZbDb) db = open_db ();
  gint64 first = add (db, "a@example.org", "Anna");
  g_assert_true (zb_person_forget (db, first, NOW, NULL));
  g_assert_null (zb_person_find (db, "a@example.org", NULL));
  g_autoptr (ZbPerson) gone = zb_person_load (db, first, NULL);
  g_assert_cmpstr (gone->address, ==, "");
  g_assert_null (gone->name);
  g_assert_cmpint (gone->state, ==, ZB_PERSON_ERASED);
  g_assert_cmpint (add (db, "a@example.org", NULL), >, first);
}

static void
test_mail_goes_to_the_active_and_unsuppressed (void)
{
  g_autoptr (ZbDb) db = open_db ();
  gint64 a = add (db, "a@example.org", NULL), b = add (db, "b@blocked.example", NULL);
  gboolean may = FALSE;
  add (db, "c@example.org", NULL);
  g_assert_cmpint (readers (db), ==, 3);
  g_assert_true (zb_suppression_add (db, "blocked.example", ZB_SUPPRESSED_EDITOR, NULL, NOW, NULL));
  g_assert_cmpint (readers (db), ==, 2);
  g_assert_true (zb_person_may_get (db, b, "b@blocked.example", &may, NULL));
  g_assert_false (may);
  g_assert_true (zb_person_may_get (db, a, "a@example.org", &may, NULL));
  g_assert_true (may);
  g_assert_true (zb_person_may_get (db, a, "other@example.org", &may, NULL));
  g_assert_false (may);
  g_assert_true (zb_suppression_add (db, "A@example.org", ZB_SUPPRESSED_BOUNCED, "550", NOW, NULL));
  g_assert_true (zb_person_may_get (db, a, "a@example.org", &may, NULL));
  g_assert_false (may);
  g_assert_cmpint (readers (db), ==, 1);
}

static void
test_a_pause_ends (void)
{
  g_autoptr (ZbDb) db = open_db ();
  add (db, "a@example.org", NULL);
  g_autoptr (ZbPerson) p = zb_person_find (db, "a@example.org", NULL);
  gint64 woken = 0;
  p->state = ZB_PERSON_PAUSED;
  p->paused_until = NOW + 10;
  g_assert_true (zb_person_save (db, p, NOW, NULL));
  g_assert_true (zb_person_wake (db, NOW + 9, &woken, NULL));
  g_assert_cmpint (woken, ==, 0);
  g_assert_true (zb_person_wake (db, NOW + 10, &woken, NULL));
  g_assert_cmpint (woken, ==, 1);
  g_assert_cmpint (readers (db), ==, 1);
}

static gboolean
append (const ZbPerson *person, gpointer data, GError **error)
{
  g_string_append_printf (data, "%s ", person->address);
  return TRUE;
}

static void
check_filter (ZbDb *db, const ZbPersonFilter *filter, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);
  gint64 count = 0;
  g_assert_true (zb_person_walk (db, filter, append, found, NULL));
  g_assert_cmpstr (found->str, ==, expected);
  g_assert_true (zb_person_count (db, filter, &count, NULL));
  g_auto (GStrv) words = g_strsplit (g_strchomp (found->str), " ", -1);
  g_assert_cmpint (count, >=, (gint64)g_strv_length (words));
}

static void
test_people_are_found_by_state_tier_and_words (void)
{
  g_autoptr (ZbDb) db = open_db ();
  add (db, "a@example.org", "Anna");
  add (db, "b@example.net", "Bo");
  g_autoptr (ZbPerson) p = zb_person_find (db, "b@example.net", NULL);
  p->tier = ZB_TIER_SILVER;
  p->state = ZB_PERSON_LEFT;
  g_assert_true (zb_person_save (db, p, NOW, NULL));
  ZbPersonFilter all = ZB_PERSON_FILTER_INIT, silver = all, left = all, words = all, late = all, first = all;
  silver.tier = "silver";
  left.state = "left";
  words.words = "ANN";
  late.joined_from = NOW + 1;
  first.limit = 1;
  check_filter (db, &all, "a@example.org b@example.net ");
  check_filter (db, &silver, "b@example.net ");
  check_filter (db, &left, "b@example.net ");
  check_filter (db, &words, "a@example.org ");
  check_filter (db, &late, "");
  check_filter (db, &first, "a@example.org ");
}

static const char *
why (ZbDb *db, GBytes *key, const char *address)
{
  const char *reason = NULL;
  g_assert_true (zb_suppression_find (db, key, address, &reason, NULL));
  return reason;
}

static void
test_an_erased_address_is_known_by_its_hash (void)
{
  g_autoptr (ZbDb) db = open_db ();
  g_autoptr (GBytes) key = key_new ();
  g_autofree char *kept = NULL;
  g_assert_true (zb_suppression_add (db, "a@example.org", ZB_SUPPRESSED_BOUNCED, NULL, NOW, NULL));
  g_assert_true (zb_suppression_add_hash (db, key, "A@example.org", NOW, NULL));
  g_assert_null (why (db, NULL, "a@example.org"));
  g_assert_cmpstr (why (db, key, "a@example.org"), ==, "erased");
  g_assert_null (why (db, key, "b@example.org"));
  g_assert_true (zb_db_text (db, &kept, NULL, "SELECT group_concat (value) FROM suppression", ""));
  g_assert_null (strstr (kept, "example"));
  gboolean removed = FALSE;
  g_assert_true (zb_suppression_remove (db, key, "a@example.org", &removed, NULL));
  g_assert_true (removed);
  g_assert_null (why (db, key, "a@example.org"));
}

static void
test_the_first_reason_of_a_suppression_stays (void)
{
  g_autoptr (ZbDb) db = open_db ();
  g_assert_true (zb_suppression_add (db, "a@example.org", ZB_SUPPRESSED_COMPLAINED, NULL, NOW, NULL));
  g_assert_true (zb_suppression_add (db, "a@example.org", ZB_SUPPRESSED_BOUNCED, NULL, NOW, NULL));
  g_assert_cmpstr (why (db, NULL, "a@example.org"), ==, "complained");
}

#define CASE(name) g_test_add_func ("/person/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE (a_person_comes_back_as_saved);
  CASE (one_mailbox_is_one_person);
  CASE (an_erased_person_leaves_a_number_and_no_name);
  CASE (mail_goes_to_the_active_and_unsuppressed);
  CASE (a_pause_ends);
  CASE (people_are_found_by_state_tier_and_words);
  CASE (an_erased_address_is_known_by_its_hash);
  CASE (the_first_reason_of_a_suppression_stays);
  return g_test_run ();
}
