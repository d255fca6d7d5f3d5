/* The queue: the week's stories, and what editors decide on them. */
#include "routes.h"

#include "queue_filter.h"
#include "stale.h"
#include "zhoubao/base/romanize.h"
#include "zhoubao/base/text.h"
#include "zhoubao/curate/cluster.h"
#include "zhoubao/curate/queue.h"
#include "zhoubao/model/source.h"
#include "zhoubao/store/fetch.h"

#define PAGE 13       /* stories: 50 kB hold them */
#define REPRINTS 5    /* of a story; its page has them all */
#define LAST_TITLE 24 /* characters */
#define LINES 160     /* characters of a text's beginning */

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
build_item (ZbVisit *visit, JsonBuilder *b, const ZbQueue *queue, const ZbQueueItem *q)
{
  const ZbSource *source = zb_rank_source (queue->rank, q->item->source);
  g_autofree char *pinyin = zb_romanize_title (q->item->title),
                  *day = day_words (visit, zb_item_time (q->item)), *seen = zb_stale_seen (q->state, q->slot),
                  *mark = zb_stale_mark (q->item->id, q->state, q->slot);
  json_builder_begin_object (b);
  zb_json_int (b, "id", q->item->id);
  zb_json_text (b, "title", q->item->title);
  zb_json_text (b, "pinyin", pinyin);
  zb_json_text (b, "language", q->item->language != NULL ? q->item->language : "und");
  zb_json_text (b, "source", source != NULL && source->title != NULL ? source->title : q->item->source);
  zb_json_text (b, "day", day);
  zb_json_text (b, "number", q->item->number);
  zb_json_text (b, "seen", seen);
  zb_json_text (b, "mark", mark);
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
  zb_json_bool (b, "has_topics", g_hash_table_size (story->topics) > 0);
  json_builder_set_member_name (b, "topics");
  json_builder_begin_array (b);
  g_hash_table_iter_init (&iter, story->topics);
  while (g_hash_table_iter_next (&iter, &facet, &terms))
    for (char **term = terms; *term != NULL; term++)
      json_builder_add_string_value (b, *term);
  json_builder_end_array (b);
}

static void
build_lines (JsonBuilder *b, const char *text)
{
  gboolean more = text != NULL && g_utf8_strlen (text, -1) > LINES;
  g_autofree char *cut = more ? g_utf8_substring (text, 0, LINES) : g_strdup (text);
  g_autofree char *lines = more ? g_strconcat (cut, "…", NULL) : g_strdup (cut);
  zb_json_text (b, "first_lines", lines);
}

/* Where a story stands among those that are shown. */
typedef struct {
  const ZbQueue *queue;
  const ZbStory *story, *next; /* NEXT: or NULL */
  guint place;
} Shown;

static const ZbItem *
original_of (const ZbStory *story)
{
  return ((ZbQueueItem *)story->items->pdata[0])->item;
}

static void
build_reprints (ZbVisit *visit, JsonBuilder *b, const Shown *s)
{
  const GPtrArray *items = s->story->items;
  zb_json_int (b, "reprint_count", items->len - 1);
  zb_json_bool (b, "one_reprint", items->len == 2);
  json_builder_set_member_name (b, "reprints");
  json_builder_begin_array (b);
  for (guint i = 1; i < items->len && i <= REPRINTS; i++)
    build_item (visit, b, s->queue, items->pdata[i]);
  json_builder_end_array (b);
}

static void
build_story (ZbVisit *visit, JsonBuilder *b, const Shown *s)
{
  const ZbStory *story = s->story;
  g_autofree char *score = g_strdup_printf ("%.2f", story->score);
  const ZbItem *first = original_of (story);
  json_builder_begin_object (b);
  zb_json_int (b, "place", s->place);
  zb_json_int (b, "story", story->id);
  zb_json_int (b, "next", s->next != NULL ? original_of (s->next)->id : 0);
  zb_json_text (b, "score", score);
  zb_json_strv (b, "reasons", (const char *const *)story->reasons);
  zb_json_text (b, "state", zb_item_state_name (story->state));
  zb_json_bool (b, "late", story->late);
  zb_json_int (b, "slot", slot_of (story));
  build_lines (b, first->summary != NULL ? first->summary : first->text);
  build_topics (b, story);
  json_builder_set_member_name (b, "original");
  build_item (visit, b, s->queue, story->items->pdata[0]);
  build_reprints (visit, b, s);
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

/* "2 sources are broken, 1 needs a person", or NULL where all is well. */
static gboolean
build_coverage (ZbVisit *visit, JsonBuilder *b, ZbWeek week, GError **error)
{
  GTimeZone *zone = visit->room->workspace->config->zone;
  g_autoptr (GHashTable) coverage =
      zb_fetch_coverage (visit->room->db, zb_week_start (week, zone), zb_week_end (week, zone), error);
  guint broken = 0, persons = 0, total = visit->room->sources->len;
  if (coverage == NULL)
    return FALSE;
  for (guint i = 0; i < total; i++) {
    const ZbSource *source = visit->room->sources->pdata[i];
    const ZbCoverage *c = g_hash_table_lookup (coverage, source->slug);
    const char *state = c != NULL ? c->state : NULL;
    persons += source->kind == ZB_SOURCE_PERSON || g_strcmp0 (state, "blocked") == 0;
    broken += source->kind != ZB_SOURCE_PERSON && g_strcmp0 (state, "broken") == 0;
  }
  g_autofree char *words =
      g_strdup_printf ("%u %s: %u broken, %u %s a person", total, total == 1 ? "source" : "sources", broken,
                       persons, persons == 1 ? "needs" : "need");
  zb_json_text (b, "coverage", words);
  return TRUE;
}

static void
build_link (JsonBuilder *b, const char *name, const ZbQueueFilter *filter, guint page, gboolean there)
{
  g_autofree char *query = there ? zb_queue_filter_query (filter, page) : NULL;
  zb_json_text (b, name, query);
}

/* One page of those stories of QUEUE (or NULL) that FILTER wants. Each is written when the next is known. */
static void
build_stories (ZbVisit *visit, JsonBuilder *b, const ZbQueue *queue, const ZbQueueFilter *filter)
{
  guint wanted = 0, page = zb_queue_filter_page (filter), first = (page - 1) * PAGE;
  Shown shown = {.queue = queue};
  json_builder_set_member_name (b, "stories");
  json_builder_begin_array (b);
  for (guint i = 0; queue != NULL && i < queue->stories->len; i++) {
    const ZbStory *story = queue->stories->pdata[i];
    if (!zb_queue_filter_wants (filter, story))
      continue;
    shown.next = story;
    if (shown.story != NULL)
      build_story (visit, b, &shown);
    shown.story = wanted >= first && wanted < first + PAGE ? story : NULL;
    shown.place = i + 1;
    wanted++;
  }
  shown.next = NULL;
  if (shown.story != NULL)
    build_story (visit, b, &shown);
  json_builder_end_array (b);
  zb_json_int (b, "wanted", wanted);
  zb_json_bool (b, "one_wanted", wanted == 1);
  zb_json_int (b, "page", page);
  zb_json_int (b, "pages", MAX (1, (wanted + PAGE - 1) / PAGE));
  build_link (b, "page_before", filter, page - 1, page > 1);
  build_link (b, "page_after", filter, page + 1, first + PAGE < wanted);
}

/* All that the page takes from the queue, which other threads may want. */
static gboolean
build_queue (ZbVisit *visit, JsonBuilder *b, ZbWeek week, const ZbQueueFilter *filter, GError **error)
{
  ZbBoardView view;
  if (!zb_board_take (visit->board, visit->room->db, week, ZB_BOARD_SOON, &view, error))
    return FALSE;
  const ZbQueue *queue = view.queue;
  zb_json_int (b, "serial", view.serial);
  zb_json_int (b, "waiting", view.waiting);
  zb_json_bool (b, "one_waits", view.waiting == 1);
  zb_json_int (b, "item_count", queue != NULL ? queue->items : 0);
  zb_json_int (b, "story_count", queue != NULL ? queue->stories->len : 0);
  zb_json_bool (b, "filters_there", queue != NULL);
  zb_queue_filter_build (filter, b, queue);
  build_stories (visit, b, queue, filter);
  zb_board_give (visit->board);
  return TRUE;
}

/* What an undo would take back, in words. */
static gboolean
build_last_act (ZbVisit *visit, JsonBuilder *b, ZbWeek week, GError **error)
{
  gint64 id = 0;
  g_autofree char *what = NULL;
  if (!zb_decision_newest (visit->room->db, week, visit->editor->name, &id, &what, error))
    return FALSE;
  g_autoptr (ZbItem) item = id != 0 ? zb_item_get (visit->room->db, id, error) : NULL;
  if (id != 0 && item == NULL)
    return FALSE;
  g_autofree char *title = item != NULL ? zb_text_cut (item->title, -1, LAST_TITLE) : NULL;
  zb_json_text (b, "last_act", what);
  zb_json_text (b, "last_title", title);
  zb_json_text (b, "last_language", item != NULL && item->language != NULL ? item->language : "und");
  return TRUE;
}

gboolean
zb_page_queue (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  if (!zb_visit_week (visit, &week, error))
    return FALSE;
  g_autoptr (ZbQueueFilter) filter = zb_queue_filter_new (visit, error);
  if (filter == NULL)
    return FALSE;
  g_autofree char *held = zb_stale_held (visit->room->db, week, error);
  if (held == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "held", held);
  build_week (b, week);
  return build_queue (visit, b, week, filter, error) && build_last_act (visit, b, week, error) &&
         build_coverage (visit, b, week, error) && zb_visit_render (visit, "queue", "Queue", b, error);
}
