/* Topics: which terms of the team's vocabularies (zhoubao.yaml, topics) a text names. A Chinese word counts
   wherever it stands, another as a whole word whatever its case. */
#pragma once
#include "zhoubao/model/config.h"
#include "zhoubao/model/item.h"

/* The words of some facets, made ready to be looked for all at once: to be made once for many texts. */
typedef struct ZbTopicFinder ZbTopicFinder;

/* FACETS (of ZbFacet) are borrowed and must outlive it. (transfer full) */
ZbTopicFinder *zb_topic_finder_new (const GPtrArray *facets);
void zb_topic_finder_free (ZbTopicFinder *finder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbTopicFinder, zb_topic_finder_free)

guint zb_topic_finder_terms (const ZbTopicFinder *finder); /* of all facets */

/* Sets to TRUE in NAMED, which has a place for each term in the order of facets and terms, what TEXT names;
   clears nothing. */
void zb_topic_finder_mark (const ZbTopicFinder *finder, const char *text, gboolean *named);

/* For every facet the terms that any of ITEMS (of ZbItem) names in its title, summary or the head of its
   text, in the order of the vocabulary: facet to char **. (transfer full) */
GHashTable *zb_topics_of_all (const ZbTopicFinder *finder, const GPtrArray *items);
