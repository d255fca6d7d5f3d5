/* A mailing: one edition on its way to a list, frozen when it was queued (DESIGN §8). */
#pragma once
#include "zhoubao/edge/db.h"

typedef enum { ZB_MAILING_OPEN, ZB_MAILING_PAUSED, ZB_MAILING_CANCELLED } ZbMailingState;

typedef struct {
  gint64 id;
  char *issue; /* the edition's name: 2017-W26 */
  ZbMailingState state;
  ZbTime created, scheduled; /* scheduled: ZB_TIME_NONE for at once */
  GBytes *frozen;            /* what zb_mail_freeze gave */
} ZbMailing;

void zb_mailing_free (ZbMailing *mailing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbMailing, zb_mailing_free)

/* The mailing of ISSUE; NULL without ERROR: there is none yet. What was frozen is checked against its hash.
   (transfer full) */
ZbMailing *zb_mailing_load (ZbDb *db, const char *issue, GError **error);

/* One person to send to; borrowed. */
typedef struct {
  gint64 person;
  const char *address, *name; /* as zb_mailbox_parse gives it; name or NULL */
  gboolean text_only;
} ZbMailingPerson;

/* FALSE at the end, or with ERROR set. */
typedef gboolean (*ZbMailingNext) (ZbMailingPerson *person, gpointer data, GError **error);

typedef struct {
  const char *issue;
  GBytes *frozen;
  ZbTime scheduled;   /* or ZB_TIME_NONE */
  GBytes *key;        /* of Message-IDs */
  const char *domain; /* right of their @ */
  gint64 decision;    /* the newest that the latest developments looked at, else 0 */
} ZbMailingDraft;

/* In one transaction: the mailing and a row for everybody whom NEXT gives. ZB_ERROR_REFUSED where the issue
   has been queued before. COUNT gets the number of rows. */
gboolean zb_mailing_queue (ZbDb *db, const ZbMailingDraft *draft, ZbMailingNext next, gpointer data,
                           ZbTime now, gint64 *count, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The newest mail of the latest developments; all 0 where there is none. */
typedef struct {
  gint64 decision;
  ZbTime created;
} ZbMailingMark;
gboolean zb_mailing_last_latest (ZbDb *db, ZbMailingMark *last, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Pausing stops senders at their next message, resuming lets the next run go on. Cancelling is for good: what
   has not gone out is held. Where nothing waits any more, the first and the last are refused. */
gboolean zb_mailing_set_state (ZbDb *db, const char *issue, ZbMailingState state, ZbTime now,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_mailing_get_state (ZbDb *db, gint64 id, ZbMailingState *state,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
