/* zhoubao sources check --live: asks the sites themselves, and judges what comes against what is usual.
 * Nothing is taken into the store. */
#include "sources.h"

#include "visits.h"
#include "zhoubao/base/error.h"
#include "zhoubao/crawl/answer.h"
#include "zhoubao/crawl/health.h"
#include "zhoubao/crawl/intake.h"

typedef struct {
  const ZbSource *source;
  const ZbConfig *config;
  ZbSourceState *state;
  ZbPool *pool;
  ZbTime now;
  ZbSourceCheck *check; /* the result */
} Live;

static void
conclude (Live *live, const char *state, const char *words)
{
  live->check->state = state;
  live->check->error = words != NULL ? zb_error_line (words) : NULL;
}

static void
judge (Live *live, const ZbHttpResponse *response)
{
  g_autoptr (GError) error = NULL;
  ZbIntakeCount count = {0};
  ZbJob *job = zb_sources_job (live->source, response->body, live->now);
  g_free (job->url);
  job->url = g_strdup (response->url);
  job->content_type = g_strdup (response->content_type);
  job->limits = live->config->limits;
  if (job->zone == NULL)
    job->zone = g_strdup (live->config->timezone);
  g_autoptr (ZbResult) result = zb_pool_call (live->pool, job, &error);
  if (result == NULL) {
    conclude (live, "broken", error->message);
    return;
  }
  zb_intake_count (result->feed, &count);
  live->check->rows = count.rows;
  g_autofree char *problem = zb_health_problem (live->source, live->state, count.rows, count.dated);
  const char *challenge = count.rows == 0 ? zb_answer_challenge (response) : NULL;
  if (challenge != NULL)
    conclude (live, "blocked", challenge);
  else
    conclude (live, problem != NULL ? "broken" : "ok", problem);
}

static void
on_visited (ZbVisit *visit, gpointer data)
{
  Live *live = data;
  g_autofree char *words = NULL;
  if (visit->error != NULL) {
    conclude (live, visit->forbidden ? "blocked" : "broken", visit->error->message);
    return;
  }
  ZbFetchOutcome outcome = zb_answer_outcome (visit->response, &words);
  if (outcome == ZB_FETCH_OK)
    judge (live, visit->response);
  else
    conclude (live, outcome == ZB_FETCH_BLOCKED ? "blocked" : "broken", words);
}

static void
start (ZbVisits *visits, Live *live)
{
  const ZbSource *s = live->source;
  ZbHttpRequest request = {.url = live->state->moved_to != NULL ? live->state->moved_to : s->url,
                           .body = s->method_body,
                           .referer = s->referer,
                           .headers = (const char *const *)s->headers};
  zb_visits_start (visits, &request, on_visited, live);
}

static void
live_free (gpointer data)
{
  Live *live = data;
  zb_source_state_free (live->state);
  g_free (live);
}

static Live *
live_new (const ZbSource *source, ZbWorkspace *workspace, ZbDb *db, ZbPool *pool, ZbTime now, GError **error)
{
  ZbSourceState *state = zb_source_state_get (db, source->slug, source->url, error);
  if (state == NULL)
    return NULL;
  Live *live = g_new0 (Live, 1);
  *live = (Live){source, workspace->config, state, pool, now, g_new0 (ZbSourceCheck, 1)};
  *live->check = (ZbSourceCheck){source, "person", -1, -1, NULL};
  return live;
}

gboolean
zb_sources_check_live (ZbWorkspace *workspace, const GPtrArray *sources, ZbTime now, GPtrArray *checks,
                       GError **error)
{
  g_autoptr (ZbDb) db = zb_workspace_database (workspace, error);
  g_autoptr (ZbVisits) visits = db != NULL ? zb_visits_new (workspace->config, db, now, error) : NULL;
  if (visits == NULL)
    return FALSE;
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (live_free);
  for (guint i = 0; i < sources->len; i++) {
    Live *live = live_new (sources->pdata[i], workspace, db, pool, now, error);
    if (live == NULL)
      return FALSE;
    g_ptr_array_add (all, live);
    g_ptr_array_add (checks, live->check);
    if (live->source->kind != ZB_SOURCE_PERSON)
      start (visits, live);
  }
  return zb_visits_run (visits, error);
}
