/* Crawling what is due while the desk is served. */
#include "patrol.h"

#include "zhoubao/base/error.h"
#include "zhoubao/crawl/lock.h"
#include "zhoubao/crawl/run.h"
#include "zhoubao/curate/cluster.h"
#include "zhoubao/store/source_file.h"
#include "zhoubao/store/workspace.h"

#define ROUND_SECONDS 60 /* between two looks at what is due */

static void
say_broken (const ZbCrawlLine *line, gpointer data)
{
  if (line->outcome == ZB_FETCH_FAILED)
    g_printerr ("zhoubao serve: source %s: %s\n", line->source->slug, line->error);
}

static gboolean
look (ZbWorkspace *workspace, ZbDb *db, const GPtrArray *sources, GError **error)
{
  ZbTime now = zb_time_now ();
  g_autoptr (GPtrArray) due = zb_crawl_due (db, sources, now, NULL, error);
  if (due == NULL || due->len == 0)
    return due != NULL;
  g_autoptr (GRand) random = g_rand_new ();
  ZbCrawl crawl = {.config = workspace->config,
                   .db = db,
                   .sources = due,
                   .now = now,
                   .random = random,
                   .line = say_broken};
  return zb_crawl_run (&crawl, NULL, error) && zb_cluster_run (db, workspace->config, now, NULL, error);
}

/* Everything is opened anew each round: sources and configuration may have been edited. */
static gboolean
make_round (const char *directory, GError **error)
{
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (directory, error);
  g_autoptr (ZbCrawlLock) lock = workspace != NULL ? zb_crawl_lock (workspace, error) : NULL;
  g_autoptr (GPtrArray) sources = lock != NULL ? zb_source_file_read_all (workspace, error) : NULL;
  g_autoptr (ZbDb) db = sources != NULL ? zb_workspace_database (workspace, error) : NULL;
  return db != NULL && look (workspace, db, sources, error);
}

static gpointer
patrol (gpointer directory)
{
  for (;;) {
    g_autoptr (GError) error = NULL;
    if (!make_round (directory, &error) && !g_error_matches (error, ZB_ERROR, ZB_ERROR_BUSY))
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
