/* Mails to one person that a page causes. Private to src/desk. */
#pragma once
#include "visit.h"

/* Sends TEXT to ADDRESS, as zb_mailbox_parse gives it, from a thread of its own: how long the relay takes
   tells nobody whether a mail was due. What fails is said on standard error. */
void zb_notice_send (ZbVisit *visit, const char *address, const char *subject, const char *text);
