/* A process locks itself in: no sockets, no files, no new programs; bounded memory and processor time.
   Linux's seccomp (libseccomp) and rlimits. Under a sanitizer memory is not bounded, as its shadow is huge.
 */
#pragma once
#include <glib.h>

/* For good. What is open stays usable; opening a file fails with EACCES, anything else ends the process with
   SIGSYS. Standard error stays for last words. */
gboolean zb_sandbox_enter (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Memory that may be allocated from here on, above what is in use; before entering. Beyond it malloc fails,
   upon which GLib ends the process: by exit status ZB_SANDBOX_EXIT_MEMORY. */
gboolean zb_sandbox_limit_memory (gint64 bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
#define ZB_SANDBOX_EXIT_MEMORY 97

/* From now on SECONDS of processor time, then SIGPROF ends the process; to be set anew for each job. */
void zb_sandbox_limit_time (gint64 seconds);
