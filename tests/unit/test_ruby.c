/* Pinyin above the characters: every word with its reading, and nothing of the title lost. */
#include "zhoubao/base/ruby.h"

static void
check (const char *text, const char *const *wanted)
{
  g_auto (GStrv) pieces = zb_ruby_pieces (text);
  for (guint i = 0; wanted[i] != NULL || pieces[i] != NULL; i++)
    g_assert_cmpstr (pieces[i], ==, wanted[i]);
}

static void
test_words_of_han_have_their_reading_and_others_none (void)
{
  check ("上海市A社会信用",
         (const char *const[]){"上海市", "Shanghaishi", "A", "", "社会", "shehui", "信用", "xinyong", NULL});
  check ("《关于信用》",
         (const char *const[]){"《", "", "关于", "Guanyu", "信用", "xinyong", "》", "", NULL});
  check ("2017年信用", (const char *const[]){"2017", "", "年", "nian", "信用", "xinyong", NULL});
  check ("only Latin", (const char *const[]){"only Latin", "", NULL});
  check ("", (const char *const[]){NULL});
}

static void
test_the_pieces_are_the_title (void)
{
  static const char *const titles[] = {"《河北省社会信用信息条例》（2017年修订）",
                                       "关于对失信被执行人实施联合惩戒的合作备忘录",
                                       "國務院辦公廳",
                                       "𠮷野家 and 㐂",
                                       "銀行。重庆、长沙",
                                       "a\xff信"};
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    g_auto (GStrv) pieces = zb_ruby_pieces (titles[i]);
    g_autofree char *valid = g_utf8_make_valid (titles[i], -1);
    g_autoptr (GString) joined = g_string_new (NULL);
    guint n = g_strv_length (pieces);
    g_assert_cmpuint (n % 2, ==, 0);
    for (guint j = 0; j < n; j += 2)
      g_string_append (joined, pieces[j]);
    g_assert_cmpstr (joined->str, ==, valid);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ruby/words_of_han_have_their_reading_and_others_none",
                   test_words_of_han_have_their_reading_and_others_none);
  g_test_add_func ("/ruby/the_pieces_are_the_title", test_the_pieces_are_the_title);
  return g_test_run ();
}
