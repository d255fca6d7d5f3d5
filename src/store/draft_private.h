/* Between draft.c and draft_row.c: a draft from its rows and back. */
#pragma once
#include "zhoubao/store/draft.h"

gboolean zb_draft_read_slots (ZbDb *db, ZbDraft *draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_draft_write_slots (ZbDb *db, const ZbDraft *draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sections, briefs and corrections as one JSON text. */
char *zb_draft_extra_to_json (const ZbIssue *issue);
gboolean zb_draft_extra_from_json (ZbIssue *issue, const char *json,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
