/* Any bytes, whose first line is a Content-Type, as a page and as a feed: what comes out is UTF-8. */
#include "zhoubao/base/charset.h"

#include "zhoubao/edge/charset.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *stop = memchr (data, '\n', size);
  gsize first = stop != NULL ? (gsize)(stop - data) + 1 : 0;
  g_autofree char *type = first > 0 ? g_strndup ((const char *)data, first - 1) : NULL;
  g_assert_cmpint (zb_charset_is_utf8 ((const char *)data, size), ==,
                   g_utf8_validate_len ((const char *)data, size, NULL));
  for (ZbCharsetKind kind = ZB_CHARSET_XML; kind <= ZB_CHARSET_HTML; kind++) {
    g_auto (ZbDecoded) d = {0};
    zb_charset_decode (data + first, size - first, type, kind, &d);
    g_assert_true (g_utf8_validate_len (d.text, d.length, NULL));
    g_assert_nonnull (zb_charset_name (d.encoding, -1));
  }
  return 0;
}
