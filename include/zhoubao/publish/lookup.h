/* The archive's search as the server does it, for readers whose browser runs no scripts: the same index, the
   same words, the same pages as templates/search.js finds. */
#pragma once
#include "zhoubao/render/renderer.h"

/* The search page with what QUERY finds in the index that a build left below the folder PUBLIC; QUERY NULL:
   the page as it waits for words. (transfer full) */
char *zb_lookup_page (ZbRenderer *renderer, const char *public, const char *query, GError **error);
