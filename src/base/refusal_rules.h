/* The tables of what mail servers say. */
#pragma once
#include "zhoubao/base/refusal.h"

typedef struct {
  ZbReason reason;
  gboolean certain;
  const char *pattern; /* PCRE */
} ZbPhrase;

/* Ended by a row without a pattern; src/base/refusal_phrases.c. */
extern const ZbPhrase zb_phrases[];

/* The reason that TEXT gives by its words; ZB_REASON_UNKNOWN where none is known. *CERTAIN: an unknown user
   by words that only the mailbox's own server says. */
ZbReason zb_rules_match (const char *text, gboolean *certain);

/* By the enhanced status alone (RFC 3463, RFC 7505, RFC 7372). */
ZbReason zb_rules_status (const char *status);

/* "RCPT", "MAIL", "DATA", "CONN", "EHLO", "STARTTLS" where TEXT tells which command was refused. Static. */
const char *zb_rules_command (const char *text);
