/* Sending a mailing: connections to every relay, each message's steps through the ledger; without a relay,
   one .eml file each into outbox/, by the same ledger. */
#pragma once
#include "zhoubao/deliver/ledger.h"
#include "zhoubao/render/mail.h"
#include "zhoubao/store/mailing.h"
#include "zhoubao/store/workspace.h"

typedef struct {
  ZbLedgerStatus ledger;
  gint64 total;
  double seconds; /* since the start */
  double rate;    /* messages a second, of late */
  double left;    /* seconds to the end at that rate, below 0: unknown */
} ZbSendProgress;

typedef struct {
  const char *issue; /* 2017-W26 */
  ZbTime now;
  gboolean adopt; /* this copy of the database is the one that sends from now on */
  gboolean late;  /* also where its time passed long ago */
  gboolean wait;  /* for what was deferred */
  const gint
      *stop; /* atomic: when it becomes TRUE, what is under way is finished and no more begun; or NULL */
  void (*progress) (const ZbSendProgress *progress, gpointer data); /* a few times a second; or NULL */
  gpointer data;
} ZbSendOptions;

/* A schedule that is missed by more than this needs a person's word (`late`). */
#define ZB_SEND_OVERDUE (12 * 3600)

/* Sends what is due of a queued mailing. END gets the last progress, also where FALSE. ZB_ERROR_NOT_FOUND:
   not queued; ZB_ERROR_REFUSED: paused, cancelled, overdue, a copied database; ZB_ERROR_BUSY: another sender.
 */
gboolean zb_send_run (ZbWorkspace *workspace, ZbDb *db, const ZbSendOptions *options, ZbSendProgress *end,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One copy of MAIL to ADDRESS, outside of any mailing; WHERE gets what took it, the relay's words or the
   file. (out) (transfer full) */
gboolean zb_send_test (ZbWorkspace *workspace, const ZbMail *mail, const char *address, ZbTime now,
                       char **where, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A notice (ZbMailContent.notice) to ADDRESS, as zb_mailbox_parse gives it; WHERE as above. */
gboolean zb_send_notice (ZbWorkspace *workspace, const ZbMail *mail, const char *address, char **where,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
