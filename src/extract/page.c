/* An article out of any page: the parts put together. */
#include "zhoubao/extract/page.h"

#include "page_date.h"
#include "page_facts.h"
#include "page_meta.h"
#include "page_read.h"
#include "page_title.h"
#include "page_trim.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/language.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/url.h"
#include "zhoubao/edge/charset.h"
#include "zhoubao/edge/selector.h"
#include "zhoubao/extract/document.h"
#include "zhoubao/extract/html.h"

typedef struct {
  const ZbJob *job;
  ZbNode *root;
  ZbPageMeta *meta;
  char *base_url;
  ZbNode *title; /* the heading, or NULL */
} Reader;

/* What the source's rule finds, NULL where it has none or finds nothing. (transfer full) */
static char *
by_rule (const Reader *r, const char *rule)
{
  g_autoptr (ZbSelector) selector = rule != NULL ? zb_selector_new (rule, NULL) : NULL;
  return selector != NULL ? zb_selector_text (selector, r->root) : NULL;
}

static ZbNode *
node_by_rule (const Reader *r, const char *rule)
{
  g_autoptr (ZbSelector) selector = rule != NULL ? zb_selector_new (rule, NULL) : NULL;
  return selector != NULL ? zb_selector_first (selector, r->root) : NULL;
}

static char *
either (char *first, char *second)
{
  if (first == NULL)
    return second;
  g_free (second);
  return first;
}

static void
read_facts (Reader *r, ZbPage *page)
{
  const ZbJob *job = r->job;
  page->title = either (by_rule (r, job->article.title), zb_page_title (r->root, r->meta));
  page->byline = either (by_rule (r, job->article.byline), zb_page_byline (r->root, r->meta));
  page->site = zb_page_site (r->meta, job->url);
  page->canonical = zb_page_canonical (r->meta, job->url);
  if (page->title != NULL && g_utf8_strlen (page->title, -1) > job->limits.title_chars) {
    g_autofree char *whole = g_steal_pointer (&page->title);
    page->title = zb_text_cut (whole, -1, (guint)job->limits.title_chars);
  }
  r->title = zb_page_title_node (r->root, page->title);
}

/* A page in simplified Chinese that names no zone was written in China's. */
static const char *
zone_of (const ZbJob *job, const char *language)
{
  return job->zone == NULL && g_strcmp0 (language, "zh-Hans") == 0 ? "Asia/Shanghai" : job->zone;
}

static void
read_date (const Reader *r, const char *seen, gsize after_title, ZbPage *page)
{
  const ZbDateQuery query = {.root = r->root,
                             .title = r->title,
                             .meta = r->meta,
                             .url = r->job->url,
                             .seen = seen,
                             .after_title = after_title,
                             .context = {r->job->now, zone_of (r->job, page->language)}};
  g_autofree char *ruled = by_rule (r, r->job->article.date);
  page->published = ruled != NULL ? zb_dates_parse (ruled, &query.context) : ZB_TIME_NONE;
  ZbDate date;
  if (page->published == ZB_TIME_NONE && ruled != NULL && zb_dates_find (ruled, &query.context, &date))
    page->published = zb_dates_settle (&date, &query.context);
  if (page->published == ZB_TIME_NONE)
    page->published = zb_page_date (&query);
}

static void
read_body (const Reader *r, ZbPage *page)
{
  g_autoptr (ZbScale) scale = zb_scale_new (r->root, r->title);
  ZbNode *top = node_by_rule (r, r->job->article.body);
  if (top == NULL)
    top = zb_page_find_main (scale);
  zb_page_prune (scale, top);
  g_autoptr (ZbMarkdown) document = zb_html_build (top, r->base_url);
  zb_page_trim (document, page->title, page->byline);
  page->markdown = zb_markdown_to_commonmark (document);
  page->html = zb_markdown_to_html (document);
  page->text = zb_markdown_to_text (document, ZB_MARKDOWN_PLAIN);
}

static void
read_document (const Reader *r, char *const *labels, ZbPage *page)
{
  const ZbDocumentQuery query = {.labels = labels,
                                 .title = page->title,
                                 .text = page->text,
                                 .published = page->published,
                                 .dates = {r->job->now, zone_of (r->job, page->language)}};
  zb_document_read (&query, &page->document);
  page->document.number = either (by_rule (r, r->job->article.number), page->document.number);
  page->document.issuer = either (by_rule (r, r->job->article.issuer), page->document.issuer);
}

static void
read_page (const ZbJob *job, ZbDoc *doc, ZbPage *page)
{
  g_autoptr (ZbPageMeta) meta = zb_page_meta_new (zb_doc_root (doc));
  g_autofree char *base_url = meta->base != NULL ? zb_url_resolve (meta->base, job->url) : NULL;
  if (base_url == NULL)
    base_url = g_strdup (job->url);
  Reader r = {job, zb_doc_root (doc), meta, base_url, NULL};
  read_facts (&r, page);
  gsize after_title = 0;
  g_autofree char *seen = zb_page_linear (r.root, r.title, &after_title);
  page->language =
      g_strdup (zb_language_of (seen, -1, meta->language != NULL ? meta->language : job->language));
  read_date (&r, seen, after_title, page);
  /* These look at the whole page, of which the main text is cut out next. */
  char *labels[ZB_LABELS] = {0};
  gboolean chinese = g_str_has_prefix (page->language, "zh");
  if (chinese)
    zb_labels_read (r.root, labels);
  page->document.attachments = zb_document_attachments (r.root, base_url);
  read_body (&r, page);
  if (chinese)
    read_document (&r, labels, page);
  for (guint i = 0; i < ZB_LABELS; i++)
    g_free (labels[i]);
}

ZbPage *
zb_page_extract (const ZbJob *job, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (job->input, &length);
  g_auto (ZbDecoded) decoded = {0};
  zb_charset_decode (data, length, job->content_type, ZB_CHARSET_HTML, &decoded);
  g_autoptr (ZbDoc) doc = zb_doc_new_html (decoded.text, (gssize)decoded.length, error);
  if (doc == NULL)
    return NULL;
  ZbPage *page = zb_page_new ();
  page->encoding = g_strdup (decoded.encoding);
  if (zb_doc_root (doc) != NULL)
    read_page (job, doc, page);
  return page;
}
