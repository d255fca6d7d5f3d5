/* The threads that send while the desk is served. */
#include "dispatch.h"

#include "zhoubao/base/error.h"
#include "zhoubao/deliver/send.h"
#include "zhoubao/desk/clerk.h"

#define TURN_SECONDS 5 /* between two looks at what is due */

typedef struct {
  ZbDispatch *dispatch;
  char *week;
  GThread *thread; /* NULL: never sent */
  gint stop;       /* atomic */
  gboolean running;
  double rate, left;
  char *note;
} Job;

typedef struct {
  ZbDispatch *dispatch;
  char *week, *address;
  ZbMail *mail;
} Try;

struct ZbDispatch {
  char *directory;
  GThread *clerk;
  GMutex lock; /* of all below, and of every job's members */
  GCond wake;
  gboolean stopping, poked;
  GPtrArray *tries; /* of GThread, each with a copy to try; joined at the end */
  GHashTable *jobs; /* week to Job */
};

static void
job_free (gpointer data)
{
  Job *job = data;
  g_free (job->week);
  g_free (job->note);
  g_free (job);
}

/* The lock is held. */
static Job *
job_of (ZbDispatch *d, const char *week)
{
  Job *job = g_hash_table_lookup (d->jobs, week);
  if (job == NULL) {
    job = g_new0 (Job, 1);
    job->dispatch = d;
    job->week = g_strdup (week);
    job->left = -1;
    g_hash_table_insert (d->jobs, job->week, job);
  }
  return job;
}

/* NOTE (transfer full). */
static void
set_note (ZbDispatch *d, const char *week, char *note)
{
  g_mutex_lock (&d->lock);
  Job *job = job_of (d, week);
  g_free (job->note);
  job->note = note;
  g_mutex_unlock (&d->lock);
}

static void
keep_progress (const ZbSendProgress *progress, gpointer data)
{
  Job *job = data;
  g_mutex_lock (&job->dispatch->lock);
  job->rate = progress->rate;
  job->left = progress->left;
  g_mutex_unlock (&job->dispatch->lock);
}

/* What was deferred is not waited for, which would keep every other mailing waiting: the clerk starts a run
   when it is due. */
static gboolean
send_mailing (Job *job, GError **error)
{
  ZbSendProgress end;
  ZbSendOptions o = {.issue = job->week,
                     .now = zb_time_now (),
                     .late = TRUE, /* an editor asked, or the clerk judged its time */
                     .stop = &job->stop,
                     .progress = keep_progress,
                     .data = job};
  g_autoptr (GError) failure = NULL;
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (job->dispatch->directory, error);
  g_autoptr (ZbDb) db = workspace != NULL ? zb_workspace_database (workspace, error) : NULL;
  if (db == NULL)
    return FALSE;
  if (!zb_send_run (workspace, db, &o, &end, &failure) &&
      g_error_matches (failure, ZB_ERROR, ZB_ERROR_BUSY)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  return (failure == NULL && g_atomic_int_get (&job->stop)) ||
         zb_clerk_settle (db, job->week, failure, zb_time_now (), error);
}

static gpointer
run_job (gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  if (!send_mailing (job, &error)) {
    if (!g_error_matches (error, ZB_ERROR,
                          ZB_ERROR_BUSY)) /* another mailing, or another program: ours is next */
      g_printerr ("zhoubao serve: sending %s: %s\n", job->week, error->message);
    set_note (job->dispatch, job->week, g_strdup (error->message));
  }
  g_mutex_lock (&job->dispatch->lock);
  job->running = FALSE;
  job->rate = 0;
  job->left = -1;
  g_mutex_unlock (&job->dispatch->lock);
  return NULL;
}

static void
start_job (ZbDispatch *d, const char *week)
{
  g_mutex_lock (&d->lock);
  Job *job = job_of (d, week);
  if (!job->running && !d->stopping) {
    if (job->thread != NULL)
      g_thread_join (job->thread); /* it has ended, but for its last line */
    job->running = TRUE;
    job->thread = g_thread_new ("sender", run_job, job);
  }
  g_mutex_unlock (&d->lock);
}

static gboolean
look (ZbDispatch *d, GError **error)
{
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (d->directory, error);
  g_autoptr (ZbDb) db = workspace != NULL ? zb_workspace_database (workspace, error) : NULL;
  g_autoptr (GPtrArray) weeks = db != NULL ? zb_clerk_round (workspace, db, zb_time_now (), error) : NULL;
  for (guint i = 0; weeks != NULL && i < weeks->len; i++)
    start_job (d, weeks->pdata[i]);
  return weeks != NULL;
}

static gpointer
run_clerk (gpointer data)
{
  ZbDispatch *d = data;
  g_autofree char *said = NULL; /* the same trouble is told once */
  g_mutex_lock (&d->lock);
  while (!d->stopping) {
    g_autoptr (GError) error = NULL;
    d->poked = FALSE;
    g_mutex_unlock (&d->lock);
    if (!look (d, &error) && g_strcmp0 (said, error->message) != 0)
      g_printerr ("zhoubao serve: what is due: %s\n", error->message);
    g_free (said);
    said = error != NULL ? g_strdup (error->message) : NULL;
    gint64 until = g_get_monotonic_time () + TURN_SECONDS * G_TIME_SPAN_SECOND;
    g_mutex_lock (&d->lock);
    while (!d->stopping && !d->poked && g_cond_wait_until (&d->wake, &d->lock, until))
      ;
  }
  g_mutex_unlock (&d->lock);
  return NULL;
}

ZbDispatch *
zb_dispatch_new (const char *directory)
{
  ZbDispatch *d = g_new0 (ZbDispatch, 1);
  d->directory = g_strdup (directory);
  d->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, job_free);
  d->tries = g_ptr_array_new ();
  g_mutex_init (&d->lock);
  g_cond_init (&d->wake);
  d->clerk = g_thread_new ("clerk", run_clerk, d);
  return d;
}

void
zb_dispatch_poke (ZbDispatch *d)
{
  g_mutex_lock (&d->lock);
  d->poked = TRUE;
  g_cond_broadcast (&d->wake);
  g_mutex_unlock (&d->lock);
}

/* No job is made any more once the clerk has ended. */
static void
stop_jobs (ZbDispatch *d)
{
  GHashTableIter iter;
  gpointer job;
  g_hash_table_iter_init (&iter, d->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    g_atomic_int_set (&((Job *)job)->stop, TRUE);
  g_hash_table_iter_init (&iter, d->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    if (((Job *)job)->thread != NULL)
      g_thread_join (((Job *)job)->thread);
}

void
zb_dispatch_free (ZbDispatch *d)
{
  g_mutex_lock (&d->lock);
  d->stopping = TRUE;
  g_cond_broadcast (&d->wake);
  g_mutex_unlock (&d->lock);
  g_thread_join (d->clerk);
  for (guint i = 0; i < d->tries->len; i++)
    g_thread_join (d->tries->pdata[i]);
  g_ptr_array_unref (d->tries);
  stop_jobs (d);
  g_hash_table_unref (d->jobs);
  g_mutex_clear (&d->lock);
  g_cond_clear (&d->wake);
  g_free (d->directory);
  g_free (d);
}

static gpointer
run_try (gpointer data)
{
  Try *copy = data;
  ZbDispatch *d = copy->dispatch;
  g_autoptr (GError) error = NULL;
  g_autofree char *where = NULL;
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (d->directory, &error);
  gboolean sent = workspace != NULL &&
                  zb_send_test (workspace, copy->mail, copy->address, zb_time_now (), &where, &error);
  set_note (d, copy->week,
            sent ? g_strdup_printf ("A copy went to %s: %s", copy->address, where)
                 : g_strdup_printf ("No copy went to %s: %s", copy->address, error->message));
  zb_mail_free (copy->mail);
  g_free (copy->week);
  g_free (copy->address);
  g_free (copy);
  return NULL;
}

void
zb_dispatch_try (ZbDispatch *d, const char *week, ZbMail *mail, const char *address)
{
  Try *copy = g_new0 (Try, 1);
  *copy = (Try){d, g_strdup (week), g_strdup (address), mail};
  set_note (d, week, g_strdup_printf ("A copy is on its way to %s.", address));
  g_mutex_lock (&d->lock);
  g_ptr_array_add (d->tries, g_thread_new ("try", run_try, copy));
  g_mutex_unlock (&d->lock);
}

void
zb_dispatch_state (ZbDispatch *d, const char *week, ZbDispatchState *state)
{
  *state = (ZbDispatchState){.left = -1};
  g_mutex_lock (&d->lock);
  const Job *job = g_hash_table_lookup (d->jobs, week);
  if (job != NULL)
    *state = (ZbDispatchState){job->running, job->rate, job->left, g_strdup (job->note)};
  g_mutex_unlock (&d->lock);
}
