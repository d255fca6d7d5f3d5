/* Mails to one person that a page causes. Private to src/desk. */
#pragma once
#include "visit.h"

/* Sends the text of the template NAME to ADDRESS, as zb_mailbox_parse gives it, from a thread of its own: how
   long the relay takes tells nobody whether a mail was due. What fails there is said on standard error. The
   template gets what B, an open object, holds, and the newsletter's title and postal_address. */
gboolean zb_notice_send (ZbVisit *visit, const char *name, const char *address, const char *subject,
                         JsonBuilder *b, GError **error) G_GNUC_WARN_UNUSED_RESULT;
