/* From a published issue to a mailing: composed once, frozen, a row for every subscriber. */
#pragma once
#include "zhoubao/base/week.h"
#include "zhoubao/render/mail.h"
#include "zhoubao/store/mailing.h"
#include "zhoubao/store/workspace.h"

/* The mail of WEEK's issue, from issues/weekly/DATE.md; NOW is its date. (transfer full) */
ZbMail *zb_queue_compose (ZbWorkspace *workspace, ZbWeek week, ZbTime now, GError **error);

/* Freezes the mail and queues it for every subscriber who gets the weekly issue; SCHEDULED may be
   ZB_TIME_NONE for at once. ZB_ERROR_REFUSED where it has been queued before. COUNT gets the number. */
gboolean zb_queue_issue (ZbWorkspace *workspace, ZbDb *db, ZbWeek week, ZbTime scheduled, ZbTime now,
                         gint64 *count, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a dry run finds: messages that would go out and those that would not, and why the first of them. */
typedef struct {
  gint64 good, bad;
  gint64 bytes; /* of the largest */
  char *why;    /* (transfer full), or NULL */
} ZbQueueTrial;

/* Composes the message of everybody and checks it, and sends none. */
gboolean zb_queue_try (ZbWorkspace *workspace, ZbDb *db, ZbWeek week, ZbTime now, ZbQueueTrial *trial,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
