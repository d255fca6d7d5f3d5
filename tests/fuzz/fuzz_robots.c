/* Any bytes as a robots.txt, asked about a URL made of its first line. */
#include "zhoubao/crawl/robots.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *stop = memchr (data, '\n', size);
  gsize first = stop != NULL ? (gsize)(stop - data) : size;
  g_autofree char *line = g_strndup ((const char *)data, first);
  g_autofree char *address = g_strconcat ("http://example.cn/", line, NULL);
  g_autoptr (ZbUrl) url = zb_url_parse (address, NULL, NULL);
  g_autoptr (ZbRobots) robots = zb_robots_parse ((const char *)data, size, 4096, "zhoubao");
  g_autoptr (ZbUrl) own = zb_url_parse ("http://example.cn/robots.txt", NULL, NULL);
  g_assert_true (zb_robots_allowed (robots, own));
  if (url != NULL)
    (void)zb_robots_allowed (robots, url); /* either answer is right; that it comes is the test */
  g_assert_true (zb_robots_crawl_delay (robots) <= 86400);
  return 0;
}
