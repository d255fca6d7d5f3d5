/* Everything that `issue check` and the desk say before an issue goes out: its words (compose/check.h) and
   what only its rendered forms show: size, lines, links, the way out. */
#pragma once
#include "zhoubao/compose/check.h"
#include "zhoubao/store/workspace.h"

/* Adds to PROBLEMS. FALSE only where the check itself cannot be made (a broken template, a broken file). */
gboolean zb_preflight (ZbWorkspace *workspace, const ZbIssue *issue, gboolean early, ZbTime now,
                       GPtrArray *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;
