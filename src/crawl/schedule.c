/* Intervals by a source's own rhythm, and growing gaps after failures. */
#include "zhoubao/crawl/schedule.h"

#define DAY 86400
#define UNKNOWN_RHYTHM (6 * 3600.0) /* until a source has shown its own */
#define NEWEST_WEIGHT 0.3           /* of the latest observation in the smoothed rhythm */

/* SECONDS times 1 ± SPREAD, within the limits. */
static gint64
spread (double seconds, double share, double chance, const ZbLimits *limits)
{
  double jittered = seconds * (1 - share + 2 * share * chance);
  return (gint64)CLAMP (jittered, (double)limits->poll_min_seconds, (double)limits->poll_max_seconds);
}

gint64
zb_schedule_interval (const ZbSourceState *state, const ZbLimits *limits, ZbTime now, double chance)
{
  double gap = state->rhythm > 0 ? state->rhythm : UNKNOWN_RHYTHM;
  double silence = state->last_new != ZB_TIME_NONE ? (double)(now - state->last_new) : 0;
  return spread (MAX (gap, silence / 4) / 2, 0.1, chance, limits);
}

gint64
zb_schedule_backoff (int failures, const ZbLimits *limits, double chance)
{
  int doublings = CLAMP (failures - 1, 0, 20);
  return spread ((double)limits->poll_min_seconds * (double)(1 << doublings), 0.25, chance, limits);
}

gboolean
zb_schedule_is_due (const ZbSourceState *state, ZbTime now)
{
  return state->health != ZB_SOURCE_RETIRED && (state->next_due == ZB_TIME_NONE || state->next_due <= now);
}

void
zb_schedule_learn (ZbSourceState *state, ZbTime now, int fresh, gint64 span, int rows)
{
  double seen = 0;
  if (state->last_new != ZB_TIME_NONE && now > state->last_new)
    seen = (double)(now - state->last_new) / fresh;
  else if (span > 0 && rows > 1)
    seen = (double)span / (rows - 1);
  if (seen > 0)
    state->rhythm = state->rhythm > 0 ? (1 - NEWEST_WEIGHT) * state->rhythm + NEWEST_WEIGHT * seen : seen;
  state->last_new = now;
}

gboolean
zb_schedule_is_quiet (const ZbSourceState *state, ZbTime now)
{
  ZbTime since = state->last_new != ZB_TIME_NONE ? state->last_new : state->first_fetched;
  return since != ZB_TIME_NONE && (double)(now - since) > MAX (7.0 * DAY, 3 * state->rhythm);
}
