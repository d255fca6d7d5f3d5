/* Sources and how they fare in a week: what is broken comes first; and looking at one of them now. */
#include "routes.h"

#include "patrol.h"
#include "zhoubao/base/error.h"
#include "zhoubao/model/source.h"
#include "zhoubao/store/fetch.h"

#define PAGE 100         /* rows: 50 kB hold them */
#define LATE_SECONDS 900 /* after which a look that was asked for is not waited for */

typedef struct {
  const ZbSource *source;
  const ZbCoverage *of; /* NULL: not looked at */
  const char *state;
} Row;

/* In the order in which they are shown. */
static const char *const states[] = {"broken", "blocked", "retired", "person", "new", "quiet", "ok"};

static guint
rank_of (const char *state)
{
  guint i = 0;
  while (i < G_N_ELEMENTS (states) && !g_str_equal (states[i], state))
    i++;
  return i;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = a, *y = b;
  guint p = rank_of (x->state), q = rank_of (y->state);
  return p != q ? (p < q ? -1 : 1) : g_utf8_collate (x->source->title, y->source->title);
}

static GArray *
collect (ZbVisit *visit, GHashTable *coverage)
{
  const GPtrArray *sources = visit->room->sources;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  for (guint i = 0; i < sources->len; i++) {
    Row row = {.source = sources->pdata[i], .state = "new"};
    row.of = g_hash_table_lookup (coverage, row.source->slug);
    if (row.source->kind == ZB_SOURCE_PERSON)
      row.state = "person";
    else if (row.of != NULL && row.of->state != NULL)
      row.state = row.of->state;
    g_array_append_val (rows, row);
  }
  g_array_sort (rows, compare_rows);
  return rows;
}

static void
build_row (ZbVisit *visit, JsonBuilder *b, const Row *row)
{
  gboolean person = row->source->kind == ZB_SOURCE_PERSON;
  g_autofree char *checked = zb_visit_time_short (visit, row->of != NULL ? row->of->checked : ZB_TIME_NONE);
  json_builder_begin_object (b);
  zb_json_text (b, "slug", row->source->slug);
  zb_json_text (b, "title", row->source->title);
  zb_json_text (b, "state",
                person                            ? "needs a person"
                : g_str_equal (row->state, "new") ? "not looked at"
                                                  : row->state);
  zb_json_bool (b, "bad", rank_of (row->state) < rank_of ("person"));
  zb_json_bool (b, "person", person);
  zb_json_text (b, "checked", checked);
  zb_json_int (b, "new", row->of != NULL ? row->of->fresh : 0);
  zb_json_text (b, "error", row->of != NULL ? row->of->error : NULL);
  json_builder_end_object (b);
}

static void
build_page (ZbVisit *visit, JsonBuilder *b, const GArray *rows)
{
  const char *asked = zb_request_query (visit->request, "page");
  guint page = asked != NULL ? (guint)CLAMP (g_ascii_strtoll (asked, NULL, 10), 1, 100000) : 1;
  guint first = (page - 1) * PAGE;
  json_builder_set_member_name (b, "sources");
  json_builder_begin_array (b);
  for (guint i = first; i < rows->len && i < first + PAGE; i++)
    build_row (visit, b, &g_array_index (rows, Row, i));
  json_builder_end_array (b);
  zb_json_int (b, "page_before", page - 1);
  zb_json_int (b, "page_after", first + PAGE < rows->len ? page + 1 : 0);
}

/* What became of the look at the source "asked" that somebody asked for at the time "since". It may wait for
   a crawl that goes on, but not for ever. */
static void
build_asked (ZbVisit *visit, JsonBuilder *b, GHashTable *coverage)
{
  const char *slug = zb_visit_asked (visit, "asked"), *text = zb_visit_asked (visit, "since");
  ZbTime since = visit->now;
  json_builder_set_member_name (b, "asked");
  const char *title = zb_visit_source (visit, slug);
  gboolean known = title != slug; /* each source has a title */
  if (!known || (text != NULL && !g_ascii_string_to_signed (text, 10, 0, visit->now, &since, NULL))) {
    json_builder_add_null_value (b);
    return;
  }
  const ZbCoverage *c = g_hash_table_lookup (coverage, slug);
  gboolean done = c != NULL && c->checked >= since, late = visit->now - since > LATE_SECONDS;
  json_builder_begin_object (b);
  zb_json_text (b, "title", title);
  zb_json_bool (b, "done", done);
  zb_json_bool (b, "late", !done && late);
  zb_json_bool (b, "running", !done && !late);
  zb_json_int (b, "since", since);
  zb_json_text (b, "asked_slug", slug);
  zb_json_text (b, "error", done ? c->error : NULL);
  json_builder_end_object (b);
}

gboolean
zb_page_sources (ZbVisit *visit, GError **error)
{
  GTimeZone *zone = visit->room->workspace->config->zone;
  const char *asked = zb_request_query (visit->request, "week");
  ZbWeek week = zb_week_of (visit->now, zone); /* not the one that is worked on: looks are made now */
  if (asked != NULL && !zb_week_parse (asked, &week, error))
    return FALSE;
  g_autoptr (GHashTable) coverage =
      zb_fetch_coverage (visit->room->db, zb_week_start (week, zone), zb_week_end (week, zone), error);
  if (coverage == NULL)
    return FALSE;
  g_autoptr (GArray) rows = collect (visit, coverage);
  g_autofree char *name = zb_week_name (week), *period = zb_week_period (week);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "week", name);
  zb_json_text (b, "period", period);
  build_asked (visit, b, coverage);
  build_page (visit, b, rows);
  return zb_visit_render (visit, "sources", "Sources", b, error);
}

gboolean
zb_page_sources_crawl (ZbVisit *visit, GError **error)
{
  const char *slug = zb_visit_need (visit, "source", error);
  const GPtrArray *sources = visit->room->sources;
  if (slug == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++) {
    const ZbSource *source = sources->pdata[i];
    if (!g_str_equal (source->slug, slug) || source->kind == ZB_SOURCE_PERSON)
      continue;
    g_autofree char *escaped = g_uri_escape_string (slug, NULL, FALSE);
    zb_patrol_ask (visit->room->workspace->root, slug);
    return zb_visit_audit (visit, "crawl", slug, error) &&
           zb_visit_go (visit, "/desk/sources?asked=%s&since=%" G_GINT64_FORMAT, escaped, visit->now);
  }
  g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no source '%s' to look at", slug);
  return FALSE;
}
