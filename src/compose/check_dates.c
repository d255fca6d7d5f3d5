/* The week's dates as people write them: "26th June to 2nd July 2017". */
#include "check_private.h"
#include "zhoubao/base/day.h"

typedef struct {
  int day, month, year; /* year 0: not written */
  char suffix[3];
  char *text; /* as written */
} WrittenDate;

static void
written_clear (gpointer data)
{
  g_free (((WrittenDate *)data)->text);
}

/* Every "3rd July" and "3rd July 2017" of TEXT. */
static GArray *
find_dates (const char *text)
{
  GArray *dates = g_array_new (FALSE, TRUE, sizeof (WrittenDate));
  g_array_set_clear_func (dates, written_clear);
  g_autoptr (GRegex) pattern =
      g_regex_new ("\\b(\\d{1,2})(st|nd|rd|th)\\s+(?:of\\s+)?(\\p{L}+)(?:,?\\s+(\\d{4})\\b)?",
                   G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  for (g_regex_match (pattern, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    g_autofree char *day = g_match_info_fetch (match, 1), *suffix = g_match_info_fetch (match, 2);
    g_autofree char *month = g_match_info_fetch (match, 3), *year = g_match_info_fetch (match, 4);
    WrittenDate date = {(int)g_ascii_strtoll (day, NULL, 10), zb_day_month_number (month),
                        year != NULL ? (int)g_ascii_strtoll (year, NULL, 10) : 0};
    g_strlcpy (date.suffix, suffix, sizeof date.suffix);
    date.text = g_match_info_fetch (match, 0);
    g_array_append_val (dates, date);
  }
  return dates;
}

static void
check_spelling (const GArray *dates, GPtrArray *problems)
{
  for (guint i = 0; i < dates->len; i++) {
    const WrittenDate *date = &g_array_index (dates, WrittenDate, i);
    int year = date->year != 0 ? date->year : 2000; /* a leap year: 29th February may be meant */
    if (g_ascii_strcasecmp (date->suffix, zb_day_suffix (date->day)) != 0)
      zb_problems_add (problems, "date-spelling", 0, "'%s' is spelled wrongly: %d%s", date->text, date->day,
                       zb_day_suffix (date->day));
    else if (date->month == 0 && date->year != 0) /* without a year it may be a "3rd draft" */
      zb_problems_add (problems, "date-spelling", 0, "'%s' names no month", date->text);
    else if (date->month != 0 &&
             !g_date_valid_dmy ((GDateDay)date->day, (GDateMonth)date->month, (GDateYear)year))
      zb_problems_add (problems, "date-spelling", 0, "'%s' is no day of the calendar", date->text);
  }
}

static gboolean
is_day (const WrittenDate *date, const GDate *day)
{
  return date->day == g_date_get_day (day) && date->month == (int)g_date_get_month (day) &&
         (date->year == 0 || date->year == g_date_get_year (day));
}

static GDate
issue_day (const ZbIssue *issue)
{
  GDate day;
  int y = 0, m = 0, d = 0;
  g_date_clear (&day, 1);
  if (sscanf (issue->date, "%d-%d-%d", &y, &m, &d) == 3)
    g_date_set_dmy (&day, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
  return day;
}

/* A title that names a day must name the issue's; an introduction that names two, the week's first and last.
 */
void
zb_check_dates (const ZbIssue *issue, GPtrArray *problems)
{
  GDate day = issue_day (issue), first = day, last = day;
  g_date_subtract_days (&first, 7);
  g_date_subtract_days (&last, 1);
  g_autoptr (GArray) in_title = find_dates (issue->title != NULL ? issue->title : "");
  g_autoptr (GArray) in_intro = find_dates (issue->intro != NULL ? issue->intro : "");
  check_spelling (in_title, problems);
  check_spelling (in_intro, problems);
  g_autofree char *expected = zb_week_issue_day (issue->week), *period = zb_week_period (issue->week);
  const WrittenDate *title = in_title->len == 1 ? &g_array_index (in_title, WrittenDate, 0) : NULL;
  if (title != NULL && title->month != 0 && !is_day (title, &day))
    zb_problems_add (problems, "date-title", 0, "the title says '%s', the issue is of %s", title->text,
                     expected);
  if (in_intro->len == 2) {
    const WrittenDate *a = &g_array_index (in_intro, WrittenDate, 0), *b = a + 1;
    if (a->month != 0 && b->month != 0 && (!is_day (a, &first) || !is_day (b, &last)))
      zb_problems_add (problems, "date-period", 0, "the introduction says '%s to %s', the week is %s",
                       a->text, b->text, period);
  }
}
