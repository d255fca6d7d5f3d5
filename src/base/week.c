/* The editorial week and its names. */
#include "zhoubao/base/week.h"

#include "zhoubao/base/day.h"
#include "zhoubao/base/error.h"

/* Days are handled as GDate (no zone), instants only at the edges. */
static GDate
week_monday (ZbWeek w)
{
  GDate day;
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 4, G_DATE_JANUARY, (GDateYear)w.year); /* 4 January is always in week 1 */
  g_date_subtract_days (&day, g_date_get_weekday (&day) - 1);
  g_date_add_days (&day, (guint)(w.week - 1) * 7);
  return day;
}

static ZbWeek
week_of_day (const GDate *day)
{
  GDate thursday = *day; /* its year is the week's year */
  g_date_add_days (&thursday, 7);
  g_date_subtract_days (&thursday, 7 + g_date_get_weekday (day) - G_DATE_THURSDAY);
  return (ZbWeek){g_date_get_year (&thursday), (int)(g_date_get_day_of_year (&thursday) - 1) / 7 + 1};
}

static ZbTime
day_start (const GDate *day, GTimeZone *zone)
{
  g_autoptr (GDateTime) at =
      g_date_time_new (zone, g_date_get_year (day), g_date_get_month (day), g_date_get_day (day), 0, 0, 0);
  return g_date_time_to_unix (at);
}

static gboolean
week_fits_year (ZbWeek w)
{
  GDate monday = week_monday (w);
  return zb_week_compare (week_of_day (&monday), w) == 0;
}

gboolean
zb_week_parse (const char *text, ZbWeek *out, GError **error)
{
  int y = 0, w = 0, m = 0, d = 0, used = 0;
  const char *s = text != NULL ? text : "";
  if (sscanf (s, "%4d-W%2d%n", &y, &w, &used) == 2 && s[used] == '\0' && y >= 1970 && y <= 9999 && w >= 1 &&
      w <= 53 && week_fits_year ((ZbWeek){y, w})) {
    *out = (ZbWeek){y, w};
    return TRUE;
  }
  if (sscanf (s, "%4d-%2d-%2d%n", &y, &m, &d, &used) == 3 && s[used] == '\0' && y >= 1970 &&
      g_date_valid_dmy ((GDateDay)d, (GDateMonth)m, (GDateYear)y)) {
    GDate day;
    g_date_clear (&day, 1);
    g_date_set_dmy (&day, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
    if (g_date_get_weekday (&day) == G_DATE_MONDAY) {
      g_date_subtract_days (&day, 7);
      *out = week_of_day (&day);
      return TRUE;
    }
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE,
                 "%s is not a Monday: an issue is dated the Monday after its week", s);
    return FALSE;
  }
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE,
               "'%s' is not a week: write 2017-W26 or the issue's date, 2017-07-03", s);
  return FALSE;
}

ZbWeek
zb_week_of (ZbTime t, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);
  return (ZbWeek){g_date_time_get_week_numbering_year (at), g_date_time_get_week_of_year (at)};
}

ZbWeek
zb_week_add (ZbWeek w, int weeks)
{
  GDate monday = week_monday (w);
  if (weeks >= 0)
    g_date_add_days (&monday, (guint)weeks * 7);
  else
    g_date_subtract_days (&monday, (guint)-weeks * 7);
  return week_of_day (&monday);
}

int
zb_week_compare (ZbWeek a, ZbWeek b)
{
  return a.year != b.year ? a.year - b.year : a.week - b.week;
}

ZbTime
zb_week_start (ZbWeek w, GTimeZone *zone)
{
  GDate monday = week_monday (w);
  return day_start (&monday, zone);
}

ZbTime
zb_week_end (ZbWeek w, GTimeZone *zone)
{
  return zb_week_start (zb_week_add (w, 1), zone);
}

char *
zb_week_name (ZbWeek w)
{
  return g_strdup_printf ("%04d-W%02d", w.year, w.week);
}

char *
zb_week_issue_date (ZbWeek w)
{
  GDate d = week_monday (zb_week_add (w, 1));
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&d), g_date_get_month (&d), g_date_get_day (&d));
}

static void
append_day (GString *to, const GDate *d, gboolean with_year)
{
  int day = g_date_get_day (d);
  g_string_append_printf (to, "%d%s %s", day, zb_day_suffix (day), zb_day_month ((int)g_date_get_month (d)));
  if (with_year)
    g_string_append_printf (to, " %d", g_date_get_year (d));
}

char *
zb_week_issue_day (ZbWeek w)
{
  GDate d = week_monday (zb_week_add (w, 1));
  GString *text = g_string_new (NULL);
  append_day (text, &d, TRUE);
  return g_string_free (text, FALSE);
}

char *
zb_week_period (ZbWeek w)
{
  GDate first = week_monday (w), last = first;
  g_date_add_days (&last, 6);
  GString *text = g_string_new (NULL);
  append_day (text, &first, g_date_get_year (&first) != g_date_get_year (&last));
  g_string_append (text, " to ");
  append_day (text, &last, TRUE);
  return g_string_free (text, FALSE);
}
