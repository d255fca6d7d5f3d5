/* Crawling what is due while the desk is served. */
#include "patrol.h"

#include "zhoubao/base/error.h"
#include "zhoubao/crawl/lock.h"
#include "zhoubao/crawl/run.h"
#include "zhoubao/curate/cluster.h"
#include "zhoubao/store/source_file.h"
#include "zhoubao/store/workspace.h"

#define ROUND_SECONDS 60 /* between two looks at what is due */
#define ERRAND_TRIES 300 /* while another crawl goes on */
#define ERRAND_WAIT 2    /* seconds */

static void
say_broken (const ZbCrawlLine *line, gpointer data)
{
  if (line->outcome == ZB_FETCH_FAILED)
    g_printerr ("zhoubao serve: source %s: %s\n", line->source->slug, line->error);
}

static gboolean
crawl (ZbWorkspace *workspace, ZbDb *db, const GPtrArray *sources, const GPtrArray *known, ZbTime now,
       GError **error)
{
  g_autoptr (GRand) random = g_rand_new ();
  ZbCrawl run = {.config = workspace->config,
                 .db = db,
                 .sources = sources,
                 .known = known,
                 .now = now,
                 .random = random,
                 .line = say_broken};
  return zb_crawl_run (&run, NULL, error) && zb_cluster_run (db, workspace->config, now, NULL, error);
}

static gboolean
look (ZbWorkspace *workspace, ZbDb *db, const GPtrArray *sources, GError **error)
{
  ZbTime now = zb_time_now ();
  g_autoptr (GPtrArray) due = zb_crawl_due (db, sources, now, NULL, error);
  return due != NULL && (due->len == 0 || crawl (workspace, db, due, sources, now, error));
}

static gboolean
look_at_one (ZbWorkspace *workspace, ZbDb *db, const GPtrArray *sources, const char *slug, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  for (guint i = 0; i < sources->len; i++)
    if (g_str_equal (((ZbSource *)sources->pdata[i])->slug, slug))
      g_ptr_array_add (one, sources->pdata[i]);
  return one->len == 0 || crawl (workspace, db, one, NULL, zb_time_now (), error);
}

/* Everything is opened anew each round: sources and configuration may have been edited. SLUG NULL: what is
   due. */
static gboolean
make_round (const char *directory, const char *slug, GError **error)
{
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (directory, error);
  g_autoptr (ZbCrawlLock) lock = workspace != NULL ? zb_crawl_lock (workspace, error) : NULL;
  g_autoptr (GPtrArray) sources = lock != NULL ? zb_source_file_read_all (workspace, error) : NULL;
  g_autoptr (ZbDb) db = sources != NULL ? zb_workspace_database (workspace, error) : NULL;
  if (db == NULL)
    return FALSE;
  return slug != NULL ? look_at_one (workspace, db, sources, slug, error)
                      : look (workspace, db, sources, error);
}

static gpointer
patrol (gpointer directory)
{
  for (;;) {
    g_autoptr (GError) error = NULL;
    if (!make_round (directory, NULL, &error) && !g_error_matches (error, ZB_ERROR, ZB_ERROR_BUSY))
      g_printerr ("zhoubao serve: crawl: %s\n", error->message);
    g_usleep (ROUND_SECONDS * G_USEC_PER_SEC);
  }
  return NULL;
}

void
zb_patrol_start (const char *directory)
{
  g_thread_unref (g_thread_new ("patrol", patrol, g_strdup (directory)));
}

typedef struct {
  char *directory, *slug;
} Errand;

static gpointer
run_errand (gpointer data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  for (int tries = 0; !done && tries < ERRAND_TRIES; tries++) {
    g_clear_error (&error);
    done = make_round (errand->directory, errand->slug, &error);
    if (!done && !g_error_matches (error, ZB_ERROR, ZB_ERROR_BUSY))
      break;
    if (!done)
      g_usleep (ERRAND_WAIT * G_USEC_PER_SEC);
  }
  if (!done)
    g_printerr ("zhoubao serve: source %s: %s\n", errand->slug, error->message);
  g_free (errand->directory);
  g_free (errand->slug);
  g_free (errand);
  return NULL;
}

void
zb_patrol_ask (const char *directory, const char *slug)
{
  Errand *errand = g_new0 (Errand, 1);
  errand->directory = g_strdup (directory);
  errand->slug = g_strdup (slug);
  g_thread_unref (g_thread_new ("errand", run_errand, errand));
}
