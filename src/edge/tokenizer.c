/* FTS5 tokens out of base/words. */
#include "tokenizer.h"

#include "zhoubao/base/words.h"

typedef int (*TokenFunc) (void *context, int flags, const char *token, int length, int start, int end);

typedef struct {
  TokenFunc func;
  void *context;
  gboolean query;
  gsize base;     /* where the stretch of text begins that is walked */
  gsize pair_end; /* where the last pair ended; 0 for none */
  int code;
} Tokens;

static gboolean
take_word (const ZbWord *word, gpointer data)
{
  Tokens *tokens = data;
  int flags = 0;
  gsize start = tokens->base + word->start, end = tokens->base + word->end;
  if (word->kind == ZB_WORD_PAIR)
    tokens->pair_end = end;
  if (word->kind == ZB_WORD_LAST_HAN && tokens->pair_end == end) {
    if (tokens->query) /* the pair has said it */
      return TRUE;
    flags = FTS5_TOKEN_COLOCATED;
  }
  tokens->code = tokens->func (tokens->context, flags, word->text, (int)word->length, (int)start, (int)end);
  return tokens->code == SQLITE_OK;
}

/* The end of the link's address that begins with "](" at AT, or AT where there is none. */
static const char *
skip_address (const char *at, const char *end)
{
  const char *p = at + 2;
  while (p < end && *p != ')' && *p != '\n' && *p != ' ' && *p != '"')
    p++;
  return p < end && (*p == ')' || *p == ' ') ? p : at;
}

static int
tokenize (Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int length, TokenFunc func)
{
  Tokens tokens = {.func = func, .context = context, .query = (flags & FTS5_TOKENIZE_QUERY) != 0};
  const char *at = text, *end = text + length;
  while (at < end && tokens.code == SQLITE_OK) {
    const char *link = tokens.query ? NULL : memmem (at, (gsize)(end - at), "](", 2);
    const char *stop = link != NULL ? link + 1 : end, *next = link != NULL ? skip_address (link, end) : end;
    tokens.base = (gsize)(at - text);
    tokens.pair_end = 0;
    zb_words_each (at, stop - at, take_word, &tokens);
    at = next > stop ? next : stop;
  }
  return tokens.code;
}

static int
create (void *context, const char **args, int count, Fts5Tokenizer **out)
{
  *out = (Fts5Tokenizer *)&tokenize; /* nothing to keep, but NULL would mean failure */
  return SQLITE_OK;
}

static void
destroy (Fts5Tokenizer *tokenizer)
{
}

int
zb_tokenizer_register (fts5_api *api)
{
  static fts5_tokenizer row = {create, destroy, tokenize};
  return api->xCreateTokenizer (api, "zhoubao", NULL, &row, NULL);
}
