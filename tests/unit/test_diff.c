/* Differences: both texts come back from the pieces, and no more than what changed is shown. */
#include "zhoubao/base/diff.h"

static char *
show (GPtrArray *pieces)
{
  static const char *const marks[][2] = {
      [ZB_DIFF_SAME] = {"", ""}, [ZB_DIFF_GONE] = {"[-", "-]"}, [ZB_DIFF_NEW] = {"{+", "+}"}};
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < pieces->len; i++) {
    const ZbDiffPiece *piece = pieces->pdata[i];
    g_string_append_printf (out, "%s%s%s", marks[piece->kind][0], piece->text, marks[piece->kind][1]);
  }
  return g_string_free (out, FALSE);
}

static char *
side (GPtrArray *pieces, ZbDiffKind other)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < pieces->len; i++)
    if (((ZbDiffPiece *)pieces->pdata[i])->kind != other)
      g_string_append (out, ((ZbDiffPiece *)pieces->pdata[i])->text);
  return g_string_free (out, FALSE);
}

static void
test_words_that_changed_are_shown_alone (void)
{
  static const struct {
    const char *before, *after, *shown;
  } cases[] = {
      {"", "", ""},
      {"same\n", "same\n", "same\n"},
      {"", "new", "{+new+}"},
      {"gone", "", "[-gone-]"},
      {"The old rule stands.\n", "The new rule stands.\n", "The [-old-]{+new+} rule stands.\n"},
      {"a\nb\nc\n", "a\nc\nd\n", "a\n[-b\n-]c\n{+d\n+}"},
      {"社会信用条例", "社会征信条例", "社会{+征+}信[-用-]条例"},
      {"one two\nthree\n", "one 2\nthree four\n", "one [-two-]{+2+}\nthree{+ four+}\n"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) pieces = zb_diff_words (cases[i].before, cases[i].after);
    g_autofree char *shown = show (pieces);
    g_assert_cmpstr (shown, ==, cases[i].shown);
  }
}

static void
test_lines_stay_whole (void)
{
  g_autoptr (GPtrArray) pieces = zb_diff_lines ("a\nold line\nz\n", "a\nnew line\nz\n");
  g_autofree char *shown = show (pieces);
  g_assert_cmpstr (shown, ==, "a\n[-old line\n-]{+new line\n+}z\n");
}

static char *
random_text (GRand *random, guint lines)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < lines; i++) {
    for (gint n = g_rand_int_range (random, 0, 4); n >= 0; n--)
      g_string_append_printf (
          out, "%s ", (const char *[]){"credit", "信用", "rule,", "2017"}[g_rand_int_range (random, 0, 4)]);
    g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}

static void
test_both_texts_come_back_from_the_pieces (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  for (guint i = 0; i < 200; i++) {
    guint lines = i == 0 ? 3000 : i % 20; /* the first one is over the table's limit */
    g_autofree char *before = random_text (random, lines), *after = random_text (random, lines);
    g_autoptr (GPtrArray) words = zb_diff_words (before, after), whole = zb_diff_lines (before, after);
    g_autofree char *a = side (words, ZB_DIFF_NEW), *b = side (words, ZB_DIFF_GONE);
    g_autofree char *c = side (whole, ZB_DIFF_NEW), *d = side (whole, ZB_DIFF_GONE);
    g_assert_cmpstr (a, ==, before);
    g_assert_cmpstr (b, ==, after);
    g_assert_cmpstr (c, ==, before);
    g_assert_cmpstr (d, ==, after);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diff/words_that_changed_are_shown_alone", test_words_that_changed_are_shown_alone);
  g_test_add_func ("/diff/lines_stay_whole", test_lines_stay_whole);
  g_test_add_func ("/diff/both_texts_come_back_from_the_pieces", test_both_texts_come_back_from_the_pieces);
  return g_test_run ();
}
