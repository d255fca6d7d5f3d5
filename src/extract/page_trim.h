/* Inside extract/page: what is still too much once the main text is a document. */
#pragma once
#include "zhoubao/edge/markdown.h"

/* Takes the title, bylines and dates off the head of DOCUMENT, and headings without text off its foot; drops
   short paragraphs that only ask or announce ("Advertisement", "Read more: …"). TITLE and BYLINE may be NULL.
 */
void zb_page_trim (ZbMarkdown *document, const char *title, const char *byline);
