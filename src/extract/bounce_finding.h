/* What a report says of one recipient, before it is judged. */
#pragma once
#include "zhoubao/model/bounce.h"

typedef struct {
  char *address;
  char *status; /* as the report states it, or NULL */
  char *action; /* "failed", "delayed", "delivered", or NULL */
  char *words;  /* the server's own words, or the paragraph about this recipient; or NULL */
  char *around; /* what the report says beside; or NULL */
} ZbFinding;

ZbFinding *zb_finding_new (const char *address);
void zb_finding_free (ZbFinding *finding);

/* Of ZbFinding, which it owns. Returns: (transfer full). */
GPtrArray *zb_findings_new (void);
/* The finding about ADDRESS, in any case; NULL where there is none. */
ZbFinding *zb_findings_get (GPtrArray *findings, const char *address);

/* Returns: (transfer full). */
ZbBounceRecipient *zb_finding_judge (const ZbFinding *finding);
