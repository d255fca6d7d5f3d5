/* The form of the issue: its fields into a draft and back. Private to src/desk. */
#pragma once
#include "visit.h"
#include "zhoubao/store/draft.h"

/* The week that the route's first open part names. */
gboolean zb_issue_form_week (ZbVisit *visit, ZbWeek *week, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The version that the form was made from; that of DRAFT where it names none. */
gboolean zb_issue_form_version (ZbVisit *visit, const ZbDraft *draft, gint64 *version,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts what was posted into DRAFT; fields that are absent stay. First slots go to where the form has moved
   them; a form of another version than DRAFT's moves none. Then the button that was pressed: "move", which
   swaps two slots, or "template", which writes introduction or closing lines anew. */
gboolean zb_issue_form_apply (ZbVisit *visit, ZbDraft *draft, gint64 version,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The members "slots" and those of the whole issue, into the object that is open. */
void zb_issue_form_build (ZbVisit *visit, JsonBuilder *b, const ZbDraft *draft);

/* The member "fields": each field's value by the name that it has in the form. */
void zb_issue_form_fields (JsonBuilder *b, const ZbDraft *draft);
