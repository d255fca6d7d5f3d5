/* Work behind the pages, in lanes. */
#include "errand.h"

#define KEPT 100 /* errands whose outcome is remembered */
#define LANES (ZB_LANE_BUILD + 1)

static const int at_once[LANES] = {[ZB_LANE_CLIP] = 3, [ZB_LANE_INDEX] = 1, [ZB_LANE_BUILD] = 1};

typedef enum { WAITS, RUNS, ENDED } State;

typedef struct {
  gint64 number;
  ZbLane lane;
  State state;
  char *about, *result, *problem;
  ZbErrandWork work;
  gpointer data;
  GDestroyNotify free_data;
} Errand;

/* Kept by the desk and by each thread, for a fetch may outlive the desk. */
struct ZbErrands {
  char *directory;
  GMutex lock; /* of all below */
  GCond ended;
  GPtrArray *all; /* of Errand, oldest first */
  gint64 last;
  int running[LANES];
  gboolean stopping;
};

static void
errand_free (gpointer data)
{
  Errand *errand = data;
  if (errand->data != NULL)
    errand->free_data (errand->data);
  g_free (errand->about);
  g_free (errand->result);
  g_free (errand->problem);
  g_free (errand);
}

static void
errands_clear (gpointer data)
{
  ZbErrands *errands = data;
  g_ptr_array_unref (errands->all);
  g_mutex_clear (&errands->lock);
  g_cond_clear (&errands->ended);
  g_free (errands->directory);
}

ZbErrands *
zb_errands_new (const char *directory)
{
  ZbErrands *errands = g_atomic_rc_box_new0 (ZbErrands);
  errands->directory = g_strdup (directory);
  errands->all = g_ptr_array_new_with_free_func (errand_free);
  g_mutex_init (&errands->lock);
  g_cond_init (&errands->ended);
  return errands;
}

void
zb_errands_free (ZbErrands *errands)
{
  g_mutex_lock (&errands->lock);
  errands->stopping = TRUE;
  while (errands->running[ZB_LANE_BUILD] > 0)
    g_cond_wait (&errands->ended, &errands->lock);
  g_mutex_unlock (&errands->lock);
  g_atomic_rc_box_release_full (errands, errands_clear);
}

static gboolean
carry_out (const char *directory, Errand *errand, char **result, GError **error)
{
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (directory, error);
  g_autoptr (ZbDb) db = workspace != NULL ? zb_workspace_database (workspace, error) : NULL;
  return db != NULL && errand->work (workspace, db, errand->data, result, error);
}

/* The lock is held. */
static Errand *
next_waiting (const ZbErrands *errands, ZbLane lane)
{
  for (guint i = 0; i < errands->all->len && !errands->stopping; i++) {
    Errand *errand = errands->all->pdata[i];
    if (errand->lane == lane && errand->state == WAITS)
      return errand;
  }
  return NULL;
}

/* The lock is held, but not while it works: nobody else touches what runs. */
static void
run_one (ZbErrands *errands, Errand *errand)
{
  g_autoptr (GError) error = NULL;
  char *result = NULL;
  errand->state = RUNS;
  g_mutex_unlock (&errands->lock);
  gboolean done = carry_out (errands->directory, errand, &result, &error);
  if (!done)
    g_printerr ("zhoubao serve: %s: %s\n", errand->about, error->message);
  g_mutex_lock (&errands->lock);
  errand->result = result;
  errand->problem = done ? NULL : g_strdup (error->message);
  errand->state = ENDED;
  g_cond_broadcast (&errands->ended);
}

typedef struct {
  ZbErrands *errands;
  ZbLane lane;
} Runner;

static gpointer
run (gpointer data)
{
  Runner *runner = data;
  ZbErrands *errands = runner->errands;
  Errand *errand;
  g_mutex_lock (&errands->lock);
  while ((errand = next_waiting (errands, runner->lane)) != NULL)
    run_one (errands, errand);
  errands->running[runner->lane]--;
  g_cond_broadcast (&errands->ended);
  g_mutex_unlock (&errands->lock);
  g_atomic_rc_box_release_full (errands, errands_clear);
  g_free (runner);
  return NULL;
}

/* The lock is held. The oldest that ended are forgotten. */
static void
add (ZbErrands *errands, Errand *errand)
{
  for (guint i = 0; errands->all->len >= KEPT && i < errands->all->len;)
    if (((Errand *)errands->all->pdata[i])->state == ENDED)
      g_ptr_array_remove_index (errands->all, i);
    else
      i++;
  errand->number = ++errands->last;
  g_ptr_array_add (errands->all, errand);
}

gint64
zb_errands_ask (ZbErrands *errands, ZbLane lane, const char *about, ZbErrandWork work, gpointer data,
                GDestroyNotify free_data)
{
  Errand *fresh = g_new0 (Errand, 1);
  *fresh =
      (Errand){.lane = lane, .about = g_strdup (about), .work = work, .data = data, .free_data = free_data};
  g_mutex_lock (&errands->lock);
  Errand *waiting = lane == ZB_LANE_BUILD ? next_waiting (errands, lane) : NULL;
  if (waiting == NULL)
    add (errands, fresh);
  gint64 number = waiting != NULL ? waiting->number : fresh->number;
  if (waiting == NULL && errands->running[lane] < at_once[lane]) {
    Runner *runner = g_new (Runner, 1);
    *runner = (Runner){g_atomic_rc_box_acquire (errands), lane};
    errands->running[lane]++;
    g_thread_unref (g_thread_new ("errand", run, runner));
  }
  g_mutex_unlock (&errands->lock);
  if (waiting != NULL)
    errand_free (fresh);
  return number;
}

void
zb_errand_look_clear (ZbErrandLook *look)
{
  g_clear_pointer (&look->about, g_free);
  g_clear_pointer (&look->result, g_free);
  g_clear_pointer (&look->problem, g_free);
}

/* The lock is held. */
static Errand *
find (const ZbErrands *errands, gint64 number)
{
  for (guint i = errands->all->len; i-- > 0;)
    if (((Errand *)errands->all->pdata[i])->number == number)
      return errands->all->pdata[i];
  return NULL;
}

static void
copy_look (const Errand *errand, ZbErrandLook *look)
{
  if (errand != NULL)
    *look = (ZbErrandLook){errand->state != ENDED, g_strdup (errand->about), g_strdup (errand->result),
                           g_strdup (errand->problem)};
}

gboolean
zb_errands_look (ZbErrands *errands, gint64 number, int milliseconds, ZbErrandLook *look)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  g_mutex_lock (&errands->lock);
  const Errand *errand = find (errands, number);
  while (errand != NULL && errand->state != ENDED && milliseconds > 0 &&
         g_cond_wait_until (&errands->ended, &errands->lock, until))
    errand = find (errands, number);
  errand = find (errands, number);
  copy_look (errand, look);
  g_mutex_unlock (&errands->lock);
  return errand != NULL;
}

gboolean
zb_errands_newest (ZbErrands *errands, ZbLane lane, ZbErrandLook *look)
{
  const Errand *errand = NULL;
  g_mutex_lock (&errands->lock);
  for (guint i = errands->all->len; errand == NULL && i-- > 0;)
    if (((Errand *)errands->all->pdata[i])->lane == lane)
      errand = errands->all->pdata[i];
  copy_look (errand, look);
  g_mutex_unlock (&errands->lock);
  return errand != NULL;
}
