/* robots.txt: who is addressed, which rule decides, what a broken file still says. */
#include "zhoubao/crawl/robots.h"

#define LIMIT 512000

static gboolean
allowed (const char *robots_txt, const char *url)
{
  g_autoptr (ZbRobots) robots =
      zb_robots_parse (robots_txt, strlen (robots_txt), LIMIT, "zhoubao/1.0 (+mail)");
  g_autoptr (ZbUrl) parsed = zb_url_parse (url, NULL, NULL);
  g_assert_nonnull (parsed);
  return zb_robots_allowed (robots, parsed);
}

static void
test_the_group_that_names_us_replaces_the_one_for_all (void)
{
  const char *file = "User-agent: *\nDisallow: /\n\nUser-agent: ZhouBao\nDisallow: /drafts/\n";
  g_assert_true (allowed (file, "https://e.cn/notice"));
  g_assert_false (allowed (file, "https://e.cn/drafts/1"));
  g_assert_false (allowed ("User-agent: zhoubaox\nAllow: /\nUser-agent: *\nDisallow: /", "https://e.cn/"));
}

static void
test_groups_of_one_agent_are_one_group (void)
{
  const char *file = "user-agent: zhoubao\ndisallow: /a\n\nuser-agent: other\ndisallow: /b\n\n"
                     "user-agent: other\nuser-agent: zhoubao\ndisallow: /c\n";
  g_assert_false (allowed (file, "http://e.cn/a"));
  g_assert_true (allowed (file, "http://e.cn/b"));
  g_assert_false (allowed (file, "http://e.cn/c"));
}

static void
test_the_longest_rule_decides_and_a_tie_allows (void)
{
  const char *file = "User-agent: *\nAllow: /a/b\nDisallow: /a\nDisallow: /a/b/c\nAllow: /a/b/c\n";
  g_assert_false (allowed (file, "http://e.cn/a/x"));
  g_assert_true (allowed (file, "http://e.cn/a/b/x"));
  g_assert_true (allowed (file, "http://e.cn/a/b/c/x"));
}

static void
test_stars_and_ends (void)
{
  const char *file = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /x*y*z\nDisallow: /only$\nDisallow: /p$q\n";
  g_assert_false (allowed (file, "http://e.cn/f/a.pdf"));
  g_assert_false (allowed (file, "http://e.cn/a.pdf.pdf"));
  g_assert_true (allowed (file, "http://e.cn/a.pdf?v=1"));
  g_assert_false (allowed (file, "http://e.cn/x1y2z3"));
  g_assert_true (allowed (file, "http://e.cn/xzy"));
  g_assert_false (allowed (file, "http://e.cn/only"));
  g_assert_true (allowed (file, "http://e.cn/only/1"));
  g_assert_false (allowed (file, "http://e.cn/p$q"));
}

static void
test_paths_are_compared_in_one_spelling (void)
{
  const char *file = "User-agent: *\nDisallow: /通知\nDisallow: /%61b\nDisallow: /s%2fl\nDisallow: /q?x=\n";
  g_assert_false (allowed (file, "http://e.cn/%E9%80%9A%e7%9f%a5/1"));
  g_assert_false (allowed (file, "http://e.cn/ab"));
  g_assert_false (allowed (file, "http://e.cn/s%2Fl"));
  g_assert_true (allowed (file, "http://e.cn/s/l"));
  g_assert_false (allowed (file, "http://e.cn/q?x=1"));
  g_assert_true (allowed (file, "http://e.cn/q"));
}

static void
test_what_is_not_a_rule_is_passed_over (void)
{
  const char *file =
      "\xef\xbb\xbf# all\r\nUser-agent : *   # everyone\rSitemap: http://e.cn/s.xml\n<br>\nNoindex: /\n"
      "Disallow:\nDisallow: /no # not here\n";
  g_assert_true (allowed (file, "http://e.cn/"));
  g_assert_false (allowed (file, "http://e.cn/no"));
  g_assert_true (allowed ("Disallow: /\n", "http://e.cn/"));
  g_assert_true (allowed ("User-agent: *\nDisallow: /\n", "http://e.cn/robots.txt"));
}

static void
test_a_line_cut_by_the_limit_is_not_read (void)
{
  const char *file = "User-agent: *\nDisallow: /private\n";
  g_autoptr (ZbUrl) url = zb_url_parse ("http://e.cn/pages", NULL, NULL);
  for (gsize limit = 0; limit <= strlen (file); limit++) {
    g_autoptr (ZbRobots) robots = zb_robots_parse (file, strlen (file), limit, "zhoubao");
    g_assert_true (zb_robots_allowed (robots, url));
  }
}

static void
test_the_crawl_delay_of_our_group (void)
{
  const char *file =
      "User-agent: *\nCrawl-delay: 2.5\nDisallow: /x\n\nUser-agent: zhoubao\nCrawl-delay: 7\nAllow: /\n";
  g_autoptr (ZbRobots) ours = zb_robots_parse (file, strlen (file), LIMIT, "zhoubao");
  g_autoptr (ZbRobots) other = zb_robots_parse (file, strlen (file), LIMIT, "other");
  g_autoptr (ZbRobots) bad = zb_robots_parse ("User-agent: *\nCrawl-delay: soon", 32, LIMIT, "x");
  g_assert_cmpfloat (zb_robots_crawl_delay (ours), ==, 7);
  g_assert_cmpfloat (zb_robots_crawl_delay (other), ==, 2.5);
  g_assert_cmpfloat (zb_robots_crawl_delay (bad), <, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/robots/the_group_that_names_us_replaces_the_one_for_all",
                   test_the_group_that_names_us_replaces_the_one_for_all);
  g_test_add_func ("/robots/groups_of_one_agent_are_one_group", test_groups_of_one_agent_are_one_group);
  g_test_add_func ("/robots/the_longest_rule_decides_and_a_tie_allows",
                   test_the_longest_rule_decides_and_a_tie_allows);
  g_test_add_func ("/robots/stars_and_ends", test_stars_and_ends);
  g_test_add_func ("/robots/paths_are_compared_in_one_spelling", test_paths_are_compared_in_one_spelling);
  g_test_add_func ("/robots/what_is_not_a_rule_is_passed_over", test_what_is_not_a_rule_is_passed_over);
  g_test_add_func ("/robots/a_line_cut_by_the_limit_is_not_read", test_a_line_cut_by_the_limit_is_not_read);
  g_test_add_func ("/robots/the_crawl_delay_of_our_group", test_the_crawl_delay_of_our_group);
  return g_test_run ();
}
