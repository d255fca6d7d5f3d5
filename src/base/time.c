/* Instants to and from the two forms that standards fix. */
#include "zhoubao/base/time.h"

#include <time.h>

ZbTime
zb_time_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
put_two_digits (char *at, int n)
{
  at[0] = (char)('0' + n / 10);
  at[1] = (char)('0' + n % 10);
}

char *
zb_time_to_rfc3339 (ZbTime t)
{
  if (t == ZB_TIME_NONE)
    return NULL;
  const time_t seconds = (time_t)t;
  struct tm at;
  if (gmtime_r (&seconds, &at) == NULL || at.tm_year < 1 - 1900 || at.tm_year > 9999 - 1900)
    return NULL;
  char *text = g_strdup ("0000-00-00T00:00:00Z"); /* by hand: it is asked for thousands of times in a build */
  const int year = at.tm_year + 1900, parts[] = {at.tm_mon + 1, at.tm_mday, at.tm_hour, at.tm_min, at.tm_sec};
  put_two_digits (text, year / 100);
  put_two_digits (text + 2, year % 100);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    put_two_digits (text + 5 + 3 * i, parts[i]);
  return text;
}

ZbTime
zb_time_from_rfc3339 (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *whole =
      text != NULL && strlen (text) == 10 ? g_strconcat (text, "T00:00:00Z", NULL) : g_strdup (text);
  g_autoptr (GDateTime) at = whole != NULL ? g_date_time_new_from_iso8601 (whole, utc) : NULL;
  return at != NULL ? g_date_time_to_unix (at) : ZB_TIME_NONE;
}

char *
zb_time_to_rfc5322 (ZbTime t, GTimeZone *zone)
{
  static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);
  /* Not %a and %b: those speak the user's language, mail speaks English. */
  g_autofree char *rest = g_date_time_format (at, "%Y %H:%M:%S %z");
  return g_strdup_printf ("%s, %d %s %s", days[g_date_time_get_day_of_week (at) - 1],
                          g_date_time_get_day_of_month (at), months[g_date_time_get_month (at) - 1], rest);
}
