/* Between the files of the check. */
#pragma once
#include "zhoubao/compose/check.h"

/* The first mark of an unfinished text in TEXT, or NULL. Returns: (transfer none). */
const char *zb_check_leftover (const char *text);

/* Dates written out in the title and the introduction: right ordinals, real days, and those of the week. */
void zb_check_dates (const ZbIssue *issue, GPtrArray *problems);
