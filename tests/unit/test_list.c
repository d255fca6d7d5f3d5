/* Lists of every kind, by rule. */
#include "zhoubao/extract/list.h"

#define NOW "2017-07-01T04:00:00Z"

static ZbJob *
job_of (const char *input, const char *url)
{
  g_autoptr (GBytes) bytes = g_bytes_new (input, strlen (input));
  ZbJob *job = zb_job_new (ZB_JOB_LIST, bytes, zb_time_from_rfc3339 (NOW));
  job->url = g_strdup (url);
  job->zone = g_strdup ("Asia/Shanghai");
  return job;
}

/* "title link published" of each entry, one a line. */
static char *
rows_of (const ZbJob *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbFeed) feed = zb_list_extract (job, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (feed->format, ==, "list");
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < feed->entries->len; i++) {
    const ZbEntry *e = feed->entries->pdata[i];
    g_autofree char *time = zb_time_to_rfc3339 (e->published);
    g_string_append_printf (out, "%s %s %s\n", e->title, e->link, time != NULL ? time : "-");
  }
  return g_strdup (out->str);
}

static void
test_rows_by_selector (void)
{
  g_autoptr (ZbJob) job =
      job_of ("<base href='/sub/'><ul class=u><li class=line><li><a href='./a.html' "
              "title='关于信用体系的通知'>关于信用…</a>"
              "<span>[2017/06/26]</span><li><a href='b.html'>第二条</a><span>06-25</span>"
              "<li><a href='a.html'>again</a><li>no link<li><a href='javascript:x()'>x</a>"
              "<li><a href='c.html'>第三条</a> 昨天 14:05</ul>",
              "https://gov.example.org/list/");
  job->list.item = g_strdup ("ul.u li:not(.line)");
  job->list.date = g_strdup ("span");
  g_autofree char *rows = rows_of (job);
  g_assert_cmpstr (rows, ==,
                   "关于信用体系的通知 https://gov.example.org/sub/a.html 2017-06-25T16:00:00Z\n"
                   "第二条 https://gov.example.org/sub/b.html 2017-06-24T16:00:00Z\n"
                   "第三条 https://gov.example.org/sub/c.html -\n");
  g_clear_pointer (&job->list.date, g_free);
  g_autofree char *found = rows_of (job);
  g_assert_nonnull (strstr (found, "第三条 https://gov.example.org/sub/c.html 2017-06-30T06:05:00Z\n"));
}

static void
test_the_date_in_a_title_is_not_the_rows (void)
{
  g_autoptr (ZbJob) job =
      job_of ("<p><a href=/t20170620_1.html>2016年12月1日的报告</a></p>", "http://e.org/");
  job->list.item = g_strdup ("//p");
  g_autofree char *rows = rows_of (job);
  g_assert_cmpstr (rows, ==, "2016年12月1日的报告 http://e.org/t20170620_1.html 2017-06-19T16:00:00Z\n");
}

static void
test_links_by_pattern (void)
{
  g_autoptr (ZbJob) job = job_of ("<a href=/about>About</a><a href='/n/2017-6-5/x.shtml'>One</a>"
                                  "<a href='/v/2017-6-6/y.shtml'>Video</a>",
                                  "http://e.org/");
  job->list.link_pattern = g_strdup ("/n/(\\d{4})-(\\d+)-(\\d+)/");
  g_autofree char *rows = rows_of (job);
  g_assert_cmpstr (rows, ==, "One http://e.org/n/2017-6-5/x.shtml 2017-06-04T16:00:00Z\n");
  g_clear_pointer (&job->list.link_pattern, g_free);
  g_autofree char *dated = rows_of (job);
  g_assert_cmpstr (dated, ==,
                   "One http://e.org/n/2017-6-5/x.shtml 2017-06-04T16:00:00Z\n"
                   "Video http://e.org/v/2017-6-6/y.shtml 2017-06-05T16:00:00Z\n");
}

static void
test_json_rows_and_templates (void)
{
  g_autoptr (ZbJob) job =
      job_of ("cb({\"data\":{\"rows\":[{\"docTitle\":\"A<b>B</b>\",\"publishDate\":\"2017-05-01 "
              "10:00\",\"docId\":12},"
              "{\"docTitle\":\"C\",\"publishDate\":1498456800000,\"docId\":13},{\"docId\":14},3]}});",
              "http://e.org/x/");
  job->list.item = g_strdup ("data.rows");
  job->list.title = g_strdup ("docTitle");
  job->list.date = g_strdup ("publishDate");
  job->list.url_template = g_strdup ("/view?id={docId}");
  g_autofree char *rows = rows_of (job);
  g_assert_cmpstr (rows, ==,
                   "AB http://e.org/view?id=12 2017-05-01T02:00:00Z\n"
                   "C http://e.org/view?id=13 2017-06-26T06:00:00Z\n");
}

static void
test_html_inside_json_and_xml (void)
{
  const char *inputs[] = {
      "{\"data\":{\"html\":\"<li><a href='/art/2017/6/5/1.html'>甲</a></li><li><a "
      "href='/art/2017/6/6/2.html'>乙</a></li>\"}}",
      "<?xml version='1.0' encoding='utf-8'?><datastore><recordset>"
      "<record><![CDATA[<li><a href='/art/2017/6/5/1.html'>甲</a></li>]]></record>"
      "<record><![CDATA[<li><a href='/art/2017/6/6/2.html'>乙</a></li>]]></record></recordset></datastore>",
      "<html><body><script type='text/xml'><datastore><record><![CDATA[<li><a "
      "href='/art/2017/6/5/1.html'>甲</a>]]></record>"
      "<record><![CDATA[<li><a "
      "href='/art/2017/6/6/2.html'>乙</a>]]></record></datastore></script></body></html>",
  };
  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++) {
    g_autoptr (ZbJob) job = job_of (inputs[i], "http://e.org/");
    job->list.fragment = g_strdup (i == 0 ? "data.html" : "record");
    job->list.item = g_strdup ("li");
    g_autofree char *rows = rows_of (job);
    g_assert_cmpstr (rows, ==,
                     "甲 http://e.org/art/2017/6/5/1.html 2017-06-04T16:00:00Z\n"
                     "乙 http://e.org/art/2017/6/6/2.html 2017-06-05T16:00:00Z\n");
  }
}

static void
test_dates_in_links (void)
{
  const char *cases[][2] = {
      {"http://e.org/xxgk/201706/t20170626_852.html", "2017-06-26T00:00:00Z"},
      {"http://e.org/2017-06/26/content_5205.htm", "2017-06-26T00:00:00Z"},
      {"http://e.org/art/2017/6/9/art_1_2.html", "2017-06-09T00:00:00Z"},
      {"http://e.org/index/content/2017-6/26/content_1.htm?node=2", "2017-06-26T00:00:00Z"},
      {"http://e.org/20170626/0123456789abcdef0123456789abcdef.html", "2017-06-26T00:00:00Z"},
      {"http://e.org/2017/0626/c1001-29.html", "2017-06-26T00:00:00Z"},
      {"http://e.org/20171399/a.html", NULL},
      {"http://e.org/item/12345678.html", NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *time = zb_time_to_rfc3339 (zb_list_date_of_link (cases[i][0], NULL));
    g_test_message ("%s", cases[i][0]);
    g_assert_cmpstr (time, ==, cases[i][1]);
  }
}

static void
test_a_rule_that_cannot_be_right_is_an_error (void)
{
  const struct {
    const char *input, *item, *fragment, *pattern, *word;
  } cases[] = {{"{\"a\":1}", "data.rows", NULL, NULL, "data.rows"},
               {"{\"a\":1}", NULL, "b", NULL, "'b'"},
               {"<r/>", NULL, "record", NULL, "record"},
               {"<p>", "p[", NULL, NULL, "p["},
               {"<p>", NULL, NULL, "(", "link_pattern"},
               {"{broken", "a", NULL, NULL, ""}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ZbJob) job = job_of (cases[i].input, "http://e.org/");
    job->list.item = g_strdup (cases[i].item);
    job->list.fragment = g_strdup (cases[i].fragment);
    job->list.link_pattern = g_strdup (cases[i].pattern);
    g_autoptr (ZbFeed) feed = zb_list_extract (job, &error);
    g_assert_null (feed);
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, cases[i].word));
  }
}

static void
test_no_rows_are_no_error_and_the_limit_holds (void)
{
  g_autoptr (ZbJob) none = job_of ("<p>redesigned</p>", "http://e.org/");
  none->list.item = g_strdup ("li");
  g_autofree char *nothing = rows_of (none);
  g_assert_cmpstr (nothing, ==, "");
  g_autoptr (GString) many = g_string_new (NULL);
  for (int i = 0; i < 500; i++)
    g_string_append_printf (many, "<li><a href='/%d'>n</a>", i);
  g_autoptr (ZbJob) job = job_of (many->str, "http://e.org/");
  job->list.item = g_strdup ("li");
  g_autoptr (ZbFeed) feed = zb_list_extract (job, NULL);
  g_assert_cmpuint (feed->entries->len, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/rows_by_selector", test_rows_by_selector);
  g_test_add_func ("/list/the_date_in_a_title_is_not_the_rows", test_the_date_in_a_title_is_not_the_rows);
  g_test_add_func ("/list/links_by_pattern", test_links_by_pattern);
  g_test_add_func ("/list/json_rows_and_templates", test_json_rows_and_templates);
  g_test_add_func ("/list/html_inside_json_and_xml", test_html_inside_json_and_xml);
  g_test_add_func ("/list/dates_in_links", test_dates_in_links);
  g_test_add_func ("/list/a_rule_that_cannot_be_right_is_an_error",
                   test_a_rule_that_cannot_be_right_is_an_error);
  g_test_add_func ("/list/no_rows_are_no_error_and_the_limit_holds",
                   test_no_rows_are_no_error_and_the_limit_holds);
  return g_test_run ();
}
