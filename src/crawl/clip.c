/* A page by hand into the store. */
#include "zhoubao/crawl/clip.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"
#include "zhoubao/crawl/answer.h"
#include "zhoubao/crawl/intake.h"
#include "zhoubao/edge/digest.h"
#include "zhoubao/store/agent.h"
#include "zhoubao/store/document.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/wanted.h"

/* What is put into the store. */
typedef struct {
  const ZbClip *clip;
  const ZbSource *source; /* or NULL */
  const char *url;
  ZbPage *page;
  char *digest;
  ZbItem *item;
  gboolean is_new;
} Piece;

static gboolean
same_host (const ZbSource *source, const char *host)
{
  g_autoptr (ZbUrl) url = source->url != NULL ? zb_url_parse (source->url, NULL, NULL) : NULL;
  return url != NULL && g_str_equal (zb_url_host (url), host);
}

/* A source that is filled by hand comes first: its pages are what is clipped. */
static const ZbSource *
guess_source (const GPtrArray *sources, const char *url)
{
  const ZbSource *found = NULL;
  g_autoptr (ZbUrl) page = url != NULL ? zb_url_parse (url, NULL, NULL) : NULL;
  for (guint i = 0; page != NULL && i < sources->len; i++) {
    const ZbSource *source = sources->pdata[i];
    if (same_host (source, zb_url_host (page)) && (found == NULL || source->kind == ZB_SOURCE_PERSON))
      found = source;
  }
  return found;
}

static const ZbSource *
find_source (const ZbClip *clip)
{
  for (guint i = 0; clip->source != NULL && i < clip->sources->len; i++)
    if (g_str_equal (((ZbSource *)clip->sources->pdata[i])->slug, clip->source))
      return clip->sources->pdata[i];
  return clip->source == NULL ? guess_source (clip->sources, clip->url) : NULL;
}

static ZbPage *
read_page (ZbPool *pool, const ZbClip *clip, const ZbSource *source, GError **error)
{
  ZbJob *job = zb_job_new (ZB_JOB_PAGE, clip->bytes, clip->now);
  job->url = g_strdup (clip->url);
  job->content_type = clip->response != NULL ? g_strdup (clip->response->content_type) : NULL;
  job->limits = clip->config->limits;
  if (source != NULL)
    zb_job_set_source (job, source);
  if (job->zone == NULL)
    job->zone = g_strdup (clip->config->timezone);
  g_autoptr (ZbResult) result = zb_pool_call (pool, job, error);
  return result != NULL ? g_steal_pointer (&result->page) : NULL;
}

static ZbItem *
make_item (const Piece *piece, GError **error)
{
  static const ZbSource no_rules = {0};
  const ZbClip *clip = piece->clip;
  g_autoptr (ZbItem) item = zb_item_new ();
  item->canonical = zb_intake_key (piece->url, piece->source != NULL ? piece->source : &no_rules);
  if (item->canonical == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID,
                 "the page does not say where it is from: give its address with --url");
    return NULL;
  }
  item->source = g_strdup (piece->source != NULL ? piece->source->slug : ZB_SOURCE_CLIP);
  item->url = g_strdup (piece->url);
  item->title = g_strdup (piece->page->title != NULL ? piece->page->title : piece->url);
  item->published = piece->page->published;
  item->fetched = clip->now;
  return g_steal_pointer (&item);
}

static gboolean
write_piece (ZbDb *db, gpointer data, GError **error)
{
  Piece *p = data;
  const ZbHttpResponse *r = p->clip->response;
  ZbDocument document = {.sha256 = p->digest,
                         .url = (char *)p->url,
                         .fetched = p->clip->now,
                         .status = r != NULL ? r->status : 0,
                         .address = r != NULL ? r->address : NULL,
                         .content_type = r != NULL ? r->content_type : NULL,
                         .headers = r != NULL ? r->headers : (char *)"",
                         .body = p->clip->bytes};
  if (!zb_document_add (db, &document, error) || !zb_item_add (db, p->item, &p->is_new, error) ||
      !zb_item_set_page (db, p->item->id, p->page, p->digest, error) ||
      !zb_wanted_done (db, p->item->id, error))
    return FALSE;
  ZbFetch fetch = {.source = p->item->source,
                   .kind = ZB_FETCH_CLIP,
                   .item = p->item->id,
                   .url = p->url,
                   .fetched = p->clip->now,
                   .outcome = ZB_FETCH_OK,
                   .status = document.status,
                   .address = document.address,
                   .wire_bytes = r != NULL ? r->wire_bytes : 0,
                   .header_bytes = r != NULL ? r->header_bytes : 0,
                   .milliseconds = r != NULL ? r->milliseconds : 0,
                   .rows = 1,
                   .fresh = p->is_new};
  return zb_fetch_add (db, &fetch, error);
}

static void
piece_clear (Piece *p)
{
  g_clear_pointer (&p->page, zb_page_free);
  g_clear_pointer (&p->item, zb_item_free);
  g_free (p->digest);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Piece, piece_clear)

static gboolean
is_pdf (GBytes *bytes)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);
  return length >= 5 && memcmp (data, "%PDF-", 5) == 0;
}

/* An item of neither title nor text would be an address that nobody can judge. */
static gboolean
has_words (const ZbPage *page, GError **error)
{
  if (page->title != NULL || (page->text != NULL && *page->text != '\0'))
    return TRUE;
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "there is nothing to read in it");
  return FALSE;
}

gboolean
zb_clip_add (ZbDb *db, ZbPool *pool, const ZbClip *clip, gint64 *item, gboolean *is_new, GError **error)
{
  g_auto (Piece) p = {.clip = clip, .source = find_source (clip)};
  if (clip->source != NULL && p.source == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no source '%s'", clip->source);
    return FALSE;
  }
  p.page = read_page (pool, clip, p.source, error);
  if (p.page == NULL && is_pdf (clip->bytes))
    g_prefix_error (error, "take the page that links to it, or paste its text at the desk: ");
  if (p.page == NULL || !has_words (p.page, error))
    return FALSE;
  p.url = clip->url != NULL ? clip->url : p.page->canonical;
  if (p.source == NULL && clip->source == NULL) /* the page has told where it is from */
    p.source = guess_source (clip->sources, p.url);
  p.digest = zb_sha256 (g_bytes_get_data (clip->bytes, NULL), g_bytes_get_size (clip->bytes));
  p.item = make_item (&p, error);
  if (p.item == NULL || !zb_db_transact (db, write_piece, &p, error))
    return FALSE;
  *item = p.item->id;
  *is_new = p.is_new;
  return TRUE;
}

ZbHttpResponse *
zb_clip_fetch (const ZbConfig *config, const char *url, GError **error)
{
  g_autofree char *words = NULL;
  g_autoptr (ZbHttp) http = zb_agent_new (config, error);
  ZbHttpRequest request = {.url = url, .accept = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"};
  g_autoptr (ZbHttpResponse) r = http != NULL ? zb_http_get (http, &request, error) : NULL;
  if (r == NULL)
    return NULL;
  ZbFetchOutcome outcome = zb_answer_outcome (r, &words);
  if (outcome == ZB_FETCH_OK)
    return g_steal_pointer (&r);
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s%s", url, words,
               outcome == ZB_FETCH_BLOCKED ? "; save the page with a browser and clip the file" : "");
  return NULL;
}
