/* Tokens for search and likeness. */
#include "zhoubao/base/words.h"

#define WORD_BYTES 64

typedef struct {
  const char *text;
  ZbWordFunc func;
  gpointer data;
  char token[WORD_BYTES + 8]; /* the plain word being gathered, or the Han character before */
  gsize length;               /* of that word; 0 for none */
  gsize start, end;           /* where it stands */
  gsize han_length;           /* of that character; 0 for none */
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
  gboolean plural = *length > 0 && word[*length - 1] == 's'; /* as all endings do */
  for (guint i = 0; plural && i < G_N_ELEMENTS (endings); i++) {
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
emit (Walk *w, ZbWordKind kind, gsize length, gsize start, gsize end)
{
  w->token[length] = '\0';
  ZbWord word = {kind, w->token, length, start, end};
  return w->func (&word, w->data);
}

static gboolean
end_plain (Walk *w)
{
  if (w->length == 0)
    return TRUE;
  zb_words_stem (w->token, &w->length);
  gsize length = w->length;
  w->length = 0;
  return emit (w, ZB_WORD_PLAIN, length, w->start, w->end);
}

static gboolean
end_han (Walk *w, gsize at)
{
  gsize length = w->han_length;
  w->han_length = 0;
  return length == 0 || emit (w, ZB_WORD_LAST_HAN, length, w->han_start, at);
}

/* The bytes of the character go into the token as they stand. */
static gboolean
add_han (Walk *w, gsize start, gsize end)
{
  gsize before = w->han_length, from = w->han_start, length = end - start;
  memcpy (w->token + before, w->text + start, length);
  gboolean go_on = before == 0 || emit (w, ZB_WORD_PAIR, before + length, from, end);
  memcpy (w->token, w->text + start, length);
  w->han_length = length;
  w->han_start = start;
  return go_on;
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
take_ascii (Walk *w, char c, gsize at)
{
  if (!end_han (w, at))
    return FALSE;
  if (!g_ascii_isalnum (c))
    return (c == '\'' && w->length > 0) || end_plain (w); /* an apostrophe does not end a word */
  if (w->length == 0)
    w->start = at;
  w->end = at + 1;
  if (w->length + 6 < WORD_BYTES)
    w->token[w->length++] = g_ascii_isupper (c) ? (char)(c + ('a' - 'A')) : c;
  return TRUE;
}

/* Any character from U+0080 on. */
static gboolean
take_char (Walk *w, gunichar c, gsize start, gsize end)
{
  if (zb_words_is_han (c))
    return end_plain (w) && add_han (w, start, end);
  if (!end_han (w, start))
    return FALSE;
  if (g_unichar_isalnum (c)) {
    add_plain (w, c, start, end);
    return TRUE;
  }
  /* Nor does a combining mark or a typographer's apostrophe. */
  if (w->length > 0 && (g_unichar_ismark (c) || c == 0x2019))
    return TRUE;
  return end_plain (w);
}

/* U+4E00 to U+9FFF, told by the bytes: of a Chinese text nearly all, and nothing need be decoded. */
static gboolean
is_common_han (const guchar *p, gsize left)
{
  return left >= 3 && p[0] >= 0xe4 && p[0] <= 0xe9 && (p[0] > 0xe4 || p[1] >= 0xb8) &&
         (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80;
}

/* Takes the character at *AT, of which LEFT bytes follow, and moves *AT behind it. */
static gboolean
take_next (Walk *w, gsize *at, gsize left)
{
  const char *p = w->text + *at;
  gsize start = *at;
  if ((guchar)*p < 0x80) {
    (*at)++;
    return take_ascii (w, *p, start);
  }
  if (is_common_han ((const guchar *)p, left)) {
    *at += 3;
    return end_plain (w) && add_han (w, start, *at);
  }
  gunichar c = g_utf8_get_char_validated (p, (gssize)left);
  gboolean broken = c == (gunichar)-1 || c == (gunichar)-2;
  *at += broken ? 1 : (gsize)g_utf8_skip[(guchar)*p];
  return broken || take_char (w, c, start, *at);
}

gboolean
zb_words_each (const char *text, gssize length, ZbWordFunc func, gpointer data)
{
  Walk w = {.text = text, .func = func, .data = data};
  gsize n = length < 0 ? strlen (text) : (gsize)length;
  for (gsize at = 0; at < n;)
    if (!take_next (&w, &at, n - at))
      return FALSE;
  return end_plain (&w) && end_han (&w, n);
}
