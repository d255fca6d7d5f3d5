/* What sort of mail came back. */
#pragma once
#include "zhoubao/edge/message.h"

/* Whether the headers, or the subject, say that nobody wrote it by hand: a vacation notice and the like (RFC
   3834), or a question whether we are human. */
gboolean zb_kind_is_autoreply (const ZbMessage *message);

/* Whether it comes from a mail system and says, in subject or NOTICE, that something was not, or not yet,
   delivered; or says so in both. */
gboolean zb_kind_is_failure (const ZbMessage *message, const char *notice);

/* Whether subject or NOTICE say only that it takes longer. */
gboolean zb_kind_says_delayed (const ZbMessage *message, const char *notice);
