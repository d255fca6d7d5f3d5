/* A visitor with its client, and the loop that drives both. */
#include "visits.h"

#include "zhoubao/base/error.h"
#include "zhoubao/crawl/answer.h"
#include "zhoubao/store/agent.h"

#define IDLE_MS 200

struct ZbVisits {
  const ZbConfig *config;
  ZbHttp *http;
  ZbWriter *writer;
  ZbVisitor *visitor;
};

/* One visit that is waited for. */
typedef struct {
  ZbHttpResponse *response;
  GError *error;
} Single;

ZbVisits *
zb_visits_new (const ZbConfig *config, ZbDb *db, ZbTime now, GError **error)
{
  g_autoptr (ZbHttp) http = zb_agent_new (config, error);
  ZbWriter *writer = http != NULL ? zb_writer_new (zb_db_path (db), error) : NULL;
  if (writer == NULL)
    return NULL;
  ZbVisits *visits = g_new0 (ZbVisits, 1);
  visits->config = config;
  visits->http = g_steal_pointer (&http);
  visits->writer = writer;
  visits->visitor = zb_visitor_new (visits->http, db, writer, config, now);
  return visits;
}

void
zb_visits_free (ZbVisits *visits)
{
  zb_visitor_free (visits->visitor);
  zb_http_free (visits->http);
  zb_writer_free (visits->writer);
  g_free (visits);
}

void
zb_visits_start (ZbVisits *visits, const ZbHttpRequest *request, ZbVisitDone done, gpointer data)
{
  zb_visitor_visit (visits->visitor, request, done, data);
}

gboolean
zb_visits_run (ZbVisits *visits, GError **error)
{
  while (zb_visitor_pending (visits->visitor) > 0) {
    gint64 room = visits->config->limits.connections - zb_http_pending (visits->http);
    int wait = zb_visitor_step (visits->visitor, room > 0 ? (guint)room : 0);
    if (!zb_http_poll (visits->http, NULL, 0, wait < 0 ? IDLE_MS : MIN (wait, IDLE_MS), error))
      return FALSE;
  }
  zb_writer_finish (visits->writer);
  return TRUE;
}

static void
on_single (ZbVisit *visit, gpointer data)
{
  Single *single = data;
  single->response = g_steal_pointer (&visit->response);
  single->error = g_steal_pointer (&visit->error);
}

ZbHttpResponse *
zb_visits_get (ZbVisits *visits, const char *url, GError **error)
{
  Single single = {NULL};
  ZbHttpRequest request = {.url = url};
  g_autofree char *words = NULL;
  zb_visits_start (visits, &request, on_single, &single);
  gboolean ran = zb_visits_run (visits, error);
  g_autoptr (ZbHttpResponse) response = single.response;
  if (single.error != NULL && ran)
    g_propagate_error (error, g_steal_pointer (&single.error));
  else if (ran && zb_answer_outcome (response, &words) == ZB_FETCH_OK)
    return g_steal_pointer (&response);
  else if (ran)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_FAILED, words);
  g_clear_error (&single.error);
  g_prefix_error (error, "%s: ", url);
  return NULL;
}
