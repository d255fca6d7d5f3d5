/* How the mailings and the list fared: figures drawn as SVG, with the same numbers as tables. */
#include "routes.h"

#include "zhoubao/deliver/statistics.h"

#define WEEKS 26
#define WIDTH 624.0 /* of a figure's units; 24 a week */
#define HEIGHT 120.0
#define BAR 60.0 /* the longest bar of those who joined, or left */

static void
add_units (JsonBuilder *b, const char *name, double value)
{
  char text[32];
  g_snprintf (text, sizeof text, "%.1f", value);
  for (char *p = text; *p != '\0'; p++)
    if (*p == ',') /* of the environment's locale */
      *p = '.';
  zb_json_text (b, name, text);
}

static gint64
most_of (const GArray *weeks, gboolean list)
{
  gint64 most = 1;
  for (guint i = 0; i < weeks->len; i++) {
    const ZbWeekFigures *f = &g_array_index (weeks, ZbWeekFigures, i);
    most = MAX (most, list ? f->list : MAX (f->joined, f->left));
  }
  return most;
}

/* The list's size as the points of a line, the lowest at the foot of the figure. */
static char *
line_points (const GArray *weeks, gint64 most)
{
  GString *points = g_string_new (NULL);
  double step = WIDTH / weeks->len;
  for (guint i = 0; i < weeks->len; i++) {
    const ZbWeekFigures *f = &g_array_index (weeks, ZbWeekFigures, i);
    double y = HEIGHT - HEIGHT * (double)f->list / (double)most;
    g_string_append_printf (points, "%s%d,%d", i > 0 ? " " : "", (int)(step * (i + 0.5)), (int)(y + 0.5));
  }
  return g_string_free (points, FALSE);
}

static void
add_weeks (JsonBuilder *b, const GArray *weeks)
{
  gint64 most = most_of (weeks, FALSE), largest = most_of (weeks, TRUE);
  double step = WIDTH / weeks->len, deepest = 0;
  g_autofree char *points = line_points (weeks, largest),
                  *first = zb_week_name (g_array_index (weeks, ZbWeekFigures, 0).week),
                  *last = zb_week_name (g_array_index (weeks, ZbWeekFigures, weeks->len - 1).week);
  zb_json_text (b, "points", points);
  zb_json_text (b, "first", first);
  zb_json_text (b, "last", last);
  zb_json_int (b, "largest", largest);
  zb_json_int (b, "most", most);
  json_builder_set_member_name (b, "weeks");
  json_builder_begin_array (b);
  for (guint i = 0; i < weeks->len; i++) {
    const ZbWeekFigures *f = &g_array_index (weeks, ZbWeekFigures, i);
    g_autofree char *name = zb_week_name (f->week);
    double up = BAR * (double)f->joined / (double)most, down = BAR * (double)f->left / (double)most;
    deepest = MAX (deepest, down);
    json_builder_begin_object (b);
    zb_json_text (b, "name", name);
    zb_json_int (b, "joined", f->joined);
    zb_json_int (b, "left", f->left);
    zb_json_int (b, "list", f->list);
    add_units (b, "x", step * i + 2);
    add_units (b, "width", step - 4);
    add_units (b, "up", up);
    add_units (b, "up_y", BAR - up);
    add_units (b, "down", down);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  add_units (b, "height", BAR + 3 + deepest);
}

/* One piece of an issue's bar; what is nought has none. */
static double
add_piece (JsonBuilder *b, const char *kind, const char *words, gint64 count, gint64 most, double x)
{
  double width = WIDTH * (double)count / (double)most;
  if (count == 0)
    return x;
  json_builder_begin_object (b);
  zb_json_text (b, "kind", kind);
  zb_json_text (b, "words", words);
  zb_json_int (b, "count", count);
  add_units (b, "x", x);
  add_units (b, "width", width);
  json_builder_end_object (b);
  return x + width;
}

static void
add_issue (JsonBuilder *b, const ZbMailingFigures *f, gint64 most)
{
  double x = 0;
  json_builder_begin_object (b);
  g_autofree char *at =
      g_strconcat (strchr (f->issue, '/') != NULL ? "/desk/mail/" : "/desk/issue/", f->issue, NULL);
  zb_json_text (b, "name", f->issue);
  zb_json_text (b, "at", at);
  zb_json_int (b, "to", f->to);
  zb_json_int (b, "delivered", f->delivered);
  zb_json_int (b, "waiting", f->waiting);
  zb_json_int (b, "bounced", f->bounced);
  zb_json_int (b, "complained", f->complained);
  zb_json_int (b, "unknown", f->unknown);
  zb_json_int (b, "deferred", f->deferred);
  zb_json_int (b, "joined", f->joined);
  zb_json_int (b, "left", f->left);
  json_builder_set_member_name (b, "pieces");
  json_builder_begin_array (b);
  x = add_piece (b, "delivered", "delivered", f->delivered, most, x);
  x = add_piece (b, "waiting", "waiting", f->waiting, most, x);
  x = add_piece (b, "unknown", "not known", f->unknown, most, x);
  add_piece (b, "bounced", "came back", f->bounced, most, x);
  json_builder_end_array (b);
  json_builder_end_object (b);
}

static void
add_issues (JsonBuilder *b, const GPtrArray *mailings)
{
  gint64 most = 1;
  for (guint i = 0; i < mailings->len; i++)
    most = MAX (most, ((const ZbMailingFigures *)mailings->pdata[i])->to);
  zb_json_bool (b, "has_issues", mailings->len > 0);
  json_builder_set_member_name (b, "issues");
  json_builder_begin_array (b);
  for (guint i = 0; i < mailings->len; i++)
    add_issue (b, mailings->pdata[i], most);
  json_builder_end_array (b);
}

gboolean
zb_page_statistics (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbStatistics) s =
      zb_statistics_new (visit->room->db, visit->room->workspace->config->zone, WEEKS, visit->now, error);
  if (s == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  add_weeks (b, s->weeks);
  add_issues (b, s->mailings);
  return zb_visit_render (visit, "statistics", "Statistics", b, error);
}
