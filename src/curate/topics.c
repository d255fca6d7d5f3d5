/* Topics by the words that betray them. */
#include "zhoubao/curate/topics.h"

#include "zhoubao/base/words.h"

#define HEAD_BYTES 4000
#define STARTS 65536 /* two bytes that a word can begin with */

typedef struct {
  char *text; /* folded */
  gsize length;
  guint term;
} Word;

/* A text is passed once: only the words that begin with the two bytes at hand are tried there. */
struct ZbTopicFinder {
  const GPtrArray *facets;
  guint terms;
  GArray *words;           /* of Word */
  GArray *by_start;        /* of guint, numbers of words, those with the same start together */
  guint first[STARTS + 1]; /* where those of a start begin in BY_START */
};

/* No character between U+3000 and U+9FFF has a case: of a Chinese text hardly one is decoded. */
static gboolean
is_caseless (guchar lead)
{
  return lead >= 0xe3 && lead <= 0xe9;
}

static void
append_folded (GString *to, const char *text, gsize length)
{
  for (gsize at = 0; at < length;) {
    const char *p = text + at;
    gunichar c = (guchar)*p < 0x80 || is_caseless ((guchar)*p)
                     ? 0
                     : g_utf8_get_char_validated (p, (gssize)(length - at));
    if (c == 0 || c == (gunichar)-1 || c == (gunichar)-2) {
      g_string_append_c (to, g_ascii_tolower (*p));
      at++;
      continue;
    }
    g_string_append_unichar (to, g_unichar_tolower (c));
    at += (gsize)g_utf8_skip[(guchar)*p];
  }
}

static void
clear_word (gpointer data)
{
  g_free (((Word *)data)->text);
}

static void
add_words (ZbTopicFinder *finder, const ZbTerm *term)
{
  for (char **word = term->words; *word != NULL; word++) {
    GString *folded = g_string_new (NULL);
    append_folded (folded, *word, strlen (*word));
    Word w = {NULL, folded->len, finder->terms};
    w.text = g_string_free (folded, FALSE);
    g_array_append_val (finder->words, w);
  }
  finder->terms++;
}

/* The starts of WORD are from *FIRST to before *END: a word of one byte has any second one. */
static void
starts_of (const Word *word, guint *first, guint *end)
{
  const guchar *p = (const guchar *)word->text;
  *first = word->length > 0 ? p[0] << 8 | p[1] : 0;
  *end = word->length == 0 ? 0 : *first + (word->length == 1 ? 256 : 1);
}

/* A counting sort: FIRST counts, then tells where to put, and at last where those before end. */
static void
sort_words (ZbTopicFinder *finder)
{
  guint first, end, all = 0;
  for (guint i = 0; i < finder->words->len; i++) {
    starts_of (&g_array_index (finder->words, Word, i), &first, &end);
    for (guint start = first; start < end; start++)
      finder->first[start]++;
  }
  for (guint start = 0; start <= STARTS; start++) {
    all += finder->first[start];
    finder->first[start] = all;
  }
  g_array_set_size (finder->by_start, all);
  for (guint i = finder->words->len; i-- > 0;) {
    starts_of (&g_array_index (finder->words, Word, i), &first, &end);
    for (guint start = first; start < end; start++)
      g_array_index (finder->by_start, guint, --finder->first[start]) = i;
  }
}

ZbTopicFinder *
zb_topic_finder_new (const GPtrArray *facets)
{
  ZbTopicFinder *finder = g_new0 (ZbTopicFinder, 1);
  finder->facets = facets;
  finder->words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_array_set_clear_func (finder->words, clear_word);
  finder->by_start = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < facets->len; i++) {
    const GPtrArray *terms = ((ZbFacet *)facets->pdata[i])->terms;
    for (guint j = 0; j < terms->len; j++)
      add_words (finder, terms->pdata[j]);
  }
  sort_words (finder);
  return finder;
}

void
zb_topic_finder_free (ZbTopicFinder *finder)
{
  g_array_unref (finder->words);
  g_array_unref (finder->by_start);
  g_free (finder);
}

guint
zb_topic_finder_terms (const ZbTopicFinder *finder)
{
  return finder->terms;
}

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalnum (c) && !zb_words_is_han (c);
}

/* A hit inside a longer Latin word ("fair" in "affair") is none. */
static gboolean
is_whole (const char *text, const char *hit, gsize length)
{
  gunichar first = g_utf8_get_char (hit), after = g_utf8_get_char (hit + length);
  if (hit > text && is_letter (first) && is_letter (g_utf8_get_char (g_utf8_prev_char (hit))))
    return FALSE;
  return !is_letter (g_utf8_get_char (g_utf8_prev_char (hit + length))) || !is_letter (after);
}

static void
mark_at (const ZbTopicFinder *finder, const char *folded, const char *at, gboolean *named)
{
  guint start = (guint)(guchar)at[0] << 8 | (guchar)at[1];
  for (guint i = finder->first[start]; i < finder->first[start + 1]; i++) {
    const Word *word = &g_array_index (finder->words, Word, g_array_index (finder->by_start, guint, i));
    if (!named[word->term] && strncmp (at, word->text, word->length) == 0 &&
        is_whole (folded, at, word->length))
      named[word->term] = TRUE;
  }
}

static void
mark_folded (const ZbTopicFinder *finder, const char *folded, gboolean *named)
{
  for (const char *at = folded; *at != '\0'; at++)
    mark_at (finder, folded, at, named);
}

void
zb_topic_finder_mark (const ZbTopicFinder *finder, const char *text, gboolean *named)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  append_folded (folded, text, strlen (text));
  mark_folded (finder, folded->str, named);
}

static void
append_head (GString *to, const char *text)
{
  if (text == NULL)
    return;
  const char *end = strlen (text) > HEAD_BYTES ? g_utf8_find_prev_char (text, text + HEAD_BYTES) : NULL;
  append_folded (to, text, end != NULL ? (gsize)(end - text) : strlen (text));
  g_string_append_c (to, '\n');
}

static void
mark_item (const ZbTopicFinder *finder, const ZbItem *item, gboolean *named)
{
  g_autoptr (GString) folded = g_string_sized_new (3 * HEAD_BYTES);
  append_head (folded, item->title);
  append_head (folded, item->summary);
  append_head (folded, item->text);
  mark_folded (finder, folded->str, named);
}

GHashTable *
zb_topics_of_all (const ZbTopicFinder *finder, const GPtrArray *items)
{
  GHashTable *topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
  g_autofree gboolean *named = g_new0 (gboolean, finder->terms + 1);
  const gboolean *next = named;
  for (guint i = 0; i < items->len; i++)
    mark_item (finder, items->pdata[i], named);
  for (guint f = 0; f < finder->facets->len; f++) {
    const ZbFacet *facet = finder->facets->pdata[f];
    g_autoptr (GStrvBuilder) terms = g_strv_builder_new ();
    for (guint i = 0; i < facet->terms->len; i++)
      if (*next++)
        g_strv_builder_add (terms, ((ZbTerm *)facet->terms->pdata[i])->name);
    g_hash_table_insert (topics, g_strdup (facet->name), g_strv_builder_end (terms));
  }
  return topics;
}
