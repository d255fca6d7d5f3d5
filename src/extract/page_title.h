/* Inside extract/page: the title. */
#pragma once
#include "page_meta.h"

/* (transfer full), NULL where the page has none. */
char *zb_page_title (ZbNode *root, const ZbPageMeta *meta);

/* Whether A and B have the same letters and digits in the same order, whatever case, width and punctuation.
 */
gboolean zb_page_same_words (const char *a, const char *b);

/* Whether TITLE is HEADING, of eight letters at least, with something behind it. */
gboolean zb_page_begins_with (const char *title, const char *heading);

/* Whether NODE is one of h1 to h6. */
gboolean zb_page_is_heading (const ZbNode *node);

/* The heading on the page that says TITLE (may be NULL), or NULL. */
ZbNode *zb_page_title_node (ZbNode *root, const char *title);

/* page_title_shown.c: what the page shows in place of TITLE, which is its <title> or NULL: a heading, an
   element that calls itself the title, big or bold letters. NULL where it shows nothing better. (transfer
   full) */
char *zb_page_title_shown (ZbNode *root, const char *title);
