/* A vocabulary: numbers for words, from 0 in the order in which they are first asked for. A word of up to
   seven bytes, as nearly all are, is told from every other; of a longer one a hash of 56 bits is. Private to
   src/curate. */
#pragma once
#include <glib.h>

typedef struct ZbVocabulary ZbVocabulary;

ZbVocabulary *zb_vocabulary_new (void);
void zb_vocabulary_free (ZbVocabulary *vocabulary);

/* The number of WORD (LENGTH bytes, more than none). */
guint zb_vocabulary_number (ZbVocabulary *vocabulary, const char *word, gsize length);
