/* The editorial week: Monday 00:00 to Sunday 24:00 in the newsletter's zone, named as ISO 8601 does
   (2017-W26). The issue of a week is dated the Monday after it. */
#pragma once
#include "zhoubao/base/time.h"

typedef struct {
  int year; /* ISO 8601 week-numbering year */
  int week; /* 1 to 53 */
} ZbWeek;

/* Accepts "2017-W26" or the issue's date "2017-07-03", which must be a Monday. */
gboolean zb_week_parse (const char *text, ZbWeek *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The week that holds T in ZONE. */
ZbWeek zb_week_of (ZbTime t, GTimeZone *zone);

ZbWeek zb_week_add (ZbWeek w, int weeks);
int zb_week_compare (ZbWeek a, ZbWeek b);

/* First instant of the week, and of the week after. */
ZbTime zb_week_start (ZbWeek w, GTimeZone *zone);
ZbTime zb_week_end (ZbWeek w, GTimeZone *zone);

/* "2017-W26", and the issue's date "2017-07-03". Returns: (transfer full). */
char *zb_week_name (ZbWeek w);
char *zb_week_issue_date (ZbWeek w);

/* "3rd July 2017" of the issue's date. Returns: (transfer full). */
char *zb_week_issue_day (ZbWeek w);

/* "26th June to 2nd July 2017"; the first date has its year only where it differs. Returns: (transfer full).
 */
char *zb_week_period (ZbWeek w);
