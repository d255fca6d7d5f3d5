/* Text cut into the tokens that search and likeness share: overlapping pairs of Han characters, folded words
   elsewhere. Measured: dictionaries, unicode61 and trigrams miss two-character Chinese words; pairs find each
   one, exactly. */
#pragma once
#include <glib.h>

typedef enum {
  ZB_WORD_PLAIN, /* a word of letters and digits: width, case and accents folded, common English endings taken
                    off */
  ZB_WORD_PAIR,  /* two neighbouring Han characters */
  ZB_WORD_LAST_HAN /* the last Han character of its run, alone: with it a one-character query is a prefix
                      query */
} ZbWordKind;

typedef struct {
  ZbWordKind kind;
  const char *text; /* the folded token, ended by NUL; borrowed until the callback returns */
  gsize length;     /* of TEXT, bytes */
  gsize start, end; /* where it stands in the input, bytes */
} ZbWord;

/* Called for each token in the order of the text; FALSE ends the walk. */
typedef gboolean (*ZbWordFunc) (const ZbWord *word, gpointer data);

/* Walks the UTF-8 of TEXT (LENGTH bytes, or up to its NUL where negative); bytes that are no UTF-8 are passed
   over. FALSE where the callback ended it. Words longer than 64 bytes are cut. */
gboolean zb_words_each (const char *text, gssize length, ZbWordFunc func, gpointer data);

/* Whether C is a Han character (Unicode's script property), 々 and 〇 included. */
gboolean zb_words_is_han (gunichar c);

/* Takes the common endings off the lower-case English word of *LENGTH bytes, in place: regulations →
   regulation, publishes → publish, blacklisted → blacklist, companies → company. */
void zb_words_stem (char *word, gsize *length);
