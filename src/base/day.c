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

/* The COUNT digits at AT as a number, -1 where there is something else. */
static int
digits (const char *at, gsize count)
{
  int number = 0;
  for (gsize i = 0; i < count; i++) {
    if (!g_ascii_isdigit (at[i]))
      return -1;
    number = number * 10 + at[i] - '0';
  }
  return number;
}

char *
zb_day_text (const char *date)
{
  if (strlen (date) != 10 || date[4] != '-' || date[7] != '-')
    return g_strdup (date);
  int y = digits (date, 4), m = digits (date + 5, 2), d = digits (date + 8, 2);
  if (y < 0 || m < 0 || d < 0 || !g_date_valid_dmy ((GDateDay)d, (GDateMonth)m, (GDateYear)y))
    return g_strdup (date);
  const char day[] = {date[8], date[9], '\0'}, year[] = {date[0], date[1], date[2], date[3], '\0'};
  return g_strconcat (day + strspn (day, "0"), zb_day_suffix (d), " ", zb_day_month (m), " ",
                      year + strspn (year, "0"), NULL);
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
