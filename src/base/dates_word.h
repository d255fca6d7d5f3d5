/* The words of dates: what each can mean. Private to base. */
#pragma once
#include <glib.h>
#include <unicode/umachine.h>

typedef enum {
  UNIT_YEAR,
  UNIT_MONTH,
  UNIT_WEEK,
  UNIT_DAY,
  UNIT_HOUR,
  UNIT_MINUTE,
  UNIT_SECOND,
  N_UNITS
} ZbDateUnit;

typedef enum { PART_NONE, PART_MORNING, PART_NOON, PART_AFTERNOON, PART_EVENING, PART_MIDNIGHT } ZbDatePart;

/* A word has several: 分 marks the minute of a time and is a unit, "mar" is March and mardi. */
typedef enum {
  ROLE_MONTH = 1 << 0,
  ROLE_WEEKDAY = 1 << 1,
  ROLE_MARK = 1 << 2,    /* stands behind a number of a date or time: 年 月 日 时 分 秒 */
  ROLE_UNIT = 1 << 3,    /* of a duration: 天, hours */
  ROLE_PART = 1 << 4,    /* of the day: 下午, pm */
  ROLE_SHIFT = 1 << 5,   /* SHIFT of UNIT from now: 昨天, 上周 */
  ROLE_TURN = 1 << 6,    /* last, next, this: makes a shift of the unit or weekday behind it */
  ROLE_SIGN = 1 << 7,    /* ago, later, 前, 后: ends a duration; SHIFT is -1 or 1 */
  ROLE_AHEAD = 1 << 8,   /* begins a duration that ends in the future: in 3 days */
  ROLE_NOW = 1 << 9,     /* 刚刚, now */
  ROLE_ERA = 1 << 10,    /* NUMBER is the year before its first */
  ROLE_ZONE = 1 << 11,   /* NUMBER is minutes east of UTC */
  ROLE_NUMBER = 1 << 12, /* a number in letters */
  ROLE_HALF = 1 << 13,
  ROLE_ABOUT = 1 << 14,   /* about, 约: says nothing */
  ROLE_AND = 1 << 15,     /* between the parts of a duration */
  ROLE_COUNTER = 1 << 16, /* 个 between number and unit */
  ROLE_QUARTER = 1 << 17, /* 刻 */
  ROLE_FILLER = 1 << 18,  /* at, of, Uhr, の */
  ROLE_CLOCK = 1 << 19,   /* the T of ISO 8601 */
  ROLE_LEAD = 1 << 20,    /* stands before a number of a date: ngày 23 tháng 6 năm 2017 */
} ZbDateRole;

typedef struct {
  const char *text; /* folded */
  guint roles;
  gint8 month, weekday; /* from 1; Monday is 1 */
  gint8 unit, part, shift;
  gint16 number;
  gint16 other_number; /* of a zone's name that has two homes: the one to take where the context has it */
} ZbDateWord;

/* Lower case without accents, into BUFFER; FALSE where it does not fit. */
gboolean zb_date_word_fold (const char *text, gsize length, char *buffer, gsize size);

/* The alphabetic word FOLDED, or NULL. LOOSE accepts the beginning of a month's or weekday's name ("Thurs").
 */
const ZbDateWord *zb_date_word_find (const char *folded, gboolean loose);

/* Whether WORD is of the table for English, Chinese, Japanese and Korean, and no name that ICU lent. */
gboolean zb_date_word_is_own (const ZbDateWord *word);

/* The longest word of Chinese, Japanese or Korean that TEXT begins with, or NULL. */
const ZbDateWord *zb_date_word_find_cjk (const char *text);

/* Calls ADD with each name that ICU has for months (from 1) and weekdays (Monday is 1) in LOCALE. */
typedef void (*ZbDateNameFunc) (const UChar *name, int32_t length, gboolean weekday, int value,
                                gpointer data);
void zb_date_word_names (const char *locale, ZbDateNameFunc add, gpointer data);
