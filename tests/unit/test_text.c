/* Columns, lines, characters and folding. */
#include "zhoubao/base/text.h"
#include <unicode/uchar.h>

static void
test_width_counts_columns (void)
{
  static const struct {
    const char *text;
    guint width;
  } rows[] = {{"abc", 3},      {"信用", 4},       {"ＡＢ", 4}, {"ﾎﾞ", 2}, {"e\u0301", 1}, {"“信”", 4},
              {"a\u200bb", 2}, {"👩‍⚖", 2}, {"한국", 4}, {"", 0},   {"\xff", 1},    {"、", 2}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (zb_text_width (rows[i].text, -1), ==, rows[i].width);
}

static void
assert_wraps (guint columns, const char *first, const char *rest, const char *text, const char *expected)
{
  ZbTextWrap wrap = {columns, first, rest};
  g_autofree char *out = zb_text_wrap (text, -1, &wrap);
  g_assert_cmpstr (out, ==, expected);
}

static void
test_words_wrap_at_spaces (void)
{
  assert_wraps (12, NULL, NULL, "The credit   information rules", "The credit\ninformation\nrules");
  assert_wraps (12, "* ", "  ", "The credit information rules", "* The credit\n  information\n  rules");
  assert_wraps (0, NULL, NULL, "one line\nand another\n", "one line\nand another\n");
  assert_wraps (20, NULL, NULL, "a\n\nb", "a\n\nb");
  assert_wraps (5, NULL, NULL, "extraordinary x", "extraordinary\nx");
  assert_wraps (10, NULL, NULL, "1234567890 x", "1234567890\nx");
}

static void
test_chinese_wraps_between_characters_but_not_before_closing_marks (void)
{
  assert_wraps (8, NULL, NULL, "社会信用体系建设", "社会信用\n体系建设");
  assert_wraps (8, NULL, NULL, "社会信用。体系", "社会信\n用。体系");
  assert_wraps (10, NULL, NULL, "发布《条例》等", "发布《条\n例》等");
  assert_wraps (10, NULL, NULL, "the 信用 law", "the 信用\nlaw");
}

static void
test_an_address_stays_whole (void)
{
  assert_wraps (16, NULL, NULL, "see https://example.org/a/b/c-d?e=f now",
                "see\nhttps://example.org/a/b/c-d?e=f\nnow");
  assert_wraps (16, NULL, NULL, "见https://example.org/a/b。完", "见\nhttps://example.org/a/b。\n完");
  assert_wraps (16, NULL, NULL, "(https://example.org/long/path) x", "(https://example.org/long/path)\nx");
}

static void
test_squeezed_text_has_single_spaces (void)
{
  g_autofree char *text = zb_text_squeeze ("\ufeff \u3000信用\u00a0\n\t 中国\u200b! \x01", -1);
  g_assert_cmpstr (text, ==, "信用 中国!");
  g_autofree char *wrong = zb_text_squeeze ("a\xff\xfe"
                                            "b",
                                            -1);
  g_assert_cmpstr (wrong, ==, "a\ufffd\ufffdb");
}

static void
assert_cut (const char *text, guint max, const char *expected)
{
  g_autofree char *out = zb_text_cut (text, -1, max);
  g_assert_cmpstr (out, ==, expected);
}

static void
test_cutting_counts_characters (void)
{
  assert_cut ("信用条例", 4, "信用条例");
  assert_cut ("信用条例", 3, "信用…");
  assert_cut ("e\u0301e\u0301e\u0301", 2, "e\u0301…");
  assert_cut ("the new credit information rules", 24, "the new credit…");
  assert_cut ("the new credit information rules", 27, "the new credit information…");
  assert_cut ("abcdefghijklmnop", 5, "abcd…");
  assert_cut ("", 0, "");
  assert_cut ("a", 0, "");
}

static void
assert_same_folded (const char *a, const char *b, gboolean same)
{
  g_autofree char *fa = zb_text_fold (a, -1), *fb = zb_text_fold (b, -1);
  g_assert_cmpint (g_str_equal (fa, fb), ==, same);
}

static void
test_folding_joins_case_width_and_composition (void)
{
  assert_same_folded ("ＡＢＣ１２", "abc12", TRUE);
  assert_same_folded ("ﾎﾞ", "ボ", TRUE);
  assert_same_folded ("STRASSE", "straße", TRUE);
  assert_same_folded ("e\u0301", "é", TRUE);
  assert_same_folded ("é", "e", FALSE);
  g_autofree char *long_one = zb_text_fold ("\ufdfa\ufdfa", -1);
  g_assert_cmpuint (strlen (long_one), >, 60);
}

static void
test_valid_is_what_glib_says (void)
{
  static const char *const texts[] = {"",
                                      "plain",
                                      "exactly8",
                                      "a longer line of plain ASCII",
                                      "周报",
                                      "sixteen ascii 周报 and then more of it",
                                      "bad \xff byte",
                                      "cut \xe5\x91",
                                      "\xc0\x80",
                                      "\xed\xa0\x80",
                                      "long enough to be read by eights \xf8 here"};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *ours = NULL, *glibs = NULL;
    gsize length = strlen (texts[i]);
    gboolean valid = zb_text_is_valid (texts[i], length, &ours);
    g_assert_cmpint (valid, ==, g_utf8_validate_len (texts[i], length, &glibs));
    g_assert_true (valid || ours == glibs);
  }
  const char *end = NULL;
  g_assert_false (zb_text_is_valid ("a NUL \0 inside of it", 20, &end));
}

/* All characters: those that the program takes for visible without a look into the table too. */
static void
test_gaps_and_marks_are_what_icu_says (void)
{
  for (UChar32 c = 1; c < 0x20000; c++) {
    if (U_IS_SURROGATE (c))
      continue;
    gboolean gap = u_isUWhiteSpace (c) || u_charType (c) == U_CONTROL_CHAR;
    gboolean mark = u_charType (c) == U_FORMAT_CHAR && c != 0x200c && c != 0x200d;
    char utf8[8] = "";
    g_unichar_to_utf8 ((gunichar)c, utf8);
    g_autofree char *text = g_strdup_printf ("a%sb", utf8), *line = zb_text_squeeze (text, -1);
    g_assert_cmpstr (line, ==, gap ? "a b" : mark ? "ab" : text);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/width_counts_columns", test_width_counts_columns);
  g_test_add_func ("/text/words_wrap_at_spaces", test_words_wrap_at_spaces);
  g_test_add_func ("/text/chinese_wraps_between_characters_but_not_before_closing_marks",
                   test_chinese_wraps_between_characters_but_not_before_closing_marks);
  g_test_add_func ("/text/an_address_stays_whole", test_an_address_stays_whole);
  g_test_add_func ("/text/squeezed_text_has_single_spaces", test_squeezed_text_has_single_spaces);
  g_test_add_func ("/text/valid_is_what_glib_says", test_valid_is_what_glib_says);
  g_test_add_func ("/text/cutting_counts_characters", test_cutting_counts_characters);
  g_test_add_func ("/text/gaps_and_marks_are_what_icu_says", test_gaps_and_marks_are_what_icu_says);
  g_test_add_func ("/text/folding_joins_case_width_and_composition",
                   test_folding_joins_case_width_and_composition);
  return g_test_run ();
}
