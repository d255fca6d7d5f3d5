/* Stories out of the store, with what ranking needs of them. */
#include "stories.h"

#include "zhoubao/curate/cluster.h"
#include "zhoubao/curate/likeness.h"
#include "zhoubao/curate/topics.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/story.h"

#define EARLIER_WEEKS 8 /* picks of these weeks make a story less new */

static void
queue_item_free (ZbQueueItem *q)
{
  zb_item_free (q->item);
  g_free (q);
}

void
zb_story_free (ZbStory *s)
{
  g_strfreev (s->reasons);
  g_free (s->features);
  g_ptr_array_unref (s->items);
  g_clear_pointer (&s->topics, g_hash_table_unref);
  g_free (s);
}

typedef struct {
  ZbDb *db;
  const ZbRank *rank;
  const ZbTopicFinder *topics;
  ZbTime from, to;
  ZbLikeness *likeness; /* the week's originals and earlier picks */
  GPtrArray *earlier;   /* of ZbItem */
  guint first_earlier;  /* its number in LIKENESS */
} Load;

static ZbStory *
story_new (gint64 id)
{
  ZbStory *s = g_new0 (ZbStory, 1);
  s->id = id;
  s->items = g_ptr_array_new_with_free_func ((GDestroyNotify)queue_item_free);
  return s;
}

static int
level_of (const char *slug, gpointer rank)
{
  return zb_rank_level (rank, slug);
}

/* Rows come by story; each run of one story becomes a ZbStory with its items in reading order. */
static GPtrArray *
split_by_story (GPtrArray *items, const ZbRank *rank)
{
  GPtrArray *stories = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_story_free);
  for (guint i = 0; i < items->len;) {
    gint64 id = ((ZbItem *)items->pdata[i])->story;
    g_autoptr (GPtrArray) run = g_ptr_array_new ();
    for (; i < items->len && ((ZbItem *)items->pdata[i])->story == id; i++)
      g_ptr_array_add (run, items->pdata[i]);
    zb_cluster_order (run, level_of, (gpointer)rank);
    ZbStory *story = story_new (id);
    for (guint j = 0; j < run->len; j++) {
      ZbQueueItem *q = g_new0 (ZbQueueItem, 1);
      q->item = run->pdata[j];
      g_ptr_array_add (story->items, q);
    }
    g_ptr_array_add (stories, story);
  }
  g_ptr_array_set_free_func (items, NULL); /* the stories own them now */
  return stories;
}

static GPtrArray *
plain_items (const ZbStory *story)
{
  GPtrArray *items = g_ptr_array_new ();
  for (guint i = 0; i < story->items->len; i++)
    g_ptr_array_add (items, ((ZbQueueItem *)story->items->pdata[i])->item);
  return items;
}

static gboolean
count_sources (ZbDb *db, ZbStory *story, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < story->items->len; i++) {
    g_auto (GStrv) slugs = zb_item_sources (db, ((ZbQueueItem *)story->items->pdata[i])->item->id, error);
    if (slugs == NULL)
      return FALSE;
    for (char **slug = slugs; *slug != NULL; slug++)
      g_hash_table_add (seen, g_strdup (*slug));
  }
  story->sources = g_hash_table_size (seen);
  return TRUE;
}

/* The state of a story is the strongest of its items'; rejected only where all are. */
static void
sum_up (ZbStory *story)
{
  guint rejected = 0;
  story->state = ZB_STATE_OPEN;
  for (guint i = 0; i < story->items->len; i++) {
    const ZbQueueItem *q = story->items->pdata[i];
    rejected += q->state == ZB_STATE_REJECTED;
    if (q->state == ZB_STATE_PICKED || (q->state == ZB_STATE_BRIEFED && story->state != ZB_STATE_PICKED))
      story->state = q->state;
  }
  if (rejected == story->items->len)
    story->state = ZB_STATE_REJECTED;
}

gboolean
zb_stories_read_states (ZbDb *db, GPtrArray *stories, GError **error)
{
  g_autoptr (GHashTable) items = g_hash_table_new (g_int64_hash, g_int64_equal); /* id to ZbQueueItem */
  gint64 first = G_MAXINT64, last = 0;
  for (guint i = 0; i < stories->len; i++) {
    const GPtrArray *own = ((ZbStory *)stories->pdata[i])->items;
    for (guint j = 0; j < own->len; j++) {
      ZbQueueItem *q = own->pdata[j];
      q->state = ZB_STATE_OPEN;
      q->slot = 0;
      first = MIN (first, q->item->id);
      last = MAX (last, q->item->id);
      g_hash_table_insert (items, &q->item->id, q);
    }
  }
  g_autoptr (GArray) verdicts = zb_decision_verdicts (db, first, last, error);
  if (verdicts == NULL)
    return FALSE;
  for (guint i = 0; i < verdicts->len; i++) {
    const ZbVerdict *v = &g_array_index (verdicts, ZbVerdict, i);
    ZbQueueItem *q = g_hash_table_lookup (items, &v->item);
    if (q != NULL) {
      q->state = v->state;
      q->slot = v->slot;
    }
  }
  for (guint i = 0; i < stories->len; i++)
    sum_up (stories->pdata[i]);
  return TRUE;
}

/* How new: unlike the picks of earlier weeks, by the likest of them. */
static void
compare_earlier (const Load *load, guint number, ZbStoryContext *context)
{
  double best = 0;
  for (guint i = 0; i < load->earlier->len; i++) {
    double likeness = zb_likeness_of (load->likeness, number, load->first_earlier + i);
    if (likeness > best) {
      best = likeness;
      context->earlier = likeness >= ZB_LIKENESS_SAME ? ((ZbItem *)load->earlier->pdata[i])->title : NULL;
    }
  }
  context->novelty = 1 - best;
}

static gboolean
read_earlier (Load *load, ZbWeek week, GError **error)
{
  for (int back = 1; back <= EARLIER_WEEKS; back++) {
    g_autoptr (GArray) picks = zb_decision_list (load->db, zb_week_add (week, -back), ZB_PICK, error);
    if (picks == NULL)
      return FALSE;
    for (guint i = 0; i < picks->len; i++) {
      ZbItem *item = zb_item_get (load->db, g_array_index (picks, gint64, i), error);
      if (item == NULL)
        return FALSE;
      g_ptr_array_add (load->earlier, item);
    }
  }
  return TRUE;
}

static gboolean
finish (const Load *load, ZbStory *story, guint number, GError **error)
{
  ZbStoryContext context = {0};
  if (!count_sources (load->db, story, error))
    return FALSE;
  g_autoptr (GPtrArray) items = plain_items (story);
  context.sources = story->sources;
  compare_earlier (load, number, &context);
  context.topics = story->topics = zb_topics_of_all (load->topics, items);
  story->late = TRUE;
  for (guint i = 0; i < items->len; i++)
    story->late &= zb_item_time (items->pdata[i]) < load->from;
  story->features = g_new0 (double, zb_rank_count (load->rank));
  zb_rank_features (load->rank, items, &context, story->features);
  story->score = zb_rank_score (load->rank, story->features);
  story->reasons = zb_rank_reasons (load->rank, items, &context, story->features);
  return TRUE;
}

GPtrArray *
zb_stories_load (ZbDb *db, const ZbConfig *config, const ZbRank *rank, ZbWeek week, GError **error)
{
  g_autoptr (GPtrArray) earlier = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_item_free);
  g_autoptr (ZbLikeness) likeness = zb_likeness_new (config->facets);
  g_autoptr (ZbTopicFinder) topics = zb_topic_finder_new (config->facets);
  Load load = {.db = db,
               .rank = rank,
               .topics = topics,
               .from = zb_week_start (week, config->zone),
               .to = zb_week_end (week, config->zone),
               .likeness = likeness,
               .earlier = earlier};
  g_autoptr (GPtrArray) items = zb_story_items (db, load.from, load.to, error);
  if (items == NULL || !read_earlier (&load, week, error))
    return NULL;
  g_ptr_array_set_free_func (items, (GDestroyNotify)zb_item_free);
  g_autoptr (GPtrArray) stories = split_by_story (items, rank);
  for (guint i = 0; earlier->len > 0 && i < stories->len; i++) /* else all are new */
    zb_likeness_add (likeness, ((ZbQueueItem *)((ZbStory *)stories->pdata[i])->items->pdata[0])->item);
  load.first_earlier = stories->len;
  for (guint i = 0; i < earlier->len; i++)
    zb_likeness_add (likeness, earlier->pdata[i]);
  for (guint i = 0; i < stories->len; i++)
    if (!finish (&load, stories->pdata[i], i, error))
      return NULL;
  return zb_stories_read_states (db, stories, error) ? g_steal_pointer (&stories) : NULL;
}
