/* Drafts in the store: what is saved comes back, a stale save is refused, revisions are kept. */
#include "zhoubao/store/draft.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/audit.h"
#include "zhoubao/store/migrate.h"
#include "zhoubao/store/revision.h"

static const ZbWeek week = {2017, 26};

static ZbDb *
open_memory (void)
{
  g_autoptr (GError) error = NULL;
  ZbDb *db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (zb_migrate (db, &error));
  return db;
}

static ZbDraft *
sample (void)
{
  ZbDraft *draft = zb_draft_new ("Weekly", week);
  ZbIssueItem *item = draft->issue->items->pdata[1];
  item->heading = g_strdup ("A heading");
  item->title = g_strdup ("信用");
  item->url = g_strdup ("https://example.org/1");
  item->fetched = 1498000000;
  item->paragraph = g_strdup ("Words.");
  zb_topics_add (item->topics, "location", "hebei");
  draft->item_ids[1] = 7;
  g_ptr_array_add (draft->issue->sections, zb_issue_section_new ("Also", "More."));
  ZbIssueItem *brief = zb_issue_item_new ();
  brief->heading = g_strdup ("Brief");
  brief->published = 1498000001;
  g_ptr_array_add (draft->issue->briefs, brief);
  return draft;
}

static void
test_what_is_saved_comes_back (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDraft) draft = sample ();
  g_assert_true (zb_draft_save (db, draft, "new", "ann", 100, &error));
  g_assert_no_error (error);
  g_autoptr (ZbDraft) back = zb_draft_load (db, week, &error);
  g_assert_no_error (error);
  const ZbIssueItem *item = back->issue->items->pdata[1], *brief = back->issue->briefs->pdata[0];
  g_assert_true (zb_draft_slot_is_empty (back, 1));
  g_assert_false (zb_draft_slot_is_empty (back, 2));
  g_assert_cmpstr (item->title, ==, "信用");
  g_assert_cmpint (item->fetched, ==, 1498000000);
  g_assert_cmpint (item->published, ==, ZB_TIME_NONE);
  g_assert_cmpstr (zb_topics_get (item->topics, "location")[0], ==, "hebei");
  g_assert_cmpint (back->item_ids[1], ==, 7);
  g_assert_cmpint (back->version, ==, draft->version);
  g_assert_cmpint (brief->published, ==, 1498000001);
  g_assert_cmpuint (back->issue->sections->len, ==, 1);
}

static void
test_a_stale_save_is_refused_and_names_the_other (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDraft) first = sample ();
  g_assert_true (zb_draft_save (db, first, "new", "ann", 100, &error));
  g_autoptr (ZbDraft) second = zb_draft_load (db, week, &error);
  g_assert_true (zb_draft_save (db, first, "edit", "ann", 101, &error));
  g_assert_false (zb_draft_save (db, second, "edit", "ben", 102, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "ann"));
}

static void
test_an_edit_takes_the_approval_back (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDraft) draft = sample ();
  g_assert_true (zb_draft_save (db, draft, "new", "ann", 100, &error));
  g_assert_true (zb_draft_set_state (db, draft, ZB_ISSUE_APPROVED, "ben", 101, &error));
  g_assert_cmpstr (draft->approved_by, ==, "ben");
  g_assert_true (zb_draft_save (db, draft, "edit", "ann", 102, &error));
  g_autoptr (ZbDraft) back = zb_draft_load (db, week, &error);
  g_assert_cmpint (back->state, ==, ZB_ISSUE_DRAFT);
}

static void
test_a_published_issue_is_not_saved_again (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDraft) draft = sample ();
  g_assert_true (zb_draft_save (db, draft, "new", "ann", 100, &error));
  g_assert_true (zb_draft_set_state (db, draft, ZB_ISSUE_PUBLISHED, "ann", 101, &error));
  g_assert_false (zb_draft_save (db, draft, "edit", "ann", 102, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
}

static void
test_every_save_leaves_a_revision (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDraft) draft = sample ();
  g_assert_true (zb_draft_save (db, draft, "new", "ann", 100, &error));
  g_assert_true (zb_draft_save (db, draft, "edit", "ben", 101, &error));
  g_autoptr (GPtrArray) revisions = zb_revision_list (db, draft->id, &error);
  g_assert_cmpuint (revisions->len, ==, 2);
  const ZbRevision *newest = revisions->pdata[0];
  g_assert_cmpstr (newest->editor, ==, "ben");
  g_assert_nonnull (strstr (newest->text, "## A heading"));
}

static void
test_typing_makes_one_revision_for_each_editor_and_span (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDraft) draft = sample ();
  g_assert_true (zb_draft_save (db, draft, "new", "ann", 100, &error));
  for (ZbTime now = 101; now < 101 + ZB_REVISION_SPAN; now += 50)
    g_assert_true (zb_draft_save (db, draft, "autosave", "ann", now, &error));
  g_assert_true (zb_draft_save (db, draft, "autosave", "ann", 102 + ZB_REVISION_SPAN, &error));
  g_assert_true (zb_draft_save (db, draft, "autosave", "ben", 103 + ZB_REVISION_SPAN, &error));
  g_autoptr (GPtrArray) revisions = zb_revision_list (db, draft->id, &error);
  g_assert_cmpuint (revisions->len, ==, 4);
  g_autoptr (GPtrArray) audit = zb_audit_list (db, 10, &error);
  g_assert_cmpuint (audit->len, ==, 4);
  g_assert_cmpstr (((ZbAudit *)audit->pdata[0])->who, ==, "ben");
}

static void
test_a_revision_comes_back_whole (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDraft) draft = sample ();
  ZbIssueItem *first = draft->issue->items->pdata[0], *third = draft->issue->items->pdata[2];
  first->paragraph = g_strdup ("No heading yet.\n\n## and one inside");
  third->heading = g_strdup ("A heading"); /* the same as the second's: a file could not tell them apart */
  third->paragraph = g_strdup ("Other words.");
  draft->issue->closing = g_strdup ("Closing.");
  g_assert_true (zb_draft_save (db, draft, "new", "ann", 100, &error));
  g_autoptr (GPtrArray) revisions = zb_revision_list (db, draft->id, &error);
  const ZbRevision *revision = revisions->pdata[0];
  g_autoptr (ZbDraft) other = zb_draft_new ("Weekly", week);
  g_assert_true (zb_revision_apply (revision, other, &error));
  g_autofree char *was = zb_draft_to_json (draft), *is = zb_draft_to_json (other);
  g_assert_cmpstr (was, ==, is);
  g_assert_cmpint (other->item_ids[1], ==, 7);
  g_assert_null (zb_revision_get (db, draft->id + 1, revision->id, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND);
}

static void
test_a_schedule_is_due_until_it_is_halted (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDraft) draft = sample ();
  g_assert_true (zb_draft_save (db, draft, "new", "ann", 100, &error));
  g_assert_true (zb_draft_set_state (db, draft, ZB_ISSUE_APPROVED, "ben", 101, &error));
  g_assert_true (zb_draft_schedule (db, draft, 200, "ben", 102, &error));
  g_autoptr (GPtrArray) early = zb_draft_list_due (db, 199, &error),
                        due = zb_draft_list_due (db, 200, &error);
  g_assert_cmpuint (early->len, ==, 0);
  g_assert_cmpuint (due->len, ==, 1);
  g_assert_true (zb_draft_halt (db, due->pdata[0], "too late", 90000, &error));
  g_autoptr (GPtrArray) halted = zb_draft_list_due (db, 90000, &error);
  g_assert_cmpuint (halted->len, ==, 0);
  g_autoptr (ZbDraft) back = zb_draft_load (db, week, &error);
  g_assert_cmpstr (back->halted, ==, "too late");
  g_assert_cmpstr (back->scheduled_by, ==, "ben");
  g_assert_true (zb_draft_schedule (db, back, 99999, "ann", 90001, &error));
  g_assert_null (back->halted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/what_is_saved_comes_back", test_what_is_saved_comes_back);
  g_test_add_func ("/draft/a_stale_save_is_refused_and_names_the_other",
                   test_a_stale_save_is_refused_and_names_the_other);
  g_test_add_func ("/draft/an_edit_takes_the_approval_back", test_an_edit_takes_the_approval_back);
  g_test_add_func ("/draft/a_published_issue_is_not_saved_again", test_a_published_issue_is_not_saved_again);
  g_test_add_func ("/draft/every_save_leaves_a_revision", test_every_save_leaves_a_revision);
  g_test_add_func ("/draft/typing_makes_one_revision_for_each_editor_and_span",
                   test_typing_makes_one_revision_for_each_editor_and_span);
  g_test_add_func ("/draft/a_revision_comes_back_whole", test_a_revision_comes_back_whole);
  g_test_add_func ("/draft/a_schedule_is_due_until_it_is_halted", test_a_schedule_is_due_until_it_is_halted);
  return g_test_run ();
}
