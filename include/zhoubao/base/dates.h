/* Dates as feeds, pages and people write them, in the order of the world's mistakes: RFC 822 and 3339 and
   what passes for them, Chinese, Japanese and Korean forms with written numerals, month names of some forty
   languages, relative ones ("5分钟前", "昨天 14:05", "last Friday"). No I/O: zones come out of ICU's own
   data. */
#pragma once
#include "zhoubao/base/time.h"

typedef struct {
  ZbTime now; /* what relative dates and missing years are counted from; ZB_TIME_NONE: such are not read */
  const char *zone; /* of dates that name none: an IANA name or "+08:00"; NULL: UTC */
} ZbDateContext;

typedef struct {
  ZbTime time;
  int offset;        /* seconds east of UTC that it was read with */
  gboolean has_zone; /* the text said so; else it is the context's */
  gboolean has_time; /* a time of day was given; else TIME is that day's midnight */
  gboolean has_day;  /* FALSE: a time of day alone, of the day on which it was last */
  gboolean has_year; /* FALSE: the year was guessed, as the latest that is not in the future */
  gsize start, end;  /* the bytes of the text that were the date */
} ZbDate;

/* Reads TEXT, all of which must be one date. FALSE where it is none, or no possible one (30 February). */
gboolean zb_dates_read (const char *text, const ZbDateContext *context, ZbDate *out);

/* The same, of which only the instant is wanted. ZB_TIME_NONE where TEXT is no date. */
ZbTime zb_dates_parse (const char *text, const ZbDateContext *context);

/* Finds the first date inside TEXT, a row of a list or a line of a page; calendar dates before relative ones.
   It is stricter than zb_dates_read on what numbers may be a date, since prose is full of numbers. */
gboolean zb_dates_find (const char *text, const ZbDateContext *context, ZbDate *out);

/* DATE's instant, or a better one where that lies in the future (by more than some minutes) for want of a
   right zone: servers in Beijing label their local time GMT. Then the same clock is read in the context's
   zone; if even that is ahead, by less than a day, it is now. Instants further ahead stay: somebody meant
   them. */
ZbTime zb_dates_settle (const ZbDate *date, const ZbDateContext *context);

/* When the day of TIME began in ZONE, as in a context. */
ZbTime zb_dates_midnight (ZbTime time, const char *zone);

/* Whether ZONE is an IANA name or an offset such as "+08:00". */
gboolean zb_dates_zone_is_known (const char *zone);
