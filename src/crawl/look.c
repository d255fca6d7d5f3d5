/* One look at one source: ask, read, judge, store. */
#include "crew.h"

#include "zhoubao/base/error.h"
#include "zhoubao/crawl/answer.h"
#include "zhoubao/crawl/health.h"
#include "zhoubao/crawl/intake.h"
#include "zhoubao/crawl/schedule.h"
#include "zhoubao/edge/digest.h"
#include "zhoubao/edge/zstd.h"
#include "zhoubao/store/document.h"
#include "zhoubao/store/unread.h"

#define DAY 86400
#define TEASER_BYTES 900 /* of a text that a later crawl reads in full */

typedef struct {
  ZbCrew *crew;
  const ZbSource *source;
  ZbSourceState *before, *after;
  ZbHttpResponse *response; /* or NULL */
  ZbResult *result;         /* what a worker read, or NULL */
  char *digest;
  GBytes *packed;  /* the answer's body, for the evidence, once it was read; the writer has enough to do */
  gint64 size;     /* of it unpacked */
  gboolean bodies; /* texts were read in full */
  ZbIntakeCount count;
  ZbFetch fetch; /* the log's row as far as it is known */
  char *error;
  double chance; /* between 0 and 1, for the next interval */
} Look;

static void
look_free (Look *look)
{
  g_clear_pointer (&look->before, zb_source_state_free);
  g_clear_pointer (&look->after, zb_source_state_free);
  g_clear_pointer (&look->response, zb_http_response_free);
  g_clear_pointer (&look->result, zb_result_free);
  g_clear_pointer (&look->packed, g_bytes_unref);
  g_free (look->digest);
  g_free (look->error);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static void
set_text (char **to, const char *from)
{
  char *copy = g_strdup (from);
  g_free (*to);
  *to = copy;
}

/* It was read, or is as it was: whatever was wrong with it is over. */
static void
mark_well (Look *look)
{
  const ZbCrawl *crawl = look->crew->crawl;
  ZbSourceState *s = look->after;
  s->failures = 0;
  g_clear_pointer (&s->error, g_free);
  if (s->first_fetched == ZB_TIME_NONE)
    s->first_fetched = crawl->now;
  s->health = zb_schedule_is_quiet (s, crawl->now) ? ZB_SOURCE_QUIET : ZB_SOURCE_OK;
  look->fetch.next_due =
      crawl->now + zb_schedule_interval (s, &crawl->config->limits, crawl->now, look->chance);
}

static const ZbSourceHealth health_after[] = {
    [ZB_FETCH_FAILED] = ZB_SOURCE_BROKEN,
    [ZB_FETCH_BLOCKED] = ZB_SOURCE_BLOCKED,
    [ZB_FETCH_GONE] = ZB_SOURCE_RETIRED,
};

/* Challenges do not go away by asking often; all else is asked again with growing gaps. */
static void
mark_ill (Look *look)
{
  const ZbCrawl *crawl = look->crew->crawl;
  const ZbLimits *limits = &crawl->config->limits;
  ZbSourceState *s = look->after;
  gint64 gap = limits->poll_max_seconds;
  s->failures++;
  s->health = health_after[look->fetch.outcome];
  set_text (&s->error, look->error);
  if (look->fetch.next_due != ZB_TIME_NONE) /* the server has said when */
    gap = limits->poll_min_seconds;
  else if (look->fetch.outcome == ZB_FETCH_FAILED)
    gap = zb_schedule_backoff (s->failures, limits, look->chance);
  look->fetch.next_due = MAX (look->fetch.next_due, crawl->now + gap);
}

static gboolean
keep_evidence (ZbDb *db, const Look *look, GError **error)
{
  const ZbHttpResponse *r = look->response;
  ZbDocument document = {.sha256 = look->digest,
                         .url = r->url,
                         .fetched = look->crew->crawl->now,
                         .status = r->status,
                         .address = r->address,
                         .content_type = r->content_type,
                         .headers = r->headers,
                         .packed = look->packed,
                         .size = look->size};
  return zb_document_add (db, &document, error);
}

static gboolean
take_in (ZbDb *db, Look *look, GError **error)
{
  const ZbCrawl *crawl = look->crew->crawl;
  ZbTime first = look->before->first_fetched != ZB_TIME_NONE ? look->before->first_fetched : crawl->now;
  ZbIntake intake = {.source = look->source,
                     .config = crawl->config,
                     .feed = look->result->feed,
                     .url = look->response->url,
                     .evidence = look->digest,
                     .teasers = !look->bodies,
                     .now = crawl->now,
                     .not_before = first - crawl->config->first_fetch_days * (gint64)DAY};
  if (!zb_intake_add (db, &intake, &look->count, error))
    return FALSE;
  return look->count.fresh == 0 ||
         (keep_evidence (db, look, error) &&
          (look->bodies || zb_unread_add (db, look->digest, look->source->slug, error)));
}

/* Everything of this look, in one piece. */
static gboolean
write_look (ZbDb *db, gpointer data, GError **error)
{
  Look *look = data;
  const ZbCrawl *crawl = look->crew->crawl;
  if (look->result != NULL && !take_in (db, look, error))
    return FALSE;
  if (look->count.fresh > 0)
    zb_schedule_learn (look->after, crawl->now, look->count.fresh, look->count.span, look->count.dated);
  if (look->fetch.outcome == ZB_FETCH_OK || look->fetch.outcome == ZB_FETCH_UNCHANGED)
    mark_well (look);
  look->fetch.fresh = look->result != NULL ? look->count.fresh : look->fetch.fresh;
  look->fetch.health = look->after->health;
  look->fetch.error = look->error;
  return (zb_source_state_same (look->before, look->after) || zb_source_state_put (db, look->after, error)) &&
         zb_fetch_add (db, &look->fetch, error);
}

static void
tell (Look *look)
{
  ZbCrawlLine line = {.source = look->source,
                      .health = look->after->health,
                      .outcome = look->fetch.outcome,
                      .status = look->fetch.status,
                      .rows = look->fetch.rows,
                      .fresh = look->fetch.fresh,
                      .error = look->error,
                      .warning = look->result != NULL ? look->result->feed->warning : NULL,
                      .moved_to = look->after->moved_to,
                      .next_due = look->fetch.next_due};
  zb_crew_tell (look->crew, &line);
}

static void
on_written (gpointer data, const GError *error)
{
  g_autoptr (Look) look = data;
  ZbCrew *crew = look->crew;
  if (error != NULL) {
    zb_crew_fail (crew, g_error_copy (error));
    return;
  }
  crew->fresh += (guint)look->count.fresh;
  crew->unsearched += (guint)look->count.fresh;
  tell (look);
  if (look->fetch.outcome == ZB_FETCH_OK || look->fetch.outcome == ZB_FETCH_UNCHANGED)
    zb_articles_start (crew, look->source);
}

/* The end of every look. */
static void
settle (Look *look)
{
  const ZbCrawl *crawl = look->crew->crawl;
  look->chance = g_rand_double (crawl->random);
  if (look->fetch.outcome == ZB_FETCH_WAITS)
    look->fetch.next_due = MAX (look->fetch.next_due, crawl->now);
  else if (look->fetch.outcome != ZB_FETCH_OK && look->fetch.outcome != ZB_FETCH_UNCHANGED)
    mark_ill (look);
  gsize packed = look->packed != NULL ? g_bytes_get_size (look->packed) : 0;
  zb_writer_do (look->crew->writer, write_look, look, packed + look->count.bytes, on_written);
}

static void
settle_as (Look *look, ZbFetchOutcome outcome, const char *words)
{
  look->fetch.outcome = outcome;
  set_text (&look->error, words);
  settle (look);
}

/* What came is not what it should be. A challenge that pretends to be a page shows itself here. */
static void
settle_unread (Look *look, const char *words)
{
  const char *challenge = look->count.rows == 0 ? zb_answer_challenge (look->response) : NULL;
  g_autofree char *needs =
      challenge != NULL ? g_strdup_printf ("needs a person: it answers with %s", challenge) : NULL;
  /* A validator of what could not be read would turn the next look into "unchanged". */
  g_clear_pointer (&look->after->etag, g_free);
  g_clear_pointer (&look->after->last_modified, g_free);
  g_clear_pointer (&look->after->digest, g_free);
  settle_as (look, challenge != NULL ? ZB_FETCH_BLOCKED : ZB_FETCH_FAILED, challenge != NULL ? needs : words);
}

static void
on_read (ZbResult *result, gpointer data)
{
  Look *look = data;
  ZbSourceState *after = look->after;
  look->crew->parsing--;
  if (result->error != NULL || result->feed == NULL) {
    g_autoptr (ZbResult) own = result;
    settle_unread (look, own->error != NULL ? own->error->message : "nothing was read");
    return;
  }
  look->result = result;
  look->packed = zb_zstd_pack (look->response->body);
  look->size = (gint64)g_bytes_get_size (look->response->body);
  zb_intake_count (result->feed, &look->count);
  look->fetch.rows = look->count.rows;
  g_autofree char *problem =
      zb_health_problem (look->source, look->before, look->count.rows, look->count.dated);
  if (problem != NULL) {
    settle_unread (look, problem); /* rows without dates are taken in all the same */
    return;
  }
  g_clear_pointer (&look->response->body, g_bytes_unref); /* many may wait for the writer */
  zb_health_learn (after, look->count.rows, look->count.dated);
  set_text (&after->etag, look->response->etag);
  set_text (&after->last_modified, look->response->last_modified);
  set_text (&after->digest, look->digest);
  settle_as (look, ZB_FETCH_OK, NULL);
}

static void
read_body (Look *look)
{
  const ZbHttpResponse *r = look->response;
  ZbJob *job = zb_crew_job (look->crew, look->source, r->body, r->url, r->content_type);
  look->bodies = look->before->health != ZB_SOURCE_NEW || look->crew->newcomers < ZB_CREW_FLOOD;
  if (!look->bodies) {
    job->bodies = ZB_BODIES_PLAIN;
    job->limits.text_bytes = TEASER_BYTES;
  }
  zb_crew_parse (look->crew, job, on_read, look);
}

static void
on_content (Look *look)
{
  look->digest =
      zb_sha256 (g_bytes_get_data (look->response->body, NULL), g_bytes_get_size (look->response->body));
  if (g_strcmp0 (look->digest, look->before->digest) != 0) {
    read_body (look);
    return;
  }
  set_text (&look->after->etag, look->response->etag);
  set_text (&look->after->last_modified, look->response->last_modified);
  settle_as (look, ZB_FETCH_UNCHANGED, NULL);
}

static void
log_answer (Look *look, const ZbHttpResponse *r)
{
  look->fetch.status = r->status;
  look->fetch.address = r->address;
  look->fetch.wire_bytes = r->wire_bytes;
  look->fetch.header_bytes = r->header_bytes;
  look->fetch.milliseconds = r->milliseconds;
}

static void
on_error (Look *look, const ZbVisit *visit)
{
  ZbFetchOutcome outcome = visit->forbidden                     ? ZB_FETCH_BLOCKED
                           : visit->waits_until != ZB_TIME_NONE ? ZB_FETCH_WAITS
                                                                : ZB_FETCH_FAILED;
  if (outcome == ZB_FETCH_FAILED)
    g_clear_pointer (&look->after->moved_to, g_free);
  settle_as (look, outcome, visit->error->message);
}

static void
on_visited (ZbVisit *visit, gpointer data)
{
  Look *look = data;
  g_autofree char *words = NULL;
  look->response = g_steal_pointer (&visit->response);
  look->fetch.next_due = visit->waits_until;
  if (look->response != NULL)
    log_answer (look, look->response);
  if (visit->error != NULL) {
    on_error (look, visit);
    return;
  }
  ZbFetchOutcome outcome = zb_answer_outcome (look->response, &words);
  if (visit->moved_to != NULL)
    set_text (&look->after->moved_to, visit->moved_to);
  if (outcome == ZB_FETCH_OK)
    on_content (look);
  else {
    if (outcome == ZB_FETCH_FAILED) /* the old address may be right again */
      g_clear_pointer (&look->after->moved_to, g_free);
    settle_as (look, outcome, words);
  }
}

static const char *const accepts[] = {
    [ZB_SOURCE_FEED] =
        "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9,"
        " application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1",
    [ZB_SOURCE_LIST] = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
    [ZB_SOURCE_JSON] = "application/json, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1",
};

void
zb_look_start (ZbCrew *crew, const ZbSource *source, ZbSourceState *state, ZbHttpResponse *answer)
{
  Look *look = g_new0 (Look, 1);
  look->crew = crew;
  look->source = source;
  look->before = state;
  look->after = zb_source_state_copy (state);
  look->fetch = (ZbFetch){.source = source->slug,
                          .kind = ZB_FETCH_SOURCE,
                          .url = source->url,
                          .fetched = crew->crawl->now,
                          .rows = -1,
                          .fresh = -1,
                          .next_due = ZB_TIME_NONE};
  if (answer != NULL) {
    look->response = answer;
    log_answer (look, answer);
    on_content (look);
    return;
  }
  ZbHttpRequest request = {.url = state->moved_to != NULL ? state->moved_to : source->url,
                           .body = source->method_body,
                           .etag = state->etag,
                           .last_modified = state->last_modified,
                           .accept = accepts[source->kind],
                           .referer = source->referer,
                           .headers = (const char *const *)source->headers};
  zb_visitor_visit (crew->visitor, &request, on_visited, look);
}
