/* Days of the calendar as English writes them out: "3rd July 2017". */
#pragma once
#include "zhoubao/base/time.h"

/* "st", "nd", "rd" or "th"; "July" for 7. Returns: (transfer none). */
const char *zb_day_suffix (int day);
const char *zb_day_month (int month);

/* 1 to 12 for an English month's name in any case, else 0. */
int zb_day_month_number (const char *name);

/* "3rd July 2017" of "2017-07-03"; what is no such date is handed back as it is. Returns: (transfer full). */
char *zb_day_text (const char *date);

/* "2017-07-03", the day of T in ZONE. Returns: (transfer full), NULL for ZB_TIME_NONE. */
char *zb_day_of_time (ZbTime t, GTimeZone *zone);
