/* The timeline: issues/timeline.yaml as a figure in SVG and, for everybody, as a list. */
#include "site.h"
#include "zhoubao/base/day.h"
#include "zhoubao/base/error.h"
#include "zhoubao/edge/yaml.h"
#include "zhoubao/store/config.h"

#define WIDTH 480
#define MARGIN 20
#define DOT 5
#define MOST_LABELS 7

typedef struct {
  char *date; /* 2014, 2014-06 or 2014-06-14 */
  char *title, *text, *url;
  double year; /* 2014.45 */
} Event;

static void
event_free (gpointer data)
{
  Event *event = data;
  g_free (event->date);
  g_free (event->title);
  g_free (event->text);
  g_free (event->url);
  g_free (event);
}

#define TEXT(key, member, required)                                                                          \
  {                                                                                                          \
    key, ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (Event, member), required                                          \
  }

static gboolean
read_event (const ZbYaml *node, GPtrArray *events, GError **error)
{
  static const ZbYamlField fields[] = {TEXT ("date", date, TRUE),
                                       TEXT ("title", title, TRUE),
                                       TEXT ("text", text, FALSE),
                                       TEXT ("url", url, FALSE),
                                       {NULL}};
  Event *event = g_new0 (Event, 1);
  int y = 0, m = 1, d = 1;
  g_ptr_array_add (events, event);
  if (!zb_yaml_read (node, fields, event, error))
    return FALSE;
  if (sscanf (event->date, "%4d-%2d-%2d", &y, &m, &d) < 1 || y < 1000 || m < 1 || m > 12 || d < 1 || d > 31)
    return zb_yaml_error (node, error, "'%s' must be a date such as 2014, 2014-06 or 2014-06-14",
                          event->date);
  event->year = y + (m - 1) / 12.0 + (d - 1) / 372.0;
  return TRUE;
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const Event *x = *(Event *const *)a, *y = *(Event *const *)b;
  return x->year < y->year ? -1 : x->year > y->year ? 1 : strcmp (x->title, y->title);
}

static GPtrArray *
read_events (ZbSite *site, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (event_free);
  g_autofree char *file = zb_workspace_path (site->workspace, "issues/timeline.yaml");
  gsize length = 0;
  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&events);
  g_autofree char *text =
      zb_config_read_file (file, site->workspace->config->limits.file_bytes, &length, error);
  g_autoptr (ZbYaml) root = text != NULL ? zb_yaml_parse (file, text, (gssize)length, 1, error) : NULL;
  if (root == NULL)
    return NULL;
  for (guint i = 0; root->kind == ZB_YAML_LIST && i < root->children->len; i++)
    if (!read_event (root->children->pdata[i], events, error))
      return NULL;
  g_ptr_array_sort (events, compare_events);
  return g_steal_pointer (&events);
}

static int
place_of (double year, int first, int last)
{
  return MARGIN + (int)((year - first) / (last - first) * (WIDTH - 2 * MARGIN) + 0.5);
}

static void
build_years (ZbView *b, int first, int last)
{
  int step = 1;
  while ((last - first) / step > MOST_LABELS)
    step += step == 1 ? 1 : step == 2 ? 3 : 5;
  zb_view_set_member_name (b, "years");
  zb_view_begin_array (b);
  for (int year = first; year <= last; year += step) {
    zb_view_begin_object (b);
    zb_view_int (b, "x", place_of (year, first, last));
    zb_view_int (b, "year", year);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

/* "June 2014" for a month, the year for a year. */
static char *
date_in_words (const char *date)
{
  int y = 0, m = 0, d = 0, parts = sscanf (date, "%4d-%2d-%2d", &y, &m, &d);
  if (parts == 3)
    return zb_day_text (date);
  return parts == 2 ? g_strdup_printf ("%s %d", zb_day_month (m), y) : g_strdup_printf ("%d", y);
}

/* A dot that would hide another one stands on top of it. */
static void
build_events (ZbView *b, const GPtrArray *events, int first, int last, int base)
{
  int last_x = -100, level = 0;
  zb_view_set_member_name (b, "events");
  zb_view_begin_array (b);
  for (guint i = 0; i < events->len; i++) {
    const Event *event = events->pdata[i];
    int x = place_of (event->year, first, last);
    level = x - last_x < 2 * DOT ? level + 1 : 0;
    last_x = level == 0 ? x : last_x;
    g_autofree char *words = date_in_words (event->date);
    zb_view_begin_object (b);
    zb_view_int (b, "x", level == 0 ? x : last_x);
    zb_view_int (b, "y", MAX (DOT + 1, base - level * (2 * DOT + 1)));
    zb_view_text (b, "date", event->date);
    zb_view_text (b, "date_words", words);
    zb_view_text (b, "title", event->title);
    zb_view_text (b, "text", event->text);
    zb_view_text (b, "url", event->url);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

char *
zb_site_timeline (ZbSite *site, GError **error)
{
  g_autoptr (GPtrArray) events = read_events (site, error);
  if (events == NULL || events->len == 0)
    return events != NULL ? g_strdup ("") : NULL;
  int first = (int)((Event *)events->pdata[0])->year,
      last = (int)((Event *)events->pdata[events->len - 1])->year + 1;
  ZbPageHead head = {.kind = "timeline", .path = ""};
  g_autoptr (ZbView) b = zb_context_new (site->renderer, &head, error);
  if (b == NULL)
    return NULL;
  zb_view_int (b, "first", first);
  zb_view_int (b, "last", last - 1);
  zb_view_int (b, "count", events->len);
  build_years (b, first, last);
  build_events (b, events, first, last, 60);
  return zb_context_render (site->renderer, &b, "partials/timeline", NULL, error);
}
