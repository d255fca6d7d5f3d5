/* The time of day, its part, the names of months and weekdays, and zones. */
#include "dates_fields.h"
#include "dates_zone.h"

static gboolean
set_clock (ZbDateFields *f, gint64 hour, gint64 minute, gint64 second)
{
  if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0))
    return FALSE;
  f->hour = (int)hour;
  f->minute = (int)minute;
  f->second = (int)MIN (second, 59); /* a leap second is the one before it */
  return TRUE;
}

/* SIGN and a number of at most two digits, without spaces. */
static gboolean
is_piece (const ZbDateReader *r, guint i, gunichar sign)
{
  const ZbDateToken *t = zb_date_at (r, i + 1);
  return zb_date_is_sign (r, i, sign) && t->kind == TOKEN_NUMBER && t->digits <= 2 && !t->spaced;
}

/* 9:15, 09:15:30.25, and 9.15 where the date is already known. */
static guint
read_colons (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  gunichar sign = zb_date_is_sign (r, i + 1, ':') ? ':' : '.';
  const ZbDateToken *minute = zb_date_at (r, i + 2);
  gboolean day_known = f->day >= 0 || (f->month_is_word && f->n_loose == 2);
  if (!is_piece (r, i + 1, sign) || (sign == '.' && (!day_known || minute->digits != 2)))
    return 0;
  gint64 hour = zb_date_at (r, i)->value, second = 0;
  guint j = i + 3;
  if (is_piece (r, j, sign)) {
    second = zb_date_at (r, j + 1)->value;
    j += 2;
    gboolean fraction = zb_date_is_sign (r, j, '.') || zb_date_is_sign (r, j, ',');
    if (fraction && zb_date_at (r, j + 1)->first < 0x80 &&
        g_ascii_isdigit ((char)zb_date_at (r, j + 1)->first) && !zb_date_at (r, j + 1)->spaced)
      j += 2;
  }
  return set_clock (f, hour, minute->value, second) ? j - i : 0;
}

/* The minutes behind 9点: 30分, 05, 半, 一刻. */
static guint
read_minutes (const ZbDateReader *r, guint i, gint64 *minute)
{
  const ZbDateToken *t = zb_date_at (r, i);
  if (zb_date_has_role (r, i, ROLE_HALF)) {
    *minute = 30;
    return 1;
  }
  if (t->kind != TOKEN_NUMBER || t->digits > 2)
    return 0;
  if (zb_date_has_role (r, i + 1, ROLE_QUARTER)) {
    *minute = t->value * 15;
    return 2;
  }
  *minute = t->value;
  return zb_date_is_mark (r, i + 1, UNIT_MINUTE) ? 2 : 1;
}

/* 9时30分15秒, 9点半, 15h30, 15 Uhr */
static guint
read_marks (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  gint64 minute = 0, second = 0;
  if (!zb_date_is_mark (r, i + 1, UNIT_HOUR))
    return 0;
  guint j = i + 2;
  guint taken = read_minutes (r, j, &minute);
  j += taken;
  if (taken > 0 && zb_date_is_number (r, j) && zb_date_is_mark (r, j + 1, UNIT_SECOND)) {
    second = zb_date_at (r, j)->value;
    j += 2;
  }
  return set_clock (f, zb_date_at (r, i)->value, minute, second) ? j - i : 0;
}

/* T1014 and T101455, or six digits behind a date in eight. */
static guint
read_compact (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  const ZbDateToken *t = zb_date_at (r, i);
  gboolean behind_t = i > 0 && zb_date_has_role (r, i - 1, ROLE_CLOCK) && (t->digits == 4 || t->digits == 6);
  gboolean behind_date =
      i > 0 && zb_date_is_number (r, i - 1) && zb_date_at (r, i - 1)->digits == 8 && t->digits == 6;
  gboolean hour_alone = r->whole && i > 0 && zb_date_has_role (r, i - 1, ROLE_CLOCK) && t->digits == 2 &&
                        (zb_date_has_role (r, i + 1, ROLE_ZONE) || zb_date_at (r, i + 1)->kind == TOKEN_END);
  if (hour_alone) /* 2017-06-23T19Z */
    return set_clock (f, t->value, 0, 0) ? 1 : 0;
  if (!behind_t && !behind_date)
    return 0;
  gint64 value = t->digits == 4 ? t->value * 100 : t->value;
  return set_clock (f, value / 10000, value / 100 % 100, value % 100) ? 1 : 0;
}

/* 3pm, 午後3 */
static guint
read_bare_hour (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  gboolean part = zb_date_has_role (r, i + 1, ROLE_PART) && zb_date_at (r, i + 1)->first < 0x80;
  return part && zb_date_at (r, i)->value <= 12 && set_clock (f, zb_date_at (r, i)->value, 0, 0) ? 1 : 0;
}

static guint
read_part (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  if (!zb_date_has_role (r, i, ROLE_PART))
    return 0;
  if (f->part == PART_NONE)
    f->part = (ZbDatePart)zb_date_at (r, i)->word->part;
  return 1;
}

guint
zb_date_read_clock (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  static const ZbDateRecogniser all[] = {read_colons, read_marks, read_compact, read_bare_hour};
  guint taken = read_part (r, i, f);
  const ZbDateToken *t = zb_date_at (r, i);
  if (taken > 0 || f->hour >= 0 || t->kind != TOKEN_NUMBER || f->epoch >= 0)
    return taken;
  for (guint k = 0; k < G_N_ELEMENTS (all) && taken == 0; k++)
    if (t->digits <= 2 || all[k] == read_compact)
      taken = all[k](r, i, f);
  return taken;
}

/* Whether another word than that at I names a month, or numbers have: then "mar" at I is mardi. */
static gboolean
month_is_elsewhere (const ZbDateReader *r, guint i, const ZbDateFields *f)
{
  for (guint j = i + 1; j < MIN (r->n, i + 8); j++)
    if (zb_date_has_role (r, j, ROLE_MONTH) ||
        (zb_date_is_number (r, j) && zb_date_is_number (r, j + 2) && zb_date_is_sign (r, j + 1, '/')))
      return TRUE;
  return f->month >= 0;
}

/* (日), (四): the weekday as Japanese and Taiwanese pages write it behind a date. */
static guint
read_bracketed_weekday (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  static const char signs[] = "月火水木金土日";
  static const char signs_korean[] = "월화수목금토일";
  const ZbDateToken *t = zb_date_at (r, i + 1);
  if (!zb_date_is_sign (r, i, '(') || !zb_date_is_sign (r, i + 2, ')') || (f->day < 0 && f->month < 0))
    return 0;
  if (t->kind == TOKEN_NUMBER && t->han && t->value >= 1 && t->value <= 6) {
    f->weekday = (int)t->value;
    return 3;
  }
  for (int d = 0; d < 7; d++)
    if (g_utf8_get_char (signs + 3 * d) == t->first || g_utf8_get_char (signs_korean + 3 * d) == t->first) {
      f->weekday = d + 1;
      return 3;
    }
  return 0;
}

guint
zb_date_read_names (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  guint bracketed = read_bracketed_weekday (r, i, f);
  if (bracketed > 0)
    return bracketed;
  gboolean weekday = zb_date_has_role (r, i, ROLE_WEEKDAY) && f->weekday < 0;
  if (zb_date_has_role (r, i, ROLE_MONTH) && f->month < 0 && !(weekday && month_is_elsewhere (r, i, f))) {
    f->month = zb_date_at (r, i)->word->month;
    f->month_is_word = TRUE;
    return 1;
  }
  if (!weekday)
    return 0;
  f->weekday = zb_date_at (r, i)->word->weekday;
  return 1;
}

/* "2023-06-28-10:30:00", as www.gov.cn writes its times: that is no offset. */
static gboolean
is_dashed_clock (const ZbDateReader *r, guint i, const ZbDateFields *f)
{
  return f->hour < 0 && zb_date_is_sign (r, i, '-') && is_piece (r, i + 2, ':') &&
         (is_piece (r, i + 4, ':') || zb_date_at (r, i + 3)->value % 15 != 0);
}

/* +0800, +08:00, -5, and +800: right behind its sign, unless it ends the whole date. */
static guint
read_offset (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  const ZbDateToken *t = zb_date_at (r, i + 1);
  gboolean minus = zb_date_is_sign (r, i, '-');
  if (is_dashed_clock (r, i, f))
    return 0;
  gboolean apart = t->spaced && !(r->whole && t->digits == 4 && zb_date_at (r, i + 2)->kind == TOKEN_END);
  if ((!minus && !zb_date_is_sign (r, i, '+')) || t->kind != TOKEN_NUMBER || apart || t->han)
    return 0;
  gint64 hours = t->value, minutes = 0;
  guint taken = 2;
  if (t->digits == 4 || (t->digits == 3 && r->whole && t->value % 100 % 15 == 0)) {
    hours = t->value / 100;
    minutes = t->value % 100;
  } else if (t->digits > 2) {
    return 0;
  } else if (is_piece (r, i + 2, ':')) {
    minutes = zb_date_at (r, i + 3)->value;
    taken = 4;
  }
  if (hours > 15 || minutes > 59)
    return 0;
  f->has_offset = TRUE;
  f->offset = (int)(hours * 60 + minutes) * (minus ? -60 : 60);
  return taken;
}

/* "2017-06-23T09:05:00 08:00": the offset behind a time has lost its +, which in a URL is a space. */
static guint
read_bare_offset (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  const ZbDateToken *t = zb_date_at (r, i);
  if (!r->whole || f->hour < 0 || f->day < 0 || f->year < 0 || t->kind != TOKEN_NUMBER || t->han ||
      !t->spaced)
    return 0;
  gboolean colon = t->digits == 2 && is_piece (r, i + 1, ':');
  gint64 hours = colon ? t->value : t->value / 100;
  gint64 minutes = colon ? zb_date_at (r, i + 2)->value : t->value % 100;
  guint taken = colon ? 3 : 1;
  if ((!colon && t->digits != 4) || hours > 14 || minutes % 15 != 0 || minutes > 59 ||
      zb_date_at (r, i + taken)->kind != TOKEN_END)
    return 0;
  f->has_offset = TRUE;
  f->offset = (int)(hours * 60 + minutes) * 60;
  return taken;
}

/* America/Los_Angeles, Etc/GMT+8 */
static guint
read_region (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  const ZbDateToken *t = zb_date_at (r, i);
  const char *start = r->text + t->start, *p = start;
  if (!g_ascii_isalpha (*p))
    return 0;
  while (g_ascii_isalnum (*p) || (*p != '\0' && strchr ("/_+-", *p) != NULL))
    p++;
  gsize n = (gsize)(p - start);
  g_autofree char *name = g_strndup (start, n);
  if (n >= sizeof f->zone || strchr (name, '/') == NULL || !zb_dates_zone_is_known (name))
    return 0;
  g_strlcpy (f->zone, name, sizeof f->zone);
  guint j = i;
  while (zb_date_at (r, j)->kind != TOKEN_END && zb_date_at (r, j)->start < t->start + n)
    j++;
  return j - i;
}

static gboolean
is_word (const ZbDateReader *r, guint i, const char *word)
{
  const ZbDateToken *t = zb_date_at (r, i);
  gsize n = strlen (word);
  return t->end - t->start == n && g_ascii_strncasecmp (r->text + t->start, word, n) == 0;
}

/* ET is EST or EDT, whichever was in force; "Eastern Daylight Time" is what some programs write. */
static guint
read_season (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  static const struct {
    const char *text, *name, *zone;
  } names[] = {{"et", "eastern", "America/New_York"},
               {"ct", "central", "America/Chicago"},
               {"mt", "mountain", "America/Denver"},
               {"pt", "pacific", "America/Los_Angeles"}};
  guint spelt = is_word (r, i + 1, "standard") || is_word (r, i + 1, "daylight") ? 3 : 2;
  for (guint n = 0; n < G_N_ELEMENTS (names); n++) {
    gboolean whole = is_word (r, i, names[n].name) && is_word (r, i + spelt - 1, "time");
    if (!whole && !is_word (r, i, names[n].text))
      continue;
    g_strlcpy (f->zone, names[n].zone, sizeof f->zone);
    return whole ? spelt : 1;
  }
  return 0;
}

/* EST, and CST where two continents have one: then that which the context lives in. */
static guint
read_abbreviation (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  if (!zb_date_has_role (r, i, ROLE_ZONE))
    return 0;
  const ZbDateWord *word = zb_date_at (r, i)->word;
  int minutes = word->number, home = 0;
  if (zb_date_zone_offset (r->context->zone, 0, &home) && home == word->other_number * 60)
    minutes = word->other_number;
  f->has_offset = TRUE;
  f->offset = minutes * 60;
  gboolean spelt = zb_date_at (r, i + 2)->digits == 4 && !zb_date_at (r, i + 1)->spaced;
  guint more = minutes == 0 || spelt ? read_offset (r, i + 1, f) : 0; /* GMT-07:00, UTC+8, EDT-0400 */
  return 1 + more;
}

/* In prose "14:05 A spokesman" and "14:05 at" name no zone: only capitals do, of letters alone Z. */
static gboolean
may_be_zone (const ZbDateReader *r, guint i)
{
  const ZbDateToken *t = zb_date_at (r, i);
  if (r->whole || t->kind != TOKEN_WORD || t->first > 0x7f)
    return TRUE;
  for (gsize k = t->start; k < t->end; k++)
    if (g_ascii_islower (r->text[k]))
      return FALSE;
  return t->end - t->start > 1 || t->first == 'Z';
}

guint
zb_date_read_zone (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  gboolean spelt = zb_date_has_role (r, i, ROLE_ZONE) && zb_date_at (r, i)->han; /* 北京时间 may come first */
  if (!may_be_zone (r, i) || f->zone[0] != '\0' || f->epoch >= 0 ||
      (f->hour < 0 && f->day < 0 && f->n_loose == 0 && !spelt))
    return 0;
  guint taken = read_region (r, i, f);
  if (f->has_offset) /* +02:00[Europe/Paris] */
    f->zone[0] = '\0';
  if (taken == 0 && !f->has_offset && f->hour >= 0)
    taken = read_season (r, i, f);
  gboolean of_day = r->whole && f->day >= 0 && zb_date_at (r, i)->first == 'Z'; /* 2017-06-23Z */
  if (taken == 0 && !f->has_offset &&
      (f->hour >= 0 || spelt || of_day || zb_date_at (r, i)->end - zb_date_at (r, i)->start > 2))
    taken = read_abbreviation (r, i, f);
  if (taken == 0 && !f->has_offset && (f->hour >= 0 || zb_date_is_sign (r, i + 2, ':')))
    taken = read_offset (r, i, f);
  if (taken == 0 && !f->has_offset)
    taken = read_bare_offset (r, i, f);
  if (taken == 0 && f->has_offset && f->hour >= 0 && zb_date_has_role (r, i, ROLE_ZONE))
    taken = 1; /* "-05:00Z", "+0800 CST" */
  return taken;
}
