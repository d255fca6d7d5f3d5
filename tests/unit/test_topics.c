/* Topics: the words of a vocabulary, looked for all at once. */
#include "zhoubao/curate/topics.h"

#include "zhoubao/store/config.h"

static const char CONFIG[] =
    "title: x\nbase_url: https://x.example\ntopics:\n  type:\n    fairness: [fair, 公平]\n    plan: [R, "
    "规划]\n"
    "    law: [Regulation, Règle, 条例]\n  location:\n    ili: [ИЛИ, 伊犁]\n    hebei: [河北, 河北省]\n";

/* The names of what TEXT names, in the vocabulary's order, each with a comma after it. */
static void
assert_named (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbConfig) config = zb_config_parse ("c.yaml", CONFIG, -1, &error);
  g_assert_no_error (error);
  g_autoptr (ZbTopicFinder) finder = zb_topic_finder_new (config->facets);
  g_autoptr (ZbItem) item = zb_item_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GString) names = g_string_new (NULL);
  item->title = g_strdup ("");
  item->text = g_strdup (text);
  g_ptr_array_add (items, item);
  g_autoptr (GHashTable) topics = zb_topics_of_all (finder, items);
  for (guint i = 0; i < config->facets->len; i++)
    for (char **term = g_hash_table_lookup (topics, ((ZbFacet *)config->facets->pdata[i])->name);
         *term != NULL; term++)
      g_string_append_printf (names, "%s,", *term);
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_chinese_words_count_wherever_they_stand (void)
{
  assert_named ("《河北省公平竞争条例》规划", "fairness,plan,law,hebei,");
  assert_named ("河南省", "");
}

static void
test_other_words_count_whole_and_whatever_their_case (void)
{
  assert_named ("An affair of fairs", "");
  assert_named ("FAIR, said a REGULATION; une RÈGLE", "fairness,law,");
  assert_named ("公平fair交易", "fairness,");
  assert_named ("или", "ili,");
}

static void
test_a_word_of_one_letter_is_found_also_at_the_end (void)
{
  assert_named ("plan R", "plan,");
  assert_named ("r: the plan", "plan,");
  assert_named ("regular", "");
}

static void
test_bytes_that_are_no_text_end_nothing (void)
{
  assert_named ("\xe6\xb2 \xff fair \xd0", "fairness,");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/topics/chinese_words_count_wherever_they_stand",
                   test_chinese_words_count_wherever_they_stand);
  g_test_add_func ("/topics/other_words_count_whole_and_whatever_their_case",
                   test_other_words_count_whole_and_whatever_their_case);
  g_test_add_func ("/topics/a_word_of_one_letter_is_found_also_at_the_end",
                   test_a_word_of_one_letter_is_found_also_at_the_end);
  g_test_add_func ("/topics/bytes_that_are_no_text_end_nothing", test_bytes_that_are_no_text_end_nothing);
  return g_test_run ();
}
