/* Days of the plan, counted in the newsletter's zone. */
#include "zhoubao/deliver/warmup.h"

#include "zhoubao/base/day.h"
#include "zhoubao/store/delivery.h"
#include <math.h>

#define MOST 1e9 /* more than any list */

static GDateTime *
midnight_of (ZbTime t, GTimeZone *zone)
{
  g_autofree char *day = zb_day_of_time (t, zone), *start = g_strconcat (day, "T00:00:00", NULL);
  return g_date_time_new_from_iso8601 (start, zone);
}

/* The day of the plan that DAY is, from 0; below 0 it has not begun. */
static int
day_of_plan (const ZbConfig *config, GDateTime *day)
{
  g_autofree char *start = g_strconcat (config->warmup.from, "T00:00:00", NULL);
  g_autoptr (GDateTime) first = g_date_time_new_from_iso8601 (start, config->zone);
  /* Days with a change of the clock are an hour longer or shorter. */
  return (int)lround ((double)g_date_time_difference (day, first) / G_TIME_SPAN_DAY);
}

static gint64
most_of (const ZbWarmupPlan *plan, int day)
{
  return (gint64)MIN (floor (plan->first * pow (plan->growth, day)), MOST);
}

gboolean
zb_warmup_look (const ZbConfig *config, ZbDb *db, ZbTime now, ZbWarmup *out, GError **error)
{
  const ZbWarmupPlan *plan = &config->warmup;
  gint64 taken = 0;
  *out = (ZbWarmup){.began = ZB_TIME_NONE, .next = ZB_TIME_NONE};
  if (plan->from == NULL)
    return TRUE;
  g_autoptr (GDateTime) today = midnight_of (now, config->zone);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (today, 1);
  int day = day_of_plan (config, today);
  if (day < 0 || day >= plan->days)
    return TRUE;
  if (!zb_delivery_taken_since (db, g_date_time_to_unix (today), &taken, error))
    return FALSE;
  out->limited = TRUE;
  out->most = most_of (plan, day);
  out->left = MAX (out->most - taken, 0);
  out->began = g_date_time_to_unix (today);
  out->next = g_date_time_to_unix (tomorrow);
  return TRUE;
}

char *
zb_warmup_end (const ZbConfig *config, gint64 count, ZbTime now)
{
  const ZbWarmupPlan *plan = &config->warmup;
  int later = 0;
  if (plan->from == NULL)
    return NULL;
  g_autoptr (GDateTime) today = midnight_of (now, config->zone);
  int first = day_of_plan (config, today);
  for (int day = first; day >= 0 && day < plan->days && count > most_of (plan, day); day++, later++)
    count -= most_of (plan, day);
  g_autoptr (GDateTime) last = g_date_time_add_days (today, later);
  return g_date_time_format (last, "%Y-%m-%d");
}
