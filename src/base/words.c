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

static gboolean
is_aeiou (char c)
{
  return (0x104111 >> (c - 'a') & 1) != 0;
}

/* y counts as a vowel behind a consonant. */
static gboolean
is_vowel (const char *word, gsize at)
{
  return is_aeiou (word[at]) || (word[at] == 'y' && at > 0 && !is_aeiou (word[at - 1]));
}

/* How often vowels begin in WORD, roughly its syllables; no more than two are counted. */
static guint
count_syllables (const char *word, gsize length)
{
  guint n = 0;
  gboolean before = FALSE;
  for (gsize i = 0; i < length && n < 2; i++) {
    gboolean vowel = is_vowel (word, i);
    n += vowel && !before;
    before = vowel;
  }
  return n;
}

/* Whether WORD is the kind of short word that has an e behind it or a doubled consonant: shar(e), plan(n). */
static gboolean
is_short (const char *word, gsize n)
{
  return n >= 3 && !is_vowel (word, n - 1) && strchr ("wxy", word[n - 1]) == NULL && is_vowel (word, n - 2) &&
         !is_vowel (word, n - 3) && count_syllables (word, n) == 1;
}

static gsize
take_plural (const char *word, gsize n)
{
  char before = word[n - 2];
  if (n < 4 || before == 's' || before == 'u' || before == 'i')
    return n;
  gboolean longer = ends_with (word, n, "sses") || (n > 4 && ends_with (word, n, "ies"));
  return longer ? n - 2 : n - 1;
}

/* The verb of which N letters are left without its ing or ed: planned is of plan, shared of share. */
static gsize
mend_verb (char *word, gsize n)
{
  gboolean doubled = n > 3 && word[n - 1] == word[n - 2] && strchr ("aeioulsz", word[n - 1]) == NULL;
  if (doubled)
    return n - 1;
  gboolean two = n == 2 && is_vowel (word, 0) && !is_vowel (word, 1); /* using, aged */
  if (!two && !is_short (word, n))
    return n;
  word[n] = 'e';
  return n + 1;
}

static gsize
take_ed (char *word, gsize n)
{
  if (n < 4 || word[n - 2] != 'e')
    return n;
  if (word[n - 3] == 'i')
    return n > 4 ? n - 2 : n - 1;
  if (word[n - 3] == 'e') { /* agreed, but not proceed */
    gboolean past = strchr ("rt", word[n - 4]) != NULL && count_syllables (word, n - 3) > 0;
    return past ? n - 1 : n;
  }
  return count_syllables (word, n - 2) > 0 ? mend_verb (word, n - 2) : n;
}

static gsize
take_ing (char *word, gsize n)
{
  if (n < 5 || word[n - 2] != 'n' || word[n - 3] != 'i' || count_syllables (word, n - 3) == 0)
    return n;
  return mend_verb (word, n - 3);
}

/* Regulation is of regulate, organisation of organise; nation, mission and section are words of their own. */
static gsize
take_ion (const char *word, gsize n)
{
  if (n < 5 || word[n - 2] != 'o' || word[n - 3] != 'i' || (word[n - 4] != 't' && word[n - 4] != 's') ||
      count_syllables (word, n - 3) < 2)
    return n;
  return ends_with (word, n, "ization") || ends_with (word, n, "isation") ? n - 5 : n - 3;
}

/* The last letter, which is another before an ending: study, studied; control, controlled; file, filing. */
static gsize
take_last (char *word, gsize n)
{
  if (word[n - 1] == 'y' && n > 2 && !is_aeiou (word[n - 2]))
    word[n - 1] = 'i';
  if (word[n - 1] == 'l' && n > 2 && word[n - 2] == 'l' && count_syllables (word, n) > 1)
    return n - 1;
  if (word[n - 1] != 'e' || n < 4 || word[n - 2] == 'e')
    return n;
  return is_short (word, n - 1) || count_syllables (word, n - 1) == 0 ? n : n - 1;
}

/* What looks like a form of another word. */
static gboolean
stands_alone (const char *word, gsize n)
{
  static const char *const alone[] = {"bias", "evening", "news", "united"};
  for (guint i = 0; i < G_N_ELEMENTS (alone); i++)
    if (word[0] == alone[i][0] && strlen (alone[i]) == n && memcmp (word, alone[i], n) == 0)
      return TRUE;
  return FALSE;
}

void
zb_words_stem (char *word, gsize *length)
{
  gsize n = *length;
  for (gsize i = 0; i < n; i++)
    if ((guchar)(word[i] - 'a') >= 26)
      return;
  if (n < 3)
    return;
  gboolean ending = word[n - 1] == 's' || word[n - 1] == 'd' || word[n - 1] == 'g';
  if (ending && stands_alone (word, n))
    return;
  if (word[n - 1] == 's')
    n = take_plural (word, n);
  if (word[n - 1] == 'd')
    n = take_ed (word, n);
  else if (word[n - 1] == 'g')
    n = take_ing (word, n);
  if (word[n - 1] == 'n')
    n = take_ion (word, n);
  n = take_last (word, n);
  word[n] = '\0';
  *length = n;
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
emit_last_han (Walk *w, gsize at)
{
  gsize length = w->han_length;
  w->han_length = 0;
  return emit (w, ZB_WORD_LAST_HAN, length, w->han_start, at);
}

static inline gboolean
end_han (Walk *w, gsize at)
{
  return w->han_length == 0 || emit_last_han (w, at);
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
