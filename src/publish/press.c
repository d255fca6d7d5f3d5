/* Pages waiting for their turn: those that are not current are made and written by a few threads. */
#include "site.h"

#define MOST_THREADS 4u
#define WORTH 8u /* pages, from which on a second thread and its templates pay */

typedef struct {
  char *path;
  ZbKey key;
  ZbSiteRecipe recipe;
  GError *error;
} Job;

static void
recipe_clear (const ZbSiteRecipe *recipe)
{
  if (recipe->free_data != NULL)
    recipe->free_data (recipe->data);
}

static void
job_free (gpointer data)
{
  Job *job = data;
  recipe_clear (&job->recipe);
  g_clear_error (&job->error);
  g_free (job->path);
  g_free (job);
}

GPtrArray *
zb_site_jobs_new (void)
{
  return g_ptr_array_new_with_free_func (job_free);
}

char *
zb_site_file (const char *path)
{
  gboolean page = *path == '\0' || g_str_has_suffix (path, "/");
  return page ? g_strconcat (path, "index.html", NULL) : g_strdup (path);
}

void
zb_site_emit (ZbSite *site, const char *path, const ZbKey *key, const ZbSiteRecipe *recipe)
{
  g_autofree char *file = zb_site_file (path);
  if (!g_str_equal (file, path))
    g_ptr_array_add (site->pages, g_strdup (path));
  if (zb_output_is_current (site->output, file, key)) {
    recipe_clear (recipe);
    return;
  }
  Job *job = g_new0 (Job, 1);
  job->path = g_strdup (path);
  job->key = *key;
  job->recipe = *recipe;
  g_ptr_array_add (site->jobs, job);
}

static GBytes *
make (ZbSite *site, const Job *job, GError **error)
{
  if (job->recipe.draw != NULL)
    return job->recipe.draw (site, job->path, job->recipe.data, error);
  char *text = job->recipe.make (site, job->path, job->recipe.data, error);
  return text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
}

static void
do_job (ZbSite *site, Job *job)
{
  g_autofree char *file = zb_site_file (job->path);
  g_autoptr (GBytes) bytes = make (site, job, &job->error);
  gsize length = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  if (bytes == NULL || !zb_output_put (site->output, file, &job->key, data, length, &job->error))
    g_prefix_error (&job->error, "%s: ", file);
}

/* What the threads share. */
typedef struct {
  const ZbSite *site;
  GArray *runs;     /* of guint: the first job of each run, and where the last one ends */
  guint next, done; /* atomic; NEXT of RUNS */
  int failed;       /* atomic */
  const ZbBuildOptions *options;
} Press;

/* Jobs in a row with the same data are one thread's: it gathers what they share once. */
static GArray *
find_runs (const GPtrArray *jobs)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (guint));
  gconstpointer before = NULL;
  for (guint i = 0; i <= jobs->len; i++) {
    gconstpointer data = i < jobs->len ? ((const Job *)jobs->pdata[i])->recipe.data : NULL;
    if (data == NULL || data != before)
      g_array_append_val (runs, i);
    before = data;
  }
  return runs;
}

static void
work (Press *press, ZbSite *site, gboolean shows)
{
  const GPtrArray *jobs = press->site->jobs;
  const guint *runs = (const guint *)(gpointer)press->runs->data;
  for (guint at; !g_atomic_int_get (&press->failed) &&
                 (at = g_atomic_int_add (&press->next, 1)) + 1 < press->runs->len;) {
    for (guint i = runs[at]; i < runs[at + 1]; i++) {
      Job *job = jobs->pdata[i];
      do_job (site, job);
      if (job->error != NULL)
        g_atomic_int_set (&press->failed, TRUE);
      g_atomic_int_inc (&press->done);
    }
    if (shows && press->options->progress != NULL)
      press->options->progress (g_atomic_int_get (&press->done), jobs->len, press->options->data);
  }
}

/* A thread has templates of its own: rendering remembers what it has compiled and looked up. */
static gpointer
work_beside (gpointer data)
{
  Press *press = data;
  ZbSite own = *press->site;
  own.renderer = NULL;
  work (press, &own, FALSE);
  g_clear_pointer (&own.renderer, zb_renderer_free);
  return NULL;
}

/* Of several mistakes the first page's is told: threads may find a later one sooner, but those before it have
   been begun. */
static gboolean
tell (GPtrArray *jobs, GError **error)
{
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = jobs->pdata[i];
    if (job->error != NULL) {
      g_propagate_error (error, g_steal_pointer (&job->error));
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
zb_site_make_all (ZbSite *site, const ZbBuildOptions *options, GError **error)
{
  GThread *threads[MOST_THREADS];
  guint count = 0, most = MIN (MOST_THREADS, g_get_num_processors ());
  g_autoptr (GArray) runs = find_runs (site->jobs);
  Press press = {.site = site, .runs = runs, .options = options};
  while (site->jobs->len >= WORTH && count + 1 < most)
    threads[count++] = g_thread_new ("make", work_beside, &press);
  ZbSite own = *site;
  work (&press, &own, TRUE);
  for (guint i = 0; i < count; i++)
    g_thread_join (threads[i]);
  site->renderer = own.renderer;
  return tell (site->jobs, error);
}
