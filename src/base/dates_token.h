/* The tokens of dates: numbers, words and signs, with where they stand. Private to base. */
#pragma once
#include "dates_word.h"

typedef enum { TOKEN_NUMBER, TOKEN_WORD, TOKEN_SIGN, TOKEN_UNKNOWN, TOKEN_END } ZbDateTokenKind;

typedef struct {
  ZbDateTokenKind kind;
  gboolean spaced;        /* white space, or the text's beginning, stands before it */
  gboolean han;           /* a number in Chinese numerals, or a word of a script without spaces */
  gint64 value;           /* of a number */
  int digits;             /* of a number, as written */
  gunichar sign;          /* one form for all widths of a sign */
  gunichar first;         /* first character, as written */
  const ZbDateWord *word; /* of a word */
  guint start, end;       /* bytes */
} ZbDateToken;

/* Appends the tokens of TEXT to TOKENS, the last of them a TOKEN_END. LOOSE as in zb_date_word_find(). */
void zb_date_tokens (const char *text, gboolean loose, GArray *tokens);
