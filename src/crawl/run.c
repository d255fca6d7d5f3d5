/* The crew at work: one loop over connections, workers and the store. */
#include "zhoubao/crawl/run.h"

#include "backlog.h"
#include "zhoubao/base/error.h"
#include "zhoubao/crawl/schedule.h"
#include "zhoubao/store/agent.h"
#include "zhoubao/store/search.h"
#include <malloc.h>

#define WORKERS_MOST 16u
#define LARGE_BYTES (128 * 1024) /* an answer from here on has pages of its own */
#define INDEX_STEP 4500u         /* items */
#define INDEX_LEAST 500u
#define ENDING 90u       /* answers that bring about INDEX_STEP */
#define PATIENCE_MS 1000 /* the longest wait for anything, so that progress is seen */
/* Nothing new is asked for where so many answers wait for a worker, so many pieces for the writer (more than
   come while it indexes), or the one or the other take this part of held_bytes. */
#define PARSING_MOST 12u
#define WRITING_MOST 200u
#define PARSING_SHARE 3
#define WRITING_SHARE 6

void
zb_crew_fail (ZbCrew *crew, GError *error)
{
  if (crew->error == NULL)
    crew->error = error;
  else
    g_error_free (error);
}

void
zb_crew_tell (ZbCrew *crew, const ZbCrawlLine *line)
{
  const ZbCrawl *crawl = crew->crawl;
  crew->progress.done++;
  if (crawl->line != NULL)
    crawl->line (line, crawl->data);
}

void
zb_crew_parse (ZbCrew *crew, ZbJob *job, ZbPoolDone done, gpointer data)
{
  crew->parsing++;
  zb_pool_submit (crew->pool, job, done, data);
}

ZbJob *
zb_crew_job (ZbCrew *crew, const ZbSource *source, GBytes *body, const char *url, const char *content_type)
{
  const ZbCrawl *crawl = crew->crawl;
  ZbJob *job = zb_job_new (source->kind == ZB_SOURCE_FEED ? ZB_JOB_FEED : ZB_JOB_LIST, body, crawl->now);
  job->url = g_strdup (url);
  job->content_type = g_strdup (content_type);
  job->limits = crawl->config->limits;
  job->bodies = ZB_BODIES_MARKDOWN;
  zb_job_set_source (job, source);
  if (job->zone == NULL)
    job->zone = g_strdup (crawl->config->timezone);
  return job;
}

static gboolean
open_crew (ZbCrew *crew, GError **error)
{
  const ZbCrawl *crawl = crew->crawl;
  /* Left to itself glibc soon puts large answers among the small things, which then keep their pages. */
  mallopt (M_MMAP_THRESHOLD, LARGE_BYTES);
  crew->http = zb_agent_new (crawl->config, error);
  crew->writer = crew->http != NULL ? zb_writer_new (zb_db_path (crawl->db), error) : NULL;
  if (crew->writer == NULL)
    return FALSE;
  crew->visitor = zb_visitor_new (crew->http, crawl->db, crew->writer, crawl->config, crawl->now);
  crew->pool = zb_pool_new (0, crawl->worker_program);
  crew->progress.total = crawl->sources->len;
  return TRUE;
}

static void
close_crew (ZbCrew *crew)
{
  g_clear_pointer (&crew->writer, zb_writer_free);
  g_clear_pointer (&crew->pool, zb_pool_free);
  g_clear_pointer (&crew->visitor, zb_visitor_free);
  g_clear_pointer (&crew->http, zb_http_free);
}

static gboolean
start_looks (ZbCrew *crew, GError **error)
{
  const ZbCrawl *crawl = crew->crawl;
  g_autoptr (GHashTable) states = zb_source_state_list (crawl->db, error);
  if (states == NULL)
    return FALSE;
  for (guint i = 0; i < crawl->sources->len; i++) {
    const ZbSource *source = crawl->sources->pdata[i];
    const ZbSourceState *known = g_hash_table_lookup (states, source->slug);
    gboolean same = known != NULL && g_strcmp0 (known->url, source->url) == 0;
    gpointer answer = NULL;
    crew->newcomers += !same;
    if (crawl->answers != NULL)
      g_hash_table_steal_extended (crawl->answers, source->slug, NULL, &answer);
    zb_look_start (crew, source,
                   same ? zb_source_state_copy (known) : zb_source_state_new (source->slug, source->url),
                   answer);
  }
  return TRUE;
}

static int
shorter (int a, int b)
{
  return a < 0 ? b : b < 0 ? a : MIN (a, b);
}

static guint
room (ZbCrew *crew)
{
  const ZbLimits *limits = &crew->crawl->config->limits;
  gint64 most = limits->connections, pending = zb_http_pending (crew->http);
  gboolean full = crew->parsing >= PARSING_MOST || zb_writer_pending (crew->writer) >= WRITING_MOST ||
                  zb_http_held (crew->http) > limits->held_bytes / PARSING_SHARE ||
                  (gint64)zb_writer_held (crew->writer) > limits->held_bytes / WRITING_SHARE;
  return !full && pending < most ? (guint)(most - pending) : 0;
}

static gboolean
step (ZbCrew *crew, GError **error)
{
  GPollFD fds[WORKERS_MOST + 1] = {{zb_writer_fd (crew->writer), G_IO_IN, 0}};
  int wait = zb_visitor_step (crew->visitor, room (crew));
  guint n = 1 + zb_pool_poll_fds (crew->pool, fds + 1, WORKERS_MOST);
  wait = shorter (wait, zb_pool_timeout_ms (crew->pool));
  if (!zb_http_poll (crew->http, fds, n, shorter (wait, PATIENCE_MS), error))
    return FALSE;
  zb_pool_dispatch (crew->pool);
  zb_writer_dispatch (crew->writer);
  if (crew->crawl->progress != NULL)
    crew->crawl->progress (&crew->progress, crew->crawl->data);
  if (crew->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&crew->error));
  return FALSE;
}

static gboolean
update_search (ZbDb *db, gpointer data, GError **error)
{
  return zb_search_update (db, error);
}

static void
on_indexed (gpointer data, const GError *error)
{
  if (error != NULL)
    zb_crew_fail (data, g_error_copy (error));
}

/* The index is kept up while the next answers are on their way; in large steps, for it likes them better.
   When few are left the steps grow smaller: nothing else goes on beside the last. */
static guint
index_step (const ZbCrew *crew, const ZbBacklog *backlog)
{
  guint left = crew->progress.total - crew->progress.done + zb_backlog_left (backlog);
  return CLAMP (left * (INDEX_STEP / ENDING), INDEX_LEAST, INDEX_STEP);
}

static void
index_new (ZbCrew *crew, guint least)
{
  if (crew->unsearched < least || crew->unsearched + crew->progress.articles_done == 0)
    return;
  crew->unsearched = 0;
  zb_writer_do (crew->writer, update_search, crew, 0, on_indexed);
}

static gboolean
is_reading (ZbCrew *crew, const ZbBacklog *backlog)
{
  return zb_visitor_pending (crew->visitor) > 0 || crew->parsing > 0 || zb_backlog_left (backlog) > 0;
}

static gboolean
go_round (ZbCrew *crew, ZbBacklog *backlog, GError **error)
{
  gboolean moved = FALSE;
  while (is_reading (crew, backlog) || zb_writer_pending (crew->writer) > 0) {
    zb_backlog_step (backlog);
    if (!step (crew, error))
      return FALSE;
    index_new (crew, index_step (crew, backlog));
    if (moved || is_reading (crew, backlog))
      continue;
    /* Only the writer has something to do: time to move its log into the database, of which the last to close
       does what is left. */
    zb_ignore (zb_db_checkpoint (crew->crawl->db, NULL));
    moved = TRUE;
  }
  index_new (crew, 0);
  zb_writer_finish (crew->writer);
  if (crew->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&crew->error));
  return FALSE;
}

static gboolean
work (ZbCrew *crew, GError **error)
{
  if (!start_looks (crew, error))
    return FALSE;
  ZbBacklog *backlog = zb_backlog_new (crew, error);
  gboolean ok = backlog != NULL && go_round (crew, backlog, error);
  close_crew (crew); /* nothing of the backlog is under way any more */
  g_clear_pointer (&backlog, zb_backlog_free);
  return ok;
}

gboolean
zb_crawl_run (const ZbCrawl *crawl, guint *fresh, GError **error)
{
  ZbCrew crew = {.crawl = crawl};
  gboolean ok = open_crew (&crew, error) && work (&crew, error);
  close_crew (&crew);
  g_clear_error (&crew.error);
  if (fresh != NULL)
    *fresh = crew.fresh;
  return ok;
}

GPtrArray *
zb_crawl_due (ZbDb *db, const GPtrArray *sources, ZbTime now, ZbTime *next, GError **error)
{
  g_autoptr (GHashTable) states = zb_source_state_list (db, error);
  ZbTime first = ZB_TIME_NONE;
  if (states == NULL)
    return NULL;
  GPtrArray *due = g_ptr_array_new ();
  for (guint i = 0; i < sources->len; i++) {
    ZbSource *source = sources->pdata[i];
    const ZbSourceState *state = g_hash_table_lookup (states, source->slug);
    gboolean same = state != NULL && g_strcmp0 (state->url, source->url) == 0;
    if (source->kind == ZB_SOURCE_PERSON)
      continue;
    if (!same || zb_schedule_is_due (state, now))
      g_ptr_array_add (due, source);
    else if (state->health != ZB_SOURCE_RETIRED && (first == ZB_TIME_NONE || state->next_due < first))
      first = state->next_due;
  }
  if (next != NULL)
    *next = first;
  return due;
}
