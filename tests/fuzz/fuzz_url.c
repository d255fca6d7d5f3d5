/* Any bytes as a URL, alone and relative to one: what is read must read back as itself. */
#include "zhoubao/base/url.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *input = g_strndup ((const char *)data, size);
  g_autofree char *scheme = zb_url_scheme_of (input);
  g_autoptr (ZbUrl) base = zb_url_parse ("https://user@example.cn:8443/a/b;c?d#e", NULL, NULL);
  for (int relative = 0; relative < 2; relative++) {
    g_autoptr (ZbUrl) url = zb_url_parse (input, relative == 1 ? base : NULL, NULL);
    if (url == NULL)
      continue;
    g_autoptr (ZbUrl) again = zb_url_parse (zb_url_href (url), NULL, NULL);
    g_assert_nonnull (again);
    g_assert_cmpstr (zb_url_href (again), ==, zb_url_href (url));
    g_autofree char *canonical = zb_url_canonical (url, NULL);
    g_autoptr (ZbUrl) canonical_url = zb_url_parse (canonical, NULL, NULL);
    g_assert_nonnull (canonical_url);
    g_assert_cmpstr (zb_url_host (canonical_url), ==, zb_url_host (url));
  }
  return 0;
}
