/* Lines to paragraphs. */
#include "page_words.h"

#include "plain.h"

static gboolean
is_words (const char *text, gsize length)
{
  gsize at = 0;
  while (at < length && g_ascii_isspace (text[at]))
    at++;
  return at < length && text[at] != '<' && !zb_plain_is_html (text, length);
}

void
zb_page_words_mark_up (ZbDecoded *decoded)
{
  if (!is_words (decoded->text, decoded->length))
    return;
  g_autofree char *safe = g_markup_escape_text (decoded->text, (gssize)decoded->length);
  g_auto (GStrv) lines = g_strsplit_set (safe, "\r\n", -1);
  GString *html = g_string_new ("<!doctype html>");
  gboolean titled = FALSE;
  for (char **line = lines; *line != NULL; line++) {
    if (*g_strstrip (*line) == '\0')
      continue;
    if (titled)
      g_string_append_printf (html, "<p>%s</p>\n", *line);
    else
      g_string_append_printf (html, "<title>%s</title><article><h1>%s</h1>\n", *line, *line);
    titled = TRUE;
  }
  g_free (decoded->owned);
  decoded->length = html->len;
  decoded->text = decoded->owned = g_string_free (html, FALSE);
}
