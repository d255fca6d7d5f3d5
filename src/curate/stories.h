/* The stories of a week as they are in the store, unranked. Private to src/curate. */
#pragma once
#include "zhoubao/curate/queue.h"

void zb_story_free (ZbStory *story);

/* An array of ZbStory with items, states, topics and features (by RANK), in no order. (transfer full) */
GPtrArray *zb_stories_load (ZbDb *db, const ZbConfig *config, const ZbRank *rank, ZbWeek week,
                            GError **error);

/* Sets what was decided on STORIES (of ZbStory) and their items to what stands now. */
gboolean zb_stories_read_states (ZbDb *db, GPtrArray *stories, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets RANK's weights from the decisions of the weeks before WEEK: from the store where they are there
   already, else fitted and put there. Without decisions they stay as they are. */
gboolean zb_stories_teach (ZbDb *db, const ZbConfig *config, ZbRank *rank, ZbWeek week,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
