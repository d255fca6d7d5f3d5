/* The week that editors work on when they name none. */
#pragma once
#include "zhoubao/base/week.h"
#include "zhoubao/store/workspace.h"

/* The present week; on Monday and Tuesday the one before, as long as it brought something and its issue is
   not published. */
gboolean zb_working_week (ZbWorkspace *workspace, ZbDb *db, ZbTime now, ZbWeek *week,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
