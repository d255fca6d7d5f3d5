/* Which stories of the queue are shown: what the query asks for, the form that asks it, and the way back to
   the same view. Private to src/desk. */
#pragma once
#include "visit.h"
#include "zhoubao/curate/queue.h"

typedef struct ZbQueueFilter ZbQueueFilter;

/* Reads the query; words are looked up in the index. (transfer full) */
ZbQueueFilter *zb_queue_filter_new (ZbVisit *visit, GError **error);
void zb_queue_filter_free (ZbQueueFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbQueueFilter, zb_queue_filter_free)

gboolean zb_queue_filter_wants (const ZbQueueFilter *filter, const ZbStory *story);

/* The members of the form ("filters", "words"), of the way back ("back") and what was found in other weeks
   ("elsewhere"), into the object that is open. */
void zb_queue_filter_build (const ZbQueueFilter *filter, JsonBuilder *b, const ZbQueue *queue);

/* The query of this view on PAGE, for links: "week=2017-W26&level=central&page=2". (transfer full) */
char *zb_queue_filter_query (const ZbQueueFilter *filter, guint page);

guint zb_queue_filter_page (const ZbQueueFilter *filter); /* from 1 */
