/* Reading one date, finding one in a text, and correcting its zone. */
#include "zhoubao/base/dates.h"

#include "dates_phrase.h"
#include "dates_zone.h"

#define READ_MAX 256           /* bytes of a text that is one date */
#define COMMENT_MAX 12         /* tokens in brackets that are passed over */
#define SLACK_SECONDS (5 * 60) /* by which clocks differ */
#define DAY_SECONDS 86400
#define SPAN_MAX 40 /* tokens of a date in prose: bounds the work on hostile text */

/* In the order in which they are asked; the first that takes tokens wins. */
static const ZbDateRecogniser recognisers[] = {zb_date_read_relative, zb_date_read_phrase,
                                               zb_date_read_names,    zb_date_read_clock,
                                               zb_date_read_zone,     zb_date_read_calendar};

static guint
recognise (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  /* Three groups such as 30.10.23 must not be seen as a time, nor 9.15 behind a date as another date. */
  for (guint k = 0; k < G_N_ELEMENTS (recognisers); k++) {
    guint taken = recognisers[k](r, i, f);
    if (taken > 0)
      return taken;
  }
  return 0;
}

/* Signs and words that may stand between the parts of a date. */
static gboolean
is_filler (const ZbDateReader *r, guint i)
{
  const ZbDateToken *t = zb_date_at (r, i);
  if (t->kind == TOKEN_SIGN)
    return t->sign < 0x80 && strchr (",.-()[]|/'\"", (int)t->sign) != NULL;
  return zb_date_has_role (r, i, ROLE_FILLER | ROLE_CLOCK | ROLE_ABOUT);
}

/* "(Coordinated Universal Time)" behind a date: RFC 822 allows comments. */
static guint
read_comment (const ZbDateReader *r, guint i, const ZbDateFields *f)
{
  gboolean zone = zb_date_has_role (r, i + 1, ROLE_ZONE) && zb_date_is_sign (r, i + 2, ')');
  if (!zb_date_is_sign (r, i, '(') || (f->hour < 0 && f->day < 0) ||
      (zone && !f->has_offset && f->zone[0] == '\0')) /* "9:05pm (PT)" */
    return 0;
  for (guint j = i + 1; j < i + COMMENT_MAX && zb_date_at (r, j)->kind != TOKEN_END; j++) {
    if (zb_date_is_number (r, j))
      return 0;
    if (zb_date_is_sign (r, j, ')'))
      return j + 1 - i;
  }
  return 0;
}

static gboolean
keep_loose (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  const ZbDateToken *t = zb_date_at (r, i);
  if (t->kind != TOKEN_NUMBER || t->digits > 4 || f->n_loose == LOOSE_MAX)
    return FALSE;
  f->loose[f->n_loose] = t->value;
  f->loose_digits[f->n_loose++] = t->digits;
  return TRUE;
}

static gboolean
read_all (const ZbDateReader *r, ZbDateFields *f)
{
  guint i = 0;
  while (zb_date_at (r, i)->kind != TOKEN_END) {
    guint taken = recognise (r, i, f);
    if (taken == 0)
      taken = read_comment (r, i, f);
    if (taken == 0 && !keep_loose (r, i, f) && !is_filler (r, i))
      return FALSE;
    i += MAX (taken, 1);
  }
  return i > 0;
}

/* Thai is written with the years of the Buddha. */
static gboolean
is_thai (const ZbDateReader *r, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    if (zb_date_at (r, i)->first >= 0x0e00 && zb_date_at (r, i)->first <= 0x0e7f)
      return TRUE;
  return g_strcmp0 (r->context->zone, "Asia/Bangkok") == 0;
}

gboolean
zb_dates_read (const char *text, const ZbDateContext *context, ZbDate *out)
{
  gsize length = strlen (text);
  if (length == 0 || length > READ_MAX || !g_utf8_validate (text, (gssize)length, NULL))
    return FALSE;
  g_autoptr (GArray) tokens = g_array_sized_new (FALSE, FALSE, sizeof (ZbDateToken), 32);
  zb_date_tokens (text, TRUE, tokens);
  ZbDateReader r = {text, (const ZbDateToken *)tokens->data, tokens->len, context, TRUE};
  ZbDateFields f;
  zb_date_fields_init (&f);
  f.is_buddhist = is_thai (&r, 0, r.n);
  if (!read_all (&r, &f) || !zb_date_fields_resolve (&f, context, out))
    return FALSE;
  out->start = r.tokens[0].start;
  out->end = r.tokens[r.n - 2].end;
  return TRUE;
}

/* A number that goes with a month's name: "23 June 2017", "June 23, 2017", but not the 5 of "June 2017, 5
 * replies". */
static gboolean
is_loose_in_prose (const ZbDateReader *r, guint i, const ZbDateFields *f)
{
  const ZbDateToken *t = zb_date_at (r, i);
  if (t->kind != TOKEN_NUMBER || t->han || (t->digits > 2 && t->digits != 4))
    return FALSE;
  if (f->n_loose == 1 && f->loose_digits[0] <= 2 &&
      (t->digits == 1 || zb_date_has_role (r, i + 1, ROLE_UNIT)))
    return FALSE; /* "Feb 24 · 4 min read" */
  if (f->month_is_word)
    return f->n_loose < 2 && f->year < 0 &&
           (f->n_loose == 0 || f->loose_digits[f->n_loose - 1] != 4 || f->month_last);
  for (guint j = i + 1; j <= i + 3; j++) {
    if (zb_date_has_role (r, j, ROLE_MONTH))
      return f->n_loose < 2;
    if (!zb_date_has_role (r, j, ROLE_FILLER) && !zb_date_is_sign (r, j, '.') && !zb_date_is_sign (r, j, '-'))
      return FALSE;
  }
  return FALSE;
}

static gboolean
may_join (const ZbDateReader *r, guint i)
{
  const ZbDateToken *t = zb_date_at (r, i);
  if (zb_date_is_sign (r, i, '(') || zb_date_is_sign (r, i, ')')) /* 6月20日（星期二）16時 */
    return zb_date_has_role (r, t->sign == '(' ? i + 1 : i - 1, ROLE_WEEKDAY);
  if (t->kind == TOKEN_SIGN)
    return t->sign < 0x80 && strchr (",.-/'|", (int)t->sign) != NULL;
  return zb_date_has_role (r, i, ROLE_FILLER | ROLE_CLOCK);
}

/* Reads as much as belongs together from START on. Returns the token behind it. */
static guint
read_some (const ZbDateReader *r, guint start, ZbDateFields *f)
{
  guint i = start, end = start;
  while (zb_date_at (r, i)->kind != TOKEN_END && i < start + SPAN_MAX) {
    gboolean had_month = f->month_is_word;
    guint taken = recognise (r, i, f);
    if (taken == 0 && is_loose_in_prose (r, i, f) && keep_loose (r, i, f))
      taken = 1;
    if (!had_month && f->month_is_word)
      f->month_last = f->n_loose > 0;
    if (taken > 0)
      end = i += taken;
    else if (i > start && i < end + 2 && may_join (r, i))
      i++;
    else
      break;
  }
  return end;
}

static gboolean
begins_inside_a_number (const ZbDateReader *r, guint i)
{
  const ZbDateToken *t = zb_date_at (r, i);
  if (i == 0 || t->spaced || t->kind != TOKEN_NUMBER || t->han)
    return FALSE;
  const ZbDateToken *before = zb_date_at (r, i - 1);
  if (before->kind == TOKEN_SIGN && (strchr ("-./:", (int)MIN (before->sign, 127)) != NULL))
    return i >= 2 && !before->spaced && zb_date_is_number (r, i - 2);
  return before->first < 0x80 && (g_ascii_isalnum ((char)before->first) || before->first == '_');
}

static gboolean
is_calendar_date (const ZbDateReader *r, guint start, const ZbDateFields *f)
{
  if (f->month_is_word && f->year < 0 && f->n_loose < 2) { /* "May 5" but not "may 5" */
    for (guint j = start; j < start + 4; j++)
      if (zb_date_has_role (r, j, ROLE_MONTH) && g_unichar_isupper (zb_date_at (r, j)->first))
        return f->n_loose == 1;
    return FALSE;
  }
  return f->month >= 0 && (f->day >= 0 || f->year >= 0 || f->n_loose > 0);
}

/* A word such as 今天 is a date only where it stands for itself, as in "[今天]" or before a time. */
static gboolean
is_relative_date (const ZbDateReader *r, guint start, guint end, const ZbDateFields *f)
{
  if (f->has_duration)
    return TRUE;
  if (f->year >= 0 || f->month >= 0)
    return FALSE;
  gboolean opens =
      zb_date_at (r, start)->spaced || zb_date_at (r, start - MIN (start, 1))->kind == TOKEN_SIGN;
  gboolean closes = zb_date_at (r, end)->spaced || zb_date_at (r, end)->kind != TOKEN_UNKNOWN;
  gboolean word = f->shifted[UNIT_DAY] || f->is_now || (f->weekday > 0 && zb_date_at (r, start)->han);
  return word && (f->hour >= 0 || (opens && closes));
}

static gboolean
find_from (const ZbDateReader *r, guint i, gboolean relative, ZbDate *out)
{
  ZbDateFields f;
  zb_date_fields_init (&f);
  const ZbDateToken *t = zb_date_at (r, i);
  gboolean word = t->kind == TOKEN_WORD || (t->kind == TOKEN_UNKNOWN && !t->han);
  if ((t->kind != TOKEN_NUMBER && !word) || begins_inside_a_number (r, i))
    return FALSE;
  guint end = read_some (r, i, &f);
  f.is_buddhist = is_thai (r, i, end);
  if (end == i || !(relative ? is_relative_date (r, i, end, &f) : is_calendar_date (r, i, &f)) ||
      !zb_date_fields_resolve (&f, r->context, out))
    return FALSE;
  out->start = t->start;
  out->end = zb_date_at (r, end - 1)->end;
  return TRUE;
}

gboolean
zb_dates_find (const char *text, const ZbDateContext *context, ZbDate *out)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  g_autoptr (GArray) tokens = g_array_sized_new (FALSE, FALSE, sizeof (ZbDateToken), 64);
  zb_date_tokens (text, FALSE, tokens);
  ZbDateReader r = {text, (const ZbDateToken *)tokens->data, tokens->len, context, FALSE};
  for (int relative = 0; relative < 2; relative++)
    for (guint i = 0; i + 1 < r.n; i++)
      if (find_from (&r, i, relative == 1, out))
        return TRUE;
  return FALSE;
}

ZbTime
zb_dates_parse (const char *text, const ZbDateContext *context)
{
  ZbDate date;
  return text != NULL && zb_dates_read (text, context, &date) ? date.time : ZB_TIME_NONE;
}

ZbTime
zb_dates_settle (const ZbDate *date, const ZbDateContext *context)
{
  ZbTime latest = context->now + SLACK_SECONDS;
  int offset = 0;
  if (context->now == ZB_TIME_NONE || date->time <= latest || !date->has_time)
    return date->time;
  gint64 local = date->time + date->offset;
  if (zb_date_zone_offset_local (context->zone, local, &offset) && local - offset <= latest)
    return local - offset;
  return date->time <= context->now + DAY_SECONDS ? context->now : date->time;
}

ZbTime
zb_dates_midnight (ZbTime time, const char *zone)
{
  int offset = 0;
  if (!zb_date_zone_offset (zone, time, &offset))
    offset = 0;
  gint64 local = time + offset, into = local % DAY_SECONDS;
  return time - (into < 0 ? into + DAY_SECONDS : into);
}
