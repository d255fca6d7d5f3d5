/* What the preflight asks of an issue's words: the glossary's translations, what only members may read, a
   language for every title, a subject that every mail program can show. */
#pragma once
#include "zhoubao/compose/check.h"
#include "zhoubao/store/workspace.h"

/* Adds to PROBLEMS. FALSE where a file of the workspace cannot be read. */
gboolean zb_preflight_words (ZbWorkspace *workspace, const ZbIssue *issue, GPtrArray *problems,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
