/* The queue: a week's stories, ranked, each with its reasons. */
#pragma once
#include "zhoubao/base/week.h"
#include "zhoubao/curate/rank.h"
#include "zhoubao/edge/db.h"

typedef struct {
  ZbItem *item; /* with the head of its text only */
  ZbItemState state;
  int slot; /* of a pick */
} ZbQueueItem;

typedef struct {
  gint64 id;
  double score;
  char **reasons;
  double *features;   /* zb_rank_count numbers */
  GPtrArray *items;   /* of ZbQueueItem, the original first */
  GHashTable *topics; /* facet to char **, its terms */
  guint sources;
  gboolean late;     /* of an earlier week, but seen only in this one */
  ZbItemState state; /* the strongest of its items': picked, briefed, rejected (all), open */
} ZbStory;

typedef struct {
  ZbWeek week;
  GPtrArray *stories; /* of ZbStory, best first */
  ZbRank *rank;       /* whose weights made the scores */
  guint items;
} ZbQueue;

/* Reads WEEK's stories. Weights are learned from the decisions of the 26 weeks before, as soon as there are
   any. SOURCES (of ZbSource) and CONFIG are borrowed and must outlive the queue. (transfer full) */
ZbQueue *zb_queue_new (ZbDb *db, const ZbConfig *config, const GPtrArray *sources, ZbWeek week,
                       GError **error);
void zb_queue_free (ZbQueue *queue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbQueue, zb_queue_free)

/* Sets what was decided on its stories to what stands now; order and scores stay, which hang on earlier weeks
   alone. */
gboolean zb_queue_read_states (ZbQueue *queue, ZbDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The story that holds ITEM, or NULL; borrowed. */
const ZbStory *zb_queue_story_of (const ZbQueue *queue, gint64 item);

/* The features of STORY as JSON ({"authority": 1, …}, zeros left out), kept with decisions. (transfer full)
 */
char *zb_queue_features_json (const ZbQueue *queue, const ZbStory *story);
