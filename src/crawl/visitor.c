/* Visits: each waits for leave, then for its turn, then for the answer, hop after hop. */
#include "zhoubao/crawl/visitor.h"

#include "site.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"
#include "zhoubao/crawl/answer.h"
#include "zhoubao/crawl/turns.h"
#include "zhoubao/store/agent.h"

#define SILENT_MOST 2 /* connections that fail in a row, after which a host is left alone in this run */

struct ZbVisitor {
  ZbHttp *http;
  ZbDb *db;
  ZbWriter *writer;
  const ZbConfig *config;
  ZbTime now;
  char *agent;
  ZbTurns *turns;
  GHashTable *sites; /* of ZbSite, by origin */
  GHashTable *visits;
};

/* A visit, or a site's question for its robots.txt. */
typedef struct {
  ZbVisitor *visitor;
  ZbSite *site;
  char *url, *body, *etag, *last_modified, *accept, *referer;
  GStrv headers;
  gint64 keep_bytes;
  gboolean for_robots, permanent;
  int hops;
  ZbVisit result;
  ZbVisitDone done;
  gpointer data;
} Visit;

ZbVisitor *
zb_visitor_new (ZbHttp *http, ZbDb *db, ZbWriter *writer, const ZbConfig *config, ZbTime now)
{
  ZbVisitor *v = g_new0 (ZbVisitor, 1);
  v->http = http;
  v->db = db;
  v->writer = writer;
  v->config = config;
  v->now = now;
  v->agent = zb_agent_name (config);
  v->turns = zb_turns_new (config->limits.host_connections, config->limits.host_gap_ms);
  v->sites = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)zb_site_free);
  v->visits = g_hash_table_new (NULL, NULL);
  return v;
}

static void
visit_free (Visit *visit)
{
  char *texts[] = {visit->url, visit->body, visit->etag, visit->last_modified, visit->accept, visit->referer};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (visit->headers);
  g_clear_pointer (&visit->result.response, zb_http_response_free);
  g_clear_error (&visit->result.error);
  g_free (visit->result.moved_to);
  g_free (visit);
}

void
zb_visitor_free (ZbVisitor *v)
{
  GHashTableIter iter;
  gpointer visit;
  g_hash_table_iter_init (&iter, v->visits);
  while (g_hash_table_iter_next (&iter, &visit, NULL))
    visit_free (visit);
  g_hash_table_unref (v->visits);
  zb_turns_free (v->turns);
  g_hash_table_unref (v->sites);
  g_free (v->agent);
  g_free (v);
}

guint
zb_visitor_pending (ZbVisitor *visitor)
{
  return g_hash_table_size (visitor->visits);
}

static void
finish (Visit *visit, GError *error)
{
  visit->result.error = error;
  g_hash_table_remove (visit->visitor->visits, visit);
  visit->done (&visit->result, visit->data);
  visit_free (visit);
}

static void go_on (Visit *visit);

/* The turn has come, but things may have changed while it was waited for. */
static gboolean
still_wanted (Visit *visit, GError **error)
{
  const ZbHost *row = visit->site->row;
  if (row->not_before != ZB_TIME_NONE && row->not_before > visit->visitor->now) {
    g_autofree char *until = zb_time_to_rfc3339 (row->not_before);
    visit->result.waits_until = row->not_before;
    g_set_error (error, ZB_ERROR, ZB_ERROR_BUSY, "the host asked to be left alone until %s", until);
    return FALSE;
  }
  if (visit->site->silent < SILENT_MOST)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "nobody answered at this host, %d times in a row",
               SILENT_MOST);
  return FALSE;
}

static void on_answer (ZbHttpResponse *response, const GError *error, gpointer data);

static void
submit (Visit *visit)
{
  ZbHttpRequest request = {visit->url,
                           visit->body,
                           visit->etag,
                           visit->last_modified,
                           visit->accept,
                           visit->referer,
                           (const char *const *)visit->headers,
                           visit->keep_bytes};
  zb_http_submit (visit->visitor->http, &request, on_answer, visit);
}

static void
on_turn (gpointer data)
{
  Visit *visit = data;
  GError *error = NULL;
  if (visit->for_robots || still_wanted (visit, &error)) {
    submit (visit);
    return;
  }
  zb_turns_end (visit->visitor->turns, visit->site->origin, TRUE, 0);
  finish (visit, error);
}

/* Follows RESPONSE where it redirects. FALSE where it is an answer, or ERROR is set. */
static gboolean
redirected (Visit *visit, const ZbHttpResponse *response, GError **error)
{
  gint64 most = visit->visitor->config->limits.redirects;
  g_autofree char *next = NULL;
  if (!zb_http_redirect (response, &next, error) || next == NULL)
    return FALSE;
  if (visit->hops++ >= most) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "it redirects more than %" G_GINT64_FORMAT " times", most);
    return FALSE;
  }
  visit->permanent = visit->permanent && zb_http_is_permanent (response->status);
  if (visit->permanent) {
    g_free (visit->result.moved_to);
    visit->result.moved_to = g_strdup (next);
  }
  if (!zb_http_keeps_body (response->status))
    g_clear_pointer (&visit->body, g_free);
  g_free (visit->url);
  visit->url = g_steal_pointer (&next);
  return TRUE;
}

static void
heed_retry_after (Visit *visit, const ZbHttpResponse *response)
{
  ZbVisitor *v = visit->visitor;
  ZbTime t = zb_answer_retry_after (response, v->now, v->config->limits.poll_max_seconds);
  if (t == ZB_TIME_NONE)
    return;
  visit->result.waits_until = t;
  zb_site_hold (visit->site, v->writer, t);
}

static void
on_robots (Visit *visit, ZbHttpResponse *response, const GError *problem)
{
  ZbVisitor *v = visit->visitor;
  ZbSite *site = visit->site;
  g_autoptr (ZbHttpResponse) own = response;
  if (response != NULL && redirected (visit, response, NULL)) {
    submit (visit); /* still the same turn: the hop's host is asked this once only */
    return;
  }
  zb_turns_end (v->turns, site->origin, TRUE, g_get_monotonic_time ());
  if (response != NULL)
    heed_retry_after (visit, response);
  zb_site_set_robots (site, v->writer, response, problem, v->config, v->agent, v->now);
  zb_turns_set_gap (v->turns, site->origin, zb_site_gap_ms (site, &v->config->limits));
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&site->waiting);
  site->waiting = g_ptr_array_new ();
  for (guint i = 0; i < waiting->len; i++)
    go_on (waiting->pdata[i]);
  g_hash_table_remove (v->visits, visit);
  visit_free (visit);
}

static void
on_answer (ZbHttpResponse *response, const GError *problem, gpointer data)
{
  Visit *visit = data;
  GError *error = NULL;
  if (visit->for_robots) {
    on_robots (visit, response, problem);
    return;
  }
  zb_turns_end (visit->visitor->turns, visit->site->origin, FALSE, g_get_monotonic_time ());
  gboolean nobody = g_error_matches (problem, ZB_ERROR, ZB_ERROR_NOT_FOUND);
  visit->site->silent = nobody ? visit->site->silent + 1 : 0;
  if (response == NULL) {
    finish (visit, g_error_copy (problem));
    return;
  }
  if (redirected (visit, response, &error)) {
    zb_http_response_free (response);
    go_on (visit);
    return;
  }
  if (error == NULL)
    heed_retry_after (visit, response);
  visit->result.response = response;
  finish (visit, error);
}

static ZbSite *
get_site (ZbVisitor *v, const char *origin, GError **error)
{
  ZbSite *site = g_hash_table_lookup (v->sites, origin);
  if (site != NULL)
    return site;
  site = zb_site_new (v->db, origin, v->config, v->agent, v->now, error);
  if (site == NULL)
    return NULL;
  g_hash_table_insert (v->sites, site->origin, site);
  if (site->state == ZB_SITE_KNOWN)
    zb_turns_set_gap (v->turns, origin, zb_site_gap_ms (site, &v->config->limits));
  return site;
}

static void
ask_for_robots (ZbVisitor *v, ZbSite *site)
{
  Visit *visit = g_new0 (Visit, 1);
  visit->visitor = v;
  visit->site = site;
  visit->for_robots = TRUE;
  visit->url = g_strconcat (site->origin, "/robots.txt", NULL);
  visit->etag = g_strdup (site->row->robots_etag);
  visit->last_modified = g_strdup (site->row->robots_modified);
  visit->keep_bytes = v->config->limits.robots_bytes;
  site->state = ZB_SITE_ASKING;
  g_hash_table_add (v->visits, visit);
  zb_turns_wait (v->turns, site->origin, TRUE, on_turn, visit);
}

/* The next step of a visit that is not under way: leave, then a turn. */
static void
go_on (Visit *visit)
{
  ZbVisitor *v = visit->visitor;
  GError *error = NULL;
  g_autoptr (ZbUrl) url = zb_url_parse (visit->url, NULL, &error);
  g_autofree char *origin = url != NULL ? zb_url_origin (url) : NULL;
  visit->site = origin != NULL ? get_site (v, origin, &error) : NULL;
  if (visit->site == NULL || !still_wanted (visit, &error)) {
    finish (visit, error);
    return;
  }
  if (visit->site->state != ZB_SITE_KNOWN) {
    g_ptr_array_add (visit->site->waiting, visit);
    if (visit->site->state == ZB_SITE_UNKNOWN)
      ask_for_robots (v, visit->site);
    return;
  }
  if (!zb_site_allows (visit->site, url, &error)) {
    visit->result.forbidden = g_error_matches (error, ZB_ERROR, ZB_ERROR_REFUSED);
    finish (visit, error);
    return;
  }
  zb_turns_wait (v->turns, visit->site->origin, FALSE, on_turn, visit);
}

void
zb_visitor_visit (ZbVisitor *v, const ZbHttpRequest *request, ZbVisitDone done, gpointer data)
{
  Visit *visit = g_new0 (Visit, 1);
  visit->visitor = v;
  visit->url = g_strdup (request->url);
  visit->body = g_strdup (request->body);
  visit->etag = g_strdup (request->etag);
  visit->last_modified = g_strdup (request->last_modified);
  visit->accept = g_strdup (request->accept);
  visit->referer = g_strdup (request->referer);
  visit->headers = g_strdupv ((char **)request->headers);
  visit->keep_bytes = request->keep_bytes;
  visit->permanent = TRUE;
  visit->result.waits_until = ZB_TIME_NONE;
  visit->done = done;
  visit->data = data;
  g_hash_table_add (v->visits, visit);
  go_on (visit);
}

int
zb_visitor_step (ZbVisitor *visitor, guint most)
{
  gint64 now = g_get_monotonic_time ();
  zb_turns_give (visitor->turns, now, most);
  gint64 next = zb_turns_next (visitor->turns, now);
  return next < 0 ? -1 : (int)MIN (next / 1000 + 1, G_MAXINT32);
}
