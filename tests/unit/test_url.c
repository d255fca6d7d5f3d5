/* URLs: read as browsers do, refused as browsers do, and named as one page is. */
#include "zhoubao/base/url.h"

#include "zhoubao/base/error.h"

static void
assert_href (const char *input, const char *base, const char *want)
{
  g_autofree char *got = zb_url_resolve (input, base);
  if (g_strcmp0 (got, want) != 0)
    g_error ("'%s' at '%s' is '%s', not '%s'", input, base, got, want);
}

static void
assert_canonical (const char *input, const char *want)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbUrl) url = zb_url_parse (input, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *got = zb_url_canonical (url, NULL);
  g_assert_cmpstr (got, ==, want);
}

static void
test_links_resolve_as_in_a_browser (void)
{
  const char *page = "https://www.example.cn/xxgk/wjk/index.html?p=2#top";
  const char *const cases[][2] = {
      {"t20170628_1.html", "https://www.example.cn/xxgk/wjk/t20170628_1.html"},
      {"./../a/./b/../c.html", "https://www.example.cn/xxgk/a/c.html"},
      {"/art\\2017/6", "https://www.example.cn/art/2017/6"},
      {"//other.example/x", "https://other.example/x"},
      {"\\\\other.example\\x", "https://other.example/x"},
      {"?p=3", "https://www.example.cn/xxgk/wjk/index.html?p=3"},
      {"#end", "https://www.example.cn/xxgk/wjk/index.html?p=2#end"},
      {"", "https://www.example.cn/xxgk/wjk/index.html?p=2"},
      {"https:x.html", "https://www.example.cn/xxgk/wjk/x.html"},
      {"http:other.example", "http://other.example/"},
      {" \n通知 公告.html\t", "https://www.example.cn/xxgk/wjk/%E9%80%9A%E7%9F%A5%20%E5%85%AC%E5%91%8A.html"},
      {"../../../..", "https://www.example.cn/"},
      {"%2E%2e/x", "https://www.example.cn/xxgk/x"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_href (cases[i][0], page, cases[i][1]);
}

static void
test_hosts_are_written_one_way (void)
{
  const char *const cases[][2] = {
      {"HTTP://WWW.Example.CN:80/a", "http://www.example.cn/a"},
      {"https://信用中国.example/", "https://xn--fiq54bb9luy7a.example/"},
      {"http://ｅｘａｍｐｌｅ。cn", "http://example.cn/"},
      {"http://%65xample.cn:0443/", "http://example.cn:443/"},
      {"http://0x7f.1/", "http://127.0.0.1/"},
      {"http://017700000001", "http://127.0.0.1/"},
      {"http://2130706433/", "http://127.0.0.1/"},
      {"http://127。0。0。1/", "http://127.0.0.1/"},
      {"http://[0:0:0:0:0:FFFF:7f00:1]/", "http://[::ffff:7f00:1]/"},
      {"http://[::ffff:127.0.0.1]:8080", "http://[::ffff:7f00:1]:8080/"},
      {"http://[1:0:0:2:0:0:0:3]", "http://[1:0:0:2::3]/"},
      {"http://me:pa:ss@x@host/", "http://me:pa%3Ass%40x@host/"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_href (cases[i][0], NULL, cases[i][1]);
}

static void
test_what_is_no_web_address_is_refused (void)
{
  const char *const bad[] = {"",
                             "notice.html",
                             "//host/x",
                             "mailto:a@b.example",
                             "javascript:alert(1)",
                             "file:///etc/passwd",
                             "http:/",
                             "http://",
                             "http://:80",
                             "http://a b/",
                             "http://host:65536",
                             "http://host:8x",
                             "data:,",
                             "http://[1::2",
                             "http://[1::2::3]",
                             "http://1.2.3.256",
                             "http://1.2.3.4.5",
                             "http://a%00b",
                             "httpx:",
                             "http://\xff\xfe",
                             "http://user@/x",
                             "ht:tp",
                             "http://[::1]x",
                             "https://xn--é"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ZbUrl) url = zb_url_parse (bad[i], NULL, &error);
    if (url != NULL)
      g_error ("'%s' was read as '%s'", bad[i], zb_url_href (url));
    g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
  }
}

static void
test_a_scheme_cannot_hide (void)
{
  const char *const cases[][2] = {{" java\nscript:alert(1)", "javascript"},
                                  {"\x01HTTP://x", "http"},
                                  {"a/b:c", NULL},
                                  {"?x:y", NULL},
                                  {"1a:b", NULL},
                                  {"", NULL}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *scheme = zb_url_scheme_of (cases[i][0]);
    g_assert_cmpstr (scheme, ==, cases[i][1]);
  }
}

static void
test_the_parts_of_a_url (void)
{
  g_autoptr (ZbUrl) url = zb_url_parse ("https://u:p@Host:8443/a/b?c=d#e", NULL, NULL);
  g_assert_cmpstr (zb_url_scheme (url), ==, "https");
  g_assert_cmpstr (zb_url_username (url), ==, "u");
  g_assert_cmpstr (zb_url_password (url), ==, "p");
  g_assert_cmpstr (zb_url_host (url), ==, "host");
  g_assert_cmpint (zb_url_port (url), ==, 8443);
  g_assert_cmpstr (zb_url_path (url), ==, "/a/b");
  g_assert_cmpstr (zb_url_query (url), ==, "c=d");
  g_assert_cmpstr (zb_url_fragment (url), ==, "e");
  g_autofree char *origin = zb_url_origin (url);
  g_assert_cmpstr (origin, ==, "https://host:8443");
}

static void
test_one_page_has_one_name (void)
{
  const char *const cases[][2] = {
      {"https://Example.cn:443/a?utm_source=x&id=5&spm=1.2#part", "https://example.cn/a?id=5"},
      {"http://example.cn/a?from=timeline&isappinstalled=0", "http://example.cn/a"},
      {"http://example.cn/content_5.htm?node=20908", "http://example.cn/content_5.htm"},
      {"http://example.cn/index.php?node=5", "http://example.cn/index.php?node=5"},
      {"http://example.cn/notices/index.html?utm_medium=mail", "http://example.cn/notices/"},
      {"http://example.cn/notices/index_2.html", "http://example.cn/notices/index_2.html"},
      {"http://example.cn/index.html?p=2", "http://example.cn/index.html?p=2"},
      {"http://u:p@example.cn/a;jsessionid=77?b=2&a=1&", "http://example.cn/a?b=2&a=1"},
      {"https://example.cn:80/", "https://example.cn:80/"},
      {"https://app.example.cn/#/notice/5", "https://app.example.cn/#/notice/5"},
      {"https://app.example.cn/#", "https://app.example.cn/"},
      /* /npc/c2/a.html, with its padding cut off, and an attempt to leave the host */
      {"http://example.cn/WZWSRELL25wYy9jMi9hLmh0bWw?wzwschallenge=V1", "http://example.cn/npc/c2/a.html"},
      {"http://example.cn/WZWSRELLy9ldmlsLmV4YW1wbGUveA==", "http://example.cn/evil.example/x"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_canonical (cases[i][0], cases[i][1]);
}

static void
test_a_source_names_parameters_of_its_own (void)
{
  const char *const drop[] = {"chnl*", "T", NULL};
  g_autoptr (ZbUrl) url = zb_url_parse ("https://example.cn/v?t=1&chnlid=2&id=3", NULL, NULL);
  g_autofree char *canonical = zb_url_canonical (url, drop), *key = zb_url_key (url, drop);
  g_assert_cmpstr (canonical, ==, "https://example.cn/v?id=3");
  g_assert_cmpstr (key, ==, "example.cn/v?id=3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/url/links_resolve_as_in_a_browser", test_links_resolve_as_in_a_browser);
  g_test_add_func ("/url/hosts_are_written_one_way", test_hosts_are_written_one_way);
  g_test_add_func ("/url/what_is_no_web_address_is_refused", test_what_is_no_web_address_is_refused);
  g_test_add_func ("/url/a_scheme_cannot_hide", test_a_scheme_cannot_hide);
  g_test_add_func ("/url/the_parts_of_a_url", test_the_parts_of_a_url);
  g_test_add_func ("/url/one_page_has_one_name", test_one_page_has_one_name);
  g_test_add_func ("/url/a_source_names_parameters_of_its_own", test_a_source_names_parameters_of_its_own);
  return g_test_run ();
}
