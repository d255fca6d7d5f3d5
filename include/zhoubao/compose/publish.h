/* Approval and publication: a draft becomes the file issues/weekly/DATE.md, which nobody edits any more. */
#pragma once
#include "zhoubao/compose/check.h"
#include "zhoubao/store/draft.h"
#include "zhoubao/store/workspace.h"

/* Marks DRAFT as approved by EDITOR. Where the team wants a second pair of eyes (issue.second_approval),
   whoever edited last may not approve: ZB_ERROR_REFUSED. */
gboolean zb_approve (ZbWorkspace *workspace, ZbDb *db, ZbDraft *draft, const char *editor, ZbTime now,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the file and marks DRAFT as published; done twice, or again after a crash in between, it is the
   same. Refused: a draft with problems, one that lacks a needed approval, and a file of that name with other
   words. PATH gets the file (transfer full). */
gboolean zb_publish (ZbWorkspace *workspace, ZbDb *db, ZbDraft *draft, gboolean early, const char *editor,
                     ZbTime now, char **path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a dated note to the published file FILE: "Correction, 5th July 2017: TEXT". */
gboolean zb_publish_correction (const char *file, const ZbConfig *config, const char *text, ZbTime now,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  const char *text, *editor;
  ZbTime now;
} ZbCorrection;

/* The same for the issue of WEEK, with a line in the audit; where it has a row, its hash follows. */
gboolean zb_publish_correct (ZbWorkspace *workspace, ZbDb *db, ZbWeek week, const ZbCorrection *correction,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
