/* The romaniser's tables ready for use, and ICU's readings of single characters. */
#include "romanize_private.h"

#include <unicode/ustring.h>
#include <unicode/utrans.h>

static guint
entry_hash (gconstpointer data)
{
  const ZbRomanizeEntry *entry = data;
  guint hash = 5381;
  for (gsize i = 0; i < entry->length; i++)
    hash = hash * 33 + entry->text[i];
  return hash;
}

static gboolean
entry_equal (gconstpointer a, gconstpointer b)
{
  const ZbRomanizeEntry *x = a, *y = b;
  return x->length == y->length && memcmp (x->text, y->text, x->length * sizeof *x->text) == 0;
}

static ZbRomanizeEntry *
entry_for (GHashTable *lexicon, const char *text)
{
  glong length = 0;
  ZbRomanizeEntry *entry = g_new0 (ZbRomanizeEntry, 1);
  entry->text = g_utf8_to_ucs4_fast (text, -1, &length);
  entry->length = (gsize)length;
  g_assert (entry->length <= ZB_ROMANIZE_LONGEST);
  ZbRomanizeEntry *known = g_hash_table_lookup (lexicon, entry);
  if (known == NULL) {
    g_hash_table_add (lexicon, entry);
    return entry;
  }
  g_free (entry->text);
  g_free (entry);
  return known;
}

static void
add_table (GHashTable *lexicon, const char *table, ZbRomanizeKind kind)
{
  g_auto (GStrv) rows = g_strsplit (table, " ", -1);
  for (char **row = rows; *row != NULL; row++) {
    char *colon = strchr (*row, ':'), *star = strchr (*row, '*');
    if (colon != NULL)
      *colon = '\0';
    if (star != NULL)
      *star = '\0';
    if (**row == '\0')
      continue;
    ZbRomanizeEntry *entry = entry_for (lexicon, *row);
    entry->is_word = entry->is_word || kind == ZB_ROMANIZE_WORD;
    entry->is_place = entry->is_place || kind == ZB_ROMANIZE_PLACE;
    entry->needs_suffix = entry->needs_suffix || star != NULL;
    if (colon == NULL)
      continue;
    g_strfreev (entry->syllables);
    entry->syllables = g_strsplit (colon + 1, "'", -1);
    g_assert (g_strv_length (entry->syllables) == entry->length);
  }
}

/* Made once and kept: every thread reads it. */
static GHashTable *
lexicon_get (void)
{
  static gsize lexicon;
  if (g_once_init_enter (&lexicon)) {
    GHashTable *table = g_hash_table_new (entry_hash, entry_equal);
    add_table (table, zb_romanize_characters, ZB_ROMANIZE_READING);
    add_table (table, zb_romanize_readings, ZB_ROMANIZE_READING);
    add_table (table, zb_romanize_words, ZB_ROMANIZE_WORD);
    add_table (table, zb_romanize_places, ZB_ROMANIZE_PLACE);
    g_once_init_leave (&lexicon, (gsize)table);
  }
  return (GHashTable *)lexicon;
}

static const ZbRomanizeEntry *
find (const gunichar *text, gsize length)
{
  ZbRomanizeEntry key = {.text = (gunichar *)text, .length = length};
  return g_hash_table_lookup (lexicon_get (), &key);
}

static gboolean
is_of_kind (const ZbRomanizeEntry *entry, ZbRomanizeKind kind)
{
  return (kind == ZB_ROMANIZE_READING && entry->syllables != NULL) ||
         (kind == ZB_ROMANIZE_WORD && entry->is_word) || (kind == ZB_ROMANIZE_PLACE && entry->is_place);
}

const ZbRomanizeEntry *
zb_romanize_match (const gunichar *text, gsize length, ZbRomanizeKind kind)
{
  for (gsize n = MIN (length, ZB_ROMANIZE_LONGEST); n >= 2; n--) {
    const ZbRomanizeEntry *entry = find (text, n);
    if (entry != NULL && is_of_kind (entry, kind))
      return entry;
  }
  return NULL;
}

/* ICU's transliterators and what they said, for all threads: it takes a tenth of a second to open them, and
   no page waits for that twice. There is an end of Han characters. */
static struct {
  GRWLock lock;
  UTransliterator *read, *simplify;
  GHashTable *readings;   /* gunichar to text */
  GHashTable *simplified; /* gunichar to gunichar */
} icu;

static UTransliterator *
open_transliterator (const char *id)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar name[64];
  u_uastrcpy (name, id);
  UTransliterator *t = utrans_openU (name, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  g_assert (U_SUCCESS (status)); /* ICU's own data is missing */
  return t;
}

/* The lock is held for writing. */
static void
open_icu (void)
{
  if (icu.read != NULL)
    return;
  icu.read = open_transliterator ("Han-Latin; Latin-ASCII");
  icu.simplify = open_transliterator ("Traditional-Simplified");
  icu.readings = g_hash_table_new (NULL, NULL);
  icu.simplified = g_hash_table_new (NULL, NULL);
}

/* What is known of C in TABLE, one of the two; NULL for nothing yet. */
static gpointer
look_up (GHashTable *const *table, gunichar c)
{
  g_rw_lock_reader_lock (&icu.lock);
  gpointer known = *table != NULL ? g_hash_table_lookup (*table, GUINT_TO_POINTER (c)) : NULL;
  g_rw_lock_reader_unlock (&icu.lock);
  return known;
}

/* What T makes of the one character C, as UTF-8. (transfer full) */
static char *
transliterate (UTransliterator *t, gunichar c)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar text[64];
  int32_t length = 0;
  U16_APPEND_UNSAFE (text, length, (UChar32)c);
  int32_t limit = length, size = 0;
  utrans_transUChars (t, text, &length, G_N_ELEMENTS (text), 0, &limit, &status);
  char out[G_N_ELEMENTS (text) * 3 + 1];
  u_strToUTF8 (out, sizeof out, &size, text, length, &status);
  return U_SUCCESS (status) ? g_strdup (g_strstrip (out)) : g_strdup ("");
}

/* Another thread may have asked meanwhile: what it was told stays, for others read it. */
static const char *
ask_reading (gunichar c)
{
  g_rw_lock_writer_lock (&icu.lock);
  open_icu ();
  const char *known = g_hash_table_lookup (icu.readings, GUINT_TO_POINTER (c));
  if (known == NULL) {
    char *reading = transliterate (icu.read, c);
    g_hash_table_insert (icu.readings, GUINT_TO_POINTER (c), reading);
    known = reading;
  }
  g_rw_lock_writer_unlock (&icu.lock);
  return known;
}

const char *
zb_romanize_character (gunichar c)
{
  const ZbRomanizeEntry *entry = find (&c, 1);
  if (entry != NULL && entry->syllables != NULL)
    return entry->syllables[0];
  const char *known = look_up (&icu.readings, c);
  return known != NULL ? known : ask_reading (c);
}

static gpointer
ask_simplified (gunichar c)
{
  g_rw_lock_writer_lock (&icu.lock);
  open_icu ();
  g_autofree char *text = transliterate (icu.simplify, c);
  gboolean one = g_utf8_strlen (text, -1) == 1;
  gpointer known = GUINT_TO_POINTER (one ? g_utf8_get_char (text) : c);
  g_hash_table_insert (icu.simplified, GUINT_TO_POINTER (c), known);
  g_rw_lock_writer_unlock (&icu.lock);
  return known;
}

gunichar
zb_romanize_simplify (gunichar c)
{
  /* In simplified text these stand for themselves: 著名. */
  if (g_utf8_strchr ("著俱藉跤姊乾", -1, c) != NULL)
    return c;
  gpointer known = look_up (&icu.simplified, c);
  return GPOINTER_TO_UINT (known != NULL ? known : ask_simplified (c));
}
