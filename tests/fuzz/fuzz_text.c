/* Any bytes as text: wrapped, cut, squeezed, folded, romanised above its characters too, cut into words, and
 * its language told. */
#include "zhoubao/base/language.h"
#include "zhoubao/base/romanize.h"
#include "zhoubao/base/ruby.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/words.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
check_word (const ZbWord *word, gpointer size)
{
  g_assert_cmpuint (word->start, <, word->end);
  g_assert_cmpuint (word->end, <=, GPOINTER_TO_SIZE (size));
  g_assert_true (word->length > 0 && g_utf8_validate (word->text, (gssize)word->length, NULL));
  return TRUE;
}

static void
check_wrap (const char *squeezed)
{
  ZbTextWrap wrap = {20, "* ", "  "};
  g_autofree char *wrapped = zb_text_wrap (squeezed, -1, &wrap);
  g_autofree char *unwrapped = zb_text_squeeze (wrapped, -1);
  g_autofree char *before = g_strdup (squeezed), *after = g_strdup (unwrapped + (*squeezed != '\0'));
  /* Nothing but spaces comes or goes. */
  g_autoptr (GString) a = g_string_new (before), b = g_string_new (after);
  g_string_replace (a, " ", "", 0);
  g_string_replace (b, " ", "", 0);
  g_assert_cmpstr (a->str, ==, b->str);
}

/* Pieces of text, each followed by its reading, or none at all. */
static void
check_ruby (const char *text, const char *line)
{
  g_auto (GStrv) pieces = zb_ruby_pieces (text, line);
  g_autoptr (GString) joined = g_string_new (NULL);
  for (guint i = 0; pieces != NULL && pieces[i] != NULL; i += 2) {
    g_assert_nonnull (pieces[i + 1]);
    g_string_append (joined, pieces[i]);
  }
  g_assert_true (pieces == NULL || g_str_equal (joined->str, text));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *)data;
  g_autofree char *squeezed = zb_text_squeeze (text, (gssize)size), *again = zb_text_squeeze (squeezed, -1);
  g_assert_true (g_utf8_validate (squeezed, -1, NULL));
  g_assert_cmpstr (squeezed, ==, again);
  if (size < 4096)
    check_wrap (squeezed);
  g_autofree char *cut = zb_text_cut (squeezed, -1, 10), *folded = zb_text_fold (text, (gssize)size);
  g_assert_true (g_utf8_validate (cut, -1, NULL) && g_utf8_validate (folded, -1, NULL));
  g_assert_cmpuint (zb_text_width (cut, -1), <=, zb_text_width (squeezed, -1) + 1);
  zb_words_each (text, (gssize)size, check_word, GSIZE_TO_POINTER (size));
  g_autofree char *pinyin = zb_romanize (squeezed);
  g_assert_true (g_utf8_validate (pinyin, -1, NULL));
  check_ruby (squeezed, pinyin);
  check_ruby (squeezed, cut);
  g_assert_nonnull (zb_language_of (text, (gssize)size, "zh"));
  return 0;
}
