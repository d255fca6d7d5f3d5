/* What a mailing says, in the form of an issue, which the templates of mail know: an essay is its
   introduction, the latest developments are its briefs. */
#pragma once
#include "zhoubao/model/edition.h"
#include "zhoubao/model/issue.h"
#include "zhoubao/store/workspace.h"

#define ZB_LATEST_DAYS 7 /* that the first mail of the latest developments looks back */

/* The latest developments are those that editors picked or briefed since the last mail of them; DECISION (may
   be NULL) gets the newest decision that was looked at, for ZbMailingDraft. ZB_ERROR_NOT_FOUND: not
   published; ZB_ERROR_REFUSED: there is nothing new, or it is for members alone. (transfer full) */
ZbIssue *zb_compose_edition (ZbWorkspace *workspace, ZbDb *db, const ZbEdition *edition, ZbTime now,
                             gint64 *decision, GError **error);
