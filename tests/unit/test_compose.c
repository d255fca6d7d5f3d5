/* Drafts from picks: what is filled in, what is kept, and what publishing writes. */
#include "zhoubao/base/error.h"
#include "zhoubao/compose/draft.h"
#include "zhoubao/compose/publish.h"
#include "zhoubao/compose/review.h"
#include "zhoubao/store/audit.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/issue_file.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/migrate.h"
#include "zhoubao/store/revision.h"
#include <glib/gstdio.h>

static const ZbWeek week = {2017, 26};
#define AFTER 1499100000

typedef struct {
  ZbWorkspace workspace;
  ZbDb *db;
  gint64 items[4];
} Desk;

static gint64
add_item (ZbDb *db, int n)
{
  g_autoptr (ZbItem) item = zb_item_new ();
  g_autoptr (GError) error = NULL;
  item->source = g_strdup ("hebei-congress");
  item->url = g_strdup_printf ("https://example.org/%d", n);
  item->canonical = g_strdup (item->url);
  item->title = g_strdup_printf ("河北省信用信息条例%d", n);
  item->language = g_strdup ("zh");
  item->text = g_strdup_printf ("第一句话。*第二*句话<%d>。", n);
  item->published = 1498500000;
  item->fetched = 1498600000;
  item->evidence = g_strdup ("abc");
  g_assert_true (zb_item_add (db, item, NULL, &error));
  g_assert_no_error (error);
  return item->id;
}

static void
desk_open (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  ZbConfig *config = zb_config_new ();
  config->title = g_strdup ("Weekly");
  config->language = g_strdup ("en");
  config->zone = g_time_zone_new_identifier ("Asia/Shanghai");
  desk->workspace.config = config;
  desk->workspace.root = g_dir_make_tmp ("zb-compose-XXXXXX", NULL);
  desk->db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_true (zb_migrate (desk->db, &error));
  for (int i = 0; i < 4; i++)
    desk->items[i] = add_item (desk->db, i + 1);
}

static void
desk_close (Desk *desk)
{
  g_autofree char *issues = g_build_filename (desk->workspace.root, "issues", NULL);
  g_autofree char *weekly = g_build_filename (issues, "weekly", NULL),
                  *file = zb_issue_file_path (desk->workspace.root, week);
  g_unlink (file);
  g_rmdir (weekly);
  g_rmdir (issues);
  g_rmdir (desk->workspace.root);
  zb_config_free (desk->workspace.config);
  g_free (desk->workspace.root);
  zb_db_close (desk->db);
}

static void
pick (Desk *desk, int n, int slot)
{
  g_autoptr (GError) error = NULL;
  ZbDecision d = {desk->items[n], week, slot > 0 ? ZB_PICK : ZB_BRIEF, slot, NULL, "ann", NULL,
                  1498700000,     0};
  g_assert_true (zb_decision_add (desk->db, &d, &error));
  g_assert_no_error (error);
}

static ZbDraft *
compose (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  ZbDraft *draft = zb_compose_draft (desk->db, desk->workspace.config, week, "ann", 1498800000, &error);
  g_assert_no_error (error);
  return draft;
}

static void
test_three_picks_make_a_draft_that_may_go_out (void)
{
  Desk desk = {0};
  desk_open (&desk);
  for (int i = 0; i < 3; i++)
    pick (&desk, i, i + 1);
  pick (&desk, 3, 0);
  g_autoptr (ZbDraft) draft = compose (&desk);
  g_autoptr (GPtrArray) problems = zb_problems_new ();
  const ZbIssueItem *item = draft->issue->items->pdata[1];
  zb_check_issue (draft->issue, desk.workspace.config, FALSE, AFTER, problems);
  g_assert_true (zb_problems_ok (problems));
  g_assert_cmpstr (item->title, ==, "河北省信用信息条例2");
  g_assert_true (g_str_has_prefix (item->pinyin, "Hebei"));
  g_assert_cmpstr (item->sha256, ==, "abc");
  g_assert_cmpint (item->fetched, ==, 1498600000);
  g_assert_nonnull (strstr (item->paragraph, "[read more here](<https://example.org/2>)"));
  g_assert_cmpuint (draft->issue->briefs->len, ==, 1);
  g_assert_nonnull (strstr (draft->issue->intro, "26th June to 2nd July 2017"));
  desk_close (&desk);
}

static void
test_what_was_written_stays_when_picks_move (void)
{
  Desk desk = {0};
  g_autoptr (GError) error = NULL;
  desk_open (&desk);
  pick (&desk, 0, 1);
  pick (&desk, 1, 2);
  g_autoptr (ZbDraft) draft = compose (&desk);
  ZbIssueItem *item = draft->issue->items->pdata[0];
  g_free (item->heading);
  item->heading = g_strdup ("Written");
  g_assert_true (zb_draft_save (desk.db, draft, "edit", "ann", 1498800001, &error));
  pick (&desk, 0, 3);
  pick (&desk, 2, 1);
  g_autoptr (ZbDraft) again = compose (&desk);
  g_assert_cmpstr (((ZbIssueItem *)again->issue->items->pdata[2])->heading, ==, "Written");
  g_assert_cmpstr (((ZbIssueItem *)again->issue->items->pdata[0])->url, ==, "https://example.org/3");
  g_assert_cmpstr (((ZbIssueItem *)again->issue->items->pdata[1])->url, ==, "https://example.org/2");
  desk_close (&desk);
}

static void
test_publishing_twice_writes_one_file_and_never_over_another (void)
{
  Desk desk = {0};
  g_autoptr (GError) error = NULL;
  desk_open (&desk);
  for (int i = 0; i < 3; i++)
    pick (&desk, i, i + 1);
  g_autoptr (ZbDraft) draft = compose (&desk);
  g_autofree char *path = NULL, *again = NULL, *file = zb_issue_file_path (desk.workspace.root, week);
  g_assert_false (zb_publish (&desk.workspace, desk.db, draft, FALSE, "ann", 1498800002, &path, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "not over"));
  g_clear_error (&error);
  g_assert_true (zb_publish (&desk.workspace, desk.db, draft, FALSE, "ann", AFTER, &path, &error));
  g_assert_true (zb_publish (&desk.workspace, desk.db, draft, FALSE, "ann", AFTER, &again, &error));
  g_autoptr (ZbIssue) issue = zb_issue_file_read (file, 1 << 20, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (issue->items->len, ==, 3);
  g_assert_cmpstr (draft->sha256, !=, NULL);
  g_assert_true (zb_publish_correction (file, desk.workspace.config, "A slip.", AFTER, &error));
  g_autoptr (ZbIssue) corrected = zb_issue_file_read (file, 1 << 20, &error);
  g_assert_cmpuint (corrected->corrections->len, ==, 1);
  desk_close (&desk);
}

static void
test_a_file_by_hand_is_not_overwritten (void)
{
  Desk desk = {0};
  g_autoptr (GError) error = NULL;
  desk_open (&desk);
  for (int i = 0; i < 3; i++)
    pick (&desk, i, i + 1);
  g_autoptr (ZbDraft) draft = compose (&desk);
  g_autoptr (ZbIssue) other = zb_issue_new ("By hand", week);
  g_autofree char *path = NULL, *file = zb_issue_file_path (desk.workspace.root, week);
  g_assert_true (zb_issue_file_write (file, other, &error));
  g_assert_false (zb_publish (&desk.workspace, desk.db, draft, FALSE, "ann", AFTER, &path, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
  desk_close (&desk);
}

static void
test_whoever_edited_last_does_not_approve (void)
{
  Desk desk = {0};
  g_autoptr (GError) error = NULL;
  desk_open (&desk);
  desk.workspace.config->second_approval = TRUE;
  g_autoptr (ZbDraft) draft = compose (&desk);
  g_assert_false (zb_approve (&desk.workspace, desk.db, draft, "ann", AFTER, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (zb_approve (&desk.workspace, desk.db, draft, "ben", AFTER, &error));
  g_assert_no_error (error);
  desk_close (&desk);
}

static void
test_a_draft_goes_to_review_and_back_and_waits_for_its_time (void)
{
  Desk desk = {0};
  g_autoptr (GError) error = NULL;
  ZbTime at = ZB_TIME_NONE;
  desk_open (&desk);
  g_autoptr (ZbDraft) draft = compose (&desk);
  g_assert_true (zb_review_read_time ("2017-07-03T08:00", desk.workspace.config->zone, &at, &error));
  g_assert_cmpint (at, ==, 1499040000); /* midnight in UTC */
  g_assert_false (zb_review_read_time ("Monday", desk.workspace.config->zone, &at, NULL));
  g_assert_true (zb_review_ask (desk.db, draft, "ann", AFTER, &error));
  g_assert_cmpint (draft->state, ==, ZB_ISSUE_REVIEW);
  g_assert_false (zb_review_ask (desk.db, draft, "ann", AFTER, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (zb_review_schedule (desk.db, draft, AFTER + 60, "ben", AFTER, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (zb_approve (&desk.workspace, desk.db, draft, "ben", AFTER, &error));
  g_assert_false (zb_review_schedule (desk.db, draft, AFTER, "ben", AFTER, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_true (zb_review_schedule (desk.db, draft, AFTER + 60, "ben", AFTER, &error));
  g_assert_true (zb_review_return (desk.db, draft, "ann", "The second is too long", AFTER + 1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (draft->state, ==, ZB_ISSUE_DRAFT);
  g_assert_cmpint (draft->scheduled, ==, ZB_TIME_NONE);
  g_autoptr (GPtrArray) audit = zb_audit_list (desk.db, 20, &error);
  const ZbAudit *newest = audit->pdata[0];
  g_assert_cmpstr (newest->what, ==, "ask for changes");
  g_assert_cmpstr (newest->about, ==, "2017-W26: The second is too long");
  g_assert_cmpuint (audit->len, ==, 7); /* new, review, approve, schedule, unschedule, return, why */
  desk_close (&desk);
}

static void
test_slots_that_are_moved_take_their_picks_along (void)
{
  Desk desk = {0};
  g_autoptr (GError) error = NULL;
  gint64 picked[3] = {0};
  desk_open (&desk);
  for (int i = 0; i < 3; i++)
    pick (&desk, i, i + 1);
  g_autoptr (ZbDraft) draft = compose (&desk);
  g_assert_false (zb_review_reorder (draft, (const int[]){1, 1, 3}));
  g_assert_true (zb_review_reorder (draft, (const int[]){3, 1, 2}));
  g_assert_true (zb_draft_save (desk.db, draft, "edit", "ann", AFTER, &error));
  g_assert_true (zb_review_follow (desk.db, draft, "ann", AFTER, &error));
  g_assert_true (zb_decision_slots (desk.db, week, picked, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (picked, sizeof picked, draft->item_ids, sizeof draft->item_ids);
  g_assert_cmpint (picked[0], ==, desk.items[2]);
  g_autoptr (ZbDraft) again = compose (&desk);
  g_assert_cmpint (again->version, ==, draft->version);
  desk_close (&desk);
}

static void
test_an_earlier_revision_is_restored_as_a_new_one (void)
{
  Desk desk = {0};
  g_autoptr (GError) error = NULL;
  desk_open (&desk);
  pick (&desk, 0, 1);
  g_autoptr (ZbDraft) draft = compose (&desk);
  g_autofree char *before = zb_draft_to_json (draft);
  ZbIssueItem *item = draft->issue->items->pdata[0];
  g_free (item->paragraph);
  item->paragraph = g_strdup ("All gone.");
  g_assert_true (zb_draft_save (desk.db, draft, "edit", "ben", AFTER, &error));
  g_autoptr (GPtrArray) revisions = zb_revision_list (desk.db, draft->id, &error);
  const ZbRevision *first = revisions->pdata[revisions->len - 1];
  g_assert_true (zb_review_restore (desk.db, draft, first->id, "ann", AFTER + 1, &error));
  g_autoptr (ZbDraft) back = zb_draft_load (desk.db, week, &error);
  g_autofree char *after = zb_draft_to_json (back);
  g_assert_cmpstr (after, ==, before);
  g_autoptr (GPtrArray) now = zb_revision_list (desk.db, draft->id, &error);
  g_assert_cmpuint (now->len, ==, revisions->len + 1);
  g_assert_cmpstr (((ZbRevision *)now->pdata[0])->what, ==, "restore");
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compose/three_picks_make_a_draft_that_may_go_out",
                   test_three_picks_make_a_draft_that_may_go_out);
  g_test_add_func ("/compose/what_was_written_stays_when_picks_move",
                   test_what_was_written_stays_when_picks_move);
  g_test_add_func ("/compose/publishing_twice_writes_one_file_and_never_over_another",
                   test_publishing_twice_writes_one_file_and_never_over_another);
  g_test_add_func ("/compose/a_file_by_hand_is_not_overwritten", test_a_file_by_hand_is_not_overwritten);
  g_test_add_func ("/compose/whoever_edited_last_does_not_approve",
                   test_whoever_edited_last_does_not_approve);
  g_test_add_func ("/compose/a_draft_goes_to_review_and_back_and_waits_for_its_time",
                   test_a_draft_goes_to_review_and_back_and_waits_for_its_time);
  g_test_add_func ("/compose/slots_that_are_moved_take_their_picks_along",
                   test_slots_that_are_moved_take_their_picks_along);
  g_test_add_func ("/compose/an_earlier_revision_is_restored_as_a_new_one",
                   test_an_earlier_revision_is_restored_as_a_new_one);
  return g_test_run ();
}
