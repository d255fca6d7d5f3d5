/* The glossary: glossary.yaml, a list of terms with their pinyin and the one translation that this newsletter
 * uses. */
#pragma once
#include <glib.h>

typedef struct {
  char *term, *pinyin, *translation, *note;
  char **avoid;   /* other translations, which issue check reports */
  char *id;       /* anchor on the glossary's page */
  char *words[2]; /* term and translation as HTML has them */
} ZbGlossaryTerm;

/* Of ZbGlossaryTerm, by translation; an empty array where FILE does not exist. (transfer full) */
GPtrArray *zb_glossary_read (const char *file, gint64 limit, GError **error);

/* HTML (ours and cmark's) with the first use of each term or translation inside a paragraph or list item
   linked to ROOT's glossary page; not inside links, headings, code. (transfer full) */
char *zb_glossary_link (const GPtrArray *terms, const char *html, const char *root);

/* The first of TERM's other translations that TEXT uses, or NULL. Borrowed. */
const char *zb_glossary_avoided (const ZbGlossaryTerm *term, const char *text);
