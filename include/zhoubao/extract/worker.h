/* The other side of a pool: what `zhoubao worker` does. */
#pragma once
#include <glib.h>

/* Reads jobs from descriptor IN and writes results to OUT until IN ends, inside the sandbox. NEEDS are words
   that say what to open before: "kind=mail", "zone=Asia/Shanghai". */
gboolean zb_worker_run (int in, int out, char **needs, GError **error) G_GNUC_WARN_UNUSED_RESULT;
