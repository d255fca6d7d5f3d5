/* Full-text search: what is found, in which order, and how it is shown. */
#include "zhoubao/store/search.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/migrate.h"
#include <gio/gio.h>

static ZbDb *
open_store (void)
{
  g_autoptr (GError) error = NULL;
  ZbDb *db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (zb_migrate (db, &error));
  g_assert_no_error (error);
  return db;
}

static gint64
add (ZbDb *db, const char *title, const char *text, ZbTime published)
{
  static guint count;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbItem) item = zb_item_new ();
  item->source = g_strdup ("ndrc");
  item->url = g_strdup_printf ("https://example.org/%u", ++count);
  item->canonical = g_strdup (item->url);
  item->title = g_strdup (title);
  item->text = g_strdup (text);
  item->published = published;
  item->fetched = 1498500000;
  g_assert_true (zb_item_add (db, item, NULL, &error));
  g_assert_no_error (error);
  return item->id;
}

/* The titles of what is found, in order, parted by " | ". */
static char *
found (ZbDb *db, const char *words, ZbSearchOrder order)
{
  g_autoptr (GError) error = NULL;
  gint64 total = -1;
  g_autoptr (GPtrArray) hits = zb_search_items (db, words, order, 0, 20, &total, &error);
  g_assert_no_error (error);
  g_assert_cmpint (total, ==, hits->len);
  GString *titles = g_string_new (NULL);
  for (guint i = 0; i < hits->len; i++) {
    g_autofree char *title = zb_search_plain (((ZbSearchHit *)g_ptr_array_index (hits, i))->title);
    g_string_append_printf (titles, "%s%s", i > 0 ? " | " : "", title);
  }
  return g_string_free (titles, FALSE);
}

#define assert_found(db, words, expected)                                                                    \
  do {                                                                                                       \
    g_autofree char *titles = found (db, words, ZB_SEARCH_NEWEST);                                           \
    g_assert_cmpstr (titles, ==, expected);                                                                  \
  } while (0)

static void
test_any_two_chinese_characters_are_found_and_no_others (void)
{
  g_autoptr (ZbDb) db = open_store ();
  add (db, "关于建立完善守信联合激励和失信联合惩戒制度的意见", NULL, 100);
  add (db, "社会信用体系建设", NULL, 200);
  assert_found (db, "失信", "关于建立完善守信联合激励和失信联合惩戒制度的意见");
  assert_found (db, "失信联合惩戒", "关于建立完善守信联合激励和失信联合惩戒制度的意见");
  assert_found (db, "信用", "社会信用体系建设");
  assert_found (db, "社会信用体系", "社会信用体系建设");
  assert_found (db, "信联", "关于建立完善守信联合激励和失信联合惩戒制度的意见");
  assert_found (db, "体系社会", "");
  assert_found (db, "用失", "");
  assert_found (db, "信用 建设", "社会信用体系建设");
  assert_found (db, "信用 惩戒", "");
}

static void
test_one_character_is_found_wherever_it_stands (void)
{
  g_autoptr (ZbDb) db = open_store ();
  add (db, "法院", NULL, 100);
  add (db, "民法", NULL, 200);
  add (db, "立法者", NULL, 300);
  add (db, "法", NULL, 400);
  add (db, "A股上市，2017年度", NULL, 500);
  assert_found (db, "法", "法 | 立法者 | 民法 | 法院");
  assert_found (db, "A股", "A股上市，2017年度");
  assert_found (db, "2017年", "A股上市，2017年度");
  assert_found (db, "2017年度", "A股上市，2017年度");
}

static void
test_english_words_without_case_width_and_endings (void)
{
  g_autoptr (ZbDb) db = open_store ();
  add (db, "Credit Regulations published", NULL, 100);
  assert_found (db, "regulation", "Credit Regulations published");
  assert_found (db, "REGULATIONS publishes", "Credit Regulations published");
  assert_found (db, "ｃｒｅｄｉｔ", "Credit Regulations published");
  assert_found (db, "\"credit regulations\"", "Credit Regulations published");
  assert_found (db, "\"regulations credit\"", "");
  assert_found (db, "reg*", "Credit Regulations published");
  assert_found (db, "reg", "");
  assert_found (db, "credit -published", "");
  assert_found (db, "credit -refused", "Credit Regulations published");
}

/* What was typed may be longer than the stem. */
static void
test_a_star_leaves_a_word_open (void)
{
  g_autoptr (ZbDb) db = open_store ();
  add (db, "Regulations shared", NULL, 100);
  assert_found (db, "regul*", "Regulations shared");
  assert_found (db, "regulat*", "Regulations shared");
  assert_found (db, "regulati*", "Regulations shared");
  assert_found (db, "regulation*", "Regulations shared");
  assert_found (db, "shared regulatio*", "Regulations shared");
  assert_found (db, "regular*", "");
  assert_found (db, "shared -regulati*", "");
}

static void
test_marks_of_the_query_language_are_only_text (void)
{
  g_autoptr (ZbDb) db = open_store ();
  add (db, "AND or NOT: \"near\" (title)", NULL, 100);
  assert_found (db, "NOT", "AND or NOT: \"near\" (title)");
  assert_found (db, "title: ( ^and", "AND or NOT: \"near\" (title)");
  assert_found (db, "\"near", "AND or NOT: \"near\" (title)");
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_search_items (db, " ?! \"\" * -", ZB_SEARCH_RANKED, 0, 20, NULL, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_USAGE);
}

static void
test_a_title_weighs_more_than_a_text (void)
{
  g_autoptr (ZbDb) db = open_store ();
  add (db, "别的新闻", "这里写到信用，又写到信用。", 300);
  add (db, "信用条例", "这里没有。", 100);
  g_autofree char *ranked = found (db, "信用", ZB_SEARCH_RANKED),
                  *newest = found (db, "信用", ZB_SEARCH_NEWEST);
  g_assert_cmpstr (ranked, ==, "信用条例 | 别的新闻");
  g_assert_cmpstr (newest, ==, "别的新闻 | 信用条例");
}

static void
test_the_index_follows_the_item (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbPage) page = zb_page_new ();
  gint64 id = add (db, "通知", NULL, ZB_TIME_NONE);
  add (db, "另一个通知", NULL, 1600000000);
  page->markdown = g_strdup ("各有关单位：失信惩戒。");
  page->text = g_strdup (page->markdown);
  page->published = 1700000000;
  assert_found (db, "通知", "另一个通知 | 通知");
  g_assert_true (zb_item_set_page (db, id, page, NULL, &error));
  g_assert_no_error (error);
  assert_found (db, "惩戒", "通知");
  assert_found (db, "通知", "通知 | 另一个通知");
  g_assert_true (zb_db_exec (db, &error, "DELETE FROM item WHERE id = ?", "i", id));
  assert_found (db, "惩戒", "");
  g_assert_true (
      zb_db_exec (db, &error, "INSERT INTO item_search (item_search) VALUES ('integrity-check')", ""));
  g_assert_no_error (error);
}

static void
set (ZbDb *db, const char *sql, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (zb_db_exec (db, &error, sql, "i", id));
  g_assert_no_error (error);
}

static void
assert_whole (ZbDb *db)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (zb_search_update (db, &error));
  set (db, "INSERT INTO item_search (item_search, rank) VALUES ('integrity-check', ? * 0 + 1)", 1);
  g_assert_no_error (error);
}

/* Words that go out and words that come in wait together, whatever else happens to the item meanwhile. */
static void
test_what_changes_often_is_indexed_once (void)
{
  g_autoptr (ZbDb) db = open_store ();
  gint64 id = add (db, "旧标题", "旧的文字", 1600000000), other = add (db, "另一个", "文字", 1600000001);
  assert_whole (db);
  set (db, "UPDATE item SET text = '新的内容' WHERE id = ?", id);
  set (db, "UPDATE item SET title = '新标题' WHERE id = ?", id);
  assert_found (db, "旧标题", "");
  assert_found (db, "新的内容", "新标题");
  assert_whole (db);
  set (db, "UPDATE item SET text = '更新的内容' WHERE id = ?", id);
  set (db, "UPDATE item SET published = 1600000009 WHERE id = ?", id);
  assert_found (db, "更新", "新标题");
  assert_whole (db);
  set (db, "UPDATE item SET title = 'x', published = 1600000002 WHERE id = ?", other);
  set (db, "UPDATE item SET title = 'y' WHERE id = ?", other);
  assert_found (db, "y", "y");
  set (db, "UPDATE item SET title = 'z' WHERE id = ?", other);
  set (db, "DELETE FROM item WHERE id = ?", other);
  assert_found (db, "z", "");
  assert_found (db, "y", "");
  assert_whole (db);
}

/* As a database is that an earlier program indexed by words of its own. */
static void
test_what_was_indexed_by_other_stems_is_indexed_anew (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDb) db = open_store ();
  gint64 id = add (db, "Policies studied", NULL, 1600000000);
  assert_whole (db);
  set (db, "INSERT INTO item_search (item_search, rank) VALUES ('delete-all', ? * 0)", id);
  set (db, "INSERT INTO item_search (rowid, title) SELECT key, 'otherwise' FROM search_text WHERE id = ?",
       id);
  set (db, "UPDATE item SET text = 'what waits with the words that it had' WHERE id = ?", id);
  g_autoptr (GBytes) sql =
      g_resources_lookup_data ("/zhoubao/src/store/migrations/0018-stems.sql", 0, &error);
  g_assert_no_error (error);
  g_assert_true (zb_db_script (db, g_bytes_get_data (sql, NULL), &error));
  g_assert_no_error (error);
  assert_found (db, "policy study", "Policies studied");
  assert_found (db, "otherwise", "");
  assert_whole (db);
}

static const char *const MANY =
    "INSERT INTO item (source, url, canonical, title, fetched)"
    " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
    " SELECT 'ndrc', 'https://example.org/n' || i, 'https://example.org/n' || i, 'notice', i FROM n";

static void
assert_waiting (ZbDb *db, gint64 expected)
{
  gint64 waiting = -1;
  g_assert_true (zb_search_waiting (db, &waiting, NULL));
  g_assert_cmpint (waiting, ==, expected);
}

/* Nobody who searches waits until all items are indexed. */
static void
test_very_many_items_are_indexed_in_steps (void)
{
  g_autoptr (ZbDb) db = open_store ();
  gint64 total = -1, left = -1;
  set (db, MANY, 7000);
  set (db, "INSERT INTO search_todo (item) SELECT id FROM item WHERE id > ? * 0", 1);
  g_autoptr (GPtrArray) none = zb_search_items (db, "notice", ZB_SEARCH_NEWEST, 0, 5, &total, NULL);
  g_assert_cmpint (total, ==, 0);
  assert_waiting (db, 7000);
  g_assert_true (zb_search_step (db, &left, NULL));
  g_assert_cmpint (left, ==, 2000);
  g_autoptr (GPtrArray) all = zb_search_items (db, "notices", ZB_SEARCH_NEWEST, 0, 5, &total, NULL);
  g_assert_cmpint (total, ==, 7000);
  assert_waiting (db, 0);
}

static ZbSearchHit *
first_hit (ZbDb *db, const char *words, GPtrArray **hits)
{
  g_autoptr (GError) error = NULL;
  *hits = zb_search_items (db, words, ZB_SEARCH_RANKED, 0, 20, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint ((*hits)->len, >, 0);
  return g_ptr_array_index (*hits, 0);
}

static void
test_what_was_found_is_marked (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (GPtrArray) hits = NULL, more = NULL;
  add (db, "社会信用体系 & co", "# 头\n\n**关于**[信用体系](https://xinyong.example/体系)的<说明>。", 100);
  const ZbSearchHit *hit = first_hit (db, "信用体系", &hits);
  g_autofree char *title = zb_search_html (hit->title), *snippet = zb_search_mark (hit->snippet, "{", "}");
  g_assert_cmpstr (title, ==, "社会<mark>信用体系</mark> &amp; co");
  g_assert_cmpstr (snippet, ==, "头 关于{信用体系}的<说明。");
  g_autoptr (GError) error = NULL;
  more = zb_search_items (db, "xinyong", ZB_SEARCH_RANKED, 0, 20, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (more->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/any_two_chinese_characters_are_found_and_no_others",
                   test_any_two_chinese_characters_are_found_and_no_others);
  g_test_add_func ("/search/one_character_is_found_wherever_it_stands",
                   test_one_character_is_found_wherever_it_stands);
  g_test_add_func ("/search/english_words_without_case_width_and_endings",
                   test_english_words_without_case_width_and_endings);
  g_test_add_func ("/search/a_star_leaves_a_word_open", test_a_star_leaves_a_word_open);
  g_test_add_func ("/search/marks_of_the_query_language_are_only_text",
                   test_marks_of_the_query_language_are_only_text);
  g_test_add_func ("/search/a_title_weighs_more_than_a_text", test_a_title_weighs_more_than_a_text);
  g_test_add_func ("/search/the_index_follows_the_item", test_the_index_follows_the_item);
  g_test_add_func ("/search/what_changes_often_is_indexed_once", test_what_changes_often_is_indexed_once);
  g_test_add_func ("/search/what_was_indexed_by_other_stems_is_indexed_anew",
                   test_what_was_indexed_by_other_stems_is_indexed_anew);
  g_test_add_func ("/search/very_many_items_are_indexed_in_steps", test_very_many_items_are_indexed_in_steps);
  g_test_add_func ("/search/what_was_found_is_marked", test_what_was_found_is_marked);
  return g_test_run ();
}
