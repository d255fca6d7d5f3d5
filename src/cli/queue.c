/* zhoubao queue: the week's stories, best first. */
#include "newsroom.h"
#include "verbs.h"

#include "zhoubao/base/romanize.h"
#include "zhoubao/base/text.h"
#include "zhoubao/curate/cluster.h"
#include "zhoubao/curate/queue.h"

#define SHOWN 30 /* stories on a terminal, unless --all */

static char *option_week;
static gboolean option_all;

static const GOptionEntry options[] = {
    {"week", 'w', 0, G_OPTION_ARG_STRING, &option_week, "The week: 2017-W26, or the date of its issue", "W"},
    {"all", 'a', 0, G_OPTION_ARG_NONE, &option_all, "Show all stories, rejected ones too", NULL},
    {NULL}};

static void
build_item (JsonBuilder *b, const ZbQueueItem *q)
{
  g_autofree char *pinyin = zb_romanize_title (q->item->title);
  json_builder_begin_object (b);
  zb_json_int (b, "id", q->item->id);
  zb_json_text (b, "title", q->item->title);
  zb_json_text (b, "pinyin", pinyin);
  zb_json_text (b, "url", q->item->url);
  zb_json_text (b, "source", q->item->source);
  zb_json_time (b, "published", q->item->published);
  zb_json_text (b, "language", q->item->language);
  zb_json_text (b, "number", q->item->number);
  zb_json_text (b, "state", zb_item_state_name (q->state));
  json_builder_end_object (b);
}

static void
build_topics (JsonBuilder *b, GHashTable *topics)
{
  GHashTableIter iter;
  gpointer facet, terms;
  json_builder_set_member_name (b, "topics");
  json_builder_begin_object (b);
  g_hash_table_iter_init (&iter, topics);
  while (g_hash_table_iter_next (&iter, &facet, &terms))
    zb_json_strv (b, facet, terms);
  json_builder_end_object (b);
}

static void
build_features (JsonBuilder *b, const ZbQueue *queue, const ZbStory *story)
{
  json_builder_set_member_name (b, "features");
  json_builder_begin_object (b);
  for (guint i = 0; i < zb_rank_count (queue->rank); i++)
    if (story->features[i] != 0) {
      json_builder_set_member_name (b, zb_rank_name (queue->rank, i));
      json_builder_add_double_value (b, story->features[i]);
    }
  json_builder_end_object (b);
}

static void
build_story (JsonBuilder *b, const ZbQueue *queue, const ZbStory *story)
{
  json_builder_begin_object (b);
  zb_json_int (b, "id", story->id);
  json_builder_set_member_name (b, "score");
  json_builder_add_double_value (b, story->score);
  zb_json_text (b, "state", zb_item_state_name (story->state));
  zb_json_bool (b, "late", story->late);
  zb_json_strv (b, "reasons", (const char *const *)story->reasons);
  build_topics (b, story->topics);
  build_features (b, queue, story);
  json_builder_set_member_name (b, "items");
  json_builder_begin_array (b);
  for (guint i = 0; i < story->items->len; i++)
    build_item (b, story->items->pdata[i]);
  json_builder_end_array (b);
  json_builder_end_object (b);
}

static void
print_json (const ZbQueue *queue)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  g_autofree char *week = zb_week_name (queue->week);
  json_builder_begin_object (b);
  zb_json_text (b, "week", week);
  json_builder_set_member_name (b, "stories");
  json_builder_begin_array (b);
  for (guint i = 0; i < queue->stories->len; i++)
    build_story (b, queue, queue->stories->pdata[i]);
  json_builder_end_array (b);
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

static char *
mark_of (const ZbStory *story)
{
  for (guint i = 0; i < story->items->len; i++) {
    const ZbQueueItem *q = story->items->pdata[i];
    if (q->slot != 0)
      return g_strdup_printf ("slot %d", q->slot);
  }
  return g_strdup (story->state == ZB_STATE_OPEN ? "" : zb_item_state_name (story->state));
}

static void
print_item (const ZbQueueItem *q, const char *mark, GTimeZone *zone)
{
  g_autofree char *title = zb_text_cut (q->item->title, -1, 100),
                  *pinyin = zb_romanize_title (q->item->title);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (zb_item_time (q->item));
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);
  g_autofree char *day = g_date_time_format (at, "%-d %b");
  zb_verb_print ("   %5" G_GINT64_FORMAT "  %s%s%s%s\n", q->item->id, title, *mark != '\0' ? "  [" : "", mark,
                 *mark != '\0' ? "]" : "");
  if (pinyin != NULL)
    zb_verb_print ("          %s\n", pinyin);
  zb_verb_print ("          %s, %s\n", q->item->source, day);
}

static void
print_story (const ZbStory *story, guint rank, GTimeZone *zone)
{
  g_autofree char *mark = mark_of (story), *reasons = g_strjoinv ("; ", story->reasons);
  zb_verb_print ("%2u. %5.2f  %s%s\n", rank, story->score, story->late ? "late; " : "", reasons);
  print_item (story->items->pdata[0], mark, zone);
  for (guint i = 1; i < story->items->len; i++) {
    const ZbItem *item = ((ZbQueueItem *)story->items->pdata[i])->item;
    g_autofree char *title = zb_text_cut (item->title, -1, 70);
    zb_verb_print ("          + %" G_GINT64_FORMAT " %s (%s)\n", item->id, title, item->source);
  }
}

static void
print_text (const ZbQueue *queue, GTimeZone *zone)
{
  g_autofree char *name = zb_week_name (queue->week), *period = zb_week_period (queue->week);
  guint shown = 0, hidden = 0;
  zb_verb_print ("Week %s, %s: %u items in %u stories\n", name, period, queue->items, queue->stories->len);
  for (guint i = 0; i < queue->stories->len; i++) {
    const ZbStory *story = queue->stories->pdata[i];
    if (!option_all && (story->state == ZB_STATE_REJECTED || shown >= SHOWN))
      hidden++;
    else
      print_story (story, ++shown, zone);
  }
  if (hidden > 0)
    zb_verb_print ("%u more; --all shows them\n", hidden);
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  ZbWeek week;
  if (!zb_verb_args (args, 0, 0, error))
    return FALSE;
  g_autoptr (ZbNewsroom) room = zb_newsroom_open (cli, error);
  if (room == NULL || !zb_newsroom_week (room, option_week, cli->now, &week, error) ||
      !zb_cluster_run (room->db, room->workspace->config, cli->now, NULL,
                       error)) /* what a crawl left for later */
    return FALSE;
  g_autoptr (ZbQueue) queue = zb_queue_new (room->db, room->workspace->config, room->sources, week, error);
  if (queue == NULL)
    return FALSE;
  if (cli->json)
    print_json (queue);
  else
    print_text (queue, room->workspace->config->zone);
  return TRUE;
}

const ZbVerb zb_verb_queue = {"queue", "", "Show the week's stories, best first", options, run};
