/* The queue of a week, best first. */
#include "zhoubao/curate/queue.h"

#include "stories.h"
#include "zhoubao/base/json.h"

static int
compare_stories (gconstpointer a, gconstpointer b)
{
  const ZbStory *x = *(ZbStory *const *)a, *y = *(ZbStory *const *)b;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

ZbQueue *
zb_queue_new (ZbDb *db, const ZbConfig *config, const GPtrArray *sources, ZbWeek week, GError **error)
{
  g_autoptr (ZbQueue) queue = g_new0 (ZbQueue, 1);
  queue->week = week;
  queue->rank = zb_rank_new (config, sources);
  if (!zb_stories_teach (db, config, queue->rank, week, error))
    return NULL;
  queue->stories = zb_stories_load (db, config, queue->rank, week, error);
  if (queue->stories == NULL)
    return NULL;
  g_ptr_array_sort (queue->stories, compare_stories);
  for (guint i = 0; i < queue->stories->len; i++)
    queue->items += ((ZbStory *)queue->stories->pdata[i])->items->len;
  return g_steal_pointer (&queue);
}

gboolean
zb_queue_read_states (ZbQueue *queue, ZbDb *db, GError **error)
{
  return zb_stories_read_states (db, queue->stories, error);
}

void
zb_queue_free (ZbQueue *queue)
{
  g_clear_pointer (&queue->stories, g_ptr_array_unref);
  g_clear_pointer (&queue->rank, zb_rank_free);
  g_free (queue);
}

const ZbStory *
zb_queue_story_of (const ZbQueue *queue, gint64 item)
{
  for (guint i = 0; i < queue->stories->len; i++) {
    const ZbStory *story = queue->stories->pdata[i];
    for (guint j = 0; j < story->items->len; j++)
      if (((ZbQueueItem *)story->items->pdata[j])->item->id == item)
        return story;
  }
  return NULL;
}

char *
zb_queue_features_json (const ZbQueue *queue, const ZbStory *story)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  for (guint i = 0; i < zb_rank_count (queue->rank); i++) {
    if (story->features[i] == 0)
      continue;
    json_builder_set_member_name (b, zb_rank_name (queue->rank, i));
    json_builder_add_double_value (b, story->features[i]);
  }
  json_builder_end_object (b);
  g_autoptr (JsonNode) root = json_builder_get_root (b);
  return json_to_string (root, FALSE);
}
