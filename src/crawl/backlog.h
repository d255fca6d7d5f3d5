/* Texts that an earlier crawl left in the evidence, because too much came at once: read beside this one. */
#pragma once
#include "crew.h"

typedef struct ZbBacklog ZbBacklog;

/* What is left of the crew's sources. NULL: error. */
ZbBacklog *zb_backlog_new (ZbCrew *crew, GError **error);
void zb_backlog_free (ZbBacklog *backlog); /* once nothing of it is with workers or the writer any more */

/* Hands a few to the workers. Call it at each turn of the loop. */
void zb_backlog_step (ZbBacklog *backlog);
guint zb_backlog_left (const ZbBacklog *backlog); /* answers, of this crawl */
