/* When a source is looked at again. Pure: state, limits, the present and chance come in, seconds come out. */
#pragma once
#include "zhoubao/model/limits.h"
#include "zhoubao/store/source_state.h"

/* Seconds until a source that is well is due again: half its own rhythm, longer the longer it has been
   silent, spread by a tenth, between poll_min_seconds and poll_max_seconds. CHANCE is between 0 and 1. */
gint64 zb_schedule_interval (const ZbSourceState *state, const ZbLimits *limits, ZbTime now, double chance);

/* Seconds until a source is tried again after FAILURES in a row (at least 1): poll_min_seconds, doubled each
   time, spread by a quarter, at most poll_max_seconds. */
gint64 zb_schedule_backoff (int failures, const ZbLimits *limits, double chance);

/* Whether STATE is due: its time has come, or it was never asked. What is retired never is. */
gboolean zb_schedule_is_due (const ZbSourceState *state, ZbTime now);

/* Learns from FRESH new items at NOW (at least 1). The first time, when the clock says nothing yet, SPAN is
   the seconds between the oldest and the newest of ROWS dated rows; 0 where that is not known. */
void zb_schedule_learn (ZbSourceState *state, ZbTime now, int fresh, gint64 span, int rows);

/* Whether a source that is read well has been silent for longer than is usual: a week, or three times its
   rhythm. */
gboolean zb_schedule_is_quiet (const ZbSourceState *state, ZbTime now);
