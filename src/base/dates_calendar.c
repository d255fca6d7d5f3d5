/* Dates in numbers: ISO 8601 and its kin, 03/30/2020, 30.10.23, 2017年6月23日, 二〇一七年六月, and bare
 * digits. */
#include "dates_fields.h"
#include "dates_zone.h"

#define GROUPS_MAX 3
#define DAY_SECONDS 86400

/* Orders in which three groups may be meant, the likeliest first. */
typedef enum { ORDER_YMD, ORDER_MDY, ORDER_DMY } Order;

static gboolean
is_adjacent (const ZbDateReader *r, guint i)
{
  return !zb_date_at (r, i)->spaced;
}

/* Numbers between equal signs, as 2017-06-23. Returns how many, with their places in AT. Spaces are allowed
 * around the signs where one of the numbers is plainly a year. */
static guint
read_groups (const ZbDateReader *r, guint i, guint at[GROUPS_MAX])
{
  guint n = 1, j = i;
  gunichar sign = zb_date_at (r, i + 1)->sign;
  if (!zb_date_is_number (r, i) || zb_date_at (r, i)->han || (sign != '-' && sign != '/' && sign != '.'))
    return 0;
  gboolean dotted = sign == '.' && zb_date_is_sign (r, i + 3, '.') && zb_date_is_number (r, i + 4) &&
                    zb_date_at (r, i + 4)->digits == 4; /* 23. 6. 2017 */
  gboolean wide = zb_date_at (r, i)->digits == 4 || dotted;
  at[0] = i;
  while (n < GROUPS_MAX && zb_date_is_sign (r, j + 1, sign) && zb_date_is_number (r, j + 2) &&
         (wide || (is_adjacent (r, j + 1) && is_adjacent (r, j + 2)))) {
    gboolean clock = zb_date_is_sign (r, j + 3, ':');
    if (clock && zb_date_at (r, j + 2)->spaced) /* "2017-06 - 10:30" */
      break;
    at[n++] = j += 2;
  }
  gboolean more = zb_date_is_sign (r, j + 1, sign) && is_adjacent (r, j + 1) &&
                  zb_date_is_number (r, j + 2) && is_adjacent (r, j + 2) && !zb_date_is_sign (r, j + 3, ':');
  return n < 2 || (more && n == GROUPS_MAX) ? 0 : n; /* four groups are an address or a version */
}

static gboolean
set_date (ZbDateFields *f, int year, int month, int day)
{
  if (!zb_date_is_valid (year, month, day))
    return FALSE;
  f->year = year;
  f->month = month;
  f->day = day;
  return TRUE;
}

/* 2003-335, 2017年第174天 */
static gboolean
set_day_of_year (ZbDateFields *f, gint64 year, gint64 day)
{
  if (year < 1 || year > 9998 || day < 1 || day > (g_date_is_leap_year ((GDateYear)year) ? 366 : 365))
    return FALSE;
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, (GDateYear)year);
  g_date_add_days (&date, (guint)day - 1);
  return set_date (f, g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

static void
split_order (const ZbDateToken *const t[3], Order order, int *year, int *month, int *day)
{
  static const int places[][3] = {[ORDER_YMD] = {0, 1, 2}, [ORDER_MDY] = {2, 0, 1}, [ORDER_DMY] = {2, 1, 0}};
  const ZbDateToken *y = t[places[order][0]];
  *year = zb_date_full_year (y->value, y->digits);
  *month = (int)t[places[order][1]]->value;
  *day = (int)t[places[order][2]]->value;
}

static void
likely_orders (const ZbDateReader *r, gunichar sign, gboolean year_last, Order orders[3])
{
  const char *zone = r->context->zone;
  gboolean days = sign == '.' || zb_date_zone_writes_day_first (zone) || (sign == '-' && year_last);
  Order first = days ? ORDER_DMY : ORDER_MDY, second = days ? ORDER_MDY : ORDER_DMY;
  gboolean years = !year_last && (sign == '-' || zb_date_zone_writes_year_first (zone));
  orders[0] = years ? ORDER_YMD : first;
  orders[1] = years ? first : second;
  orders[2] = years ? second : ORDER_YMD;
}

/* The first order that is a date, agrees with the weekday and is not in the future; else without the latter.
 */
static gboolean
choose_order (const ZbDateReader *r, const ZbDateToken *const t[3], gunichar sign, ZbDateFields *f)
{
  Order orders[3];
  gboolean year_last = t[2]->digits >= 3;
  likely_orders (r, sign, year_last, orders);
  for (int strict = 2; strict >= 0; strict--)
    for (int k = 0; k < (year_last ? 2 : 3); k++) {
      int year, month, day;
      split_order (t, orders[k], &year, &month, &day);
      if (!zb_date_is_valid (year, month, day))
        continue;
      GDate date;
      g_date_clear (&date, 1);
      g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
      gint64 start = ((gint64)g_date_get_julian (&date) - 719163) * DAY_SECONDS;
      if (strict == 2 && r->context->now != ZB_TIME_NONE && start > r->context->now + 2 * DAY_SECONDS)
        continue;
      if (strict >= 1 && f->weekday > 0 && f->weekday != zb_date_weekday_of (year, month, day))
        continue;
      return set_date (f, year, month, day);
    }
  return FALSE;
}

/* Where prose is searched, bare numbers are a date only if all have two digits and stand alone. */
static gboolean
stands_alone (const ZbDateReader *r, guint first, guint last)
{
  const ZbDateToken *before = first > 0 ? zb_date_at (r, first - 1) : NULL, *after = zb_date_at (r, last + 1);
  gboolean opens =
      before == NULL || zb_date_at (r, first)->spaced || before->sign == '[' || before->sign == '(';
  gboolean closes = after->kind == TOKEN_END || after->spaced || after->sign == ']' || after->sign == ')';
  return opens && closes;
}

static gboolean
three_groups (const ZbDateReader *r, const ZbDateToken *const t[3], gunichar sign, ZbDateFields *f)
{
  if (t[0]->digits == 4 && t[1]->digits <= 3 && t[2]->digits <= 2)
    return set_date (f, (int)t[0]->value, (int)t[1]->value, (int)t[2]->value);
  if (t[0]->digits == 3 && t[0]->value >= 100 && t[0]->value < 200 && r->whole) /* 民國 */
    return set_date (f, (int)t[0]->value + 1911, (int)t[1]->value, (int)t[2]->value);
  if (t[0]->digits > 2 || t[1]->digits > 2 || (t[2]->digits != 4 && t[2]->digits > 2))
    return FALSE;
  return choose_order (r, t, sign, f);
}

static gboolean
two_groups (const ZbDateReader *r, guint a, guint b, gunichar sign, ZbDateFields *f)
{
  const ZbDateToken *t = zb_date_at (r, a), *u = zb_date_at (r, b);
  if (!r->whole && (!stands_alone (r, a, b) || t->digits < 2 || u->digits != 2 || sign == '.'))
    return FALSE;
  if (t->digits == 4 && u->digits == 3 && sign == '-' && r->whole && set_day_of_year (f, t->value, u->value))
    return TRUE;
  gboolean year_first = t->digits == 4 && u->digits <= 2, year_last = t->digits <= 2 && u->digits == 4;
  if (year_first || year_last) {
    gint64 year = year_first ? t->value : u->value, month = year_first ? u->value : t->value;
    if (!zb_date_is_valid ((int)year, (int)month, 1))
      return FALSE;
    f->year = (int)year;
    f->month = (int)month;
    return TRUE;
  }
  if (t->digits > 2 || u->digits > 2)
    return FALSE;
  const char *zone = r->context->zone;
  gboolean day_first = t->value > 12 || (sign == '.' && !zb_date_zone_writes_year_first (zone)) ||
                       (sign == '/' && zb_date_zone_writes_day_first (zone) && u->value <= 12);
  int month = (int)(day_first ? u->value : t->value), day = (int)(day_first ? t->value : u->value);
  if (!zb_date_is_valid (2000, month, day))
    return FALSE;
  f->month = month;
  f->day = day;
  return TRUE;
}

static guint
read_numeric (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  guint at[GROUPS_MAX];
  guint n = read_groups (r, i, at);
  gboolean rest = i >= 2 && zb_date_at (r, i - 1)->sign == zb_date_at (r, i + 1)->sign &&
                  is_adjacent (r, i) && is_adjacent (r, i - 1) &&
                  zb_date_is_number (r, i - 2); /* of 2017-13-01, which is no date */
  if (n == 0 || f->year >= 0 || rest)
    return 0;
  gunichar sign = zb_date_at (r, i + 1)->sign;
  gboolean found;
  if (n == 3) {
    const ZbDateToken *const t[3] = {zb_date_at (r, at[0]), zb_date_at (r, at[1]), zb_date_at (r, at[2])};
    gboolean plain = r->whole || t[0]->digits == 4 || t[2]->digits == 4 ||
                     (t[0]->digits + t[1]->digits + t[2]->digits == 6 && stands_alone (r, at[0], at[2]));
    found = plain && three_groups (r, t, sign, f);
  } else {
    found = !zb_date_is_sign (r, at[1] + 1, ':') && two_groups (r, at[0], at[1], sign, f);
  }
  if (!found)
    return 0;
  guint end = at[n - 1] + 1;
  return end - i + (sign == '.' && zb_date_is_sign (r, end, '.') ? 1 : 0);
}

/* 2017-W26-1, or without its day. */
static guint
read_week (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  const ZbDateToken *year = zb_date_at (r, i), *week;
  guint j = i + 1 + (zb_date_is_sign (r, i + 1, '-') ? 1 : 0);
  if (!r->whole || !zb_date_is_number (r, i) || year->digits != 4 || zb_date_at (r, j)->first != 'W')
    return 0;
  week = zb_date_at (r, ++j);
  if (week->kind != TOKEN_NUMBER || week->digits != 2 || week->value < 1 || week->value > 53 ||
      year->value < 1)
    return 0;
  int day = 1;
  if (zb_date_is_sign (r, j + 1, '-') && zb_date_is_number (r, j + 2) && zb_date_at (r, j + 2)->digits == 1) {
    j += 2;
    day = (int)zb_date_at (r, j)->value;
  }
  if (day < 1 || day > 7)
    return 0;
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 4, G_DATE_JANUARY, (GDateYear)year->value); /* always in week 1 */
  g_date_subtract_days (&date, g_date_get_weekday (&date) - 1);
  g_date_add_days (&date, (guint)(week->value - 1) * 7 + (guint)day - 1);
  return set_date (f, g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date)) ? j + 1 - i
                                                                                                 : 0;
}

/* 20170623, 201706231530, 20170623153000; seconds or milliseconds since 1970; a year alone. */
static guint
read_digits (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  const ZbDateToken *t = zb_date_at (r, i);
  gboolean alone = i == 0 && zb_date_at (r, 1)->kind == TOKEN_END;
  if (t->kind != TOKEN_NUMBER || t->han || f->year >= 0 || f->month >= 0)
    return 0;
  if (alone && r->whole && (t->digits == 9 || t->digits == 10 || t->digits == 13)) {
    f->epoch = t->digits == 13 ? t->value / 1000 : t->value;
    return 1;
  }
  if (alone && r->whole && t->digits == 4 && zb_date_is_valid ((int)t->value, 1, 1)) {
    f->year = (int)t->value;
    return 1;
  }
  if (t->digits != 8 && t->digits != 12 && t->digits != 14)
    return 0;
  gint64 clock = t->digits == 8 ? 0 : t->digits == 12 ? 10000 : 1000000;
  gint64 date = clock > 0 ? t->value / clock : t->value, year = date / 10000;
  if (!r->whole && (year < 1990 || year > 2099 || zb_date_at (r, i + 1)->first == '-'))
    return 0;
  if (!set_date (f, (int)year, (int)(date / 100 % 100), (int)(date % 100)))
    return 0;
  gint64 time = clock == 10000 ? t->value % clock * 100 : clock > 0 ? t->value % clock : -1;
  if (time >= 0) {
    f->hour = (int)(time / 10000);
    f->minute = (int)(time / 100 % 100);
    f->second = (int)(time % 100);
  }
  return 1;
}

static guint
read_marked_year (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  guint j = i;
  int era = -1;
  if (zb_date_has_role (r, j, ROLE_ERA))
    era = zb_date_at (r, j++)->word->number;
  const ZbDateToken *t = zb_date_at (r, j);
  gint64 value = t->kind == TOKEN_NUMBER                            ? t->value
                 : era >= 0 && zb_date_has_role (r, j, ROLE_NUMBER) ? t->word->number
                                                                    : -1; /* 元年 */
  if (value < 0 || f->year >= 0 || !zb_date_is_mark (r, j + 1, UNIT_YEAR))
    return 0;
  gboolean month_follows = zb_date_is_number (r, j + 2) && zb_date_is_mark (r, j + 3, UNIT_MONTH);
  if (era < 0 && t->digits < 4 && !month_follows)
    return 0; /* "3年" is a duration */
  int year = era >= 0                        ? era + (int)MIN (value, 9999)
             : t->digits == 3 && value < 200 ? (int)value + 1911
                                             : zb_date_full_year (value, t->digits);
  if (!zb_date_is_valid (year, 1, 1))
    return 0;
  f->year = year;
  return j + 2 - i;
}

/* The number at I is the day of a month that was just read. */
static gboolean
is_day (const ZbDateReader *r, guint i)
{
  const ZbDateToken *t = zb_date_at (r, i);
  if (t->kind != TOKEN_NUMBER || t->digits > 2 || t->value < 1 || t->value > 31)
    return FALSE;
  if (zb_date_is_mark (r, i + 1, UNIT_DAY))
    return TRUE;
  gboolean clock =
      zb_date_is_sign (r, i + 1, ':') || zb_date_has_role (r, i + 1, ROLE_MARK | ROLE_UNIT | ROLE_COUNTER);
  return !clock && !t->han;
}

static guint
read_marked_month (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  const ZbDateToken *t = zb_date_at (r, i);
  if (t->kind != TOKEN_NUMBER || f->month >= 0 || !zb_date_is_mark (r, i + 1, UNIT_MONTH) || t->value < 1 ||
      t->value > 12)
    return 0;
  f->month = (int)t->value;
  guint j = i + 2;
  if (is_day (r, j)) {
    f->day = (int)zb_date_at (r, j)->value;
    j += zb_date_is_mark (r, j + 1, UNIT_DAY) ? 2 : 1;
  }
  return j - i;
}

static guint
read_marked_day (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  const ZbDateToken *t = zb_date_at (r, i);
  gboolean month = f->month >= 0 || f->shifted[UNIT_MONTH] || r->whole;
  if (t->kind != TOKEN_NUMBER || f->day >= 0 || !month || !zb_date_is_mark (r, i + 1, UNIT_DAY) ||
      t->value < 1 || t->value > 31)
    return 0;
  f->day = (int)t->value;
  return 2;
}

/* H29.6.23 or R1/5/7: Japanese offices write their eras so. In prose it may be a version. */
static guint
read_era_letter (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  static const struct {
    gunichar letter;
    int before; /* the year before its first */
  } eras[] = {{'M', 1867}, {'T', 1911}, {'S', 1925}, {'H', 1988}, {'R', 2018}};
  const ZbDateToken *letter = zb_date_at (r, i), *year = zb_date_at (r, i + 1);
  guint at[GROUPS_MAX];
  if (letter->end - letter->start != 1 || year->spaced || year->digits > 2 || f->year >= 0 ||
      (!r->whole && g_strcmp0 (r->context->zone, "Asia/Tokyo") != 0) || read_groups (r, i + 1, at) != 3)
    return 0;
  for (guint k = 0; k < G_N_ELEMENTS (eras); k++)
    if (eras[k].letter == letter->first)
      return set_date (f, eras[k].before + (int)year->value, (int)zb_date_at (r, at[1])->value,
                       (int)zb_date_at (r, at[2])->value)
                 ? at[2] + 1 - i
                 : 0;
  return 0;
}

/* 2017年第174天 */
static guint
read_day_of_year (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  const ZbDateToken *year = zb_date_at (r, i), *day = zb_date_at (r, i + 3), *unit = zb_date_at (r, i + 4);
  if (year->kind != TOKEN_NUMBER || year->digits != 4 || f->year >= 0 ||
      !zb_date_is_mark (r, i + 1, UNIT_YEAR) || zb_date_at (r, i + 2)->first != g_utf8_get_char ("第") ||
      day->kind != TOKEN_NUMBER)
    return 0;
  gboolean days =
      zb_date_has_role (r, i + 4, ROLE_UNIT) && unit->word->unit == UNIT_DAY; /* 2017年第3号 has none */
  return days && set_day_of_year (f, year->value, day->value) ? 5 : 0;
}

/* ngày 23 tháng 6 năm 2017 */
static guint
read_led (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  const ZbDateToken *t = zb_date_at (r, i + 1);
  if (!zb_date_has_role (r, i, ROLE_LEAD) || t->kind != TOKEN_NUMBER)
    return 0;
  int unit = zb_date_at (r, i)->word->unit;
  if (unit == UNIT_DAY && f->day < 0 && t->value >= 1 && t->value <= 31 &&
      zb_date_has_role (r, i + 2, ROLE_LEAD)) {
    f->day = (int)t->value;
    return 2;
  }
  if (unit == UNIT_MONTH && f->month < 0 && t->value >= 1 && t->value <= 12) {
    f->month = (int)t->value;
    f->month_is_word = TRUE;
    return 2;
  }
  if (unit != UNIT_YEAR || f->year >= 0 || t->digits != 4 || !zb_date_is_valid ((int)t->value, 1, 1))
    return 0;
  f->year = (int)t->value;
  return 2;
}

guint
zb_date_read_calendar (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  static const ZbDateRecogniser all[] = {read_numeric,     read_week,         read_day_of_year,
                                         read_marked_year, read_marked_month, read_marked_day,
                                         read_digits};
  if (f->has_duration || f->epoch >= 0)
    return 0;
  guint led = read_led (r, i, f);
  if (led == 0)
    led = read_era_letter (r, i, f);
  if (led > 0)
    return led;
  if (f->day >= 0)
    return 0;
  for (guint k = 0; k < G_N_ELEMENTS (all); k++) {
    guint taken = all[k](r, i, f);
    if (taken > 0)
      return taken;
  }
  return 0;
}
