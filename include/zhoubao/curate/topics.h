/* Topics: which terms of the team's vocabularies (zhoubao.yaml, topics) a text names. */
#pragma once
#include "zhoubao/model/config.h"
#include "zhoubao/model/item.h"

/* Whether FOLDED (by g_utf8_strdown, once for all terms) holds one of TERM's words: Chinese words anywhere,
 * others as whole words whatever their case.
 */
gboolean zb_topics_names (const ZbTerm *term, const char *folded);

/* The terms of FACET that the item names in its title, summary or the head of its text. (transfer full) */
char **zb_topics_of (const ZbFacet *facet, const ZbItem *item);

/* For every facet the terms that any of ITEMS (of ZbItem) names, in the order of the vocabulary: facet to
 * char **. (transfer full) */
GHashTable *zb_topics_of_all (const GPtrArray *facets, const GPtrArray *items);
