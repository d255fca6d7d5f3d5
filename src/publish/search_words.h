/* The words of one page for the search in the reader's browser: Han pairs and folded words, each once. */
#pragma once
#include "zhoubao/base/words.h"

typedef struct ZbWords ZbWords;

ZbWords *zb_words_set_new (void);
void zb_words_set_add (ZbWords *words, const char *text); /* CommonMark or plain; NULL is nothing */

/* Frees WORDS. Returns: (transfer full) the tokens in byte order, one a line. */
char *zb_words_set_finish (ZbWords *words);

/* Whether the index has WORD: not the commonest words, nor what is longer than anybody types. */
gboolean zb_words_is_searched (const ZbWord *word);
