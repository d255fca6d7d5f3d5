/* What of the queue is shown. */
#include "queue_filter.h"

#include "zhoubao/base/error.h"
#include "zhoubao/model/source.h"
#include "zhoubao/store/search.h"

#define FOUND 100000 /* items with the words, the newest of all weeks */
#define HITS 200     /* are looked at for those of other weeks */
#define ELSEWHERE 8
#define TOPIC "topic-"

struct ZbQueueFilter {
  ZbVisit *visit;
  GArray *found;       /* of gint64, the items with the words; or NULL where none were asked for */
  GHashTable *ids;     /* the same to look up */
  GHashTable *sources; /* slug to ZbSource */
  const char *state, *source, *level,
      *language;    /* that are asked for, or NULL; looked up once for all stories */
  GPtrArray *terms; /* the same by facet */
  guint page;
};

/* The asked value of NAME, NULL where none or empty. */
static const char *
asked (const ZbQueueFilter *f, const char *name)
{
  const char *value = zb_request_query (f->visit->request, name);
  return value != NULL && *value != '\0' ? value : NULL;
}

static gboolean
search (ZbQueueFilter *f, const char *words, GError **error)
{
  g_autoptr (GError) failed = NULL;
  f->found = zb_search_item_ids (f->visit->room->db, words, FOUND, &failed);
  if (f->found == NULL && !g_error_matches (failed, ZB_ERROR, ZB_ERROR_USAGE)) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (f->found == NULL) /* words without a letter find nothing */
    f->found = g_array_new (FALSE, FALSE, sizeof (gint64));
  f->ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < f->found->len; i++)
    g_hash_table_add (f->ids, &g_array_index (f->found, gint64, i));
  return TRUE;
}

static void
read_menus (ZbQueueFilter *f)
{
  const GPtrArray *facets = f->visit->room->workspace->config->facets;
  f->state = asked (f, "state");
  f->source = asked (f, "source");
  f->level = asked (f, "level");
  f->language = asked (f, "language");
  f->sources = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < f->visit->room->sources->len; i++) {
    ZbSource *source = f->visit->room->sources->pdata[i];
    g_hash_table_insert (f->sources, source->slug, source);
  }
  f->terms = g_ptr_array_new ();
  for (guint i = 0; i < facets->len; i++) {
    g_autofree char *name = g_strconcat (TOPIC, ((ZbFacet *)facets->pdata[i])->name, NULL);
    g_ptr_array_add (f->terms, (gpointer)asked (f, name));
  }
}

ZbQueueFilter *
zb_queue_filter_new (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbQueueFilter) f = g_new0 (ZbQueueFilter, 1);
  f->visit = visit;
  const char *page = asked (f, "page"), *words = asked (f, "q");
  read_menus (f);
  f->page = page != NULL ? (guint)CLAMP (g_ascii_strtoll (page, NULL, 10), 1, 100000) : 1;
  return words == NULL || search (f, words, error) ? g_steal_pointer (&f) : NULL;
}

void
zb_queue_filter_free (ZbQueueFilter *f)
{
  g_clear_pointer (&f->ids, g_hash_table_unref);
  g_clear_pointer (&f->terms, g_ptr_array_unref);
  g_clear_pointer (&f->found, g_array_unref);
  g_clear_pointer (&f->sources, g_hash_table_unref);
  g_free (f);
}

guint
zb_queue_filter_page (const ZbQueueFilter *f)
{
  return f->page;
}

static gboolean
wants_state (const ZbQueueFilter *f, const ZbStory *story)
{
  if (f->state == NULL)
    return story->state != ZB_STATE_REJECTED;
  return g_str_equal (f->state, "all") || g_str_equal (f->state, zb_item_state_name (story->state));
}

static gboolean
wants_item (const ZbQueueFilter *f, const ZbItem *item)
{
  const ZbSource *of = f->level != NULL ? g_hash_table_lookup (f->sources, item->source) : NULL;
  return (f->source == NULL || g_str_equal (f->source, item->source)) &&
         (f->level == NULL || (of != NULL && g_strcmp0 (f->level, of->level) == 0)) &&
         (f->language == NULL || g_strcmp0 (f->language, item->language) == 0) &&
         (f->ids == NULL || g_hash_table_contains (f->ids, &item->id));
}

static gboolean
wants_topics (const ZbQueueFilter *f, const ZbStory *story)
{
  const GPtrArray *facets = f->visit->room->workspace->config->facets;
  for (guint i = 0; i < facets->len; i++) {
    const char *term = f->terms->pdata[i];
    const char *const *terms =
        term != NULL ? g_hash_table_lookup (story->topics, ((ZbFacet *)facets->pdata[i])->name) : NULL;
    if (term != NULL && (terms == NULL || !g_strv_contains (terms, term)))
      return FALSE;
  }
  return TRUE;
}

gboolean
zb_queue_filter_wants (const ZbQueueFilter *f, const ZbStory *story)
{
  if (!wants_state (f, story) || !wants_topics (f, story))
    return FALSE;
  for (guint i = 0; i < story->items->len; i++)
    if (wants_item (f, ((ZbQueueItem *)story->items->pdata[i])->item))
      return TRUE;
  return FALSE;
}

static void
open_select (JsonBuilder *b, const char *name, const char *label)
{
  json_builder_begin_object (b);
  zb_json_text (b, "name", name);
  zb_json_text (b, "label", label);
  json_builder_set_member_name (b, "options");
  json_builder_begin_array (b);
}

static void
close_select (JsonBuilder *b)
{
  json_builder_end_array (b);
  json_builder_end_object (b);
}

static void
add_option (const ZbQueueFilter *f, JsonBuilder *b, const char *name, const char *value, const char *label)
{
  json_builder_begin_object (b);
  zb_json_text (b, "value", value);
  zb_json_text (b, "label", label);
  zb_json_bool (b, "chosen", g_strcmp0 (asked (f, name), value) == 0);
  json_builder_end_object (b);
}

static void
build_states (const ZbQueueFilter *f, JsonBuilder *b, const ZbQueue *queue)
{
  static const ZbItemState states[] = {ZB_STATE_OPEN, ZB_STATE_PICKED, ZB_STATE_BRIEFED, ZB_STATE_REJECTED};
  open_select (b, "state", "State");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    guint count = 0;
    for (guint j = 0; j < queue->stories->len; j++)
      count += ((ZbStory *)queue->stories->pdata[j])->state == states[i];
    g_autofree char *label = g_strdup_printf ("%s (%u)", zb_item_state_name (states[i]), count);
    add_option (f, b, "state", zb_item_state_name (states[i]), label);
  }
  add_option (f, b, "state", "all", "all, rejected too");
  close_select (b);
}

/* One option for each value that MEMBER of a source has. */
static void
build_sources (const ZbQueueFilter *f, JsonBuilder *b, const char *name, const char *label, gsize value,
               gsize words)
{
  const GPtrArray *sources = f->visit->room->sources;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  open_select (b, name, label);
  for (guint i = 0; i < sources->len; i++) {
    char *key = G_STRUCT_MEMBER (char *, sources->pdata[i], value);
    if (key != NULL && g_hash_table_add (seen, key))
      add_option (f, b, name, key, G_STRUCT_MEMBER (char *, sources->pdata[i], words));
  }
  close_select (b);
}

static void
build_topics (const ZbQueueFilter *f, JsonBuilder *b)
{
  const GPtrArray *facets = f->visit->room->workspace->config->facets;
  for (guint i = 0; i < facets->len; i++) {
    const ZbFacet *facet = facets->pdata[i];
    g_autofree char *name = g_strconcat (TOPIC, facet->name, NULL);
    g_autofree char *label = g_strdup (facet->name);
    *label = g_ascii_toupper (*label);
    open_select (b, name, label);
    for (guint j = 0; j < facet->terms->len; j++) {
      const ZbTerm *term = facet->terms->pdata[j];
      add_option (f, b, name, term->name, term->name);
    }
    close_select (b);
  }
}

/* Those items of QUEUE (or NULL) that the words found. */
static GHashTable *
found_inside (const ZbQueueFilter *f, const ZbQueue *queue)
{
  GHashTable *inside = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; queue != NULL && f->ids != NULL && i < queue->stories->len; i++) {
    const GPtrArray *items = ((ZbStory *)queue->stories->pdata[i])->items;
    for (guint j = 0; j < items->len; j++) {
      gint64 *id = &((ZbQueueItem *)items->pdata[j])->item->id;
      if (g_hash_table_contains (f->ids, id))
        g_hash_table_add (inside, id);
    }
  }
  return inside;
}

/* How many items no search finds yet: after an upgrade the index is made behind the pages. */
static void
build_unindexed (const ZbQueueFilter *f, JsonBuilder *b)
{
  gint64 waiting = 0;
  if (f->found == NULL || !zb_search_waiting (f->visit->room->db, &waiting, NULL))
    waiting = 0;
  zb_json_int (b, "unindexed", waiting);
  zb_json_bool (b, "one_unindexed", waiting == 1);
}

static void
build_hit (const ZbQueueFilter *f, JsonBuilder *b, const ZbSearchHit *hit)
{
  g_autofree char *html = zb_search_html (hit->title), *day = zb_visit_time_words (f->visit, hit->published);
  json_builder_begin_object (b);
  zb_json_int (b, "id", hit->id);
  zb_json_text (b, "html", html);
  zb_json_text (b, "source", zb_visit_source (f->visit, hit->source));
  zb_json_text (b, "day", day);
  json_builder_end_object (b);
}

/* What the words found outside of this week. */
static void
build_elsewhere (const ZbQueueFilter *f, JsonBuilder *b, const ZbQueue *queue)
{
  guint shown = 0;
  g_autoptr (GHashTable) inside = found_inside (f, queue);
  gboolean outside = f->found != NULL && g_hash_table_size (inside) < f->found->len;
  g_autoptr (GPtrArray) hits =
      outside ? zb_search_items (f->visit->room->db, asked (f, "q"), ZB_SEARCH_RANKED, 0, HITS, NULL, NULL)
              : NULL;
  json_builder_set_member_name (b, "elsewhere");
  json_builder_begin_array (b);
  for (guint i = 0; hits != NULL && i < hits->len && shown < ELSEWHERE; i++) {
    const ZbSearchHit *hit = hits->pdata[i];
    if (g_hash_table_contains (inside, &hit->id))
      continue;
    build_hit (f, b, hit);
    shown++;
  }
  json_builder_end_array (b);
}

/* How many of the menus are set. */
static gint64
count_active (const ZbQueueFilter *f)
{
  gint64 active = (f->state != NULL) + (f->source != NULL) + (f->level != NULL) + (f->language != NULL);
  for (guint i = 0; i < f->terms->len; i++)
    active += f->terms->pdata[i] != NULL;
  return active;
}

void
zb_queue_filter_build (const ZbQueueFilter *f, JsonBuilder *b, const ZbQueue *queue)
{
  const char *words = asked (f, "q");
  g_autofree char *back = zb_queue_filter_query (f, f->page);
  zb_json_text (b, "words", words != NULL ? words : "");
  zb_json_text (b, "back", back);
  zb_json_int (b, "active", count_active (f));
  json_builder_set_member_name (b, "filters");
  json_builder_begin_array (b);
  if (queue != NULL)
    build_states (f, b, queue);
  build_sources (f, b, "level", "Level", G_STRUCT_OFFSET (ZbSource, level),
                 G_STRUCT_OFFSET (ZbSource, level));
  build_sources (f, b, "source", "Source", G_STRUCT_OFFSET (ZbSource, slug),
                 G_STRUCT_OFFSET (ZbSource, title));
  build_sources (f, b, "language", "Language", G_STRUCT_OFFSET (ZbSource, language),
                 G_STRUCT_OFFSET (ZbSource, language));
  build_topics (f, b);
  json_builder_end_array (b);
  build_unindexed (f, b);
  build_elsewhere (f, b, queue);
}

static void
append (const ZbQueueFilter *f, GString *query, const char *name)
{
  const char *value = asked (f, name);
  if (value == NULL)
    return;
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", name, escaped);
}

char *
zb_queue_filter_query (const ZbQueueFilter *f, guint page)
{
  static const char *const names[] = {"week", "state", "level", "source", "language", "q"};
  const GPtrArray *facets = f->visit->room->workspace->config->facets;
  GString *query = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    append (f, query, names[i]);
  for (guint i = 0; i < facets->len; i++) {
    g_autofree char *name = g_strconcat (TOPIC, ((ZbFacet *)facets->pdata[i])->name, NULL);
    append (f, query, name);
  }
  if (page > 1)
    g_string_append_printf (query, "%spage=%u", query->len > 0 ? "&" : "", page);
  return g_string_free (query, FALSE);
}
