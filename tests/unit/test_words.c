/* Tokens: pairs of Han characters, folded and stemmed words, where they stand. */
#include "zhoubao/base/words.h"

static gboolean
collect (const ZbWord *word, gpointer data)
{
  g_string_append_printf (data, "%s%s", ((GString *)data)->len > 0 ? " " : "", word->text);
  return TRUE;
}

static void
assert_words (const char *text, const char *expected)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_assert_true (zb_words_each (text, -1, collect, words));
  g_assert_cmpstr (words->str, ==, expected);
}

static void
test_han_is_cut_into_pairs_and_its_last_character (void)
{
  assert_words ("社会信用体系", "社会 会信 信用 用体 体系 系");
  assert_words ("信用，失信", "信用 用 失信 信");
  assert_words ("法", "法");
}

static void
test_words_are_folded_and_stemmed (void)
{
  assert_words ("The Regulations, regulated; BLACKLISTED companies", "the regulat regulat blacklist compani");
  assert_words ("ＡＢＣ１２ café Übersicht", "abc12 cafe ubersicht");
  assert_words ("publishes published publishing", "publish publish publish");
  assert_words ("class process status analysis", "class process status analysis");
}

/* tests/fixtures/stems.txt: "stem: form form …"; no two lines have one stem. */
static void
test_forms_of_a_word_meet_and_others_do_not (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) stems = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *path = g_build_filename (g_getenv ("ZB_FIXTURES"), "stems.txt", NULL), *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    char *colon = strstr (*line, ": ");
    if (**line == '#' || colon == NULL)
      continue;
    *colon = '\0';
    g_assert_true (g_hash_table_add (stems, *line));
    g_auto (GStrv) forms = g_strsplit (colon + 2, " ", -1);
    for (char **form = forms; *form != NULL; form++)
      assert_words (*form, *line);
  }
  g_assert_cmpuint (g_hash_table_size (stems), >, 50);
}

static void
test_mixed_text_keeps_its_order (void)
{
  assert_words ("2017年GDP增长", "2017 年 gdp 增长 长");
}

static gboolean
check_place (const ZbWord *word, gpointer data)
{
  const char *text = data;
  if (word->kind == ZB_WORD_PAIR)
    g_assert_cmpint (memcmp (text + word->start, word->text, word->length), ==, 0);
  return TRUE;
}

static void
test_tokens_know_where_they_stand (void)
{
  const char *text = "A 信用中国 b";
  g_assert_true (zb_words_each (text, -1, check_place, (gpointer)text));
}

static void
test_broken_utf8_is_passed_over (void)
{
  assert_words ("ab\xff\xfe cd \xe4\xbf", "ab cd");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/han_is_cut_into_pairs", test_han_is_cut_into_pairs_and_its_last_character);
  g_test_add_func ("/words/words_are_folded_and_stemmed", test_words_are_folded_and_stemmed);
  g_test_add_func ("/words/forms_of_a_word_meet", test_forms_of_a_word_meet_and_others_do_not);
  g_test_add_func ("/words/mixed_text_keeps_its_order", test_mixed_text_keeps_its_order);
  g_test_add_func ("/words/tokens_know_where_they_stand", test_tokens_know_where_they_stand);
  g_test_add_func ("/words/broken_utf8_is_passed_over", test_broken_utf8_is_passed_over);
  return g_test_run ();
}
