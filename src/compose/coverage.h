/* How many sources were read in a week, as a line at the foot of its issue. */
#pragma once
#include "zhoubao/base/week.h"
#include "zhoubao/edge/db.h"
#include "zhoubao/store/workspace.h"

/* "Of 48 sources, 43 were read in the week of 26th June to 2nd July 2017, 2 were not, 3 are read by
   hand." LINE gets it (transfer full), NULL where there is no source. */
gboolean zb_coverage_line (ZbWorkspace *workspace, ZbDb *db, ZbWeek week, char **line, GError **error);
