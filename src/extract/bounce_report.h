/* Reports that machines can read. Each adds ZbFindings to FINDINGS. */
#pragma once
#include "bounce_finding.h"
#include "zhoubao/edge/message.h"

/* Delivery status notifications (RFC 3464): TRUE where MESSAGE holds one, as its own (ENCLOSED 0) or in a
   message within it (1). *ENVELOPE_ID is set where it is stated. Recipients that got it (delivered, relayed,
   expanded) are left out. */
gboolean zb_report_dsn (const ZbMessage *message, guint enclosed, const char *notice, GPtrArray *findings,
                        char **envelope_id);

/* Complaints (RFC 5965): TRUE where MESSAGE is one. *TYPE is its Feedback-Type. */
gboolean zb_report_arf (const ZbMessage *message, GPtrArray *findings, char **type);

/* Amazon SES's notices in JSON, as SNS mails them: TRUE where TEXT is one. */
gboolean zb_report_ses (const char *text, ZbBounce *bounce, GPtrArray *findings);
