/* What the parts of the romaniser know of each other. */
#pragma once
#include "zhoubao/base/romanize.h"

/* Tables: entries parted by white space. "银行:yin'hang" has a reading, its syllables parted by '. */
extern const char
    zb_romanize_characters[]; /* readings of single characters, where ICU's is not the usual one */
extern const char zb_romanize_readings[]; /* words with a character that is not read as usual */
extern const char zb_romanize_words[];    /* words that ICU does not know or cuts otherwise */
extern const char zb_romanize_places[]; /* names of places; those with * only before 市, 县 and the like */

typedef struct {
  gunichar *text;
  gsize length;
  char **syllables; /* NULL: each character as usual */
  gboolean is_word, is_place, needs_suffix;
} ZbRomanizeEntry;

#define ZB_ROMANIZE_LONGEST 8 /* characters of the longest entry */

typedef enum { ZB_ROMANIZE_READING = 1, ZB_ROMANIZE_WORD = 2, ZB_ROMANIZE_PLACE = 4 } ZbRomanizeKind;

/* The longest entry of that kind at the head of TEXT (simplified characters), of at least two, or NULL. */
const ZbRomanizeEntry *zb_romanize_match (const gunichar *text, gsize length, ZbRomanizeKind kind);

/* The usual reading of one simplified character, as kept for good. */
const char *zb_romanize_character (gunichar c);

/* C in its simplified form. */
gunichar zb_romanize_simplify (gunichar c);

/* One word of a run of Han characters. */
typedef struct {
  gsize start, end;
  gboolean is_place;
} ZbRomanizeSpan;

/* Cuts a run of simplified characters into words, an array of ZbRomanizeSpan. (transfer full) */
GArray *zb_romanize_cut (const gunichar *text, gsize length);

/* How each character of a run of Han characters is read. (transfer container) */
const char **zb_romanize_syllables (const gunichar *text, gsize length);
