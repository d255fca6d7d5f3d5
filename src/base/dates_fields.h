/* What has been read of a date, and how the parts of the reader share it. Private to base. */
#pragma once
#include "dates_token.h"
#include "zhoubao/base/dates.h"

#define LOOSE_MAX 4

typedef struct {
  int year, month, day, weekday; /* -1: not given; year as meant, month and weekday from 1 */
  int hour, minute, second;      /* likewise; 24 is the end of the day */
  ZbDatePart part;
  gboolean month_is_word;
  gboolean has_offset;
  int offset;                /* seconds */
  char zone[48];             /* IANA name, or "" */
  gboolean shifted[N_UNITS]; /* 昨天, 上周, 去年 */
  int shift[N_UNITS];
  gboolean has_turn; /* last, this, next before the weekday */
  int turn;
  gboolean has_duration;
  double duration[N_UNITS]; /* signed */
  gboolean is_now;
  gint64 epoch;            /* seconds, -1 */
  gint64 loose[LOOSE_MAX]; /* numbers without a sign of what they are, in order */
  int loose_digits[LOOSE_MAX], n_loose;
  gboolean is_buddhist; /* written in Thai, where years are counted from 543 BC */
  gboolean month_last;  /* the month's name stood behind the first loose number */
} ZbDateFields;

typedef struct {
  const char *text;
  const ZbDateToken *tokens; /* ended by TOKEN_END */
  guint n;
  const ZbDateContext *context;
  gboolean whole; /* zb_dates_read(): every token counts, so more may be taken for a date */
} ZbDateReader;

void zb_date_fields_init (ZbDateFields *f);

/* A recogniser looks at the tokens from I on, fills F and returns how many it took: 0 where it sees nothing
   of its own, or what it sees is set already. */
typedef guint (*ZbDateRecogniser) (const ZbDateReader *r, guint i, ZbDateFields *f);

guint zb_date_read_relative (const ZbDateReader *r, guint i,
                             ZbDateFields *f); /* durations, 昨天, last week */
guint zb_date_read_calendar (const ZbDateReader *r, guint i, ZbDateFields *f); /* dates in numbers */
guint zb_date_read_names (const ZbDateReader *r, guint i, ZbDateFields *f);    /* months, weekdays */
guint zb_date_read_clock (const ZbDateReader *r, guint i, ZbDateFields *f);    /* time of day, 下午 */
guint zb_date_read_zone (const ZbDateReader *r, guint i, ZbDateFields *f);

/* A two-digit year in full. */
int zb_date_full_year (gint64 year, int digits);

gboolean zb_date_is_valid (int year, int month, int day);
int zb_date_weekday_of (int year, int month, int day);

/* The instant that F means in CONTEXT. FALSE where it means none. */
gboolean zb_date_fields_resolve (ZbDateFields *f, const ZbDateContext *context, ZbDate *out);

/* Shorthands of the recognisers; I may be past the end. */
static inline const ZbDateToken *
zb_date_at (const ZbDateReader *r, guint i)
{
  return &r->tokens[MIN (i, r->n - 1)];
}

static inline gboolean
zb_date_is_number (const ZbDateReader *r, guint i)
{
  return zb_date_at (r, i)->kind == TOKEN_NUMBER;
}

static inline gboolean
zb_date_has_role (const ZbDateReader *r, guint i, guint roles)
{
  const ZbDateToken *t = zb_date_at (r, i);
  return t->kind == TOKEN_WORD && (t->word->roles & roles) != 0;
}

static inline gboolean
zb_date_is_mark (const ZbDateReader *r, guint i, ZbDateUnit unit)
{
  return zb_date_has_role (r, i, ROLE_MARK) && zb_date_at (r, i)->word->unit == (int)unit;
}

static inline gboolean
zb_date_is_sign (const ZbDateReader *r, guint i, gunichar sign)
{
  return zb_date_at (r, i)->kind == TOKEN_SIGN && zb_date_at (r, i)->sign == sign;
}
