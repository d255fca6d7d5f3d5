/* Days written out. */
#include "zhoubao/base/day.h"

static const char *const month_names[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

const char *
zb_day_suffix (int day)
{
  if (day >= 11 && day <= 13)
    return "th";
  return day % 10 == 1 ? "st" : day % 10 == 2 ? "nd" : day % 10 == 3 ? "rd" : "th";
}

const char *
zb_day_month (int month)
{
  g_assert (month >= 1 && month <= 12);
  return month_names[month - 1];
}

int
zb_day_month_number (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (month_names); i++)
    if (g_ascii_strcasecmp (name, month_names[i]) == 0)
      return (int)i + 1;
  return 0;
}

char *
zb_day_text (const char *date)
{
  int y = 0, m = 0, d = 0, used = 0;
  if (sscanf (date, "%4d-%2d-%2d%n", &y, &m, &d, &used) != 3 || date[used] != '\0' ||
      !g_date_valid_dmy ((GDateDay)d, (GDateMonth)m, (GDateYear)y))
    return g_strdup (date);
  return g_strdup_printf ("%d%s %s %d", d, zb_day_suffix (d), zb_day_month (m), y);
}

char *
zb_day_of_time (ZbTime t, GTimeZone *zone)
{
  if (t == ZB_TIME_NONE)
    return NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);
  return g_date_time_format (at, "%Y-%m-%d");
}
