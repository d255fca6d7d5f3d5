/* An article out of any page: the parts put together. */
#include "zhoubao/extract/page.h"

#include "page_read.h"
#include "zhoubao/base/error.h"
#include "zhoubao/edge/charset.h"
#include "zhoubao/extract/html.h"

static void
read_body (ZbPage *page, ZbNode *root, const char *base_url)
{
  g_autoptr (ZbScale) scale = zb_scale_new (root);
  ZbNode *top = zb_page_find_main (scale);
  zb_page_prune (scale, top);
  g_autoptr (ZbMarkdown) document = zb_html_build (top, base_url);
  page->markdown = zb_markdown_to_commonmark (document);
  page->html = zb_markdown_to_html (document);
  page->text = zb_markdown_to_text (document, ZB_MARKDOWN_PLAIN);
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
    read_body (page, zb_doc_root (doc), job->url);
  return page;
}
