/* The words for people at the head of a report: where they end, and the addresses that they name. */
#pragma once
#include "bounce_finding.h"
#include "zhoubao/edge/message.h"

/* The notice's text without the returned mail below it. Returns: (transfer full), "" where there is none. */
char *zb_notice_text (const ZbMessage *message);

/* What is returned below the notice in the same text part: its headers as text. Returns: (transfer full),
   NULL where there is none. */
char *zb_notice_returned (const ZbMessage *message);

/* Adds a ZbFinding for each recipient that NOTICE names as failed. OWN, the address that the report came to,
   and a mail system's own addresses are left out; NULL leaves out none. */
void zb_notice_read (const char *notice, const char *own, GPtrArray *findings);

/* The paragraph of NOTICE about ADDRESS; all of it where none is. Returns: (transfer full). */
char *zb_notice_about (const char *notice, const char *address);

/* The same where NOTICE names several recipients; all of it where it names one. Returns: (transfer full). */
char *zb_notice_around (const char *notice, const char *address);
