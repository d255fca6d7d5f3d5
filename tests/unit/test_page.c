/* Articles out of whole pages, with everything around them that pages have. */
#include "zhoubao/extract/page.h"

#define PROSE_1                                                                                              \
  "The ministry published rules on credit records today, and said that they would take effect in July."
#define PROSE_2                                                                                              \
  "Companies on the list may not bid for public contracts, officials said, until they have repaid their "    \
  "debts."
#define PROSE_3                                                                                              \
  "Lawyers welcomed the change, which follows two years of trials in four provinces and one city."

#define ARTICLE "<p>" PROSE_1 "</p><p>" PROSE_2 "</p><h2>Reactions</h2><p>" PROSE_3 "</p>"
#define TEXT PROSE_1 "\n\n" PROSE_2 "\n\nReactions\n\n" PROSE_3
#define NAV                                                                                                  \
  "<div class=menu><ul><li><a href=/a>Home page</a><li><a href=/b>All the news</a><li><a href=/c>About "     \
  "us</a></ul></div>"

static ZbPage *
extract (const char *html, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (html, strlen (html));
  g_autoptr (ZbJob) job = zb_job_new (ZB_JOB_PAGE, bytes, zb_time_from_rfc3339 ("2017-07-01T12:00:00Z"));
  job->url = g_strdup (url);
  ZbPage *page = zb_page_extract (job, &error);
  g_assert_no_error (error);
  return page;
}

static void
assert_text (const char *html, const char *text)
{
  g_autoptr (ZbPage) page = extract (html, "http://e.org/x.html");
  g_test_message ("%s", html);
  g_assert_cmpstr (page->text, ==, text);
}

static void
test_the_text_and_nothing_else (void)
{
  assert_text (NAV "<div id=content>" ARTICLE
                   "</div><div class=footer>© 2017 Some house, all rights reserved.</div>",
               TEXT);
  assert_text ("<body class=with-sidebar>" NAV "<table><tr><td>" ARTICLE "</td><td class=sidebar>" PROSE_1
               "</td></tr></table>",
               TEXT);
  assert_text ("<form id=all>" NAV "<div>" ARTICLE "</div></form>", TEXT);
  assert_text ("<div class=post>" ARTICLE
               "<div class=share-bar>Share this on every network, please, now.</div></div>"
               "<div id=comments><p>" PROSE_1 PROSE_2 PROSE_3 "</p><p>" PROSE_1 PROSE_2 PROSE_3 "</p></div>",
               TEXT);
}

static void
test_teasers_of_other_articles_are_left_out (void)
{
  assert_text ("<h1>Rules</h1><div class=a>" ARTICLE
               "</div><div class=more><div><h3><a href=/1>Another story of today</a></h3><p>" PROSE_3
               "</p></div><div><h3><a href=/2>One more story of today</a></h3><p>" PROSE_2 "</p></div></div>",
               TEXT);
  assert_text ("<title>Rules on records</title><article><h1>Rules on records</h1>" ARTICLE "</article>"
               "<article><h1>Something else</h1><p>" PROSE_3 PROSE_1 "</p></article>",
               TEXT);
}

#define BEFORE "<p>" PROSE_1 "</p><p>" PROSE_2 "</p>"
#define AFTER "<p>" PROSE_3 "</p><p>" PROSE_1 "</p>"
#define AROUND(text) PROSE_1 "\n\n" PROSE_2 "\n\n" text PROSE_3 "\n\n" PROSE_1

static void
test_paragraphs_that_only_lead_elsewhere_are_left_out (void)
{
  assert_text ("<div>" BEFORE "<p><a href=/2><b>Another court says the opposite of all this</b></a></p>" AFTER
               "</div>",
               AROUND (""));
  assert_text ("<div>" BEFORE
               "<p><b>Related:</b> <a href=/2>What the opposite of all this would be</a></p>" AFTER "</div>",
               AROUND (""));
  /* but remarks, files and sources stay */
  assert_text ("<div>" BEFORE "<p>(Artist: <a href=/2>the one who draws for all of them</a>)</p>" AFTER
               "</div>",
               AROUND ("(Artist: the one who draws for all of them)\n\n"));
  assert_text ("<div>" BEFORE "<p><a href=/f.pdf>The rules on credit records, as published</a></p>" AFTER
               "</div>",
               AROUND ("The rules on credit records, as published\n\n"));
  assert_text ("<div>" BEFORE AFTER "<h2>Sources</h2><ul><li><a href=https://a.org/x>https://a.org/x</a>"
               "<li><a href=https://b.org/yyyyyyyy>https://b.org/yyyyyyyyyyyyyyyyyy</a></ul></div>",
               AROUND ("") "\n\nSources\n\n- https://a.org/x\n- https://b.org/yyyyyyyyyyyyyyyyyy");
}

static void
test_cards_of_other_articles_at_the_foot_are_left_out (void)
{
#define CARD(n) "<p><a href=/" #n "><img src=/" #n ".jpg>Read article</a></p><p>How to make thing " #n "</p>"
  assert_text ("<div>" BEFORE AFTER "<h2>Featured</h2>" CARD (1) CARD (2) CARD (3) "</div>", AROUND (""));
  assert_text ("<div>" BEFORE CARD (1) CARD (2) AFTER "</div>",
               AROUND ("Read article\n\nHow to make thing 1\n\nRead article\n\nHow to make thing 2\n\n"));
}

static void
test_a_long_cookie_dialog_is_not_the_text (void)
{
  assert_text ("<div class=page>" ARTICLE
               "</div><div class='cookie-dialog'><p>We use cookies, as everybody does. " PROSE_1 PROSE_1
               "</p><p>" PROSE_2 PROSE_2 PROSE_2 PROSE_3 "</p></div>",
               TEXT);
}

static void
test_facts_out_of_sight (void)
{
  g_autoptr (ZbPage) page =
      extract ("<html lang=en-GB><head><title>Rules | The Paper</title><meta property=og:title "
               "content='Rules on records'>"
               "<meta property=og:site_name content='The Paper'><meta name=author content='By Jane Roe'>"
               "<link rel=canonical href='/rules?utm_source=x'><meta property=article:published_time "
               "content='2017-06-26T08:00:00+08:00'>"
               "</head><body>" ARTICLE,
               "http://e.org/x.html");
  g_assert_cmpstr (page->title, ==, "Rules on records");
  g_assert_cmpstr (page->site, ==, "The Paper");
  g_assert_cmpstr (page->byline, ==, "Jane Roe");
  g_assert_cmpstr (page->canonical, ==, "http://e.org/rules");
  g_assert_cmpint (page->published, ==, zb_time_from_rfc3339 ("2017-06-26T00:00:00Z"));
  g_assert_cmpstr (page->language, ==, "en");
}

static void
test_linked_data (void)
{
  g_autoptr (ZbPage) page = extract (
      "<script type='application/ld+json'><![CDATA[ "
      "{\"@graph\":[{\"@type\":\"Organization\",\"name\":\"House\"},"
      "{\"@type\":[\"NewsArticle\"],\"headline\":\"Rules\non records\",\"datePublished\":\"2017-06-26\","
      "\"author\":[{\"name\":\"A B\"},{\"name\":\"C D\"}],\"publisher\":{\"name\":\"House\"}}]} "
      "]]></script>" ARTICLE,
      NULL);
  g_assert_cmpstr (page->title, ==, "Rules on records");
  g_assert_cmpstr (page->byline, ==, "A B, C D");
  g_assert_cmpstr (page->site, ==, "House");
  g_assert_cmpint (page->published, ==, zb_time_from_rfc3339 ("2017-06-26"));
}

static ZbTime
date_of (const char *html, const char *url)
{
  g_autoptr (ZbPage) page = extract (html, url);
  return page->published;
}

static void
test_dates_where_people_see_them (void)
{
  const ZbTime day = zb_time_from_rfc3339 ("2017-06-26");
  g_assert_cmpint (date_of ("<h1>T</h1><time datetime=2017-06-26>Monday</time>" ARTICLE, NULL), ==, day);
  g_assert_cmpint (date_of ("<div class=post-date>June 26, 2017</div>" ARTICLE, NULL), ==, day);
  g_assert_cmpint (
      date_of (
          "<title>Rules on records</title><h1>Rules on records</h1><p>Jane Roe, 26 June 2017</p>" ARTICLE,
          NULL),
      ==, day);
  g_assert_cmpint (date_of (ARTICLE, "http://e.org/2017/06/26/rules.html"), ==, day);
  g_assert_cmpint (date_of ("<span itemprop=datePublished content='2017-06-26'></span><time "
                            "datetime=2017-06-30>now</time>" ARTICLE,
                            NULL),
                   ==, day);
  g_assert_cmpint (date_of (ARTICLE, NULL), ==, ZB_TIME_NONE);
}

#define CHINESE                                                                                                                                 \
  "<p>为加强社会信用体系建设，现就有关事项通知如下，请各地各部门认真贯彻执行，并及时报告情况。</p>" \
  "<p>各地要高度重视，加强组织领导，明确责任分工，确保各项任务落到实处，取得实效。</p>"

static void
test_the_time_of_day_is_read_beside_the_links_date (void)
{
  g_assert_cmpint (date_of ("<h1>关于信用的通知</h1><p>来源：信用办 2017-06-26 10:32</p>" CHINESE,
                            "http://e.cn/zw/t20170626_1.html"),
                   ==, zb_time_from_rfc3339 ("2017-06-26T02:32:00Z"));
  g_assert_cmpint (date_of ("<h1>关于信用的通知</h1><p>来源：信用办 2017-06-25 10:32</p>" CHINESE,
                            "http://e.cn/zw/t20170626_1.html"),
                   ==, zb_time_from_rfc3339 ("2017-06-25T16:00:00Z"));
}

static void
test_days_of_something_else_are_passed_over (void)
{
  g_assert_cmpint (date_of ("<div>今天是2017年7月1日</div><h1>信用管理办法</h1>" CHINESE, NULL), ==,
                   ZB_TIME_NONE);
  g_assert_cmpint (date_of ("<h1>信用管理办法</h1><p>有效期至：2017-06-30</p>" CHINESE, NULL), ==,
                   ZB_TIME_NONE);
  g_assert_cmpint (
      date_of ("<h1>Rules</h1><p>Updated 28 June 2017, published 26 June 2017</p>" ARTICLE, NULL), ==,
      zb_time_from_rfc3339 ("2017-06-26"));
  g_assert_cmpint (date_of ("<h1>Rules</h1><p>Updated 28 June 2017</p>" ARTICLE, NULL), ==,
                   zb_time_from_rfc3339 ("2017-06-28"));
}

static void
test_a_short_title_is_cut_where_it_is_a_heading (void)
{
  g_autoptr (ZbPage) page = extract (
      "<title>信用修复_新闻_某某网</title><h1>信用修复</h1><p>2017-06-26 10:00 来源：经济日报</p>" CHINESE,
      NULL);
  g_assert_cmpstr (page->title, ==, "信用修复");
  g_assert_cmpint (page->published, ==, zb_time_from_rfc3339 ("2017-06-26T02:00:00Z"));
}

static void
test_lines_of_dates_above_the_text_are_left_out (void)
{
  static const char *const lines[] = {"Publié le 23 juin 2017 à 14h05 - Mis à jour le 24 juin 2017 à 09h10",
                                      "기사입력 2017.06.23. 오후 2:05 최종수정 2017.06.24. 오전 9:10",
                                      "Fecha de publicación: 08/09/2016", "Jun 19", "4 years ago"};
  static const char *const kept[] = {"TNW中文站 10月14日报道", "下周一，",
                                     "Yesterday it was announced in the city."};
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *html =
        g_strdup_printf ("<h1>Rules on records</h1><div><p>%s</p>" ARTICLE "</div>", lines[i]);
    assert_text (html, TEXT);
  }
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++) {
    g_autofree char *html =
        g_strdup_printf ("<h1>Rules on records</h1><div><p>%s</p>" ARTICLE "</div>", kept[i]);
    g_autoptr (ZbPage) page = extract (html, NULL);
    g_assert_true (g_str_has_prefix (page->text, kept[i]));
  }
}

static void
test_big_letters_are_a_title (void)
{
  static const char *const heads[] = {
      "<title>信用网</title><td align=center><font size=5><b>企业信用档案管理暂行办法</b></font></td>",
      "<title>信用网</title><center><b>企业信用档案管理暂行办法</b></center>",
      "<title>信用网</title><p style='font-size: 22px'>企业信用档案管理暂行办法</p>",
      "<p align=center><strong>企业信用档案管理暂行办法</strong></p>"};
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autofree char *html = g_strconcat (heads[i], CHINESE, NULL);
    g_autoptr (ZbPage) page = extract (html, "http://e.cn/");
    g_assert_cmpstr (page->title, ==, "企业信用档案管理暂行办法");
  }
}

static void
test_a_chinese_page_is_in_chinas_time (void)
{
  g_autoptr (ZbPage) page =
      extract ("<title>关于信用信息管理的通知_某某网</title><h1>关于信用信息管理的通知</"
               "h1>成文日期：2017年6月1日<p>发布时间：2017年6月26日 08:00　来源：某某委</p>"
               "<div>" CHINESE "</div>",
               "http://gov.example.org/a.html");
  g_assert_cmpstr (page->title, ==, "关于信用信息管理的通知");
  g_assert_cmpstr (page->language, ==, "zh-Hans");
  g_assert_cmpint (page->published, ==, zb_time_from_rfc3339 ("2017-06-26T00:00:00Z"));
  g_assert_true (g_str_has_prefix (page->text, "为加强"));
}

static void
test_the_sources_rule_comes_first (void)
{
  const char html[] = "<h1 class=t>Wrong</h1><b class=t2>Right</b><div class=x><p>" PROSE_1 PROSE_2
                      "</p></div><div class=y><p>" PROSE_3 "</p></div><i>26 June 2017</i><u>Office</u>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (html, sizeof html - 1);
  g_autoptr (ZbJob) job = zb_job_new (ZB_JOB_PAGE, bytes, zb_time_from_rfc3339 ("2017-07-01T12:00:00Z"));
  job->article = (ZbArticleRule){
      .title = g_strdup (".t2"), .body = g_strdup (".y"), .date = g_strdup ("i"), .byline = g_strdup ("u")};
  g_autoptr (ZbPage) page = zb_page_extract (job, NULL);
  g_assert_cmpstr (page->title, ==, "Right");
  g_assert_cmpstr (page->text, ==, PROSE_3);
  g_assert_cmpstr (page->byline, ==, "Office");
  g_assert_cmpint (page->published, ==, zb_time_from_rfc3339 ("2017-06-26"));
}

static void
test_nothing_comes_of_nothing (void)
{
  const char *pages[] = {"", "<", "<html></html>", "<p></p>", "\xff\xfe", "<script>x</script>"};
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autoptr (ZbPage) page = extract (pages[i], NULL);
    g_assert_nonnull (page);
    g_assert_null (page->title);
  }
}

#define HAN_1                                                                                                \
  "近日，国家发展改革委、人民银行联合印发通知，要求各地进一步加强社会信用体系建设，完善失信惩戒机制。"
#define HAN_2 "通知明确，各级信用信息平台应当依法依规归集信用信息，及时公示行政许可，保障信用主体合法权益。"
#define HAN_PAGE(title, head, foot)                                                                          \
  "<title>" title "</title><div class=nav><a href=/>首页</a> <a href=/a>新闻</a></div>" head                 \
  "<div class=con><p>" HAN_1 "</p><p>" HAN_2 "</p></div>" foot                                               \
  "<div>主办单位：某市人民政府办公室　网站标识码：1234567890　京ICP备12345678号</div>"

static void
test_pages_of_chinese_sites (void)
{
  static const struct {
    const char *html, *title;
  } rows[] = {
      {HAN_PAGE ("我市加强信用建设_某市人民政府",
                 "<div>您当前的位置：<a href=/>首页</a> &gt; 正文</div><div>我市加强信用建设</div>"
                 "<div>来源：某市发改委 发布时间：2017-06-23 10:30 浏览次数：<span>123</span></div>",
                 "<p>（责任编辑：张三）</p><div>上一篇：<a href=/1>关于某事的通知</a></div>"),
       "我市加强信用建设"},
      {HAN_PAGE ("中国法院网",
                 "<div class=detail_bigtitle>法院公布失信被执行人名单</div>"
                 "<div>2017-06-23 09:21:44 | 来源：中国法院网 | 作者：刘九</div>",
                 "<div>责任编辑：周十</div>"),
       "法院公布失信被执行人名单"},
      {HAN_PAGE ("信用信息公示", "<h1>信用信息公示制度解读</h1>", "<p>+1</p><p>【纠错】责任编辑： 孙七</p>"),
       "信用信息公示制度解读"},
      {HAN_PAGE ("经济日报-信用之光", "<h1>信用之光照亮城市</h1>", "<p>扫一扫在手机打开当前页</p>"),
       "信用之光照亮城市"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (ZbPage) page = extract (rows[i].html, "http://e.gov.cn/xw/t20170623_1.html");
    g_assert_cmpstr (page->title, ==, rows[i].title);
    g_assert_cmpstr (page->text, ==, HAN_1 "\n\n" HAN_2);
  }
}

static void
test_the_day_of_signing_comes_before_those_to_come (void)
{
  g_autoptr (ZbPage) page =
      extract ("<title>信用信息管理办法</title><h1>信用信息管理办法</h1><p>" HAN_1 "</p><p>" HAN_2
               "</p><p>本办法自2017年8月1日起施行。</p><p>市政府</p><p>2017年6月23日</p>",
               "http://e.gov.cn/1.html");
  g_autofree char *published = zb_time_to_rfc3339 (page->published);
  g_assert_cmpstr (published, ==, "2017-06-22T16:00:00Z");
}

static void
test_what_is_no_page_is_named (void)
{
  static const struct {
    const char *bytes, *error;
    gsize length;
  } rows[] = {{"%PDF-1.4\n%\xe2\xe3", "this is no page but a PDF file", 11},
              {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is no page but a picture", 16},
              {"\x1f\x8b\x08\0\0\0\0\0", "this is no page but a gzip file", 8},
              {"\1\2\3\4\0\0", "this is no page but some binary file", 6},
              {"\xff\xfe<\0p\0>\0", NULL, 8},
              {"\xe4\xbf\xa1 plain\n", NULL, 10},
              {"<p>a\0b", NULL, 6}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new (rows[i].bytes, rows[i].length);
    g_autoptr (ZbJob) job = zb_job_new (ZB_JOB_PAGE, bytes, ZB_TIME_NONE);
    g_autoptr (ZbPage) page = zb_page_extract (job, &error);
    g_assert_true ((page == NULL) == (rows[i].error != NULL));
    g_assert_cmpstr (error != NULL ? error->message : NULL, ==, rows[i].error);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page/the_text_and_nothing_else", test_the_text_and_nothing_else);
  g_test_add_func ("/page/teasers_of_other_articles_are_left_out",
                   test_teasers_of_other_articles_are_left_out);
  g_test_add_func ("/page/paragraphs_that_only_lead_elsewhere_are_left_out",
                   test_paragraphs_that_only_lead_elsewhere_are_left_out);
  g_test_add_func ("/page/cards_of_other_articles_at_the_foot_are_left_out",
                   test_cards_of_other_articles_at_the_foot_are_left_out);
  g_test_add_func ("/page/a_long_cookie_dialog_is_not_the_text", test_a_long_cookie_dialog_is_not_the_text);
  g_test_add_func ("/page/facts_out_of_sight", test_facts_out_of_sight);
  g_test_add_func ("/page/linked_data", test_linked_data);
  g_test_add_func ("/page/dates_where_people_see_them", test_dates_where_people_see_them);
  g_test_add_func ("/page/the_time_of_day_is_read_beside_the_links_date",
                   test_the_time_of_day_is_read_beside_the_links_date);
  g_test_add_func ("/page/days_of_something_else_are_passed_over",
                   test_days_of_something_else_are_passed_over);
  g_test_add_func ("/page/a_short_title_is_cut_where_it_is_a_heading",
                   test_a_short_title_is_cut_where_it_is_a_heading);
  g_test_add_func ("/page/lines_of_dates_above_the_text_are_left_out",
                   test_lines_of_dates_above_the_text_are_left_out);
  g_test_add_func ("/page/big_letters_are_a_title", test_big_letters_are_a_title);
  g_test_add_func ("/page/a_chinese_page_is_in_chinas_time", test_a_chinese_page_is_in_chinas_time);
  g_test_add_func ("/page/the_sources_rule_comes_first", test_the_sources_rule_comes_first);
  g_test_add_func ("/page/nothing_comes_of_nothing", test_nothing_comes_of_nothing);
  g_test_add_func ("/page/pages_of_chinese_sites", test_pages_of_chinese_sites);
  g_test_add_func ("/page/the_day_of_signing_comes_before_those_to_come",
                   test_the_day_of_signing_comes_before_those_to_come);
  g_test_add_func ("/page/what_is_no_page_is_named", test_what_is_no_page_is_named);
  return g_test_run ();
}
