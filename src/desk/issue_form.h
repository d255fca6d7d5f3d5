/* The form of the issue: its fields into a draft and back. Private to src/desk. */
#pragma once
#include "visit.h"
#include "zhoubao/store/draft.h"

/* The week that the route's first open part names. */
gboolean zb_issue_form_week (ZbVisit *visit, ZbWeek *week, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts what was posted into DRAFT; fields that are absent stay. The version is the one that the form was made
 * from. */
gboolean zb_issue_form_apply (ZbVisit *visit, ZbDraft *draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The members "slots" and those of the whole issue, into the object that is open. */
void zb_issue_form_build (JsonBuilder *b, const ZbDraft *draft);
