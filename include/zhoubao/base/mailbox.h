/* Mail addresses: checked before anything else is done with them, for libraries further on pass CR LF through
   to the server. */
#pragma once
#include <glib.h>

typedef struct {
  const char *name; /* UTF-8, or NULL */
  const char *address;
} ZbMailbox; /* borrowed */

#define ZB_MAILBOX_LOCAL 64 /* octets before the @ (RFC 5321 §4.5.3.1.1) */
#define ZB_MAILBOX_MAX 254  /* octets in all (RFC 5321 §4.5.3.1.3, less the angle brackets) */

/* Reads TEXT, one bare address without a display name: a dot-atom (RFC 5322 §3.2.3), "@" and a domain of two
   labels or more. *OUT is what goes over the wire: the local part as written, the domain in lower case with
   its IDN labels as A-labels (UTS 46). Anything else is one clear line: CR, LF, NUL, <>, control characters
   and spaces, a part that is too long, a local part that is not ASCII (it needs SMTPUTF8), a domain that is
   none. */
gboolean zb_mailbox_parse (const char *text, char **out, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What two spellings of one mailbox share: ADDRESS, as zb_mailbox_parse gives it, in lower case. Returns:
   (transfer full). */
char *zb_mailbox_key (const char *address);

/* What follows the last "@". Returns: borrowed from ADDRESS; "" where there is none. */
const char *zb_mailbox_domain (const char *address);

/* "m…@e…e.org": enough for its owner, too little for whoever got a forwarded copy. Returns: (transfer full).
 */
char *zb_mailbox_mask (const char *address);

/* Whether NAME may stand before an address in a header: UTF-8, no control characters, at most 200 octets.
   NULL may. */
gboolean zb_mailbox_check_name (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
