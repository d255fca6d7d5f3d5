/* Whether what a source gave can be true: rows that are usually there and now are not are never "no news".
   Pure. */
#pragma once
#include "zhoubao/model/source.h"
#include "zhoubao/store/source_state.h"

/* What is wrong with an answer of ROWS rows, DATED of which have a date ("0 rows where 20 are usual", "dates
   missing"), or NULL. (transfer full) */
char *zb_health_problem (const ZbSource *source, const ZbSourceState *state, int rows, int dated);

/* Learns from an answer without a problem. */
void zb_health_learn (ZbSourceState *state, int rows, int dated);
