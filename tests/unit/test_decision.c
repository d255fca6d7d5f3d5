/* Picks, briefs, rejections and what undo gives back. */
#include "zhoubao/store/decision.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/migrate.h"

static const ZbWeek week = {2017, 26};

static gint64
add_item (ZbDb *db, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbItem) item = zb_item_new ();
  item->source = g_strdup ("ndrc");
  item->url = g_strconcat ("https://example.org/", name, NULL);
  item->canonical = g_strdup (item->url);
  item->title = g_strdup (name);
  item->fetched = 1498500000;
  g_assert_true (zb_item_add (db, item, NULL, &error));
  return item->id;
}

static ZbDb *
open_store (void)
{
  g_autoptr (GError) error = NULL;
  ZbDb *db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_true (zb_migrate (db, &error));
  return db;
}

static void
decide (ZbDb *db, gint64 item, ZbAction action, int slot)
{
  g_autoptr (GError) error = NULL;
  ZbDecision d = {item, week, action, slot, NULL, "li", NULL, 1498600000, 0};
  g_assert_true (zb_decision_add (db, &d, &error));
  g_assert_no_error (error);
}

static void
assert_slots (ZbDb *db, gint64 one, gint64 two, gint64 three)
{
  gint64 slots[3];
  g_assert_true (zb_decision_slots (db, week, slots, NULL));
  g_assert_cmpint (slots[0], ==, one);
  g_assert_cmpint (slots[1], ==, two);
  g_assert_cmpint (slots[2], ==, three);
}

static ZbItemState
state_of (ZbDb *db, gint64 item)
{
  ZbItemState state;
  g_assert_true (zb_decision_state (db, item, &state, NULL, NULL));
  return state;
}

static void
undo (ZbDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *what = NULL;
  gint64 item;
  g_assert_true (zb_decision_undo (db, week, NULL, 1498700000, &item, &what, &error));
  g_assert_nonnull (what);
}

static void
test_undoing_a_pick_gives_the_slot_back (void)
{
  g_autoptr (ZbDb) db = open_store ();
  gint64 a = add_item (db, "a"), b = add_item (db, "b");
  decide (db, a, ZB_PICK, 1);
  decide (db, b, ZB_PICK, 1);
  assert_slots (db, b, 0, 0);
  g_assert_cmpint (state_of (db, a), ==, ZB_STATE_OPEN);
  undo (db);
  assert_slots (db, a, 0, 0);
  g_assert_cmpint (state_of (db, b), ==, ZB_STATE_OPEN);
}

static void
test_an_item_moves_between_slots (void)
{
  g_autoptr (ZbDb) db = open_store ();
  gint64 a = add_item (db, "a");
  decide (db, a, ZB_PICK, 1);
  decide (db, a, ZB_PICK, 3);
  assert_slots (db, 0, 0, a);
  decide (db, a, ZB_REJECT, 0);
  assert_slots (db, 0, 0, 0);
  undo (db);
  undo (db);
  assert_slots (db, a, 0, 0);
}

static void
test_nothing_to_undo_is_said (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (GError) error = NULL;
  g_autofree char *what = NULL;
  gint64 item;
  g_assert_false (zb_decision_undo (db, week, NULL, 0, &item, &what, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND);
}

static void
test_an_unknown_item_cannot_be_picked (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (GError) error = NULL;
  ZbDecision d = {99, week, ZB_PICK, 1, NULL, "li", NULL, 0, 0};
  g_assert_false (zb_decision_add (db, &d, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND);
}

static void
test_decisions_are_append_only (void)
{
  g_autoptr (ZbDb) db = open_store ();
  decide (db, add_item (db, "a"), ZB_BRIEF, 0);
  g_assert_false (zb_db_exec (db, NULL, "DELETE FROM decision", ""));
  g_assert_false (zb_db_exec (db, NULL, "UPDATE decision SET editor = 'x'", ""));
  g_autoptr (GArray) briefs = zb_decision_list (db, week, ZB_BRIEF, NULL);
  g_assert_cmpuint (briefs->len, ==, 1);
}

static void
test_the_same_page_twice_is_one_item_with_two_sources (void)
{
  g_autoptr (ZbDb) db = open_store ();
  gint64 a = add_item (db, "a");
  g_autoptr (ZbItem) again = zb_item_new ();
  gboolean is_new = TRUE;
  again->source = g_strdup ("xinhua");
  again->url = g_strdup ("https://example.org/a?from=x");
  again->canonical = g_strdup ("https://example.org/a");
  again->title = g_strdup ("another title");
  again->text = g_strdup ("the article");
  again->fetched = 1498500001;
  g_assert_true (zb_item_add (db, again, &is_new, NULL));
  g_assert_false (is_new);
  g_assert_cmpint (again->id, ==, a);
  g_autoptr (ZbItem) kept = zb_item_get (db, a, NULL);
  g_assert_cmpstr (kept->title, ==, "a");
  g_assert_cmpstr (kept->text, ==, "the article");
  g_auto (GStrv) sources = zb_item_sources (db, a, NULL);
  g_assert_cmpuint (g_strv_length (sources), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decision/undoing_a_pick_gives_the_slot_back", test_undoing_a_pick_gives_the_slot_back);
  g_test_add_func ("/decision/an_item_moves_between_slots", test_an_item_moves_between_slots);
  g_test_add_func ("/decision/nothing_to_undo_is_said", test_nothing_to_undo_is_said);
  g_test_add_func ("/decision/an_unknown_item_cannot_be_picked", test_an_unknown_item_cannot_be_picked);
  g_test_add_func ("/decision/decisions_are_append_only", test_decisions_are_append_only);
  g_test_add_func ("/item/the_same_page_twice_is_one_item",
                   test_the_same_page_twice_is_one_item_with_two_sources);
  return g_test_run ();
}
