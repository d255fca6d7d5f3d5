/* Cutting a title where its words are read. */
#include "zhoubao/base/ruby.h"

#include "romanize_private.h"
#include "zhoubao/base/words.h"

static void
add_run (GStrvBuilder *pieces, const gunichar *run, gsize length)
{
  g_autofree gunichar *simple = g_new (gunichar, length);
  for (gsize i = 0; i < length; i++)
    simple[i] = zb_romanize_simplify (run[i]);
  g_autoptr (GArray) spans = zb_romanize_cut (simple, length);
  g_autoptr (GString) line = g_string_new (NULL);
  zb_romanize_run (run, length, line); /* as many words as there are spans, parted by single spaces */
  g_auto (GStrv) words = g_strsplit (line->str, " ", -1);
  for (guint i = 0; i < spans->len; i++) {
    const ZbRomanizeSpan *span = &g_array_index (spans, ZbRomanizeSpan, i);
    g_autofree char *text =
        g_ucs4_to_utf8 (run + span->start, (glong)(span->end - span->start), NULL, NULL, NULL);
    g_strv_builder_add_many (pieces, text, g_strv_length (words) == spans->len ? words[i] : "", NULL);
  }
}

static gboolean
has_letters (const char *text)
{
  while (*text != '\0' && !g_unichar_isalnum (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text != '\0';
}

/* As zb_romanize_title() does. */
static void
begin_with_capital (char **pieces)
{
  char **piece = pieces;
  while (*piece != NULL && !has_letters (piece[0]))
    piece += 2;
  if (*piece != NULL)
    *piece[1] = g_ascii_toupper (*piece[1]);
}

char **
zb_ruby_pieces (const char *text)
{
  g_autoptr (GStrvBuilder) pieces = g_strv_builder_new ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  glong length = 0;
  g_autofree gunichar *all = g_utf8_to_ucs4_fast (valid, -1, &length);
  for (glong start = 0, end; start < length; start = end) {
    gboolean han = zb_words_is_han (all[start]);
    for (end = start + 1; end < length && !!zb_words_is_han (all[end]) == !!han; end++)
      ;
    if (han) {
      add_run (pieces, all + start, (gsize)(end - start));
      continue;
    }
    g_autofree char *other = g_ucs4_to_utf8 (all + start, end - start, NULL, NULL, NULL);
    g_strv_builder_add_many (pieces, other, "", NULL);
  }
  char **title = g_strv_builder_end (pieces);
  begin_with_capital (title);
  return title;
}
