/* An article out of any page: the parts put together. */
#include "zhoubao/extract/page.h"

#include "page_date_seen.h"
#include "page_facts.h"
#include "page_meta.h"
#include "page_open.h"
#include "page_read.h"
#include "page_title.h"
#include "page_trim.h"
#include "page_zone.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/language.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/url.h"
#include "zhoubao/edge/selector.h"
#include "zhoubao/extract/document.h"
#include "zhoubao/extract/html.h"

typedef struct {
  const ZbJob *job;
  ZbNode *root;
  ZbPageMeta *meta;
  char *base_url;
  ZbNode *title; /* the heading, or NULL */
  ZbNode *main;  /* what holds the main text */
  ZbScale *scale;
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
  if (page->byline != NULL && g_strcmp0 (page->byline, page->site) == 0) /* sites name themselves */
    g_clear_pointer (&page->byline, g_free);
  page->canonical = zb_page_canonical (r->meta, job->url);
  if (page->title != NULL && g_utf8_strlen (page->title, -1) > job->limits.title_chars) {
    g_autofree char *whole = g_steal_pointer (&page->title);
    page->title = zb_text_cut (whole, -1, (guint)job->limits.title_chars);
  }
  r->title = zb_page_title_node (r->root, page->title);
}

static void
read_language (const Reader *r, ZbPage *page)
{
  const char *declared = r->meta->language != NULL ? r->meta->language : r->job->language;
  g_autofree char *text = zb_node_squeezed (r->main);
  page->language = g_strdup (zb_language_of (text, -1, declared));
}

/* Where 5/6/2017 is in May: the United States, and pages in English that do not say where they are from. */
static gboolean
is_day_first (const ZbJob *job, const ZbPageMeta *meta, const char *language)
{
  static const char *const places[] = {".uk/", ".au/", ".nz/", ".ie/", ".in/", ".za/", ".sg/", NULL};
  if (g_strcmp0 (language, "en") != 0)
    return TRUE;
  if (meta->language != NULL && strlen (meta->language) > 3)
    return g_ascii_strncasecmp (meta->language + 3, "US", 2) != 0;
  for (guint i = 0; places[i] != NULL; i++)
    if (job->url != NULL && strstr (job->url, places[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
read_date (const Reader *r, ZbPage *page)
{
  ZbDateQuery query = {.root = r->root,
                       .title = r->title,
                       .main = r->main,
                       .meta = r->meta,
                       .url = r->job->url,
                       .canonical = page->canonical,
                       .day_first = is_day_first (r->job, r->meta, page->language),
                       .context = {r->job->now, zb_page_zone (r->job, page->language)}};
  g_autofree char *seen = zb_page_linear (r->root, r->title, r->main, query.places);
  query.seen = seen;
  g_autofree char *ruled = by_rule (r, r->job->article.date);
  page->published = ruled != NULL ? zb_page_date_read (&query, ruled) : ZB_TIME_NONE;
  if (page->published == ZB_TIME_NONE)
    page->published = zb_page_date (&query);
}

/* Cuts the main text out of the tree: all that is read from the whole page is read before. */
static void
read_body (const Reader *r, ZbPage *page)
{
  zb_page_prune (r->scale, r->main);
  g_autoptr (ZbMarkdown) document = zb_html_build (r->main, r->base_url);
  zb_page_trim (document, page->title, page->byline);
  page->markdown = zb_markdown_to_commonmark (document);
  page->html = zb_markdown_to_html (document);
  page->text = zb_markdown_to_text (document, ZB_MARKDOWN_PLAIN);
}

/* Whether TIME lies in the day that begins at DAY. */
static gboolean
is_same_day (ZbTime time, ZbTime day)
{
  return day != ZB_TIME_NONE && time >= day && time < day + 86400;
}

/* Of a page that shows no date of its own, one out of its text was taken: the day that it was signed is
 * better than that on which it takes effect or comments end. */
static void
settle_published (ZbPage *page)
{
  const ZbDocumentFacts *d = &page->document;
  gboolean to_come = page->published != ZB_TIME_NONE && (is_same_day (page->published, d->effective) ||
                                                         is_same_day (page->published, d->comment_deadline));
  if (d->signed_on != ZB_TIME_NONE &&
      (page->published == ZB_TIME_NONE || (to_come && d->signed_on < page->published)))
    page->published = d->signed_on;
}

static void
read_document (const Reader *r, char *const *labels, ZbPage *page)
{
  const ZbDocumentQuery query = {.labels = labels,
                                 .title = page->title,
                                 .text = page->text,
                                 .published = page->published,
                                 .dates = {r->job->now, zb_page_zone (r->job, page->language)}};
  zb_document_read (&query, &page->document);
  page->document.number = either (by_rule (r, r->job->article.number), page->document.number);
  page->document.issuer = either (by_rule (r, r->job->article.issuer), page->document.issuer);
  settle_published (page);
}

static void
find_main (Reader *r)
{
  r->main = node_by_rule (r, r->job->article.body);
  if (r->main == NULL)
    r->main = zb_page_find_main (r->scale);
}

static void
read_page (const ZbJob *job, ZbDoc *doc, ZbPage *page)
{
  ZbNode *root = zb_doc_root (doc);
  g_autoptr (ZbPageMeta) meta = zb_page_meta_new (root);
  g_autofree char *base_url = meta->base != NULL ? zb_url_resolve (meta->base, job->url) : NULL;
  if (base_url == NULL)
    base_url = g_strdup (job->url);
  Reader r = {.job = job, .root = root, .meta = meta, .base_url = base_url};
  read_facts (&r, page);
  g_autoptr (ZbScale) scale = zb_scale_new (root, r.title, job->url);
  r.scale = scale;
  find_main (&r);
  read_language (&r, page);
  read_date (&r, page);
  char *labels[ZB_LABELS] = {0};
  gboolean chinese = g_str_has_prefix (page->language, "zh");
  if (chinese)
    zb_labels_read (root, labels);
  page->document.attachments = zb_document_attachments (root, base_url);
  read_body (&r, page);
  if (chinese)
    read_document (&r, labels, page);
  for (guint i = 0; i < ZB_LABELS; i++)
    g_free (labels[i]);
}

ZbPage *
zb_page_extract (const ZbJob *job, GError **error)
{
  g_auto (ZbDecoded) decoded = {0};
  g_autoptr (ZbDoc) doc = zb_page_open (job, &decoded, error);
  if (doc == NULL)
    return NULL;
  ZbPage *page = zb_page_new ();
  page->encoding = g_strdup (decoded.encoding);
  if (zb_doc_root (doc) != NULL)
    read_page (job, doc, page);
  return page;
}
