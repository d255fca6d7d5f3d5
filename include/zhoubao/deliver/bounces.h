/* What comes back, applied to the list: by mail, and refusals during SMTP, by one road.

   A dead address is suppressed and its person marked; a passing fault counts, and ZB_BOUNCES_SOFT of them
   within ZB_BOUNCES_WINDOW suppress too; a complaint ends all mail to that person. A report counts only for a
   delivery that it proves to know (DESIGN §8): by a return path or ENVID that our key made, or by a
   Message-ID, an HMAC itself, of the ledger. It counts once; forged or replayed ones have no effect. */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/model/bounce.h"

#define ZB_BOUNCES_SOFT 4
#define ZB_BOUNCES_WINDOW (60 * 86400)

typedef enum {
  ZB_BOUNCES_SUPPRESSED, /* dead, or soft once too often: no more mail */
  ZB_BOUNCES_COUNTED,    /* soft */
  ZB_BOUNCES_COMPLAINT,  /* no more mail */
  ZB_BOUNCES_AUTOREPLY,  /* written down, no more */
  ZB_BOUNCES_DELAY,      /* still under way: nothing is done */
  ZB_BOUNCES_AGAIN,      /* known already */
  ZB_BOUNCES_UNKNOWN,    /* a report, but of no delivery of ours: forged, or too old */
  ZB_BOUNCES_NO_REPORT,  /* an ordinary mail */
  ZB_BOUNCES_OUTCOMES    /* how many */
} ZbBouncesOutcome;

/* "suppressed", …: for JSON and for people. Static. */
const char *zb_bounces_outcome_name (ZbBouncesOutcome outcome);

typedef struct {
  ZbBouncesOutcome outcome;
  gint64 delivery, person; /* 0 where unknown */
  char *address;           /* of the person; or NULL */
  char *status;            /* or NULL */
  ZbReason reason;
} ZbBouncesResult;

void zb_bounces_result_clear (ZbBouncesResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbBouncesResult, zb_bounces_result_clear)

/* Applies what was read of one mail, in a transaction. KEY: the workspace's "mail"; MAIL: the mail's SHA-256.
 */
gboolean zb_bounces_apply (ZbDb *db, GBytes *key, const ZbBounce *bounce, const char *mail, ZbTime now,
                           ZbBouncesResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A delivery that the server refused for good during SMTP, in the caller's transaction if there is one.
   REFUSAL is judged as words in a mail are. */
gboolean zb_bounces_refused (ZbDb *db, gint64 delivery, const ZbRefusal *refusal, ZbTime now,
                             ZbBouncesResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
