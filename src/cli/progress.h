/* A progress bar on stderr for whatever takes longer than a second; nothing where stderr is no terminal, or
   with
   --quiet.

     g_autoptr (ZbProgress) bar = zb_progress_new (cli);
     zb_progress_set (bar, done, total, "12 new");
     zb_progress_clear (bar);   // before a line is printed; the next set draws it again */
#pragma once
#include "zhoubao/cli/verb.h"

typedef struct ZbProgress ZbProgress;

ZbProgress *zb_progress_new (const ZbCli *cli);
void zb_progress_free (ZbProgress *bar); /* clears it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbProgress, zb_progress_free)

/* DONE of TOTAL, and words behind the bar (may be NULL). Cheap to call often. */
void zb_progress_set (ZbProgress *bar, guint done, guint total, const char *words);
void zb_progress_clear (ZbProgress *bar);
