/* The queue: the week's stories, and what editors decide on them. */
#include "routes.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/romanize.h"
#include "zhoubao/curate/cluster.h"
#include "zhoubao/curate/queue.h"
#include "zhoubao/store/decision.h"

gboolean
zb_page_desk (ZbVisit *visit, GError **error)
{
  return zb_visit_go (visit, "/desk/queue");
}

static char *
day_words (ZbVisit *visit, ZbTime t)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, visit->room->workspace->config->zone);
  return g_date_time_format (at, "%a %-d %b");
}

static void
build_item (ZbVisit *visit, JsonBuilder *b, const ZbQueueItem *q)
{
  g_autofree char *pinyin = zb_romanize_title (q->item->title),
                  *day = day_words (visit, zb_item_time (q->item));
  json_builder_begin_object (b);
  zb_json_int (b, "id", q->item->id);
  zb_json_text (b, "title", q->item->title);
  zb_json_text (b, "pinyin", pinyin);
  zb_json_text (b, "language", q->item->language != NULL ? q->item->language : "und");
  zb_json_text (b, "source", q->item->source);
  zb_json_text (b, "day", day);
  zb_json_text (b, "number", q->item->number);
  json_builder_end_object (b);
}

static int
slot_of (const ZbStory *story)
{
  for (guint i = 0; i < story->items->len; i++)
    if (((ZbQueueItem *)story->items->pdata[i])->slot != 0)
      return ((ZbQueueItem *)story->items->pdata[i])->slot;
  return 0;
}

static void
build_topics (JsonBuilder *b, const ZbStory *story)
{
  GHashTableIter iter;
  gpointer facet, terms;
  json_builder_set_member_name (b, "topics");
  json_builder_begin_array (b);
  g_hash_table_iter_init (&iter, story->topics);
  while (g_hash_table_iter_next (&iter, &facet, &terms))
    for (char **term = terms; *term != NULL; term++)
      json_builder_add_string_value (b, *term);
  json_builder_end_array (b);
}

static void
build_story (ZbVisit *visit, JsonBuilder *b, const ZbStory *story, guint place)
{
  g_autofree char *score = g_strdup_printf ("%.2f", story->score),
                  *reasons = g_strjoinv ("; ", story->reasons);
  const ZbItem *first = ((ZbQueueItem *)story->items->pdata[0])->item;
  int slot = slot_of (story);
  json_builder_begin_object (b);
  zb_json_int (b, "place", place);
  zb_json_text (b, "score", score);
  zb_json_text (b, "reasons", reasons);
  zb_json_text (b, "state", zb_item_state_name (story->state));
  zb_json_bool (b, "late", story->late);
  zb_json_int (b, "slot", slot);
  zb_json_text (b, "first_lines", first->summary != NULL ? first->summary : first->text);
  build_topics (b, story);
  json_builder_set_member_name (b, "original");
  build_item (visit, b, story->items->pdata[0]);
  zb_json_bool (b, "has_reprints", story->items->len > 1);
  json_builder_set_member_name (b, "reprints");
  json_builder_begin_array (b);
  for (guint i = 1; i < story->items->len; i++)
    build_item (visit, b, story->items->pdata[i]);
  json_builder_end_array (b);
  json_builder_end_object (b);
}

static void
build_week (JsonBuilder *b, ZbWeek week)
{
  g_autofree char *name = zb_week_name (week), *period = zb_week_period (week);
  g_autofree char *before = zb_week_name (zb_week_add (week, -1)),
                  *after = zb_week_name (zb_week_add (week, 1));
  zb_json_text (b, "week", name);
  zb_json_text (b, "period", period);
  zb_json_text (b, "week_before", before);
  zb_json_text (b, "week_after", after);
}

static gboolean
is_wanted (const ZbStory *story, const char *state)
{
  if (state == NULL || *state == '\0')
    return story->state != ZB_STATE_REJECTED;
  return g_str_equal (state, "all") || g_str_equal (state, zb_item_state_name (story->state));
}

gboolean
zb_page_queue (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  const ZbConfig *config = visit->room->workspace->config;
  const char *state = zb_request_query (visit->request, "state");
  if (!zb_visit_week (visit, &week, error))
    return FALSE;
  g_autoptr (ZbQueue) queue = zb_queue_new (visit->room->db, config, visit->room->sources, week, error);
  if (queue == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  build_week (b, week);
  zb_json_int (b, "item_count", queue->items);
  zb_json_int (b, "story_count", queue->stories->len);
  json_builder_set_member_name (b, "stories");
  json_builder_begin_array (b);
  for (guint i = 0; i < queue->stories->len; i++)
    if (is_wanted (queue->stories->pdata[i], state))
      build_story (visit, b, queue->stories->pdata[i], i + 1);
  json_builder_end_array (b);
  return zb_visit_render (visit, "queue", "Queue", b, error);
}

static gboolean
read_action (const char *text, ZbAction *action, GError **error)
{
  static const char *const names[] = {"pick", "brief", "reject"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], text)) {
      *action = (ZbAction)i;
      return TRUE;
    }
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is nothing that can be decided", text);
  return FALSE;
}

static gboolean
read_decision (ZbVisit *visit, ZbDecision *d, GError **error)
{
  const char *action = zb_visit_need (visit, "action", error);
  const char *item = action != NULL ? zb_visit_need (visit, "item", error) : NULL;
  const char *slot = zb_request_field (visit->request, "slot");
  if (item == NULL || !read_action (action, &d->action, error) || !zb_visit_number (item, &d->item, error) ||
      !zb_visit_week (visit, &d->week, error))
    return FALSE;
  d->slot = d->action == ZB_PICK && slot != NULL ? (int)g_ascii_strtoll (slot, NULL, 10) : 0;
  if (d->action == ZB_PICK && (d->slot < 1 || d->slot > 3)) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_USAGE, "an issue has slots 1, 2 and 3");
    return FALSE;
  }
  d->why = zb_request_field (visit->request, "why");
  d->editor = visit->editor->name;
  d->decided = visit->now;
  return TRUE;
}

gboolean
zb_page_decide (ZbVisit *visit, GError **error)
{
  ZbDecision d = {0};
  if (!read_decision (visit, &d, error))
    return FALSE;
  g_autoptr (ZbQueue) queue =
      zb_queue_new (visit->room->db, visit->room->workspace->config, visit->room->sources, d.week, error);
  if (queue == NULL)
    return FALSE;
  const ZbStory *story = zb_queue_story_of (queue, d.item);
  g_autofree char *features = story != NULL ? zb_queue_features_json (queue, story) : NULL,
                  *week = zb_week_name (d.week);
  d.features = features;
  return zb_decision_add (visit->room->db, &d, error) &&
         zb_visit_go (visit, "/desk/queue?week=%s#item-%" G_GINT64_FORMAT, week, d.item);
}

gboolean
zb_page_undo (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  gint64 item = 0;
  g_autofree char *what = NULL;
  if (!zb_visit_week (visit, &week, error) ||
      !zb_decision_undo (visit->room->db, week, visit->editor->name, visit->now, &item, &what, error))
    return FALSE;
  g_autofree char *name = zb_week_name (week);
  return zb_visit_go (visit, "/desk/queue?week=%s#item-%" G_GINT64_FORMAT, name, item);
}
