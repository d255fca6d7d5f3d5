/* An article out of any page: the parts put together. */
#include "zhoubao/extract/page.h"

#include "page_facts.h"
#include "page_meta.h"
#include "page_read.h"
#include "page_title.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/url.h"
#include "zhoubao/edge/charset.h"
#include "zhoubao/edge/selector.h"
#include "zhoubao/extract/html.h"

typedef struct {
  const ZbJob *job;
  ZbNode *root;
  ZbPageMeta *meta;
  char *base_url;
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
read_facts (const Reader *r, ZbPage *page)
{
  const ZbJob *job = r->job;
  page->title = either (by_rule (r, job->article.title), zb_page_title (r->root, r->meta));
  page->byline = either (by_rule (r, job->article.byline), zb_page_byline (r->root, r->meta));
  page->site = zb_page_site (r->meta, job->url);
  page->canonical = zb_page_canonical (r->meta, job->url);
  page->language = g_strdup (r->meta->language);
  if (page->title != NULL && g_utf8_strlen (page->title, -1) > job->limits.title_chars) {
    g_autofree char *whole = g_steal_pointer (&page->title);
    page->title = zb_text_cut (whole, -1, (guint)job->limits.title_chars);
  }
}

static void
read_body (const Reader *r, ZbPage *page)
{
  g_autoptr (ZbScale) scale = zb_scale_new (r->root, page->title);
  ZbNode *top = node_by_rule (r, r->job->article.body);
  if (top == NULL)
    top = zb_page_find_main (scale);
  zb_page_prune (scale, top);
  g_autoptr (ZbMarkdown) document = zb_html_build (top, r->base_url);
  page->markdown = zb_markdown_to_commonmark (document);
  page->html = zb_markdown_to_html (document);
  page->text = zb_markdown_to_text (document, ZB_MARKDOWN_PLAIN);
}

static void
read_page (const ZbJob *job, ZbDoc *doc, ZbPage *page)
{
  g_autoptr (ZbPageMeta) meta = zb_page_meta_new (zb_doc_root (doc));
  g_autofree char *base_url = meta->base != NULL ? zb_url_resolve (meta->base, job->url) : NULL;
  if (base_url == NULL)
    base_url = g_strdup (job->url);
  const Reader r = {job, zb_doc_root (doc), meta, base_url};
  read_facts (&r, page);
  read_body (&r, page);
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
