/* Topics by the words that betray them. */
#include "zhoubao/curate/topics.h"

#include "zhoubao/base/words.h"

#define HEAD_BYTES 4000

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

static gboolean
names_word (const char *folded, const char *word)
{
  g_autofree char *wanted = g_utf8_strdown (word, -1);
  gsize length = strlen (wanted);
  const char *hit = length > 0 ? strstr (folded, wanted) : NULL;
  while (hit != NULL && !is_whole (folded, hit, length))
    hit = strstr (hit + length, wanted);
  return hit != NULL;
}

gboolean
zb_topics_names (const ZbTerm *term, const char *folded)
{
  for (char **word = term->words; *word != NULL; word++)
    if (names_word (folded, *word))
      return TRUE;
  return FALSE;
}

static void
append_head (GString *to, const char *text)
{
  if (text == NULL)
    return;
  const char *end = strlen (text) > HEAD_BYTES ? g_utf8_find_prev_char (text, text + HEAD_BYTES) : NULL;
  g_string_append_len (to, text, end != NULL ? end - text : -1);
  g_string_append_c (to, '\n');
}

/* What of ITEM is looked at, folded. */
static char *
folded_head (const ZbItem *item)
{
  g_autoptr (GString) all = g_string_new (NULL);
  append_head (all, item->title);
  append_head (all, item->summary);
  append_head (all, item->text);
  return g_utf8_strdown (all->str, -1);
}

/* The terms of FACET that any of HEADS names. */
static char **
named_terms (const ZbFacet *facet, char *const *heads)
{
  g_autoptr (GStrvBuilder) terms = g_strv_builder_new ();
  for (guint i = 0; i < facet->terms->len; i++) {
    const ZbTerm *term = g_ptr_array_index (facet->terms, i);
    char *const *head = heads;
    while (*head != NULL && !zb_topics_names (term, *head))
      head++;
    if (*head != NULL)
      g_strv_builder_add (terms, term->name);
  }
  return g_strv_builder_end (terms);
}

char **
zb_topics_of (const ZbFacet *facet, const ZbItem *item)
{
  g_autofree char *head = folded_head (item);
  char *const heads[] = {head, NULL};
  return named_terms (facet, heads);
}

GHashTable *
zb_topics_of_all (const GPtrArray *facets, const GPtrArray *items)
{
  GHashTable *topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
  g_auto (GStrv) heads = g_new0 (char *, items->len + 1);
  for (guint i = 0; i < items->len; i++)
    heads[i] = folded_head (items->pdata[i]);
  for (guint f = 0; f < facets->len; f++) {
    const ZbFacet *facet = facets->pdata[f];
    g_hash_table_insert (topics, g_strdup (facet->name), named_terms (facet, heads));
  }
  return topics;
}
