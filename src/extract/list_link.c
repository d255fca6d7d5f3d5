/* Dates that sites write into their links. */
#include "list_read.h"

/* Each has the year, month and day as its groups. The order is from the surest. */
static const char *const forms[] = {
    "/t(20\\d\\d|19\\d\\d)(\\d\\d)(\\d\\d)_\\d+\\.",         /* TRS: t20170626_12345.html */
    "/(20\\d\\d|19\\d\\d)[-/](\\d\\d?)[-/](\\d\\d?)(?:/|$)", /* /2017/06/26/, /2017-06/26/, /art/2017/6/26/ */
    "/(20\\d\\d|19\\d\\d)-?(\\d\\d)/(?:\\d{4,6})?(\\d\\d)/", /* /201706/26/ */
    "[/_=](20\\d\\d)-(\\d\\d)-(\\d\\d)(?:\\D|$)",            /* /2017-06-26.html */
    "/(20\\d\\d)(\\d\\d)(\\d\\d)(?:/|_\\d|\\.s?html?|$)",    /* /20170626/0123abcd.html */
    "/(20\\d\\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(\\d\\d?)(?:/|$)", /* /2017/jun/26/
                                                                                             */
    "/(20\\d\\d)(?:\\d\\d)?/(\\d\\d)(\\d\\d)/",                                             /* /2017/0626/ */
};

/* "nov" or "11" as a number; 0 for what is no month. */
static int
month_of (const char *text)
{
  static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                      "jul", "aug", "sep", "oct", "nov", "dec"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (text, names[i], 3) == 0)
      return (int)i + 1;
  return (int)g_ascii_strtoll (text, NULL, 10);
}

static ZbTime
date_of_groups (const GMatchInfo *match, const char *zone)
{
  g_autofree char *year = g_match_info_fetch (match, 1), *month = g_match_info_fetch (match, 2),
                  *day = g_match_info_fetch (match, 3);
  g_autofree char *date =
      g_strdup_printf ("%s-%02d-%02d", year, month_of (month), (int)g_ascii_strtoll (day, NULL, 10));
  const ZbDateContext context = {ZB_TIME_NONE, zone};
  return zb_dates_parse (date, &context);
}

ZbTime
zb_list_date_of_link (const char *link, const char *zone)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (GRegex) form = g_regex_new (forms[i], G_REGEX_CASELESS, 0, NULL);
    g_autoptr (GMatchInfo) match = NULL;
    ZbTime t = g_regex_match (form, link, 0, &match) ? date_of_groups (match, zone) : ZB_TIME_NONE;
    if (t != ZB_TIME_NONE)
      return t;
  }
  return ZB_TIME_NONE;
}
