/* A pool: tasks waiting, workers at work. */
#include "zhoubao/extract/pool.h"

#include "child.h"
#include "zhoubao/base/error.h"

#define MOST_WORKERS 4u

struct ZbPool {
  char *program;
  guint n_children;
  ZbChild **children; /* NULL where none is running */
  GQueue waiting;     /* of ZbTask */
  GPtrArray *needs;   /* words that every new worker is started with */
};

ZbPool *
zb_pool_new (guint workers, const char *program)
{
  ZbPool *pool = g_new0 (ZbPool, 1);
  pool->program = g_strdup (program);
  pool->n_children = workers > 0 ? workers : MIN (g_get_num_processors (), MOST_WORKERS);
  pool->children = g_new0 (ZbChild *, pool->n_children);
  pool->needs = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (pool->needs, NULL);
  g_queue_init (&pool->waiting);
  return pool;
}

ZbPool *
zb_pool_new_forking (void)
{
  return zb_pool_new (1, ZB_CHILD_FORK);
}

void
zb_pool_free (ZbPool *pool)
{
  for (guint i = 0; i < pool->n_children; i++)
    g_clear_pointer (&pool->children[i], zb_child_free);
  g_queue_clear_full (&pool->waiting, (GDestroyNotify)zb_task_free);
  g_ptr_array_unref (pool->needs);
  g_free (pool->children);
  g_free (pool->program);
  g_free (pool);
}

/* Remembers WORD. A worker that was started without it is replaced before it gets a task. */
static void
add_need (ZbPool *pool, const char *prefix, const char *value)
{
  g_autofree char *word = g_strconcat (prefix, value, NULL);
  for (guint i = 0; i + 1 < pool->needs->len; i++)
    if (g_str_equal (pool->needs->pdata[i], word))
      return;
  g_ptr_array_insert (pool->needs, (int)pool->needs->len - 1, g_steal_pointer (&word));
}

static void
add_needs (ZbPool *pool, const ZbJob *job)
{
  const ZbKind *kind = zb_kind (job->kind);
  g_assert (kind != NULL && job->input != NULL);
  g_autofree char *memory = g_strdup_printf ("%" G_GINT64_FORMAT, job->limits.parse_memory_bytes);
  add_need (pool, "memory=", memory);
  if (kind->prepare != NULL)
    add_need (pool, "kind=", kind->name);
  if (job->zone != NULL)
    add_need (pool, "zone=", job->zone);
}

static ZbTask *
task_new (ZbJob *job, ZbPoolDone done, gpointer data)
{
  ZbTask *task = g_new0 (ZbTask, 1);
  *task = (ZbTask){job, done, data};
  return task;
}

static void
finish (ZbTask *task, ZbResult *result)
{
  task->done (result, task->data);
  zb_task_free (task);
}

static ZbResult *
spawn_failure (GError *error)
{
  ZbResult *result = g_new0 (ZbResult, 1);
  result->error = error;
  return result;
}

/* An idle worker in SLOT that has what is needed; NULL where it is busy, or could not be started: then the
   next task has its answer. */
static ZbChild *
idle_child (ZbPool *pool, ZbChild **slot)
{
  if (*slot != NULL && zb_child_task (*slot) != NULL)
    return NULL;
  if (*slot != NULL && zb_child_n_needs (*slot) < pool->needs->len - 1)
    g_clear_pointer (slot, zb_child_free);
  GError *error = NULL;
  if (*slot == NULL)
    *slot = zb_child_start (pool->program, (char **)pool->needs->pdata, &error);
  if (*slot == NULL)
    finish (g_queue_pop_head (&pool->waiting), spawn_failure (error));
  return *slot;
}

static void
feed_children (ZbPool *pool)
{
  for (guint i = 0; i < pool->n_children && !g_queue_is_empty (&pool->waiting); i++) {
    ZbChild *child = idle_child (pool, &pool->children[i]);
    if (child != NULL)
      zb_child_take (child, g_queue_pop_head (&pool->waiting));
  }
}

void
zb_pool_submit (ZbPool *pool, ZbJob *job, ZbPoolDone done, gpointer data)
{
  add_needs (pool, job);
  g_queue_push_tail (&pool->waiting, task_new (job, done, data));
}

guint
zb_pool_pending (ZbPool *pool)
{
  guint n = g_queue_get_length (&pool->waiting);
  for (guint i = 0; i < pool->n_children; i++)
    n += pool->children[i] != NULL && zb_child_task (pool->children[i]) != NULL;
  return n;
}

guint
zb_pool_poll_fds (ZbPool *pool, GPollFD *fds, guint max)
{
  guint n = 0;
  feed_children (pool);
  for (guint i = 0; i < pool->n_children && n < max; i++) {
    gushort events = pool->children[i] != NULL ? zb_child_events (pool->children[i]) : 0;
    if (events != 0)
      fds[n++] = (GPollFD){zb_child_fd (pool->children[i]), events, 0};
  }
  return n;
}

int
zb_pool_timeout_ms (ZbPool *pool)
{
  gint64 first = G_MAXINT64;
  for (guint i = 0; i < pool->n_children; i++)
    if (pool->children[i] != NULL)
      first = MIN (first, zb_child_deadline (pool->children[i]));
  if (first == G_MAXINT64)
    return -1;
  return (int)CLAMP ((first - g_get_monotonic_time ()) / 1000 + 1, 0, G_MAXINT32);
}

static void
step (ZbPool *pool, ZbChild **slot)
{
  gboolean dead = FALSE;
  ZbResult *result = *slot != NULL ? zb_child_step (*slot, &dead) : NULL;
  if (result == NULL)
    return;
  ZbTask *task = zb_child_steal_task (*slot);
  if (dead)
    g_clear_pointer (slot, zb_child_free);
  feed_children (pool); /* the worker is busy again while its last result is looked at */
  finish (task, result);
}

void
zb_pool_dispatch (ZbPool *pool)
{
  feed_children (pool);
  for (guint i = 0; i < pool->n_children; i++)
    step (pool, &pool->children[i]);
}

static void
keep_result (ZbResult *result, gpointer data)
{
  *(ZbResult **)data = result;
}

ZbResult *
zb_pool_call (ZbPool *pool, ZbJob *job, GError **error)
{
  ZbResult *result = NULL;
  g_autofree GPollFD *fds = g_new (GPollFD, pool->n_children);
  zb_pool_submit (pool, job, keep_result, &result);
  while (result == NULL) {
    guint n = zb_pool_poll_fds (pool, fds, pool->n_children);
    if (result == NULL && n > 0)
      g_poll (fds, n, zb_pool_timeout_ms (pool));
    zb_pool_dispatch (pool);
  }
  if (result->error == NULL)
    return result;
  g_propagate_error (error, g_steal_pointer (&result->error));
  zb_result_free (result);
  return NULL;
}
