/* Any text as HTML to be made plain: valid UTF-8 within the limit, without control characters in a line. */
#include "plain.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *html = g_utf8_make_valid ((const char *)data, (gssize)size);
  gsize max = 1 + size % 64;
  g_autofree char *text = zb_plain_from_html (html, strlen (html), max);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), <=, max);
  g_autofree char *line = zb_plain_line (html, max);
  if (line != NULL) {
    g_assert_cmpint (g_utf8_strlen (line, -1), <=, (glong)max);
    g_assert_null (strpbrk (line, "\n\r\t\x01\x1f"));
  }
  g_autofree char *mended = zb_plain_mend_html (html, strlen (html));
  if (mended != NULL)
    g_assert_true (g_utf8_validate (mended, -1, NULL));
  (void)zb_plain_is_html (html, strlen (html)); /* either answer is right; that it comes is the test */
  return 0;
}
