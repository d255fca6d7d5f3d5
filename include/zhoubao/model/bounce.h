/* What a mail that came back says: about whom, why, and of which of our deliveries. */
#pragma once
#include "zhoubao/base/refusal.h"
#include "zhoubao/base/time.h"

typedef enum {
  ZB_BOUNCE_OTHER,    /* a refusal in somebody's own words, or no report at all */
  ZB_BOUNCE_DSN,      /* RFC 3464 */
  ZB_BOUNCE_ARF,      /* RFC 5965: somebody complained */
  ZB_BOUNCE_AUTOREPLY /* RFC 3834: a vacation notice */
} ZbBounceKind;

typedef struct {
  char *address;    /* as the mail has it, without <> */
  char *status;     /* "5.1.1" (RFC 3463), or NULL */
  char *action;     /* failed, delayed, delivered, relayed, expanded; NULL: none said */
  char *diagnostic; /* what the other side said, one line, or NULL */
  ZbReason reason;
  gboolean hard; /* the address is dead */
} ZbBounceRecipient;

typedef struct {
  gboolean is_bounce; /* something was not delivered, for good: no delay, no vacation notice, no complaint */
  ZbBounceKind kind;
  GPtrArray *recipients; /* of ZbBounceRecipient */
  char **returned_to;    /* the addresses that this mail came to: one of them may be a VERP address of ours */
  char *envelope_id;     /* Original-Envelope-Id, or NULL */
  char *message_id;      /* of the mail that came back, without <>, or NULL */
  char *feedback;        /* Feedback-Type of a complaint ("abuse"), or NULL */
  ZbTime date;
} ZbBounce;

ZbBounce *zb_bounce_new (void);
void zb_bounce_free (ZbBounce *bounce);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbBounce, zb_bounce_free)

ZbBounceRecipient *zb_bounce_recipient_new (void);
void zb_bounce_recipient_free (ZbBounceRecipient *recipient);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbBounceRecipient, zb_bounce_recipient_free)

/* "dsn", "arf", "autoreply", "other". Static. */
const char *zb_bounce_kind_name (ZbBounceKind kind);
