/* Ranking: features of a story, their weights, and the words that explain a score. */
#pragma once
#include "zhoubao/model/config.h"
#include "zhoubao/model/item.h"
#include "zhoubao/model/source.h"

/* What of a story is not in its items. */
typedef struct {
  guint sources;       /* different sources that brought it */
  double novelty;      /* 0 to 1: unlike what earlier issues had */
  const char *earlier; /* title of the earlier pick that it resembles, or NULL */
  GHashTable *topics;  /* as zb_topics_of_all() gives them */
} ZbStoryContext;

/* The features that a configuration gives, in a fixed order: first those of the table, then one for each
   topic term, named "topic:FACET/TERM". */
typedef struct ZbRank ZbRank;

/* SOURCES (of ZbSource) and CONFIG are borrowed. Weights start as zhoubao.yaml says, or by default. (transfer
 * full) */
ZbRank *zb_rank_new (const ZbConfig *config, const GPtrArray *sources);
void zb_rank_free (ZbRank *rank);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbRank, zb_rank_free)

guint zb_rank_count (const ZbRank *rank);
const char *zb_rank_name (const ZbRank *rank, guint feature);
double *zb_rank_weights (ZbRank *rank); /* of all features; may be written, as after learning */

/* Fills X (zb_rank_count numbers, 0 to about 1 each) for a story of ITEMS (of ZbItem, the original first). */
void zb_rank_features (const ZbRank *rank, const GPtrArray *items, const ZbStoryContext *context, double *x);

/* weights · x. */
double zb_rank_score (const ZbRank *rank, const double *x);

/* Why: "3 sources", "central level", "matches blacklist", … those that add most first. (transfer full) */
char **zb_rank_reasons (const ZbRank *rank, const GPtrArray *items, const ZbStoryContext *context,
                        const double *x);

/* central 0, court 1, provincial 2, sub-provincial 3, research 4, media 5, unknown 6: the original notice
 * comes first. */
int zb_rank_level (const ZbRank *rank, const char *slug);
const ZbSource *zb_rank_source (const ZbRank *rank,
                                const char *slug); /* NULL where it is not in feeds/ any more */
