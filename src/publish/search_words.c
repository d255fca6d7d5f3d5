/* A set of tokens. */
#include "search_words.h"

#define LONGEST 24 /* addresses and hashes are searched for by nobody */

struct ZbWords {
  GHashTable *tokens;
  GStringChunk *texts;
};

ZbWords *
zb_words_set_new (void)
{
  ZbWords *words = g_new0 (ZbWords, 1);
  words->tokens = g_hash_table_new (g_str_hash, g_str_equal);
  words->texts = g_string_chunk_new (4096);
  return words;
}

static gboolean
is_common (const char *word, gsize length)
{
  static const char *const common =
      " a an and are as at be been but by for from had has have he her his if in into is it its "
      "not of on or she so that the their them then there these they this to was we were "
      "which who will with would https http www org com ";
  char padded[16] = " ";
  if (length > 6)
    return FALSE;
  memcpy (padded + 1, word, length);
  padded[length + 1] = ' ';
  padded[length + 2] = '\0';
  return strstr (common, padded) != NULL;
}

gboolean
zb_words_is_searched (const ZbWord *word)
{
  return word->length <= LONGEST &&
         (word->kind != ZB_WORD_PLAIN || (word->length >= 2 && !is_common (word->text, word->length)));
}

static gboolean
add_token (const ZbWord *word, gpointer data)
{
  ZbWords *words = data;
  if (zb_words_is_searched (word) && !g_hash_table_contains (words->tokens, word->text))
    g_hash_table_add (words->tokens,
                      g_string_chunk_insert_len (words->texts, word->text, (gssize)word->length));
  return TRUE;
}

void
zb_words_set_add (ZbWords *words, const char *text)
{
  if (text != NULL)
    (void)zb_words_each (text, -1, add_token, words);
}

static int
compare_tokens (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

char *
zb_words_set_finish (ZbWords *words)
{
  guint n = 0;
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (words->tokens, &n);
  qsort (keys, n, sizeof *keys, compare_tokens);
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < n; i++) {
    g_string_append (out, keys[i]);
    g_string_append_c (out, '\n');
  }
  g_hash_table_unref (words->tokens);
  g_string_chunk_free (words->texts);
  g_free (words);
  return g_string_free (out, FALSE);
}
