/* Instants to and from the two forms that standards fix. */
#include "zhoubao/base/time.h"

ZbTime
zb_time_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

char *
zb_time_to_rfc3339 (ZbTime t)
{
  if (t == ZB_TIME_NONE)
    return NULL;
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (t);
  /* %Y would print the year 504 with three digits, which nobody reads back. */
  return at != NULL ? g_date_time_format (at, "%C%y-%m-%dT%H:%M:%SZ") : NULL;
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
