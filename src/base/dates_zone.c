/* Offsets of time zones, and which way round their people write numbers. */
#include "dates_zone.h"

#include "zhoubao/base/dates.h"
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#define NAME_MAX_UNITS 64

/* Calendars are kept by name, under one lock: opening one costs more than a hundred conversions. A name that
 * ICU does not know is not kept, so a hostile feed cannot fill the table. */
static GMutex lock;
static GHashTable *calendars;

static UCalendar *
open_calendar (const char *zone)
{
  UChar name[NAME_MAX_UNITS], canonical[NAME_MAX_UNITS];
  UErrorCode status = U_ZERO_ERROR;
  UBool known = FALSE;
  int32_t n = 0;
  u_strFromUTF8 (name, NAME_MAX_UNITS, &n, zone, -1, &status);
  ucal_getCanonicalTimeZoneID (name, n, canonical, NAME_MAX_UNITS, &known, &status);
  if (U_FAILURE (status) || !known)
    return NULL;
  UCalendar *calendar = ucal_open (name, n, "en_US_POSIX", UCAL_GREGORIAN, &status);
  return U_SUCCESS (status) ? calendar : NULL;
}

static UCalendar *
find_calendar (const char *zone)
{
  if (calendars == NULL)
    calendars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)ucal_close);
  UCalendar *calendar = g_hash_table_lookup (calendars, zone);
  if (calendar == NULL) {
    calendar = open_calendar (zone);
    if (calendar != NULL)
      g_hash_table_insert (calendars, g_strdup (zone), calendar);
  }
  return calendar;
}

/* "+08:00", "-0330", "UTC", "Z". */
static gboolean
fixed_offset (const char *zone, int *offset)
{
  if (zone == NULL || g_str_equal (zone, "UTC") || g_str_equal (zone, "Z") || g_str_equal (zone, "GMT")) {
    *offset = 0;
    return TRUE;
  }
  int hours = 0, minutes = 0, used = 0;
  if ((zone[0] != '+' && zone[0] != '-') || sscanf (zone + 1, "%2d%n", &hours, &used) != 1 || used != 2)
    return FALSE;
  const char *rest = zone + 3;
  if (*rest == ':')
    rest++;
  if (*rest != '\0' && (sscanf (rest, "%2d%n", &minutes, &used) != 1 || rest[used] != '\0' || used != 2))
    return FALSE;
  if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59)
    return FALSE;
  *offset = (hours * 60 + minutes) * (zone[0] == '-' ? -60 : 60);
  return TRUE;
}

static gboolean
named_offset (const char *zone, double millis, gboolean local, int *offset)
{
  int32_t raw = 0, saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  g_mutex_lock (&lock);
  UCalendar *calendar = find_calendar (zone);
  if (calendar != NULL) {
    ucal_setMillis (calendar, millis, &status);
    if (local) {
      /* an hour that is skipped is read by the clock before, one that comes twice as its first */
      ucal_getTimeZoneOffsetFromLocal (calendar, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, &raw, &saving,
                                       &status);
    } else {
      raw = ucal_get (calendar, UCAL_ZONE_OFFSET, &status);
      saving = ucal_get (calendar, UCAL_DST_OFFSET, &status);
    }
  }
  g_mutex_unlock (&lock);
  if (calendar == NULL || U_FAILURE (status))
    return FALSE;
  *offset = (raw + saving) / 1000;
  return TRUE;
}

gboolean
zb_date_zone_offset (const char *zone, ZbTime utc, int *offset)
{
  return fixed_offset (zone, offset) || named_offset (zone, (double)utc * 1000, FALSE, offset);
}

gboolean
zb_date_zone_offset_local (const char *zone, gint64 local, int *offset)
{
  return fixed_offset (zone, offset) || named_offset (zone, (double)local * 1000, TRUE, offset);
}

gboolean
zb_dates_zone_is_known (const char *zone)
{
  int offset;
  return zone != NULL && zb_date_zone_offset (zone, 0, &offset);
}

static gboolean
in_list (const char *zone, const char *const *list)
{
  for (; zone != NULL && *list != NULL; list++)
    if (g_str_has_prefix (zone, *list))
      return TRUE;
  return FALSE;
}

gboolean
zb_date_zone_writes_year_first (const char *zone)
{
  static const char *const east[] = {
      "Asia/Shanghai", "Asia/Chongqing", "Asia/Urumqi", "Asia/Taipei", "Asia/Tokyo",
      "Asia/Seoul",    "Asia/Macau",     "PRC",         "ROC",         "ROK",
      "Japan",         "+08:00",         "+09:00",      NULL};
  return in_list (zone, east);
}

gboolean
zb_date_zone_writes_day_first (const char *zone)
{
  static const char *const day_first[] = {"Europe/", "Australia/",       "Africa/",  "Asia/", "Atlantic/",
                                          "Indian/", "Pacific/Auckland", "Hongkong", NULL};
  return in_list (zone, day_first) && !zb_date_zone_writes_year_first (zone) &&
         !g_str_equal (zone, "Asia/Manila");
}
