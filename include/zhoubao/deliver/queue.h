/* From an edition to a mailing: rendered once, frozen, a row for everybody who wants that kind. */
#pragma once
#include "zhoubao/model/edition.h"
#include "zhoubao/model/issue.h"
#include "zhoubao/render/mail.h"
#include "zhoubao/render/renderer.h"
#include "zhoubao/store/mailing.h"
#include "zhoubao/store/workspace.h"

/* The mail of ISSUE by RENDERER, with the sender and limits of CONFIG. (transfer full) */
ZbMail *zb_queue_render (ZbRenderer *renderer, const ZbConfig *config, const ZbIssue *issue, ZbTime date,
                         GError **error);

/* The same by WORKSPACE's own templates; NOW is its date. (transfer full) */
ZbMail *zb_queue_compose (ZbWorkspace *workspace, const ZbIssue *issue, ZbTime now, GError **error);

typedef struct {
  const ZbEdition *edition;
  const ZbIssue *issue; /* what it says (compose/edition.h) */
  gint64 decision;      /* ZbMailingDraft.decision */
  ZbTime scheduled;     /* ZB_TIME_NONE: at once */
} ZbQueueOrder;

/* Freezes the mail and queues it for everybody who gets this kind of edition. ZB_ERROR_REFUSED where it has
   been queued before. COUNT gets the number. */
gboolean zb_queue_edition (ZbWorkspace *workspace, ZbDb *db, const ZbQueueOrder *order, ZbTime now,
                           gint64 *count, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a dry run finds: messages that would go out and those that would not, and why the first of them. */
typedef struct {
  gint64 good, bad;
  gint64 bytes; /* of the largest */
  char *why;    /* (transfer full), or NULL */
} ZbQueueTrial;

/* Composes the message of everybody and checks it, and sends none. */
gboolean zb_queue_try (ZbWorkspace *workspace, ZbDb *db, const ZbQueueOrder *order, ZbTime now,
                       ZbQueueTrial *trial, GError **error) G_GNUC_WARN_UNUSED_RESULT;
