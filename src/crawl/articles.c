/* The pages behind a source's links: newest first, one after the other, read in workers. */
#include "crew.h"

#include "zhoubao/base/error.h"
#include "zhoubao/crawl/answer.h"
#include "zhoubao/edge/digest.h"
#include "zhoubao/store/document.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/wanted.h"

#define STRIKES 3 /* pages in a row that cannot be had: the rest waits for the next crawl */

/* The articles of one source in this crawl; lives until its last page is written. */
typedef struct {
  ZbCrew *crew;
  const ZbSource *source;
  GPtrArray *wanted; /* of ZbWanted */
  guint next, strikes;
  int references;
} Chain;

typedef struct {
  Chain *chain;
  const ZbWanted *wanted;
  ZbHttpResponse *response;
  ZbResult *result;
  char *digest, *error;
  gboolean finished; /* not to be asked for again */
  ZbFetch fetch;
} Article;

static void
chain_unref (Chain *chain)
{
  if (--chain->references > 0)
    return;
  g_ptr_array_unref (chain->wanted);
  g_free (chain);
}

static void
article_free (Article *a)
{
  g_clear_pointer (&a->response, zb_http_response_free);
  g_clear_pointer (&a->result, zb_result_free);
  g_free (a->digest);
  g_free (a->error);
  chain_unref (a->chain);
  g_free (a);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Article, article_free)

static gboolean
keep_evidence (ZbDb *db, const Article *a, GError **error)
{
  const ZbHttpResponse *r = a->response;
  ZbDocument document = {.sha256 = a->digest,
                         .url = r->url,
                         .fetched = a->fetch.fetched,
                         .status = r->status,
                         .address = r->address,
                         .content_type = r->content_type,
                         .headers = r->headers,
                         .body = r->body};
  return zb_document_add (db, &document, error);
}

/* Everything of this page, in one piece. */
static gboolean
write_article (ZbDb *db, gpointer data, GError **error)
{
  Article *a = data;
  gint64 item = a->wanted->item;
  a->fetch.error = a->error;
  if (a->digest != NULL && !keep_evidence (db, a, error))
    return FALSE;
  if (a->result != NULL && !zb_item_set_page (db, item, a->result->page, a->digest, error))
    return FALSE;
  return zb_fetch_add (db, &a->fetch, error) &&
         (a->finished ? zb_wanted_done (db, item, error) : zb_wanted_missed (db, item, error));
}

static void
on_written (gpointer data, const GError *error)
{
  g_autoptr (Article) a = data;
  ZbCrew *crew = a->chain->crew;
  crew->progress.articles_done++;
  if (error != NULL)
    zb_crew_fail (crew, g_error_copy (error));
}

static void
settle (Article *a, ZbFetchOutcome outcome, const char *words)
{
  a->fetch.outcome = outcome;
  a->error = g_strdup (words);
  gsize body = a->response != NULL ? g_bytes_get_size (a->response->body) : 0;
  zb_writer_do (a->chain->crew->writer, write_article, a, 2 * body,
                on_written); /* it, and what was read of it */
}

static void
on_read (ZbResult *result, gpointer data)
{
  Article *a = data;
  a->chain->crew->parsing--;
  a->finished = TRUE; /* the bytes are kept as evidence; the same page would not read better tomorrow */
  if (result->error != NULL || result->page == NULL) {
    g_autoptr (ZbResult) own = result;
    settle (a, ZB_FETCH_FAILED, own->error != NULL ? own->error->message : "nothing was read");
    return;
  }
  a->result = result;
  settle (a, ZB_FETCH_OK, NULL);
}

static gboolean
is_page (const char *content_type)
{
  return content_type == NULL || strstr (content_type, "html") != NULL ||
         strstr (content_type, "xml") != NULL || g_str_has_prefix (content_type, "text/");
}

static void
read_page (Article *a)
{
  const ZbCrawl *crawl = a->chain->crew->crawl;
  ZbHttpResponse *r = a->response;
  a->digest = zb_sha256 (g_bytes_get_data (r->body, NULL), g_bytes_get_size (r->body));
  if (!is_page (r->content_type)) {
    a->finished = TRUE;
    settle (a, ZB_FETCH_OK, "not a page; kept unread");
    return;
  }
  ZbJob *job = zb_job_new (ZB_JOB_PAGE, r->body, crawl->now);
  job->url = g_strdup (r->url);
  job->content_type = g_strdup (r->content_type);
  job->limits = crawl->config->limits;
  zb_job_set_source (job, a->chain->source);
  if (job->zone == NULL)
    job->zone = g_strdup (crawl->config->timezone);
  zb_crew_parse (a->chain->crew, job, on_read, a);
}

static void
log_answer (ZbFetch *fetch, const ZbHttpResponse *r)
{
  fetch->status = r->status;
  fetch->address = r->address;
  fetch->wire_bytes = r->wire_bytes;
  fetch->header_bytes = r->header_bytes;
  fetch->milliseconds = r->milliseconds;
}

/* What the answer means for this page, and whether the next one is asked for. */
static ZbFetchOutcome
judge (Article *a, const ZbVisit *visit, char **words)
{
  Chain *chain = a->chain;
  ZbFetchOutcome outcome = ZB_FETCH_FAILED;
  if (visit->error != NULL) {
    *words = g_strdup (visit->error->message);
    a->finished = visit->forbidden;
    outcome = visit->forbidden ? ZB_FETCH_BLOCKED : ZB_FETCH_FAILED;
    chain->strikes += visit->forbidden ? 0 : visit->waits_until != ZB_TIME_NONE ? STRIKES : 1;
    return outcome;
  }
  outcome = zb_answer_outcome (a->response, words);
  a->finished = outcome == ZB_FETCH_GONE || a->response->status == 404;
  if (outcome == ZB_FETCH_OK)
    chain->strikes = 0;
  else if (outcome == ZB_FETCH_BLOCKED || visit->waits_until != ZB_TIME_NONE)
    chain->strikes = STRIKES;
  else if (!a->finished)
    chain->strikes++;
  return outcome;
}

static void ask_next (Chain *chain);

static void
on_visited (ZbVisit *visit, gpointer data)
{
  Article *a = data;
  Chain *chain = a->chain;
  g_autofree char *words = NULL;
  a->response = g_steal_pointer (&visit->response);
  if (a->response != NULL)
    log_answer (&a->fetch, a->response);
  ZbFetchOutcome outcome = judge (a, visit, &words);
  chain->references++; /* the page may be the last that holds it */
  if (outcome == ZB_FETCH_OK)
    read_page (a);
  else
    settle (a, outcome, words);
  ask_next (chain);
  chain_unref (chain);
}

static void
ask_next (Chain *chain)
{
  ZbCrew *crew = chain->crew;
  if (chain->next >= chain->wanted->len)
    return;
  if (chain->strikes >= STRIKES || crew->error != NULL) {
    crew->progress.articles_total -= chain->wanted->len - chain->next;
    return;
  }
  Article *a = g_new0 (Article, 1);
  a->chain = chain;
  chain->references++;
  a->wanted = chain->wanted->pdata[chain->next++];
  a->fetch = (ZbFetch){.source = chain->source->slug,
                       .kind = ZB_FETCH_ARTICLE,
                       .item = a->wanted->item,
                       .url = a->wanted->url,
                       .fetched = crew->crawl->now,
                       .rows = -1,
                       .fresh = -1};
  ZbHttpRequest request = {.url = a->wanted->url,
                           .accept = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
                           .referer = chain->source->referer,
                           .headers = (const char *const *)chain->source->headers};
  zb_visitor_visit (crew->visitor, &request, on_visited, a);
}

void
zb_articles_start (ZbCrew *crew, const ZbSource *source)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) wanted =
      zb_wanted_list (crew->crawl->db, source->slug, crew->crawl->config->limits.articles, &error);
  if (wanted == NULL) {
    zb_crew_fail (crew, error);
    return;
  }
  if (wanted->len == 0)
    return;
  Chain *chain = g_new0 (Chain, 1);
  chain->crew = crew;
  chain->source = source;
  chain->wanted = g_steal_pointer (&wanted);
  chain->references = 1;
  crew->progress.articles_total += chain->wanted->len;
  ask_next (chain);
  chain_unref (chain);
}
