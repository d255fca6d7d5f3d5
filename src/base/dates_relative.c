/* Dates counted from now: 5分钟前, in 3 weeks, 昨天, last Friday. */
#include "dates_fields.h"

#define AMOUNT_MAX 100000
#define ABOUT_MAX 4 /* words such as "less than about" */

/* A number of a duration: digits with a fraction, letters, or a half. Returns the tokens taken. */
static guint
read_amount (const ZbDateReader *r, guint i, double *out)
{
  guint j = i;
  const ZbDateToken *t = zb_date_at (r, j);
  if (zb_date_is_number (r, j)) {
    *out = (double)t->value;
    j++;
    const ZbDateToken *fraction = zb_date_at (r, j + 1);
    if (zb_date_is_sign (r, j, '.') && zb_date_is_number (r, j + 1) && !fraction->spaced &&
        fraction->digits == 1) {
      *out += (double)fraction->value / 10;
      j += 2;
    }
  } else if (zb_date_has_role (r, j, ROLE_NUMBER)) {
    *out = (t->word->roles & ROLE_ZONE) != 0 ? 1 : t->word->number; /* "a" is a zone, too */
    j++;
    if (zb_date_has_role (r, j, ROLE_NUMBER)) /* a few, a couple */
      *out = zb_date_at (r, j++)->word->number;
    if (zb_date_has_role (r, j, ROLE_FILLER) && g_str_equal (zb_date_at (r, j)->word->text, "of"))
      j++;
  } else if (zb_date_has_role (r, j, ROLE_HALF)) {
    *out = 0.5;
    j++;
    if (zb_date_has_role (r, j, ROLE_NUMBER)) /* half an hour */
      j++;
    return j + (zb_date_has_role (r, j, ROLE_COUNTER) ? 1 : 0) - i;
  } else {
    return 0;
  }
  if (zb_date_has_role (r, j, ROLE_COUNTER))
    j++;
  if (zb_date_has_role (r, j, ROLE_HALF)) { /* 1个半小时 */
    *out += 0.5;
    j++;
  }
  return j - i;
}

/* "6月23日前" is a deadline, not six months and some days ago: then the month's sign has no 个 and the day
 * follows at once. */
static gboolean
is_calendar_month (const ZbDateReader *r, guint unit)
{
  return zb_date_is_mark (r, unit, UNIT_MONTH) && zb_date_at (r, unit)->han &&
         zb_date_is_number (r, unit + 1) && zb_date_is_mark (r, unit + 2, UNIT_DAY);
}

static guint
read_term (const ZbDateReader *r, guint i, double amounts[N_UNITS])
{
  double amount;
  guint taken = read_amount (r, i, &amount);
  guint unit = i + taken;
  if (taken == 0 || amount > AMOUNT_MAX || !zb_date_has_role (r, unit, ROLE_UNIT) ||
      is_calendar_month (r, unit))
    return 0;
  const ZbDateWord *word = zb_date_at (r, unit)->word;
  if (word->unit == UNIT_YEAR && amount >= 1000)
    return 0;
  if (zb_date_has_role (r, unit + 1, ROLE_HALF) && zb_date_at (r, unit + 1)->han) { /* 两年半 */
    amount += 0.5;
    taken++;
  }
  amounts[word->unit] += amount * (word->shift > 0 ? word->shift : 1);
  return taken + 1;
}

/* The terms of a duration and what stands between them. */
static guint
read_terms (const ZbDateReader *r, guint i, double amounts[N_UNITS])
{
  guint j = i, end = i;
  for (int terms = 0; terms < N_UNITS; terms++) {
    guint taken = read_term (r, j, amounts);
    if (taken == 0)
      break;
    end = j += taken;
    for (int k = 0; k < 2 && (zb_date_is_sign (r, j, ',') || zb_date_has_role (r, j, ROLE_AND)); k++)
      j++;
  }
  return end - i;
}

static guint
read_duration (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  double amounts[N_UNITS] = {0};
  guint j = i;
  gboolean ahead = zb_date_has_role (r, i, ROLE_AHEAD);
  if (ahead)
    j++;
  while (j < i + ABOUT_MAX && (zb_date_has_role (r, j, ROLE_ABOUT) || zb_date_is_sign (r, j, '~')))
    j++;
  guint taken = read_terms (r, j, amounts);
  if (taken == 0)
    return 0;
  j += taken;
  int sign = 1;
  if (!ahead) {
    if (!zb_date_has_role (r, j, ROLE_SIGN))
      return 0;
    /* in running Chinese, 3日前 is "before the 3rd" */
    if (!r->whole && zb_date_is_mark (r, j - 1, UNIT_DAY) && zb_date_at (r, j - 1)->han)
      return 0;
    sign = zb_date_at (r, j)->word->shift;
    j++;
  }
  f->has_duration = TRUE;
  for (int u = 0; u < N_UNITS; u++)
    f->duration[u] = sign * amounts[u];
  return j - i;
}

static void
set_shift (ZbDateFields *f, ZbDateUnit unit, int amount)
{
  f->shifted[unit] = TRUE;
  f->shift[unit] = amount;
}

/* last week, next Friday */
static guint
read_turn (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  if (!zb_date_has_role (r, i, ROLE_TURN))
    return 0;
  int turn = zb_date_at (r, i)->word->shift;
  if (zb_date_has_role (r, i + 1, ROLE_UNIT)) {
    set_shift (f, (ZbDateUnit)zb_date_at (r, i + 1)->word->unit, turn);
    return 2;
  }
  if (zb_date_has_role (r, i + 1, ROLE_PART) && turn <= 0) { /* last night, this morning */
    set_shift (f, UNIT_DAY, turn);
    return 1;
  }
  if (!zb_date_has_role (r, i + 1, ROLE_WEEKDAY))
    return 0;
  f->weekday = zb_date_at (r, i + 1)->word->weekday;
  f->has_turn = TRUE;
  f->turn = turn;
  return 2;
}

/* the day before yesterday, the day after tomorrow */
static guint
read_day_beside (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  if (!zb_date_has_role (r, i, ROLE_UNIT) || zb_date_at (r, i)->word->unit != UNIT_DAY ||
      !zb_date_has_role (r, i + 1, ROLE_SIGN) || !zb_date_has_role (r, i + 2, ROLE_SHIFT))
    return 0;
  set_shift (f, UNIT_DAY, zb_date_at (r, i + 1)->word->shift + zb_date_at (r, i + 2)->word->shift);
  return 3;
}

/* 上周五: the weekday's number, or 日, right behind a week. Returns 0 where there is none. */
static int
weekday_behind (const ZbDateReader *r, guint i)
{
  const ZbDateToken *t = zb_date_at (r, i);
  if (t->kind == TOKEN_NUMBER && t->han && !t->spaced && t->digits == 1 && t->value >= 1 && t->value <= 6)
    return (int)t->value;
  gboolean sunday = zb_date_has_role (r, i, ROLE_MARK | ROLE_UNIT) && t->word->unit == UNIT_DAY;
  return sunday && t->han && !t->spaced ? 7 : 0;
}

static guint
read_shift (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  if (!zb_date_has_role (r, i, ROLE_SHIFT))
    return 0;
  const ZbDateWord *word = zb_date_at (r, i)->word;
  if (f->shifted[word->unit])
    return 0;
  set_shift (f, (ZbDateUnit)word->unit, word->shift);
  if ((word->roles & ROLE_PART) != 0)
    f->part = (ZbDatePart)word->part;
  int weekday = word->unit == UNIT_WEEK ? weekday_behind (r, i + 1) : 0;
  if (weekday > 0)
    f->weekday = weekday;
  return weekday > 0 ? 2 : 1;
}

static guint
read_now (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  guint j = i;
  while (j < i + ABOUT_MAX && zb_date_has_role (r, j, ROLE_ABOUT))
    j++;
  if (!zb_date_has_role (r, j, ROLE_NOW))
    return 0;
  f->is_now = TRUE;
  j++;
  return j + (zb_date_has_role (r, j, ROLE_SIGN) ? 1 : 0) - i; /* moments ago */
}

guint
zb_date_read_relative (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  static const ZbDateRecogniser all[] = {read_duration, read_turn, read_day_beside, read_shift, read_now};
  if (f->has_duration || f->is_now || f->day >= 0 || f->epoch >= 0)
    return 0;
  for (guint k = 0; k < G_N_ELEMENTS (all); k++) {
    guint taken = all[k](r, i, f);
    if (taken > 0)
      return taken;
  }
  return 0;
}
