/* Why a mail server refuses a recipient: its words and codes as one of a few reasons, and whether the address
   is dead. For bounces that come by mail and for refusals during SMTP alike.

   An address is called dead on evidence only: words or status say that the mailbox or its domain does not
   exist, the refusal is final (5xx), and for a mailbox it came when the address was named (RCPT), or with a
   status that says so (x.1.1), or in words that only the mailbox's own server uses. "User unknown" after the
   whole message was sent may be a filter's doing. */
#pragma once
#include <glib.h>

/* The order is that of the table of words in base/refusal.c. */
typedef enum {
  ZB_REASON_UNKNOWN,
  ZB_REASON_NO_SUCH_USER,
  ZB_REASON_NO_SUCH_HOST,
  ZB_REASON_MOVED,
  ZB_REASON_NO_MAIL,
  ZB_REASON_MAILBOX_FULL,
  ZB_REASON_SUSPENDED,
  ZB_REASON_FILTERED,
  ZB_REASON_TOO_BIG,
  ZB_REASON_LIMIT,
  ZB_REASON_SPAM,
  ZB_REASON_VIRUS,
  ZB_REASON_REPUTATION,
  ZB_REASON_BLOCKED,
  ZB_REASON_NO_REVERSE,
  ZB_REASON_AUTHENTICATION,
  ZB_REASON_POLICY,
  ZB_REASON_SENDER,
  ZB_REASON_RELAYING,
  ZB_REASON_RATE,
  ZB_REASON_CONNECTIONS,
  ZB_REASON_ENCRYPTION,
  ZB_REASON_SECURITY,
  ZB_REASON_CONTENT,
  ZB_REASON_FORM,
  ZB_REASON_SYNTAX,
  ZB_REASON_DISK_FULL,
  ZB_REASON_SYSTEM,
  ZB_REASON_MAILER,
  ZB_REASON_NETWORK,
  ZB_REASON_EXPIRED,
  ZB_REASON_HELD,
  ZB_REASON_DELIVERED,
  ZB_REASON_COMPLAINT,
  ZB_REASON_AUTOREPLY,
  ZB_REASONS /* how many */
} ZbReason;

/* "no-such-user", and a sentence for people. Static. */
const char *zb_reason_code (ZbReason reason);
const char *zb_reason_text (ZbReason reason);
/* By its code; ZB_REASON_UNKNOWN where there is none. */
ZbReason zb_reason_parse (const char *code);

/* What is known of one refusal; all borrowed, NULL where unknown. */
typedef struct {
  const char *status;  /* as stated: "5.1.1", "5.0.0 (permanent failure)" */
  const char *words;   /* the server's own: "550 5.1.1 <a@b>: User unknown" */
  const char *around;  /* what else is said, looked at where WORDS tell nothing */
  const char *command; /* that was refused: "RCPT"; NULL: found in the words */
  gboolean passing;    /* it says itself that it is not final: a delay */
} ZbRefusal;

typedef struct {
  char *status; /* enhanced status (RFC 3463), or NULL */
  ZbReason reason;
  gboolean hard; /* the address is dead */
} ZbVerdict;

void zb_refusal_judge (const ZbRefusal *refusal, ZbVerdict *verdict);
void zb_verdict_clear (ZbVerdict *verdict);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbVerdict, zb_verdict_clear)
