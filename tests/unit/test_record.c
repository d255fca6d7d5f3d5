/* Records of issues: what they say, and what breaks their signature. */
#include "zhoubao/base/error.h"
#include "zhoubao/publish/record.h"
#include "zhoubao/store/migrate.h"
#include <ftw.h>
#include <json-glib/json-glib.h>
#include <unistd.h>

#define NOW 1499100000 /* 3rd July 2017 */

static const char issue_text[] =
    "---\ntitle: Weekly – 3rd July 2017\ndate: 2017-07-03\nauthor: Mei Lin\nitems:\n"
    "  - heading: Hebei invites comments\n    url: https://example.org/1\n"
    "    title: 河北省条例\n    sha256: 9f86\n---\nThe week.\n\n"
    "## Hebei invites comments\n\nA paragraph.\n";

typedef struct {
  ZbWorkspace workspace;
  ZbDb *db;
  char *issue, *record;
} Room;

static int
remove_one (const char *path, const struct stat *st, int kind, struct FTW *where)
{
  (void)st, (void)kind, (void)where;
  return remove (path);
}

static void
room_open (Room *room)
{
  g_autoptr (GError) error = NULL;
  room->workspace.config = zb_config_new ();
  room->workspace.config->base_url = g_strdup ("https://weekly.example.org");
  room->workspace.root = g_dir_make_tmp ("zb-record-XXXXXX", NULL);
  room->db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_true (zb_migrate (room->db, &error));
  room->issue = g_build_filename (room->workspace.root, "2017-07-03.md", NULL);
  room->record = g_build_filename (room->workspace.root, "2017-07-03.json", NULL);
  g_assert_true (g_file_set_contents (room->issue, issue_text, -1, NULL));
}

static void
room_close (Room *room)
{
  nftw (room->workspace.root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  zb_db_close (room->db);
  zb_config_free (room->workspace.config);
  g_free (room->workspace.root);
  g_free (room->issue);
  g_free (room->record);
}

/* The record as it is on the disk after one was asked for at WHEN. */
static char *
written (Room *room, ZbTime when)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_assert_true (zb_record_write (&room->workspace, room->db, room->issue, when, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (room->record, &text, NULL, NULL));
  return text;
}

static void
test_a_record_says_what_the_issue_was_made_from_and_holds (void)
{
  Room room;
  room_open (&room);
  g_autofree char *text = written (&room, NOW), *key = zb_record_key (&room.workspace, NULL);
  g_autoptr (ZbRecord) record = zb_record_verify (text, strlen (text), NULL);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, issue_text, -1);
  g_assert_nonnull (record);
  g_assert_cmpstr (record->date, ==, "2017-07-03");
  g_assert_cmpstr (record->sha256, ==, sha256);
  g_assert_cmpstr (record->signed_at, ==, "2017-07-03T16:40:00Z");
  g_assert_cmpstr (record->key, ==, key);
  g_assert_cmpuint (strlen (key), ==, 64);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (root);
  JsonArray *items = json_object_get_array_member (object, "items");
  JsonObject *item = json_array_get_object_element (items, 0);
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (item, "url"), ==, "https://example.org/1");
  g_assert_cmpstr (json_object_get_string_member (item, "sha256"), ==, "9f86");
  g_assert_true (json_object_get_null_member (object, "approved_by")); /* written by hand: nobody is named */
  room_close (&room);
}

static void
test_an_issue_that_did_not_change_keeps_its_record (void)
{
  Room room;
  room_open (&room);
  g_autofree char *first = written (&room, NOW), *again = written (&room, NOW + 3600);
  g_assert_cmpstr (first, ==, again);
  g_autofree char *other = g_strconcat (issue_text, "\n## Correction\n\nOne.\n", NULL);
  g_assert_true (g_file_set_contents (room.issue, other, -1, NULL));
  g_autofree char *anew = written (&room, NOW + 7200);
  g_autoptr (ZbRecord) before = zb_record_verify (first, strlen (first), NULL),
                       after = zb_record_verify (anew, strlen (anew), NULL);
  g_assert_cmpstr (before->sha256, !=, after->sha256);
  g_assert_cmpstr (before->key, ==, after->key);
  room_close (&room);
}

/* Whichever byte is changed: no record passes that was not signed so. */
static void
test_no_byte_can_be_changed (void)
{
  Room room;
  room_open (&room);
  g_autofree char *text = written (&room, NOW);
  gsize length = strlen (text);
  for (gsize i = 0; i < length; i += 7) {
    g_autofree char *changed = g_strdup (text);
    g_autoptr (GError) error = NULL;
    changed[i] = (char)(changed[i] == '1' ? '2' : '1');
    g_autoptr (ZbRecord) record = zb_record_verify (changed, length, &error);
    g_assert_null (record);
    g_assert_nonnull (error);
  }
  g_autoptr (GError) error = NULL;
  g_autofree char *longer = g_strconcat (text, " ", NULL);
  g_assert_null (zb_record_verify (longer, length + 1, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
  room_close (&room);
}

static void
test_what_is_no_record_is_told_apart (void)
{
  static const char *const texts[] = {"",
                                      "[]",
                                      "{}",
                                      "null",
                                      "{\"format\": \"zhoubao-record-1\"}",
                                      "{\"format\": 1, \"date\": [], \"sha256\": {}}"};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (zb_record_verify (texts[i], strlen (texts[i]), &error));
    g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
  }
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_record_verify ("not JSON", 8, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  static const char unsigned_record[] =
      "{\"format\": \"zhoubao-record-1\", \"date\": \"2017-07-03\", \"sha256\": \"00\", \"key\": \"zz\"}";
  g_assert_null (zb_record_verify (unsigned_record, strlen (unsigned_record), &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/says_what_the_issue_was_made_from_and_holds",
                   test_a_record_says_what_the_issue_was_made_from_and_holds);
  g_test_add_func ("/record/an_issue_that_did_not_change_keeps_its_record",
                   test_an_issue_that_did_not_change_keeps_its_record);
  g_test_add_func ("/record/no_byte_can_be_changed", test_no_byte_can_be_changed);
  g_test_add_func ("/record/what_is_no_record_is_told_apart", test_what_is_no_record_is_told_apart);
  return g_test_run ();
}
