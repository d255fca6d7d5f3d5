/* Remote HTML through the one document model: a libxml2 tree, of which allow-listed elements become a
   CommonMark tree, from which all output is written. Nothing of the markup is echoed.

   Out come p h1-h6 ul ol li blockquote pre code em strong a img br hr, with href, src, alt, title and start;
   addresses are absolute where BASE_URL (may be NULL) is given, and http, https, mailto or relative at any
   rate. Tables become lists, or paragraphs where they only lay out the page. Never fails: what cannot be read
   is "". LENGTH -1: up to the NUL. */
#pragma once
#include "zhoubao/edge/markdown.h"
#include "zhoubao/edge/xml.h"

/* Returns: (transfer full). CommonMark; HTML; plain text with lists and quotations marked. */
char *zb_html_to_markdown (const char *html, gssize length, const char *base_url);
char *zb_html_to_safe (const char *html, gssize length, const char *base_url);
char *zb_html_to_text (const char *html, gssize length, const char *base_url);

/* One line of plain text, for titles and names: tags away, white space squeezed. (transfer full) */
char *zb_html_to_line (const char *html, gssize length);

/* The same from a tree: NODE and all below it. (transfer full) */
ZbMarkdown *zb_html_build (const ZbNode *node, const char *base_url);
