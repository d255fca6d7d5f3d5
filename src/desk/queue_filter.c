/* What of the queue is shown. */
#include "queue_filter.h"

#include "zhoubao/base/error.h"
#include "zhoubao/model/source.h"
#include "zhoubao/store/search.h"

#define HITS 200
#define ELSEWHERE 8
#define FORMS 3 /* of a word, as forms_of() gives them */
#define TOPIC "topic-"

struct ZbQueueFilter {
  ZbVisit *visit;
  GPtrArray *hits; /* of ZbSearchHit, or NULL where no words were asked for */
  GHashTable *ids; /* their items */
  char **plain;    /* FORMS of each word, where they are words alone; or NULL */
  guint page;
};

/* The asked value of NAME, NULL where none or empty. */
static const char *
asked (const ZbQueueFilter *f, const char *name)
{
  const char *value = zb_request_query (f->visit->request, name);
  return value != NULL && *value != '\0' ? value : NULL;
}

/* A word that is nearly everywhere has more hits than are fetched: the week's own items are looked at as
 * well.
 */
static gboolean
holds_words (const ZbQueueFilter *f, const ZbItem *item)
{
  if (f->plain == NULL || *f->plain == NULL)
    return FALSE;
  const char *body = item->text != NULL ? item->text : item->summary;
  for (char **forms = f->plain; *forms != NULL; forms += FORMS) {
    gboolean held = FALSE;
    for (guint i = 0; i < FORMS && !held; i++)
      held = strstr (item->title, forms[i]) != NULL || (body != NULL && strstr (body, forms[i]) != NULL);
    if (!held)
      return FALSE;
  }
  return TRUE;
}

/* Each word in small letters, with a capital, and in capitals: looking for three is faster than folding the
   texts of a week. (transfer full) */
static char **
forms_of (const char *words)
{
  g_autoptr (GStrvBuilder) forms = g_strv_builder_new ();
  g_auto (GStrv) all = g_strsplit_set (words, " \t", -1);
  for (char **word = all; *word != NULL; word++) {
    if (**word == '\0')
      continue;
    g_autofree char *small = g_utf8_strdown (*word, -1), *capitals = g_utf8_strup (*word, -1),
                    *first = g_utf8_substring (small, 0, 1), *capital = g_utf8_strup (first, -1);
    g_autofree char *titled = g_strconcat (capital, small + strlen (first), NULL);
    g_strv_builder_add_many (forms, small, titled, capitals, NULL);
  }
  return g_strv_builder_end (forms);
}

static gboolean
search (ZbQueueFilter *f, const char *words, GError **error)
{
  g_autoptr (GError) failed = NULL;
  f->hits = zb_search_items (f->visit->room->db, words, ZB_SEARCH_RANKED, 0, HITS, NULL, &failed);
  if (f->hits == NULL && !g_error_matches (failed, ZB_ERROR, ZB_ERROR_USAGE)) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (f->hits == NULL) /* words without a letter find nothing */
    f->hits = g_ptr_array_new ();
  if (f->hits->len >= HITS && strpbrk (words, "\"*-") == NULL)
    f->plain = forms_of (words);
  f->ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < f->hits->len; i++)
    g_hash_table_add (f->ids, &((ZbSearchHit *)f->hits->pdata[i])->id);
  return TRUE;
}

ZbQueueFilter *
zb_queue_filter_new (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbQueueFilter) f = g_new0 (ZbQueueFilter, 1);
  f->visit = visit;
  const char *page = asked (f, "page"), *words = asked (f, "q");
  f->page = page != NULL ? (guint)CLAMP (g_ascii_strtoll (page, NULL, 10), 1, 100000) : 1;
  return words == NULL || search (f, words, error) ? g_steal_pointer (&f) : NULL;
}

void
zb_queue_filter_free (ZbQueueFilter *f)
{
  g_clear_pointer (&f->ids, g_hash_table_unref);
  g_strfreev (f->plain);
  g_clear_pointer (&f->hits, g_ptr_array_unref);
  g_free (f);
}

guint
zb_queue_filter_page (const ZbQueueFilter *f)
{
  return f->page;
}

static const ZbSource *
source_of (const ZbQueueFilter *f, const char *slug)
{
  const GPtrArray *sources = f->visit->room->sources;
  for (guint i = 0; i < sources->len; i++)
    if (g_str_equal (((ZbSource *)sources->pdata[i])->slug, slug))
      return sources->pdata[i];
  return NULL;
}

static gboolean
wants_state (const ZbQueueFilter *f, const ZbStory *story)
{
  const char *state = asked (f, "state");
  if (state == NULL)
    return story->state != ZB_STATE_REJECTED;
  return g_str_equal (state, "all") || g_str_equal (state, zb_item_state_name (story->state));
}

static gboolean
wants_item (const ZbQueueFilter *f, const ZbItem *item)
{
  const char *source = asked (f, "source"), *level = asked (f, "level"), *language = asked (f, "language");
  const ZbSource *of = level != NULL ? source_of (f, item->source) : NULL;
  return (source == NULL || g_str_equal (source, item->source)) &&
         (level == NULL || (of != NULL && g_strcmp0 (level, of->level) == 0)) &&
         (language == NULL || g_strcmp0 (language, item->language) == 0) &&
         (f->ids == NULL || g_hash_table_contains (f->ids, &item->id) || holds_words (f, item));
}

static gboolean
wants_topics (const ZbQueueFilter *f, const ZbStory *story)
{
  const GPtrArray *facets = f->visit->room->workspace->config->facets;
  for (guint i = 0; i < facets->len; i++) {
    const ZbFacet *facet = facets->pdata[i];
    g_autofree char *name = g_strconcat (TOPIC, facet->name, NULL);
    const char *term = asked (f, name);
    const char *const *terms = g_hash_table_lookup (story->topics, facet->name);
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

/* What the words found outside of this week. */
static void
build_elsewhere (const ZbQueueFilter *f, JsonBuilder *b, const ZbQueue *queue)
{
  guint shown = 0;
  json_builder_set_member_name (b, "elsewhere");
  json_builder_begin_array (b);
  for (guint i = 0; f->hits != NULL && i < f->hits->len && shown < ELSEWHERE; i++) {
    const ZbSearchHit *hit = f->hits->pdata[i];
    if (queue != NULL && zb_queue_story_of (queue, hit->id) != NULL)
      continue;
    g_autofree char *html = zb_search_html (hit->title),
                    *day = zb_visit_time_words (f->visit, hit->published);
    json_builder_begin_object (b);
    zb_json_int (b, "id", hit->id);
    zb_json_text (b, "html", html);
    zb_json_text (b, "source", hit->source);
    zb_json_text (b, "day", day);
    json_builder_end_object (b);
    shown++;
  }
  json_builder_end_array (b);
}

/* How many of the menus are set. */
static gint64
count_active (const ZbQueueFilter *f)
{
  static const char *const names[] = {"state", "level", "source", "language"};
  const GPtrArray *facets = f->visit->room->workspace->config->facets;
  gint64 active = 0;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    active += asked (f, names[i]) != NULL;
  for (guint i = 0; i < facets->len; i++) {
    g_autofree char *name = g_strconcat (TOPIC, ((ZbFacet *)facets->pdata[i])->name, NULL);
    active += asked (f, name) != NULL;
  }
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
