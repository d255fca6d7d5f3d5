/* What a page offers: feeds that it names, and rules that read its lists. */
#include "zhoubao/extract/find.h"

static ZbFound *
find (const char *html)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (html, strlen (html));
  g_autoptr (ZbJob) job = zb_job_new (ZB_JOB_FIND, bytes, zb_time_from_rfc3339 ("2023-06-28T00:00:00Z"));
  job->url = g_strdup ("https://news.example/a/index.html");
  job->zone = g_strdup ("Asia/Shanghai");
  ZbFound *found = zb_find (job, &error);
  g_assert_no_error (error);
  return found;
}

static void
test_feeds_are_named_in_the_head (void)
{
  g_autoptr (ZbFound) found = find (
      "<html lang=en><title> My \n News </title><link rel='stylesheet' href='a.css'>"
      "<link rel='Alternate home' type='application/RSS+xml; charset=utf-8' title='All' href='../feed/'>"
      "<link rel=alternate type=application/atom+xml href='https://news.example/feed/'>"
      "<link rel=alternate type=application/feed+json href=/feed.json>"
      "<link rel=alternate type=text/html hreflang=zh href=/zh><a href='/comments/feed'>c</a>");
  g_assert_cmpstr (found->title, ==, "My News");
  g_assert_cmpstr (found->language, ==, "en");
  g_assert_cmpuint (found->feeds->len, ==, 2);
  const ZbFeedLink *first = found->feeds->pdata[0], *second = found->feeds->pdata[1];
  g_assert_cmpstr (first->url, ==, "https://news.example/feed/");
  g_assert_cmpstr (first->title, ==, "All");
  g_assert_cmpstr (second->url, ==, "https://news.example/feed.json");
}

static void
test_feeds_are_linked_in_the_text (void)
{
  g_autoptr (ZbFound) found =
      find ("<base href='https://cdn.example/x/'><a href='/about'>About feed</a><a href='rss.xml'>订阅</a>"
            "<a href='/feedback'>Feedback</a>");
  g_assert_cmpuint (found->feeds->len, ==, 1);
  const ZbFeedLink *link = found->feeds->pdata[0];
  g_assert_cmpstr (link->url, ==, "https://cdn.example/x/rss.xml");
  g_assert_cmpstr (link->title, ==, "订阅");
}

#define MENU                                                                                                 \
  "<ul class='menu'><li><a href='/1'>首页</a></li><li><a href='/2'>机构职能</a></li><li><a "           \
  "href='/3'>政务公开</a></li></ul>"                                                                     \
  "<ul class='links'><li><a href='http://a.example'>中国政府网官方网站</a></li>"                    \
  "<li><a href='http://b.example'>国家统计局官方网站</a></li><li><a "                               \
  "href='http://c.example'>最高人民法院官方网站</a></li></ul>"

static void
test_the_list_with_dates_is_proposed_first (void)
{
  g_autoptr (ZbFound) found = find (
      MENU
      "<div class='main'><ul class='u-list x1'>"
      "<li class='odd'><a href='t1.html' "
      "title='关于社会信用体系建设的若干意见（全文）'>关于社会信用体系…</a><span>2023-06-27</span></li>"
      "<li class='even'><a href='t2.html' "
      "title='关于失信惩戒措施基础清单的公告（全文）'>关于失信惩戒措施…</a><span>2023-06-26</span></li>"
      "<li class='odd'><a href='t3.html' "
      "title='信用修复管理办法试行版（全文）'>信用修复管理办法…</a><span>2023-06-20</span></li></ul></div>");
  g_assert_cmpuint (found->proposals->len, >=, 1);
  const ZbProposal *p = found->proposals->pdata[0];
  g_assert_cmpstr (p->rule.item, ==, "ul.u-list > li:has(a)");
  g_assert_cmpstr (p->rule.link, ==, "a/@href");
  g_assert_cmpstr (p->rule.title, ==, "a/@title");
  g_assert_cmpstr (p->rule.date, ==, "span");
  g_assert_cmpint (p->rows, ==, 3);
  g_assert_cmpint (p->dated, ==, 3);
}

static void
test_dates_may_stand_in_the_links_alone (void)
{
  g_autoptr (ZbFound) found =
      find (MENU "<div id='news'><p><a href='./202306/t20230628_1.html'>公路建设市场信用评价结果公布</a></p>"
                 "<p><a href='./202306/t20230627_2.html'>水路运输经营者信用承诺试点启动</a></p>"
                 "<p><a href='./202306/t20230626_3.html'>道路运输从业人员诚信考核办法</a></p></div>");
  const ZbProposal *p = found->proposals->pdata[0];
  g_assert_cmpstr (p->rule.item, ==, "div#news > p:has(a)");
  g_assert_cmpstr (p->rule.date, ==, NULL);
  g_assert_cmpstr (p->rule.link_pattern, ==, "/t(\\d{8})_\\d+\\.s?html?");
}

static void
test_a_page_without_lists_offers_nothing (void)
{
  const char *const pages[] = {"", "<p>Only words.</p>", MENU, "\xff\xfe\x00",
                               "<a href='javascript:void(0)'>关于社会信用体系建设的若干意见</a>"};
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autoptr (ZbFound) found = find (pages[i]);
    g_assert_cmpuint (found->feeds->len, ==, 0);
    for (guint k = 0; k < found->proposals->len; k++)
      g_assert_cmpint (((ZbProposal *)found->proposals->pdata[k])->dated, ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/feeds_are_named_in_the_head", test_feeds_are_named_in_the_head);
  g_test_add_func ("/find/feeds_are_linked_in_the_text", test_feeds_are_linked_in_the_text);
  g_test_add_func ("/find/the_list_with_dates_is_proposed_first", test_the_list_with_dates_is_proposed_first);
  g_test_add_func ("/find/dates_may_stand_in_the_links_alone", test_dates_may_stand_in_the_links_alone);
  g_test_add_func ("/find/a_page_without_lists_offers_nothing", test_a_page_without_lists_offers_nothing);
  return g_test_run ();
}
