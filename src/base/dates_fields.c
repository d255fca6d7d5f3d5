/* From what was read of a date to the instant that it means. */
#include "dates_fields.h"

#include "dates_zone.h"

#define DAY_SECONDS 86400
#define BUDDHIST_GAP 543
#define BUDDHIST_FIRST 2400
#define EPOCH_JULIAN 719163 /* GDate's number of 1 January 1970 */

/* A day and a time of day, of no zone. */
typedef struct {
  int year, month, day;
  gint64 seconds;
} Civil;

void
zb_date_fields_init (ZbDateFields *f)
{
  *f = (ZbDateFields){
      .year = -1, .month = -1, .day = -1, .weekday = -1, .hour = -1, .minute = -1, .second = -1, .epoch = -1};
}

int
zb_date_full_year (gint64 year, int digits)
{
  if (digits > 2)
    return (int)year;
  return (int)year + (year < 69 ? 2000 : 1900);
}

gboolean
zb_date_is_valid (int year, int month, int day)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
         g_date_valid_dmy ((GDateDay)MIN (day, 99), (GDateMonth)month, (GDateYear)year);
}

static gint64
day_number (int year, int month, int day)
{
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return (gint64)g_date_get_julian (&date) - EPOCH_JULIAN;
}

int
zb_date_weekday_of (int year, int month, int day)
{
  return (int)((day_number (year, month, day) + 3 + 7 * DAY_SECONDS * (gint64)52) % 7) + 1;
}

static gboolean
civil_from_day (gint64 day, Civil *out)
{
  gint64 julian = day + EPOCH_JULIAN;
  if (julian < 1 || julian > 3652059) /* 31 December 9999 */
    return FALSE;
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32)julian);
  out->year = g_date_get_year (&date);
  out->month = g_date_get_month (&date);
  out->day = g_date_get_day (&date);
  return TRUE;
}

static gboolean
civil_from_time (ZbTime t, const char *zone, Civil *out)
{
  int offset;
  if (t == ZB_TIME_NONE || !zb_date_zone_offset (zone, t, &offset))
    return FALSE;
  gint64 local = t + offset, day = local / DAY_SECONDS - (local % DAY_SECONDS < 0 ? 1 : 0);
  out->seconds = local - day * DAY_SECONDS;
  return civil_from_day (day, out);
}

/* Months are moved on the calendar: a month before 31 March is 28 February. */
static gboolean
civil_move (Civil *c, gint64 months, gint64 days)
{
  gint64 month = (gint64)c->year * 12 + c->month - 1 + months;
  if (month < 12 || month >= 10000 * 12)
    return FALSE;
  c->year = (int)(month / 12);
  c->month = (int)(month % 12) + 1;
  c->day = MIN (c->day, g_date_get_days_in_month ((GDateMonth)c->month, (GDateYear)c->year));
  return civil_from_day (day_number (c->year, c->month, c->day) + days, c);
}

/* Numbers beside a month's name, or three alone, by their size and order. */
static gboolean
place_loose (ZbDateFields *f)
{
  int n = f->n_loose;
  if (n == 0)
    return TRUE;
  if (f->month_is_word && f->day < 0 && n <= 2 && f->year < 0) {
    int y = n == 2 ? 1 : 0;
    if (n == 2 && (f->loose_digits[0] >= 3 || f->loose[0] > 31))
      y = 0;
    gboolean only_year = n == 1 && (f->loose_digits[0] >= 3 || f->loose[0] > 31);
    if (n == 2 || only_year)
      f->year = zb_date_full_year (f->loose[y], f->loose_digits[y]);
    if (!only_year)
      f->day = (int)MIN (f->loose[n == 2 ? 1 - y : 0], 99);
    return TRUE;
  }
  if (n == 1 && f->year < 0 && f->month >= 0 && f->day >= 0 && f->loose_digits[0] == 4) {
    f->year = (int)f->loose[0];
    return TRUE;
  }
  /* "June 23" beside a year; and "23 2017-06", as lists show a large day over a small month */
  if (n == 1 && f->month >= 0 && f->day < 0 && f->year >= 0 && f->loose_digits[0] <= 2) {
    f->day = (int)MIN (f->loose[0], 99);
    return TRUE;
  }
  if (n == 3 && f->month < 0 && f->day < 0 && f->year < 0 && f->loose_digits[0] == 4 &&
      f->loose_digits[2] <= 2) {
    f->year = (int)f->loose[0]; /* 2017 06 23 */
    f->month = (int)MIN (f->loose[1], 99);
    f->day = (int)MIN (f->loose[2], 99);
    return TRUE;
  }
  /* "Sat, 11 04 2020": day before month, unless the weekday knows better */
  if (n != 3 || f->month >= 0 || f->day >= 0 || f->year >= 0 || f->loose_digits[2] != 4)
    return FALSE;
  int a = (int)MIN (f->loose[0], 99), b = (int)MIN (f->loose[1], 99), year = (int)f->loose[2];
  gboolean swapped = !zb_date_is_valid (year, b, a) || (f->weekday > 0 && zb_date_is_valid (year, a, b) &&
                                                        zb_date_weekday_of (year, b, a) != f->weekday &&
                                                        zb_date_weekday_of (year, a, b) == f->weekday);
  f->year = year;
  f->month = swapped ? a : b;
  f->day = swapped ? b : a;
  return TRUE;
}

/* Hour of the clock by the part of the day that stands beside it. */
static gboolean
place_part (ZbDateFields *f)
{
  if (f->hour < 0) {
    if (f->part != PART_NOON && f->part != PART_MIDNIGHT)
      return f->part == PART_NONE || f->shifted[UNIT_DAY] || f->day >= 0;
    f->hour = f->part == PART_NOON ? 12 : 0;
    f->minute = f->second = 0;
    return TRUE;
  }
  if (f->hour > 12) /* "下午 15:00" says it twice */
    return TRUE;
  switch (f->part) {
  case PART_NONE:
    break;
  case PART_MORNING:
    f->hour = f->hour == 12 ? 0 : f->hour;
    break;
  case PART_NOON:
    f->hour += f->hour < 10 ? 12 : 0;
    break;
  case PART_AFTERNOON:
    f->hour += f->hour < 12 ? 12 : 0;
    break;
  case PART_EVENING:
  case PART_MIDNIGHT: /* 晚上12点 ends the day; 半夜2点 is in its first hours */
    f->hour += f->hour == 12 ? 12 : f->hour >= 5 ? 12 : 0;
    break;
  }
  return f->hour <= 24;
}

static gboolean
is_after_now (const Civil *c, const Civil *now, int slack_days)
{
  return day_number (c->year, c->month, c->day) > day_number (now->year, now->month, now->day) + slack_days;
}

/* The latest year in which the day is not in the future; with a weekday, one in which it fell on that. */
static gboolean
guess_year (const ZbDateFields *f, const Civil *now, Civil *c)
{
  for (int pass = f->weekday > 0 ? 0 : 1; pass < 2; pass++)
    for (int back = 0; back <= 8; back++) {
      c->year = now->year - back;
      if (!zb_date_is_valid (c->year, c->month, c->day) || is_after_now (c, now, 1))
        continue;
      if (pass == 1 || zb_date_weekday_of (c->year, c->month, c->day) == f->weekday)
        return TRUE;
    }
  return FALSE;
}

/* 周五, 上周五, last Friday: into C, which is today. */
static gboolean
place_weekday (const ZbDateFields *f, Civil *c)
{
  int today = zb_date_weekday_of (c->year, c->month, c->day), back = (today - f->weekday + 7) % 7;
  if (f->shifted[UNIT_WEEK])
    return civil_move (c, 0, f->shift[UNIT_WEEK] * 7 + f->weekday - today);
  if (!f->has_turn)
    return civil_move (c, 0, -back);
  if (f->turn == 0)
    return civil_move (c, 0, f->weekday - today);
  return civil_move (c, 0, f->turn < 0 ? (back == 0 ? -7 : -back) : 7 - back);
}

/* A calendar date, whole or in part, into C, which is today where that is known. */
static gboolean
place_calendar (const ZbDateFields *f, gboolean has_now, const Civil *now, Civil *c)
{
  gboolean year_known = f->year >= 0 || f->shifted[UNIT_YEAR];
  c->month = f->month;
  c->day = f->day >= 0 ? f->day : 1;
  if (f->month < 0 && f->shifted[UNIT_MONTH] && has_now) { /* 上月5日 */
    c->month = now->month;
    c->day = 1;
    if (!civil_move (c, f->shift[UNIT_MONTH], 0))
      return FALSE;
    c->day = f->day;
    return zb_date_is_valid (c->year, c->month, c->day);
  }
  if (f->month < 0 && f->day >= 0) { /* 23日: the latest of that day */
    if (!has_now)
      return FALSE;
    c->month = now->month;
    if (c->day > now->day) {
      c->day = 1;
      if (!civil_move (c, -1, 0))
        return FALSE;
      c->day = f->day;
    }
    return zb_date_is_valid (c->year, c->month, c->day);
  }
  if (f->month < 0)
    c->month = 1;
  if (f->year >= 0)
    c->year = f->year;
  else if (!has_now)
    return FALSE;
  else if (f->shifted[UNIT_YEAR])
    c->year = now->year + f->shift[UNIT_YEAR];
  else if (f->weekday > 0 || f->day >= 0 || !year_known)
    return guess_year (f, now, c);
  return zb_date_is_valid (c->year, c->month, c->day);
}

/* 昨天, 上周, 去年 alone. */
static gboolean
place_shift (const ZbDateFields *f, Civil *c)
{
  gint64 months = f->shift[UNIT_YEAR] * 12 + f->shift[UNIT_MONTH];
  return civil_move (c, months, f->shift[UNIT_WEEK] * 7 + f->shift[UNIT_DAY]);
}

/* The days that a duration moves C by; its hours and below are left in *SECONDS. */
static gboolean
place_duration (const ZbDateFields *f, Civil *c, double *seconds)
{
  const double *d = f->duration;
  double months = d[UNIT_YEAR] * 12 + d[UNIT_MONTH];
  double whole = (double)(gint64)months;
  double days = d[UNIT_WEEK] * 7 + d[UNIT_DAY] + (months - whole) * 30; /* half a month is 15 days */
  if (months < -120000 || months > 120000)
    return FALSE;
  *seconds = d[UNIT_HOUR] * 3600 + d[UNIT_MINUTE] * 60 + d[UNIT_SECOND] +
             (days - (double)(gint64)days) * DAY_SECONDS;
  return civil_move (c, (gint64)whole, (gint64)days);
}

static gboolean
finish (const ZbDateFields *f, const ZbDateContext *context, const Civil *c, ZbDate *out)
{
  gint64 local = day_number (c->year, c->month, c->day) * DAY_SECONDS + c->seconds;
  out->has_zone = f->has_offset || f->zone[0] != '\0';
  out->offset = f->offset;
  if (!f->has_offset &&
      !zb_date_zone_offset_local (f->zone[0] != '\0' ? f->zone : context->zone, local, &out->offset))
    return FALSE;
  out->time = local - out->offset;
  return TRUE;
}

static gboolean
has_shift (const ZbDateFields *f)
{
  for (int u = 0; u < N_UNITS; u++)
    if (f->shifted[u])
      return TRUE;
  return FALSE;
}

/* An instant counted from the very second of now: 5分钟前. */
static gboolean
resolve_exact (const ZbDateFields *f, const ZbDateContext *context, Civil *c, ZbDate *out)
{
  double seconds = 0;
  if (f->hour >= 0 || (f->has_duration && !place_duration (f, c, &seconds)) || !finish (f, context, c, out))
    return FALSE;
  out->time += (gint64)seconds;
  out->has_time = TRUE;
  return TRUE;
}

static gboolean
place_day (const ZbDateFields *f, gboolean has_now, const Civil *now, Civil *c)
{
  double rest = 0;
  if (f->has_duration)
    return has_now && place_duration (f, c, &rest);
  if (f->year >= 0 || f->month >= 0 || f->day >= 0)
    return place_calendar (f, has_now, now, c);
  if (!has_now)
    return FALSE;
  if (f->weekday > 0)
    return place_weekday (f, c);
  return !has_shift (f) || place_shift (f, c);
}

/* 2560 is 2017, and so is 60; a year that is none of theirs stays. */
static void
place_buddhist_year (ZbDateFields *f)
{
  if (f->year >= BUDDHIST_FIRST)
    f->year -= BUDDHIST_GAP;
  else if (f->n_loose > 0 && f->loose_digits[f->n_loose - 1] <= 2 && f->year >= 1969 && f->year < 2069)
    f->year = f->year % 100 + 2500 - BUDDHIST_GAP;
}

gboolean
zb_date_fields_resolve (ZbDateFields *f, const ZbDateContext *context, ZbDate *out)
{
  Civil now = {0};
  gboolean has_now = civil_from_time (context->now, context->zone, &now);
  Civil c = now;
  *out = (ZbDate){.time = ZB_TIME_NONE, .has_year = f->year >= 0 || f->epoch >= 0};
  if (f->epoch >= 0) {
    out->time = f->epoch;
    out->has_time = out->has_zone = out->has_day = TRUE;
    return TRUE;
  }
  if (!place_loose (f) || !place_part (f))
    return FALSE;
  if (f->is_buddhist)
    place_buddhist_year (f);
  gboolean day_given =
      f->year >= 0 || f->month >= 0 || f->day >= 0 || f->has_duration || has_shift (f) || f->has_turn;
  out->has_year = f->year >= 0;
  out->has_day = day_given || f->weekday > 0 || f->is_now;
  const double *d = f->duration;
  gboolean exact = f->is_now || d[UNIT_HOUR] != 0 || d[UNIT_MINUTE] != 0 || d[UNIT_SECOND] != 0 ||
                   d[UNIT_DAY] != (double)(gint64)d[UNIT_DAY];
  if (exact)
    return has_now && resolve_exact (f, context, &c, out);
  if (f->has_duration && f->hour < 0 && d[UNIT_DAY] + d[UNIT_WEEK] + d[UNIT_MONTH] + d[UNIT_YEAR] == 0 &&
      !has_now)
    return FALSE;
  if (!place_day (f, has_now, &now, &c))
    return FALSE;
  out->has_time = f->hour >= 0;
  c.seconds = out->has_time ? f->hour * 3600 + f->minute * 60 + f->second : 0;
  if (!finish (f, context, &c, out))
    return FALSE;
  /* a time alone, or 周五下午3点 on a Friday noon, is over and not to come */
  if (!day_given && out->time > context->now && civil_move (&c, 0, f->weekday > 0 ? -7 : -1))
    return finish (f, context, &c, out);
  return TRUE;
}
