/* The list in an editor's hands: adding, importing, exporting, removing, erasing. */
#include "zhoubao/deliver/subscribers.h"

#include "zhoubao/base/error.h"
#include "zhoubao/deliver/import.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/migrate.h"
#include "zhoubao/store/suppression.h"

#define NOW ((ZbTime)1499043600)

typedef struct {
  ZbDb *db;
  GBytes *key;
  GString *refusals;
} List;

static void
list_set_up (List *list, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  list->db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_true (zb_migrate (list->db, &error));
  g_assert_no_error (error);
  list->key = g_bytes_new_static ("0123456789abcdef0123456789abcdef", ZB_SECRET_BYTES);
  list->refusals = g_string_new (NULL);
}

static void
list_tear_down (List *list, gconstpointer data)
{
  zb_db_close (list->db);
  g_bytes_unref (list->key);
  g_string_free (list->refusals, TRUE);
}

static void
note_refusal (guint line, const char *address, const char *why, gpointer data)
{
  g_string_append_printf (data, "%u %s: %s\n", line, address, why);
}

static gboolean
import (List *list, const char *text, gsize length, gint64 max_rows, ZbImportSummary *summary, GError **error)
{
  g_autoptr (GBytes) csv = g_bytes_new (text, length);
  ZbImportOptions options = {
      .key = list->key, .max_rows = max_rows, .now = NOW, .refused = note_refusal, .data = list->refusals};
  g_string_truncate (list->refusals, 0);
  return zb_import (list->db, csv, &options, summary, error);
}

static ZbImportSummary
import_good (List *list, const char *text)
{
  g_autoptr (GError) error = NULL;
  ZbImportSummary summary;
  g_assert_true (import (list, text, strlen (text), 1000, &summary, &error));
  g_assert_no_error (error);
  return summary;
}

static void
check_person (List *list, const char *address, const char *name, ZbPersonState state, ZbTier tier)
{
  g_autoptr (ZbPerson) p = zb_person_find (list->db, address, NULL);
  g_assert_nonnull (p);
  g_assert_cmpstr (p->name, ==, name);
  g_assert_cmpstr (zb_person_state_name (p->state), ==, zb_person_state_name (state));
  g_assert_cmpint (p->tier, ==, tier);
}

static void
test_an_import_keeps_what_the_rows_say (List *list, gconstpointer data)
{
  ZbImportSummary s = import_good (list, "\xef\xbb\xbf"
                                         "Name,Email,Tier,State\r\n"
                                         "\"Li, Anna\",anna@example.org,Gold,\r\n"
                                         "王芳,wang@例子.测试,,paused\r\n"
                                         ",bo@example.net,silver,active\r\n");
  g_assert_cmpint (s.rows, ==, 3);
  g_assert_cmpint (s.added, ==, 3);
  g_assert_cmpint (s.refused, ==, 0);
  check_person (list, "anna@example.org", "Li, Anna", ZB_PERSON_ACTIVE, ZB_TIER_GOLD);
  check_person (list, "wang@xn--fsqu00a.xn--0zwm56d", "王芳", ZB_PERSON_PAUSED, ZB_TIER_NONE);
  check_person (list, "bo@example.net", NULL, ZB_PERSON_ACTIVE, ZB_TIER_SILVER);
}

static void
test_gb18030_is_read (List *list, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *gb =
      g_convert ("email,姓名\nwang@example.org,王芳\n", -1, "GB18030", "UTF-8", NULL, &length, NULL);
  ZbImportSummary s;
  g_assert_true (import (list, gb, length, 10, &s, &error));
  check_person (list, "wang@example.org", "王芳", ZB_PERSON_ACTIVE, ZB_TIER_NONE);
}

static void
test_unicode_text_of_a_spreadsheet_is_read (List *list, gconstpointer data)
{
  gsize length;
  g_autofree char *wide = g_convert ("\xef\xbb\xbf"
                                     "email\t姓名\r\nwang@example.org\t王芳\r\n",
                                     -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
  ZbImportSummary s;
  g_assert_true (import (list, wide, length, 10, &s, NULL));
  check_person (list, "wang@example.org", "王芳", ZB_PERSON_ACTIVE, ZB_TIER_NONE);
}

static void
test_a_nul_costs_its_own_row (List *list, gconstpointer data)
{
  static const char text[] = "email,name\nwang@example.org,王芳\nnul@example.org,N\0N\nn\0l@example.org,N\n";
  ZbImportSummary s;
  g_assert_true (import (list, text, sizeof text - 1, 10, &s, NULL));
  g_assert_cmpint (s.added, ==, 1);
  g_assert_cmpint (s.refused, ==, 2);
  g_assert_nonnull (strstr (list->refusals->str, "3 nul@example.org: name 'N N' holds a control character"));
  check_person (list, "wang@example.org", "王芳", ZB_PERSON_ACTIVE, ZB_TIER_NONE);
}

static void
test_every_refused_row_is_named_with_its_line_and_reason (List *list, gconstpointer data)
{
  ZbImportSummary s = import_good (list, "email,name,tier,state\n"
                                         "good@example.org,,,\n"
                                         "no-at-sign,,,\n"
                                         ",Nobody,,\n"
                                         "GOOD@example.org,,,\n"
                                         "tier@example.org,,platinum,\n"
                                         "state@example.org,,,erased\n"
                                         "\"evil@example.org\nBcc: x@y.example\",,,\n"
                                         "after@example.org,\"张三\nBcc: y@z\",,\n"
                                         "last@example.org,\"open,,\n");
  const char *expected[] = {"3 no-at-sign: address 'no-at-sign' has no @\n",
                            "4 : there is no address\n",
                            "5 GOOD@example.org: the same mailbox as in line 2\n",
                            "6 tier@example.org: there is no tier 'platinum'\n",
                            "7 state@example.org: there is no state 'erased'\n",
                            "8 evil@example.org Bcc: x@y.example: address",
                            "10 after@example.org: name '张三 Bcc: y@z' holds a control character",
                            "12 last@example.org: a quote is not closed"};
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    if (strstr (list->refusals->str, expected[i]) == NULL)
      g_error ("'%s' is not in\n%s", expected[i], list->refusals->str);
  g_assert_cmpint (s.refused, ==, G_N_ELEMENTS (expected));
  g_assert_cmpint (s.added, ==, 1);
  g_assert_cmpint (s.rows, ==, 9);
}

static void
test_an_import_revives_nobody (List *list, gconstpointer data)
{
  import_good (list, "email\nleft@example.org\nerased@example.org\ndead@example.org\nangry@example.org\n");
  g_assert_true (zb_subscribers_remove (list->db, "left@example.org", NOW, NULL));
  g_assert_true (zb_subscribers_erase (list->db, list->key, "erased@example.org", NOW, NULL));
  g_assert_true (zb_suppression_add (list->db, "dead@example.org", ZB_SUPPRESSED_BOUNCED, NULL, NOW, NULL));
  g_assert_true (zb_suppression_add (list->db, "blocked.example", ZB_SUPPRESSED_EDITOR, NULL, NOW, NULL));
  ZbImportSummary s = import_good (
      list, "email,state\nLEFT@example.org,active\nErased@example.org,active\n"
            "dead@example.org,active\nnew@blocked.example,active\nangry@example.org,complained\n");
  g_assert_cmpint (s.refused, ==, 4);
  g_assert_cmpint (s.changed, ==, 1);
  check_person (list, "left@example.org", NULL, ZB_PERSON_LEFT, ZB_TIER_NONE);
  check_person (list, "angry@example.org", NULL, ZB_PERSON_COMPLAINED, ZB_TIER_NONE);
  g_assert_null (zb_person_find (list->db, "erased@example.org", NULL));
  g_assert_null (zb_person_find (list->db, "new@blocked.example", NULL));
  g_assert_nonnull (strstr (list->refusals->str, "left the list on 2017-07-03"));
  g_assert_nonnull (strstr (list->refusals->str, "is suppressed (erased)"));
}

static void
test_a_second_import_changes_only_what_is_new (List *list, gconstpointer data)
{
  const char *csv = "email,name,tier\nanna@example.org,Anna,gold\nbo@example.org,Bo,none\n";
  import_good (list, csv);
  ZbImportSummary again = import_good (list, csv);
  g_assert_cmpint (again.same, ==, 2);
  g_assert_cmpint (again.changed + again.added, ==, 0);
  ZbImportSummary news = import_good (list, "email,tier\nbo@example.org,silver\n");
  g_assert_cmpint (news.changed, ==, 1);
  check_person (list, "bo@example.org", "Bo", ZB_PERSON_ACTIVE, ZB_TIER_SILVER);
}

static void
test_a_failed_import_keeps_nothing (List *list, gconstpointer data)
{
  const char *files[] = {"name\nAnna\n", "", "a@example.org\n"};
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;
    ZbImportSummary s;
    g_assert_false (import (list, files[i], strlen (files[i]), 10, &s, &error));
    g_assert_nonnull (strstr (error->message, "column 'email'"));
  }
  g_autoptr (GError) error = NULL;
  ZbImportSummary s;
  const char *many = "email\na@example.org\nb@example.org\nc@example.org\n";
  g_assert_false (import (list, many, strlen (many), 2, &s, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_LIMIT);
  g_assert_null (zb_person_find (list->db, "a@example.org", NULL));
}

static gboolean
append (const char *text, gsize length, gpointer data, GError **error)
{
  g_string_append_len (data, text, (gssize)length);
  return TRUE;
}

static void
export_list (List *list, GString *csv)
{
  ZbPersonFilter all = ZB_PERSON_FILTER_INIT;
  g_assert_true (zb_subscribers_export (list->db, &all, append, csv, NULL));
}

#define HEADER                                                                                               \
  "email,name,tier,state,language,format,weekly,latest,essays,origin,joined,left,paused_until,consent_at,"   \
  "consent_text,consent_from\r\n"

static void
test_an_export_can_be_imported_without_loss (List *list, gconstpointer data)
{
  static const char text[] =
      HEADER "anna@example.org,\"'=Li, \"\"A\"\"\",gold,paused,en,text,no,yes,yes,form,2017-01-02T03:04:05Z,,"
             "2017-09-01T00:00:00Z,2017-01-02T03:04:00Z,2017-01,https://example.org/subscribe\r\n"
             "bo@example.org,\"''+Bo\",none,active,,html,yes,no,no,import,2017-07-03T01:00:00Z,,,,,\r\n"
             "cy@example.org,Cy,none,left,zh,html,yes,no,yes,editor,2016-01-01T00:00:00Z,2017-02-03T04:05:"
             "06Z,,,,\r\n"
             "dee@example.org,,none,pending,,html,yes,no,no,form,2017-07-01T00:00:00Z,,,,,\r\n";
  g_autoptr (GString) csv = g_string_new (NULL);
  ZbImportSummary s = import_good (list, text);
  g_assert_cmpstr (list->refusals->str, ==, "");
  g_assert_cmpint (s.added, ==, 4);
  export_list (list, csv);
  g_assert_cmpstr (csv->str, ==, text);
  ZbImportSummary again = import_good (list, text);
  g_assert_cmpint (again.same, ==, 3);
  g_assert_cmpint (again.refused, ==, 1); /* who left */
  g_assert_cmpint (again.changed, ==, 0);
  check_person (list, "anna@example.org", "=Li, \"A\"", ZB_PERSON_PAUSED, ZB_TIER_GOLD);
  check_person (list, "bo@example.org", "'+Bo", ZB_PERSON_ACTIVE, ZB_TIER_NONE);
}

static void
test_a_row_may_take_a_wish_away_but_not_make_one (List *list, gconstpointer data)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  import_good (list, "email,weekly,essays\nanna@example.org,no,yes\nbo@example.org,,\n");
  ZbImportSummary s = import_good (list, "email,weekly,latest,essays,format\n"
                                         "anna@example.org,yes,yes,no,text\nbo@example.org,,是,,\n");
  g_assert_cmpint (s.changed, ==, 1);
  g_assert_cmpint (s.same, ==, 1);
  export_list (list, csv);
  g_assert_nonnull (strstr (csv->str, "anna@example.org,,none,active,,text,no,no,no,import,"));
  g_assert_nonnull (strstr (csv->str, "bo@example.org,,none,active,,html,yes,no,no,import,"));
  s = import_good (
      list,
      "email,weekly,format,joined,origin\n"
      "a@example.org,perhaps,,,\nb@example.org,,pdf,,\nc@example.org,,,spring,\nd@example.org,,,,web\n");
  g_assert_cmpint (s.refused, ==, 4);
  g_assert_cmpstr (list->refusals->str, ==,
                   "2 a@example.org: weekly is yes or no, not 'perhaps'\n"
                   "3 b@example.org: format is text or html, not 'pdf'\n"
                   "4 c@example.org: joined is a time like 2017-07-03T08:00:00Z, not 'spring'\n"
                   "5 d@example.org: origin is form, import or editor, not 'web'\n");
}

static void
check_bytes (List *list, const char *text, gsize length, const char *refusals)
{
  ZbImportSummary s;
  g_assert_true (import (list, text, length, 10, &s, NULL));
  g_assert_cmpstr (list->refusals->str, ==, refusals);
  check_person (list, "wang@example.org", "王芳", ZB_PERSON_ACTIVE, ZB_TIER_NONE);
  g_assert_null (zb_person_find (list->db, "bad@example.org", NULL));
}

static void
test_bytes_that_are_no_text_cost_their_own_row (List *list, gconstpointer data)
{
  static const char utf8[] = "email,name,note\nbad@example.org,M\xfcller,\nwang@example.org,王芳,\n"
                             "bad@example.org,Bad,\xc3(\nli@example.org,李,\n";
  check_bytes (
      list, utf8, sizeof utf8 - 1,
      "2 bad@example.org: cell 2 holds bytes that are no text in UTF-8, in which the file was read\n"
      "4 bad@example.org: cell 3 holds bytes that are no text in UTF-8, in which the file was read\n");
  static const char gb[] = "email,name\nwang@example.org,\xcd\xf5\xb7\xbc\nbad@example.org,\xff\xff\n";
  check_bytes (
      list, gb, sizeof gb - 1,
      "3 bad@example.org: cell 2 holds bytes that are no text in GB18030, in which the file was read\n");
  static const char wide[] =
      "\xff\xfe"
      "e\0m\0a\0i\0l\0,\0n\0\n\0b\0a\0d\0@\0e\0x\0a\0m\0p\0l\0e\0.\0o\0r\0g\0,\0\0\xd8\n\0";
  check_bytes (
      list, wide, sizeof wide - 1,
      "2 bad@example.org: cell 2 holds bytes that are no text in UTF-16LE, in which the file was read\n");
}

static void
test_adding_by_hand_is_checked_too (List *list, gconstpointer data)
{
  gint64 id = 0;
  g_autoptr (GError) error = NULL;
  g_assert_true (
      zb_subscribers_add (list->db, list->key, "anna@Example.org", "Anna", ZB_TIER_GOLD, NOW, &id, NULL));
  g_assert_cmpint (id, ==, 1);
  g_assert_false (
      zb_subscribers_add (list->db, list->key, "anna@example.org", NULL, ZB_TIER_NONE, NOW, &id, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (zb_subscribers_remove (list->db, "1", NOW, NULL));
  g_assert_false (
      zb_subscribers_add (list->db, list->key, "anna@example.org", NULL, ZB_TIER_NONE, NOW, &id, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (zb_subscribers_remove (list->db, "nobody@example.org", NOW, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND);
}

static void
test_erasing_leaves_no_trace_of_the_address (List *list, gconstpointer data)
{
  g_autofree char *all = NULL;
  import_good (list, "email,name\nsecret@example.org,Secret\n");
  g_assert_true (zb_subscribers_erase (list->db, list->key, "secret@example.org", NOW, NULL));
  g_assert_true (zb_db_text (
      list->db, &all, NULL,
      "SELECT group_concat (x) FROM (SELECT address || address_key || coalesce (name, '') x FROM person"
      " UNION SELECT value FROM suppression UNION SELECT address FROM delivery)",
      ""));
  g_assert_null (strstr (all, "ecret"));
}

static void
test_a_hundred_thousand_rows_are_imported (List *list, gconstpointer data)
{
  g_autoptr (GString) csv = g_string_new ("email,name,tier,state\n");
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (csv, "reader%u@host%u.example,Reader %u,bronze,active\n", i, i % 977, i);
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (g_steal_pointer (&csv));
  ZbImportOptions options = {
      .key = list->key, .max_rows = 1000000, .now = NOW, .refused = note_refusal, .data = list->refusals};
  ZbImportSummary summary;
  g_assert_true (zb_import (list->db, bytes, &options, &summary, NULL));
  g_assert_cmpint (summary.added, ==, 100000);
}

#define CASE(name) g_test_add ("/subscribers/" #name, List, NULL, list_set_up, test_##name, list_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE (an_import_keeps_what_the_rows_say);
  CASE (gb18030_is_read);
  CASE (unicode_text_of_a_spreadsheet_is_read);
  CASE (a_nul_costs_its_own_row);
  CASE (every_refused_row_is_named_with_its_line_and_reason);
  CASE (an_import_revives_nobody);
  CASE (a_second_import_changes_only_what_is_new);
  CASE (a_failed_import_keeps_nothing);
  CASE (an_export_can_be_imported_without_loss);
  CASE (a_row_may_take_a_wish_away_but_not_make_one);
  CASE (bytes_that_are_no_text_cost_their_own_row);
  CASE (adding_by_hand_is_checked_too);
  CASE (erasing_leaves_no_trace_of_the_address);
  CASE (a_hundred_thousand_rows_are_imported);
  return g_test_run ();
}
