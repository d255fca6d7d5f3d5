/* How alike two items are: do they tell of the same event? */
#pragma once
#include "zhoubao/model/config.h"
#include "zhoubao/model/item.h"

typedef struct ZbLikeness ZbLikeness; /* a set of items with the weights of their words */

/* FACETS (may be NULL) are the topic vocabularies: two items whose titles name different terms of the facet
   "location" are never alike. Borrowed. (transfer full) */
ZbLikeness *zb_likeness_new (GPtrArray *facets);
void zb_likeness_free (ZbLikeness *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbLikeness, zb_likeness_free)

/* Adds an item (copied); returns its number in the set, from 0. Add all before the first question: rare words
   weigh more, and what is rare depends on all. */
guint zb_likeness_add (ZbLikeness *set, const ZbItem *item);

/* 0 (nothing in common) to 1 (the same document). */
double zb_likeness_of (ZbLikeness *set, guint a, guint b);

/* Numbers of the items that share telling words with A, those with the most weight of them first, 64 at most:
 * an array of guint. (transfer full) */
GArray *zb_likeness_neighbours (ZbLikeness *set, guint a);

/* From here on two items count as telling of one event. */
#define ZB_LIKENESS_SAME 0.42
