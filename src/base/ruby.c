/* Setting a line of pinyin above the title that it reads. */
#include "zhoubao/base/ruby.h"

#include "romanize_private.h"
#include "zhoubao/base/words.h"

#define LONGEST 12 /* characters under one word: what the line of a small phone holds unbroken */

/* A character of the title that is read: Han, or a letter or digit, which reads itself. */
typedef struct {
  gsize at; /* which character */
  gboolean is_han;
  const char *letters; /* folded */
} Unit;

/* A word of the line. */
typedef struct {
  const char *text;
  gsize length;
  const char *letters; /* folded */
} Reading;

typedef struct {
  const gunichar *title;
  gsize length;
  GStringChunk *letters;
  GArray *units;    /* of Unit */
  GArray *readings; /* of Reading */
  GStrvBuilder *pieces;
  gsize done; /* characters of the title that are in PIECES */
} Aligner;

static const Unit *
unit_at (const Aligner *a, guint i)
{
  return &g_array_index (a->units, Unit, i);
}

static const Reading *
reading_at (const Aligner *a, guint i)
{
  return &g_array_index (a->readings, Reading, i);
}

/* TEXT without case, tones and marks; v is ü, as on keyboards: Nǚ'ér and NVER are nuer. */
static const char *
fold (Aligner *a, const char *text, gsize length)
{
  g_autoptr (GString) out = g_string_sized_new (length);
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at)) {
    gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    gsize n = g_unichar_fully_decompose (g_utf8_get_char (at), TRUE, parts, G_N_ELEMENTS (parts));
    for (gsize i = 0; i < n; i++) {
      gunichar small = g_unichar_tolower (parts[i]);
      if (g_unichar_isalnum (small))
        g_string_append_unichar (out, small == 'v' ? 'u' : small);
    }
  }
  return g_string_chunk_insert_len (a->letters, out->str, (gssize)out->len);
}

static void
add_unit (Aligner *a, gsize at, const char *syllable)
{
  char own[6];
  gsize length = syllable != NULL ? strlen (syllable) : (gsize)g_unichar_to_utf8 (a->title[at], own);
  Unit unit = {at, syllable != NULL, fold (a, syllable != NULL ? syllable : own, length)};
  g_array_append_val (a->units, unit);
}

static void
read_title (Aligner *a)
{
  for (gsize start = 0, end; start < a->length; start = end) {
    for (end = start; end < a->length && zb_words_is_han (a->title[end]); end++)
      ;
    if (end == start) {
      end++;
      if (g_unichar_isalnum (a->title[start]))
        add_unit (a, start, NULL);
      continue;
    }
    g_autofree const char **syllables = zb_romanize_syllables (a->title + start, end - start);
    for (gsize i = start; i < end; i++)
      add_unit (a, i, syllables[i - start]);
  }
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

static void
read_line (Aligner *a, const char *line)
{
  for (const char *at = line, *end; *at != '\0'; at = end) {
    gunichar c = g_utf8_get_char (at);
    end = g_utf8_next_char (at);
    if (!g_unichar_isalnum (c))
      continue;
    const char *word_end = end; /* an apostrophe at the end is a quotation mark */
    for (; c = g_utf8_get_char (end), g_unichar_isalnum (c) || g_unichar_ismark (c) || is_apostrophe (c);
         end = g_utf8_next_char (end))
      if (!is_apostrophe (c))
        word_end = g_utf8_next_char (end);
    Reading reading = {at, (gsize)(word_end - at), fold (a, at, (gsize)(word_end - at))};
    g_array_append_val (a->readings, reading);
  }
}

/* How many units from FROM on are read as READING says; 0 where they are not. */
static guint
covered (const Aligner *a, guint from, const Reading *reading)
{
  const char *left = reading->letters;
  guint i = from;
  for (; i < a->units->len && g_str_has_prefix (left, unit_at (a, i)->letters); i++)
    left += strlen (unit_at (a, i)->letters);
  return *left == '\0' ? i - from : 0;
}

/* How many units the reading N is of where it is not the usual one: all up to where the next one fits. */
static guint
left_for (const Aligner *a, guint from, guint n)
{
  guint rest = a->units->len - from;
  if (n + 1 == a->readings->len)
    return rest;
  for (guint count = 1; count < rest; count++)
    if (covered (a, from + count, reading_at (a, n + 1)) > 0)
      return count;
  return 0;
}

static guint
count_han (const Aligner *a, guint from, guint count)
{
  guint han = 0;
  for (guint i = from; i < from + count; i++)
    han += unit_at (a, i)->is_han ? 1 : 0;
  return han;
}

static void
add_piece (Aligner *a, gsize end, const char *reading, gsize length)
{
  if (end == a->done)
    return;
  g_autofree char *text = g_ucs4_to_utf8 (a->title + a->done, (glong)(end - a->done), NULL, NULL, NULL);
  g_autofree char *own = g_strndup (reading, length);
  g_strv_builder_add_many (a->pieces, text, own, NULL);
  a->done = end;
}

/* Puts the reading N above the units from FROM on. Returns: how many; 0 where it cannot be told. */
static guint
place (Aligner *a, guint from, guint n)
{
  const Reading *reading = reading_at (a, n);
  guint usual = covered (a, from, reading), count = usual > 0 ? usual : left_for (a, from, n);
  guint han = count_han (a, from, count);
  if (count == 0 || (han == 0 && usual > 0))
    return count;
  gsize start = unit_at (a, from)->at, end = unit_at (a, from + count - 1)->at + 1;
  if (han != count || end - start != count || count > MIN (LONGEST, strlen (reading->letters)))
    return 0;
  add_piece (a, start, "", 0);
  add_piece (a, end, reading->text, reading->length);
  return count;
}

static gboolean
align (Aligner *a)
{
  guint at = 0;
  for (guint n = 0; n < a->readings->len; n++) {
    guint count = at < a->units->len ? place (a, at, n) : 0;
    if (count == 0)
      return FALSE;
    at += count;
  }
  add_piece (a, a->length, "", 0);
  return at == a->units->len;
}

char **
zb_ruby_pieces (const char *title, const char *pinyin)
{
  g_autofree char *valid = g_utf8_make_valid (title, -1), *line = g_utf8_make_valid (pinyin, -1);
  glong length = 0;
  g_autofree gunichar *characters = g_utf8_to_ucs4_fast (valid, -1, &length);
  Aligner a = {.title = characters, .length = (gsize)length};
  a.letters = g_string_chunk_new (1024);
  a.units = g_array_new (FALSE, FALSE, sizeof (Unit));
  a.readings = g_array_new (FALSE, FALSE, sizeof (Reading));
  a.pieces = g_strv_builder_new ();
  read_title (&a);
  read_line (&a, line);
  gboolean whole = align (&a);
  char **pieces = g_strv_builder_end (a.pieces);
  g_strv_builder_unref (a.pieces);
  g_array_unref (a.readings);
  g_array_unref (a.units);
  g_string_chunk_free (a.letters);
  if (!whole)
    g_clear_pointer (&pieces, g_strfreev);
  return pieces;
}
