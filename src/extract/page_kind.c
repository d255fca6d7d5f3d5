/* Pages and HTML as jobs of a parse worker. */
#include "page_kind.h"

#include "zhoubao/edge/charset.h"
#include "zhoubao/extract/html.h"
#include "zhoubao/extract/page.h"

static gboolean
run_page (const ZbJob *job, ZbResult *result, GError **error)
{
  zb_xml_set_depth ((int)job->limits.parse_depth);
  result->page = zb_page_extract (job, error);
  return result->page != NULL;
}

static gboolean
run_html (const ZbJob *job, ZbResult *result, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (job->input, &length);
  g_auto (ZbDecoded) decoded = {0};
  zb_charset_decode (data, length, job->content_type, ZB_CHARSET_HTML, &decoded);
  zb_xml_set_depth ((int)job->limits.parse_depth);
  g_autoptr (ZbDoc) doc = zb_doc_new_html (decoded.text, (gssize)decoded.length, error);
  if (doc == NULL)
    return FALSE;
  g_autoptr (ZbMarkdown) document = zb_html_build (zb_doc_root (doc), job->url);
  result->page = zb_page_new ();
  result->page->encoding = g_strdup (decoded.encoding);
  result->page->markdown = zb_markdown_to_commonmark (document);
  result->page->html = zb_markdown_to_html (document);
  result->page->text = zb_markdown_to_text (document, ZB_MARKDOWN_PLAIN);
  return TRUE;
}

const ZbKind zb_page_kind = {"page", G_STRUCT_OFFSET (ZbResult, page), &zb_page_wire, run_page, NULL};
const ZbKind zb_html_kind = {"html", G_STRUCT_OFFSET (ZbResult, page), &zb_page_wire, run_html, NULL};
