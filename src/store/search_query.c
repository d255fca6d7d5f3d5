/* What people type, as a query of FTS5. */
#include "zhoubao/store/search.h"

#include "zhoubao/base/words.h"

#define MOST_WORDS 32

/* One word or quoted phrase. */
typedef struct {
  GString *text;
  gboolean excluded, open_ended;
} Term;

typedef struct {
  guint words;
  gsize last_start, last_end; /* of the last token */
  ZbWordKind last;
  gsize pair_end;
} Shape;

static gboolean
note_word (const ZbWord *word, gpointer data)
{
  Shape *shape = data;
  shape->words++;
  if (word->kind == ZB_WORD_PAIR)
    shape->pair_end = word->end;
  shape->last = word->kind;
  shape->last_end = word->end;
  return TRUE;
}

/* Reads the next term at *AT, which moves on; FALSE at the end. */
static gboolean
next_term (const char **at, Term *term)
{
  const char *p = *at;
  while (g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  term->excluded = *p == '-' && p[1] != '\0' && !g_ascii_isspace (p[1]);
  p += term->excluded;
  gboolean quoted = *p == '"';
  p += quoted;
  g_string_truncate (term->text, 0);
  for (; *p != '\0' && (quoted ? *p != '"' : !g_unichar_isspace (g_utf8_get_char (p)) && *p != '"');
       p = g_utf8_next_char (p))
    g_string_append_unichar (term->text, g_utf8_get_char (p));
  p += quoted && *p == '"';
  term->open_ended = *p == '*' || (!quoted && g_str_has_suffix (term->text->str, "*"));
  p += *p == '*';
  gboolean more = p > *at && (term->text->len > 0 || *p != '\0' || quoted);
  *at = p;
  return more;
}

#define ENDING 3 /* letters that a stem may have lost of what was typed */
#define STEM 4   /* letters that it has at least */

/* "regulati*": the index has regulat, which is shorter than what was typed. */
static void
append_open_word (GString *out, const char *word)
{
  gsize length = strlen (word);
  g_string_append_printf (out, "(\"%s\" *", word);
  for (gsize n = length - 1; n >= STEM && n + ENDING >= length; n--)
    g_string_append_printf (out, " OR \"%.*s\"", (int)n, word);
  g_string_append_c (out, ')');
}

static gboolean
is_one_word (const char *text)
{
  gsize n = 0;
  while (g_ascii_isalpha (text[n]))
    n++;
  return n > STEM && text[n] == '\0';
}

/* Appends TERM as an FTS5 string. FALSE where it holds nothing to look for. */
static gboolean
append_term (GString *out, const Term *term)
{
  Shape shape = {0};
  zb_words_each (term->text->str, -1, note_word, &shape);
  if (shape.words == 0)
    return FALSE;
  g_autofree char *word =
      g_strndup (term->text->str, term->text->len - g_str_has_suffix (term->text->str, "*"));
  if (term->open_ended && is_one_word (word)) {
    append_open_word (out, word);
    return TRUE;
  }
  g_string_append_c (out, '"');
  for (const char *p = term->text->str; *p != '\0'; p++)
    g_string_append_len (out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
  g_string_append_c (out, '"');
  /* A Chinese character alone stands in the index as the first of a pair, or as the last of its run. */
  gboolean lone = shape.last == ZB_WORD_LAST_HAN && shape.pair_end != shape.last_end;
  if (lone || term->open_ended)
    g_string_append (out, " *");
  return TRUE;
}

char *
zb_search_query (const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  g_autoptr (GString) wanted = g_string_new (NULL), unwanted = g_string_new (NULL), one = g_string_new (NULL);
  Term term = {.text = g_string_new (NULL)};
  const char *at = valid;
  for (guint i = 0; i < MOST_WORDS && next_term (&at, &term); i++) {
    g_string_truncate (one, 0);
    if (!append_term (one, &term))
      continue;
    GString *to = term.excluded ? unwanted : wanted;
    g_string_append_printf (to, "%s%s", to->len == 0 ? "" : term.excluded ? " OR " : " AND ", one->str);
  }
  g_string_free (term.text, TRUE);
  if (wanted->len == 0)
    return NULL;
  if (unwanted->len > 0)
    return g_strdup_printf ("(%s) NOT (%s)", wanted->str, unwanted->str);
  return g_strdup (wanted->str);
}
