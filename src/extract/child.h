/* One worker process as its pool sees it: one task at a time. */
#pragma once
#include "zhoubao/extract/pool.h"

typedef struct {
  ZbJob *job;
  ZbPoolDone done;
  gpointer data;
} ZbTask;

typedef struct ZbChild ZbChild;

void zb_task_free (ZbTask *task);

#define ZB_CHILD_FORK "" /* instead of a program: this process goes on as the worker */

/* NEEDS: what the worker is to open first. */
ZbChild *zb_child_start (const char *program, char **needs, GError **error);
void zb_child_free (ZbChild *child); /* ends the process */

int zb_child_fd (ZbChild *child);
gushort zb_child_events (ZbChild *child);  /* what to poll it for; 0 while it has nothing to do */
gint64 zb_child_deadline (ZbChild *child); /* monotonic microseconds, G_MAXINT64 without a task */
guint zb_child_n_needs (ZbChild *child);

/* TASK (transfer full) is started; the child must be idle. */
void zb_child_take (ZbChild *child, ZbTask *task);
ZbTask *zb_child_task (ZbChild *child); /* borrowed; NULL while idle */

/* Moves bytes without waiting. Returns: (transfer full) the result of its task once there is one, which
   leaves the child idle, or dead: then *DEAD is set. */
ZbResult *zb_child_step (ZbChild *child, gboolean *dead);
ZbTask *zb_child_steal_task (ZbChild *child);
