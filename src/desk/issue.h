/* What the pages of the issue share. Private to src/desk. */
#pragma once
#include "issue_form.h"
#include "routes.h"
#include "zhoubao/model/edition.h"
#include "zhoubao/render/mail.h"

/* The draft of the route's week. (transfer full) */
ZbDraft *zb_issue_load (ZbVisit *visit, GError **error);

/* What readers would get now: the published file, corrections and all, or else the draft. (transfer full) */
ZbIssue *zb_issue_current (ZbVisit *visit, ZbWeek week, GError **error);

/* "16:07", with the day where that is not today, in the newsletter's zone. (transfer full) */
char *zb_issue_clock (ZbVisit *visit, ZbTime t);

/* Shows the issue's page: THEIRS is what somebody else saved in between, TROUBLE why an act did not happen;
   both may be NULL. */
gboolean zb_issue_show (ZbVisit *visit, const ZbDraft *draft, const ZbDraft *theirs, const GError *trouble,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "ready", "missing", "problems", "bytes", "limit", "links", … into the object that is open. */
gboolean zb_issue_facts_build (ZbVisit *visit, JsonBuilder *b, const ZbIssue *issue,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The edition that the route names: /desk/issue/WEEK, /desk/mail/posts/SLUG, /desk/mail/latest/DATE. */
gboolean zb_issue_edition (ZbVisit *visit, ZbEdition *edition, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The address of EDITION's page. (transfer full) */
char *zb_issue_at (const ZbEdition *edition);

/* "mailing", null or how far the sending is, "readers" and "at", into the object that is open. */
gboolean zb_issue_sending_build (ZbVisit *visit, JsonBuilder *b, const ZbEdition *edition,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum { ZB_ISSUE_SAVED, ZB_ISSUE_SAME, ZB_ISSUE_STALE, ZB_ISSUE_FAILED } ZbIssueSaved;

/* Puts the form into DRAFT and stores it as WHAT. STALE: somebody else had saved; DRAFT has the form's words,
   which are kept as a revision, and THEIRS (transfer full) what is stored. FAILED sets ERROR. */
ZbIssueSaved zb_issue_save (ZbVisit *visit, ZbDraft *draft, const char *what, ZbDraft **theirs,
                            GError **error);

/* Answers B, whose object is closed here, as JSON. */
gboolean zb_issue_answer_json (ZbVisit *visit, JsonBuilder *b);
