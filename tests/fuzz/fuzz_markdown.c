/* Any text as CommonMark: HTML without raw markup, plain text, and CommonMark that says the same. */
#include "zhoubao/edge/markdown.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)size);
  g_autoptr (ZbMarkdown) document = zb_markdown_parse (text, -1, NULL);
  g_assert_nonnull (document);
  g_autofree char *html = zb_markdown_to_html (document);
  g_assert_null (strstr (html, "<script"));
  g_assert_null (strstr (html, "href=\"javascript:"));
  g_assert_null (strstr (html, "src=\"javascript:"));
  g_autofree char *plain = zb_markdown_to_text (document, 72);
  g_assert_true (g_utf8_validate (plain, -1, NULL));
  g_autofree char *commonmark = zb_markdown_to_commonmark (document);
  g_autofree char *again = zb_markdown_html (commonmark);
  g_assert_null (strstr (again, "<script"));
  return 0;
}
