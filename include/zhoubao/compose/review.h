/* The way of a draft between editors: draft, in review, approved, scheduled; back, reordered, restored. Each
   act is written into the audit by who does it. Approval and publication are compose/publish.h's. */
#pragma once
#include "zhoubao/store/draft.h"

/* Draft to review: another editor is asked to read it. */
gboolean zb_review_ask (ZbDb *db, ZbDraft *draft, const char *editor, ZbTime now,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Back to draft, from review or approval; a schedule is removed. WHY is kept in the audit; may be NULL. */
gboolean zb_review_return (ZbDb *db, ZbDraft *draft, const char *editor, const char *why, ZbTime now,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Publishes and sends an approved draft at AT, which lies ahead; ZB_TIME_NONE: not any more. */
gboolean zb_review_schedule (ZbDb *db, ZbDraft *draft, ZbTime at, const char *editor, ZbTime now,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "2017-07-03T08:00", with or without seconds, on the clock of ZONE. ZB_ERROR_USAGE for anything else. */
gboolean zb_review_read_time (const char *text, GTimeZone *zone, ZbTime *at,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The words of an earlier revision are the draft's again, as one more revision. */
gboolean zb_review_restore (ZbDb *db, ZbDraft *draft, gint64 revision, const char *editor, ZbTime now,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts what slot FROM[i] (1 to 3) holds into slot i + 1; FALSE without a change where FROM is no order of
   three. */
gboolean zb_review_reorder (ZbDraft *draft, const int from[3]);

/* The picks of the week follow the draft, so that the queue says the same as the issue. */
gboolean zb_review_follow (ZbDb *db, const ZbDraft *draft, const char *editor, ZbTime now,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the issue file TEXT, named NAME in errors, for the draft's words; a slot whose link stayed keeps its
   item. */
gboolean zb_review_take (ZbDraft *draft, const char *name, const char *text, gsize length,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
