/* Reading a mail that came back. */
#pragma once
#include "zhoubao/edge/message.h"
#include "zhoubao/model/bounce.h"

/* Never fails: what is no report is kind other, is_bounce FALSE. Returns: (transfer full). */
ZbBounce *zb_bounce_read (const ZbMessage *message);
