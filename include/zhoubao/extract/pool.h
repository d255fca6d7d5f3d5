/* Parse workers: this program started again as `zhoubao worker`, locked in by edge/sandbox.h. A worker that
   crashes, loops or swells costs the document it was reading, which gets an error that says so, and is
   replaced. A pool belongs to one thread and starts its processes when they are first needed.

   Blocking:      g_autoptr (ZbResult) r = zb_pool_call (pool, job, &error);
   With poll:     zb_pool_submit (pool, job, done, data);
                  n = zb_pool_poll_fds (pool, fds, max);  poll (fds, n, zb_pool_timeout_ms (pool));
                  zb_pool_dispatch (pool);                 // calls done() of what is finished */
#pragma once
#include "zhoubao/extract/job.h"

typedef struct ZbPool ZbPool;

/* WORKERS at the same time; 0: one per processor, at most 4. PROGRAM is started with the argument "worker";
   NULL: this very program. */
ZbPool *zb_pool_new (guint workers, const char *program);

/* One worker, forked off this process instead of started: for plumbing that reads one file and ends, and
   saves the time of a start. The process must have no threads and nothing in its memory to hide from what it
   parses. */
ZbPool *zb_pool_new_forking (void);
void zb_pool_free (ZbPool *pool); /* jobs that are not done get no callback */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbPool, zb_pool_free)

/* RESULT is the callee's. It has result->error where there is nothing else. */
typedef void (*ZbPoolDone) (ZbResult *result, gpointer data);

/* Queues JOB (transfer full). DONE may submit more jobs. */
void zb_pool_submit (ZbPool *pool, ZbJob *job, ZbPoolDone done, gpointer data);
guint zb_pool_pending (ZbPool *pool); /* submitted and not done */

/* Fills FDS with at most MAX descriptors and their events. Returns: how many; at most the number of workers.
 */
guint zb_pool_poll_fds (ZbPool *pool, GPollFD *fds, guint max);
int zb_pool_timeout_ms (ZbPool *pool); /* until the next worker is over its time; -1: no hurry */
void zb_pool_dispatch (ZbPool *pool);  /* moves what can be moved without waiting */

/* Submits JOB (transfer full) and waits for it, serving the others meanwhile. Returns: (transfer full), NULL
   with ERROR set. */
ZbResult *zb_pool_call (ZbPool *pool, ZbJob *job, GError **error);
