/* Tokens for search and likeness. */
#include "zhoubao/base/words.h"

#define WORD_BYTES 64

typedef struct {
  const char *text;
  ZbWordFunc func;
  gpointer data;
  char token[WORD_BYTES + 8];
  gsize length;     /* of the plain word being gathered */
  gsize start, end; /* of it */
  gunichar han;     /* the Han character before, 0 for none */
  gsize han_start;
} Walk;

gboolean
zb_words_is_han (gunichar c)
{
  if (c < 0x2e80)
    return FALSE;
  return (c >= 0x4e00 && c <= 0x9fff) || c == 0x3005 || c == 0x3007 ||
         g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

static gboolean
ends_with (const char *word, gsize length, const char *suffix)
{
  gsize n = strlen (suffix);
  return length > n && memcmp (word + length - n, suffix, n) == 0;
}

/* Each row: an ending, what stands for it, and how many bytes of the word must be left before the ending. */
static const struct {
  const char *ending, *instead;
  gsize least;
} endings[] = {
    {"ies", "y", 3}, {"sses", "ss", 2}, {"shes", "sh", 2}, {"ches", "ch", 2}, {"xes", "x", 2},
    {"ss", "ss", 1}, {"us", "us", 1},   {"is", "is", 1},   {"s", "", 3},
};

static const char *const verb_endings[] = {"ing", "ed"};

static void
stem_verb (char *word, gsize *length)
{
  for (guint i = 0; i < G_N_ELEMENTS (verb_endings); i++) {
    gsize left = *length - MIN (*length, strlen (verb_endings[i]));
    if (left < 4 || !ends_with (word, *length, verb_endings[i]))
      continue;
    gboolean doubled = word[left - 1] == word[left - 2] && strchr ("lsz", word[left - 1]) == NULL;
    *length = doubled ? left - 1 : left;
    break;
  }
  /* regulate, regulated and regulating meet without their e. */
  if (*length > 4 && word[*length - 1] == 'e')
    (*length)--;
}

void
zb_words_stem (char *word, gsize *length)
{
  for (gsize i = 0; i < *length; i++)
    if (!g_ascii_islower (word[i]))
      return;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    gsize n = strlen (endings[i].ending), m = strlen (endings[i].instead);
    if (*length < n + endings[i].least || !ends_with (word, *length, endings[i].ending))
      continue;
    memcpy (word + *length - n, endings[i].instead, m);
    *length -= n - m;
    break;
  }
  stem_verb (word, length);
  word[*length] = '\0';
}

static gboolean
emit (Walk *w, ZbWordKind kind, gsize start, gsize end)
{
  w->token[w->length] = '\0';
  ZbWord word = {kind, w->token, w->length, start, end};
  gboolean go_on = w->func (&word, w->data);
  w->length = 0;
  return go_on;
}

static gboolean
end_plain (Walk *w)
{
  if (w->length == 0)
    return TRUE;
  zb_words_stem (w->token, &w->length);
  return emit (w, ZB_WORD_PLAIN, w->start, w->end);
}

static gboolean
end_han (Walk *w, gsize at)
{
  if (w->han == 0)
    return TRUE;
  w->length = (gsize)g_unichar_to_utf8 (w->han, w->token);
  w->han = 0;
  return emit (w, ZB_WORD_LAST_HAN, w->han_start, at);
}

static gboolean
add_han (Walk *w, gunichar c, gsize start, gsize end)
{
  gunichar before = w->han;
  gsize from = w->han_start;
  w->han = c;
  w->han_start = start;
  if (before == 0)
    return TRUE;
  w->length = (gsize)g_unichar_to_utf8 (before, w->token);
  w->length += (gsize)g_unichar_to_utf8 (c, w->token + w->length);
  return emit (w, ZB_WORD_PAIR, from, end);
}

/* Full-width forms to ASCII, accents off, lower case. */
static gunichar
fold_char (gunichar c)
{
  if (c < 0x80)
    return (gunichar)g_ascii_tolower ((char)c);
  if (c >= 0xff01 && c <= 0xff5e)
    return fold_char (c - 0xfee0);
  gunichar base = c, mark = 0;
  while (g_unichar_decompose (base, &base, &mark))
    ;
  return g_unichar_tolower (base);
}

static void
add_plain (Walk *w, gunichar c, gsize start, gsize end)
{
  if (w->length == 0)
    w->start = start;
  w->end = end;
  if (w->length + 6 < WORD_BYTES)
    w->length += (gsize)g_unichar_to_utf8 (fold_char (c), w->token + w->length);
}

static gboolean
is_word_char (gunichar c)
{
  return c < 0x80 ? g_ascii_isalnum ((char)c) : g_unichar_isalnum (c);
}

static gboolean
take_char (Walk *w, gunichar c, gsize start, gsize end)
{
  if (zb_words_is_han (c))
    return end_plain (w) && add_han (w, c, start, end);
  if (!end_han (w, start))
    return FALSE;
  if (is_word_char (c)) {
    add_plain (w, c, start, end);
    return TRUE;
  }
  /* A combining mark or an apostrophe does not end a word. */
  if (w->length > 0 && (g_unichar_ismark (c) || c == 0x2019 || c == '\''))
    return TRUE;
  return end_plain (w);
}

gboolean
zb_words_each (const char *text, gssize length, ZbWordFunc func, gpointer data)
{
  Walk w = {.text = text, .func = func, .data = data};
  gsize n = length < 0 ? strlen (text) : (gsize)length;
  for (gsize at = 0; at < n;) {
    gunichar c = (guchar)text[at] < 0x80 ? (gunichar)text[at]
                                         : g_utf8_get_char_validated (text + at, (gssize)(n - at));
    if (c == (gunichar)-1 || c == (gunichar)-2) {
      at++;
      continue;
    }
    gsize next = at + (gsize)g_utf8_skip[(guchar)text[at]];
    if (!take_char (&w, c, at, next))
      return FALSE;
    at = next;
  }
  return end_plain (&w) && end_han (&w, n);
}
