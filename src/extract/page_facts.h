/* Inside extract/page: who wrote it, where it stands, in which language. */
#pragma once
#include "page_meta.h"

/* All (transfer full), NULL where the page does not say. */
char *zb_page_byline (ZbNode *root, const ZbPageMeta *meta);
char *zb_page_site (const ZbPageMeta *meta, const char *url);
char *zb_page_canonical (const ZbPageMeta *meta, const char *url);
