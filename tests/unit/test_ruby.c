/* Pinyin above the characters: every word with its reading, and nothing of the title lost. */
#include "zhoubao/base/romanize.h"
#include "zhoubao/base/ruby.h"

/* WANTED: text and reading in turns, as "text:reading text:reading"; NULL for a line that is better set for
   itself. PINYIN: NULL for our own. */
static void
check (const char *title, const char *pinyin, const char *wanted)
{
  g_autofree char *own = zb_romanize_title (title);
  g_auto (GStrv) pieces = zb_ruby_pieces (title, pinyin != NULL ? pinyin : own);
  g_autoptr (GString) got = g_string_new (NULL);
  for (guint i = 0; pieces != NULL && pieces[i] != NULL; i += 2)
    g_string_append_printf (got, "%s%s:%s", i > 0 ? "|" : "", pieces[i], pieces[i + 1]);
  g_assert_cmpstr (pieces != NULL ? got->str : NULL, ==, wanted);
}

static void
test_words_of_han_have_their_reading_and_others_none (void)
{
  check ("上海市A社会信用", NULL, "上海市:Shanghaishi|A:|社会:shehui|信用:xinyong");
  check ("《关于信用》", NULL, "《:|关于:Guanyu|信用:xinyong|》:");
  check ("2017年信用", NULL, "2017:|年:nian|信用:xinyong");
  check ("《“信用”西安》", NULL, "《“:|信用:Xinyong|”:|西安:Xi'an|》:");
}

static void
test_a_persons_own_line_is_what_stands_above (void)
{
  /* Words as another standard parts them, tones, capitals. */
  check ("河北省社会信用条例", "Héběi Shěng shèhuì xìnyòng tiáolì",
         "河北:Héběi|省:Shěng|社会:shèhuì|信用:xìnyòng|条例:tiáolì");
  check ("西安市妇女条例", "Xī’ān Shì fùnǚ tiáolì", "西安:Xī’ān|市:Shì|妇女:fùnǚ|条例:tiáolì");
  check ("《信用》（2017年）", "'Xinyong' (2017 nian)", "《:|信用:Xinyong|》（2017:|年:nian|）:");
  /* A reading of their own: 行 is hang. */
  check ("关于行业信用的通知", "Guanyu xingye xinyong de tongzhi",
         "关于:Guanyu|行业:xingye|信用:xinyong|的:de|通知:tongzhi");
  check ("绿女", "LV NV", "绿:LV|女:NV");
  check ("信用行", "Xinyong hang", "信用:Xinyong|行:hang");
  check ("重信用", "Chong xinyong", "重:Chong|信用:xinyong");
}

static void
test_a_line_that_reads_something_else_stays_a_line (void)
{
  check ("社会信用", "Shehui", NULL);
  check ("社会信用", "Shehui xinyong tiaoli", NULL);
  check ("社会信用", "A law on credit", NULL);
  check ("社会信用条例", "Regulation on credit", NULL);
  check ("A级信用", "Aji xinyong", NULL); /* one word, half of it read */
  check ("社会信用", "", NULL);
  /* One word, too long for a phone's line. */
  check ("双江拉祜族佤族布朗族傣族自治县信用", "Shuangjianglahuzuwazubulangzudaizuzizhixian xinyong", NULL);
  check ("", "", "");
}

static void
test_the_pieces_are_the_title (void)
{
  static const char *const titles[] = {"《河北省社会信用信息条例》（2017年修订）",
                                       "关于对失信被执行人实施联合惩戒的合作备忘录",
                                       "國務院辦公廳",
                                       "𠮷野家 and 㐂",
                                       "銀行。重庆、长沙",
                                       "COVID-19疫情３个月：“诚信”A/B级",
                                       "é信 ½ 用",
                                       "a\xff信"};
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    g_autofree char *pinyin = zb_romanize_title (titles[i]), *valid = g_utf8_make_valid (titles[i], -1);
    g_auto (GStrv) pieces = zb_ruby_pieces (titles[i], pinyin);
    g_autoptr (GString) joined = g_string_new (NULL);
    g_assert_nonnull (pieces);
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
  g_test_add_func ("/ruby/a_persons_own_line_is_what_stands_above",
                   test_a_persons_own_line_is_what_stands_above);
  g_test_add_func ("/ruby/a_line_that_reads_something_else_stays_a_line",
                   test_a_line_that_reads_something_else_stays_a_line);
  g_test_add_func ("/ruby/the_pieces_are_the_title", test_the_pieces_are_the_title);
  return g_test_run ();
}
