/* A small piece of work that a browser does before it asks for a mail, so that asking for thousands costs
   something. It is bound to the address and the day; nobody has to do it, but without it stricter limits hold
   (consent.h). */
#pragma once
#include "zhoubao/base/time.h"
#include <glib.h>

/* Today's puzzle (days of UTC), which only KEY, the workspace's "people", can make. (transfer full) */
char *zb_work_puzzle (GBytes *key, ZbTime now);

/* Whether the SHA-256 of "PUZZLE ADDRESS PROOF" begins with 16 zero bits, PUZZLE being of today or yesterday
   and ADDRESS as it was typed. Each may be NULL. */
gboolean zb_work_done (GBytes *key, const char *puzzle, const char *address, const char *proof, ZbTime now);
