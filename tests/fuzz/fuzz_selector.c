/* Any text as a selector, CSS or XPath, on a small page: refused with words, or it ends. */
#include "zhoubao/edge/selector.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char page[] =
    "<html><body><div id=a class='b c'><ul><li><a href=/1>one</a><span>2017-06-26</span>"
    "<li><a href=/2 title=two>2</a></ul><p lang=zh-CN>\xe4\xbf\xa1\xe7\x94\xa8</p></div></body></html>";

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)MIN (size, 4096));
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbSelector) selector = zb_selector_new (text, &error);
  g_assert_true ((selector == NULL) == (error != NULL));
  if (selector == NULL)
    return 0;
  g_autoptr (ZbDoc) doc = zb_doc_new_html (page, -1, NULL);
  g_autoptr (GPtrArray) nodes = zb_selector_nodes (selector, zb_doc_root (doc), &error);
  g_assert_true ((nodes == NULL) == (error != NULL));
  g_autofree char *found = zb_selector_text (selector, zb_doc_root (doc));
  g_assert_true (found == NULL || (*found != '\0' && g_utf8_validate (found, -1, NULL)));
  return 0;
}
