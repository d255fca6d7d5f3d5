/* The crew at work: one loop over connections, workers and the store. */
#include "zhoubao/crawl/run.h"

#include "crew.h"
#include "zhoubao/crawl/schedule.h"
#include "zhoubao/store/agent.h"

#define WORKERS_MOST 16u
#define PARSING_MOST 24u /* answers that may wait for a worker: beyond it nothing new is asked for */
#define HELD_SHARE 3     /* nor where this part of held_bytes is in use */
#define IDLE_MS 200      /* how long a written piece may wait for the commit */

void
zb_crew_fail (ZbCrew *crew, GError *error)
{
  if (crew->error == NULL)
    crew->error = error;
  else
    g_error_free (error);
}

static void
line_free (gpointer data)
{
  ZbCrawlLine *line = data;
  g_free ((char *)line->error);
  g_free ((char *)line->warning);
  g_free ((char *)line->moved_to);
  g_free (line);
}

void
zb_crew_tell (ZbCrew *crew, const ZbCrawlLine *line)
{
  ZbCrawlLine *copy = g_new (ZbCrawlLine, 1);
  *copy = *line;
  copy->error = g_strdup (line->error);
  copy->warning = g_strdup (line->warning);
  copy->moved_to = g_strdup (line->moved_to);
  g_ptr_array_add (crew->lines, copy);
  crew->progress.done++;
}

void
zb_crew_parse (ZbCrew *crew, ZbJob *job, ZbPoolDone done, gpointer data)
{
  crew->parsing++;
  zb_pool_submit (crew->pool, job, done, data);
}

static gboolean
open_crew (ZbCrew *crew, GError **error)
{
  const ZbCrawl *crawl = crew->crawl;
  crew->http = zb_agent_new (crawl->config, error);
  if (crew->http == NULL)
    return FALSE;
  crew->batch = zb_batch_new (crawl->db);
  crew->visitor = zb_visitor_new (crew->http, crew->batch, crawl->config, crawl->now);
  crew->pool = zb_pool_new (0, crawl->worker_program);
  crew->lines = g_ptr_array_new_with_free_func (line_free);
  crew->progress.total = crawl->sources->len;
  return TRUE;
}

static void
close_crew (ZbCrew *crew)
{
  g_clear_pointer (&crew->pool, zb_pool_free);
  g_clear_pointer (&crew->visitor, zb_visitor_free);
  g_clear_pointer (&crew->http, zb_http_free);
  g_clear_pointer (&crew->batch, zb_batch_free);
  g_clear_pointer (&crew->lines, g_ptr_array_unref);
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
    if (crawl->answers != NULL)
      g_hash_table_steal_extended (crawl->answers, source->slug, NULL, &answer);
    zb_look_start (crew, source,
                   same ? zb_source_state_copy (known) : zb_source_state_new (source->slug, source->url),
                   answer);
  }
  return TRUE;
}

/* Tells what has become safe, and how far it is. */
static void
tell (ZbCrew *crew)
{
  const ZbCrawl *crawl = crew->crawl;
  for (guint i = 0; i < crew->lines->len; i++)
    if (crawl->line != NULL)
      crawl->line (crew->lines->pdata[i], crawl->data);
  g_ptr_array_set_size (crew->lines, 0);
  if (crawl->progress != NULL)
    crawl->progress (&crew->progress, crawl->data);
}

static gboolean
commit (ZbCrew *crew, gboolean force, GError **error)
{
  gboolean committed;
  if (!zb_batch_commit (crew->batch, force, &committed, error))
    return FALSE;
  if (committed)
    tell (crew);
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
  gboolean full =
      crew->parsing >= PARSING_MOST || zb_http_held (crew->http) > limits->held_bytes / HELD_SHARE;
  return !full && pending < most ? (guint)(most - pending) : 0;
}

static gboolean
step (ZbCrew *crew, GError **error)
{
  GPollFD fds[WORKERS_MOST];
  int wait = shorter (zb_visitor_step (crew->visitor, room (crew)), IDLE_MS);
  guint n = zb_pool_poll_fds (crew->pool, fds, WORKERS_MOST);
  wait = shorter (wait, zb_pool_timeout_ms (crew->pool));
  if (!zb_http_poll (crew->http, fds, n, wait, error))
    return FALSE;
  zb_pool_dispatch (crew->pool);
  if (crew->error != NULL) {
    g_propagate_error (error, g_steal_pointer (&crew->error));
    return FALSE;
  }
  return commit (crew, FALSE, error);
}

static gboolean
work (ZbCrew *crew, GError **error)
{
  if (!start_looks (crew, error))
    return FALSE;
  while (zb_visitor_pending (crew->visitor) > 0 || crew->parsing > 0)
    if (!step (crew, error))
      return FALSE;
  return commit (crew, TRUE, error);
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
