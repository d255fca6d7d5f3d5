/* Feeds of every kind, and what is nearly one. */
#include "zhoubao/extract/feed.h"

#include "zhoubao/base/error.h"

#define NOW "2017-07-03T09:00:00Z"

static ZbFeed *
read_bytes (const char *bytes, gsize length, ZbBodies bodies, GError **error)
{
  g_autoptr (GBytes) input = g_bytes_new (bytes, length);
  g_autoptr (ZbJob) job = zb_job_new (ZB_JOB_FEED, input, zb_time_from_rfc3339 (NOW));
  job->url = g_strdup ("https://example.org/news/feed.xml");
  job->bodies = bodies;
  return zb_feed_read (job, error);
}

static ZbFeed *
read_feed (const char *text)
{
  g_autoptr (GError) error = NULL;
  ZbFeed *feed = read_bytes (text, strlen (text), ZB_BODIES_HTML, &error);
  g_assert_no_error (error);
  return feed;
}

static const ZbEntry *
entry_at (const ZbFeed *feed, guint i)
{
  g_assert_cmpuint (i, <, feed->entries->len);
  return feed->entries->pdata[i];
}

static void
assert_time (ZbTime got, const char *expected)
{
  g_autofree char *text = zb_time_to_rfc3339 (got);
  g_assert_cmpstr (text, ==, expected);
}

#define RSS(items) "<rss version=\"2.0\"><channel><title>Notices</title>" items "</channel></rss>"
#define ITEM(fields) RSS ("<item>" fields "</item>")

static void
test_rss_2 (void)
{
  g_autoptr (ZbFeed) feed = read_feed (
      "<?xml version=\"1.0\"?>\n"
      "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
      " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel><title>Weekly &amp; notices</title>"
      "<link>https://example.org/</link><language>zh-cn</language><image><title>Logo</title></image>"
      "<lastBuildDate>Mon, 26 Jun 2017 10:00:00 +0800</lastBuildDate>"
      "<item><title>河北省社会信用信息条例</title><link>/n/1?a=1&amp;b=2</link><guid "
      "isPermaLink=\"false\">n-1</guid>"
      "<pubDate>Mon, 26 Jun 2017 08:00:00 +0800</pubDate><dc:creator>An Editor</dc:creator>"
      "<category>credit</category><category>hebei</category><description>In short.</description>"
      "<content:encoded><![CDATA[<p>At <b>length</b>.</p><script>x()</script>]]></content:encoded></item>"
      "</channel></rss>");
  const ZbEntry *e = entry_at (feed, 0);
  g_assert_cmpstr (feed->format, ==, "rss20");
  g_assert_cmpstr (feed->title, ==, "Weekly & notices");
  g_assert_cmpstr (feed->link, ==, "https://example.org/");
  g_assert_cmpstr (feed->language, ==, "zh-cn");
  g_assert_null (feed->warning);
  assert_time (feed->updated, "2017-06-26T02:00:00Z");
  g_assert_cmpstr (e->title, ==, "河北省社会信用信息条例");
  g_assert_cmpstr (e->link, ==, "https://example.org/n/1?a=1&b=2");
  g_assert_cmpstr (e->id, ==, "n-1");
  g_assert_cmpstr (e->author, ==, "An Editor");
  assert_time (e->published, "2017-06-26T00:00:00Z");
  g_assert_cmpstr (e->summary, ==, "In short.\n");
  g_assert_cmpstr (e->content, ==, "At **length**.\n");
  g_assert_cmpstr (e->content_html, ==, "<p>At <strong>length</strong>.</p>\n");
  g_assert_cmpuint (g_strv_length (e->tags), ==, 2);
  g_assert_cmpstr (e->tags[1], ==, "hebei");
}

static void
test_atom (void)
{
  g_autoptr (ZbFeed) feed = read_feed (
      "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xml:lang='en_GB' xml:base='https://example.org/x/'>"
      "<a:title type='html'>A &lt;b&gt;feed&lt;/b&gt; &amp;amp; more</a:title><a:link rel='self' "
      "href='self'/>"
      "<a:link href='.'/><a:updated>2017-06-26T00:00:00Z</a:updated>"
      "<a:entry xml:base='y/'><a:id>tag:example.org,2017:1</a:id><a:title>1 &lt; 2 &amp;amp; 3</a:title>"
      "<a:link rel='edit' href='edit'/><a:link type='application/pdf' href='1.pdf'/><a:link href='1'/>"
      "<a:author><a:name>A</a:name><a:email>a@example.org</a:email></a:author>"
      "<a:author><a:name>B</a:name></a:author><a:source><a:title>Elsewhere</a:title></a:source>"
      "<a:content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>5 &lt; 6, <a "
      "href='z'>see</a><br/>end</div>"
      "</a:content><a:category term='t' "
      "label='T'/><a:published>2017-06-26T09:00:00+08:00</a:published></a:entry>"
      "</a:feed>");
  const ZbEntry *e = entry_at (feed, 0);
  g_assert_cmpstr (feed->format, ==, "atom10");
  g_assert_cmpstr (feed->title, ==, "A feed & more");
  g_assert_cmpstr (feed->link, ==, "https://example.org/x/");
  g_assert_cmpstr (feed->language, ==, "en-GB");
  g_assert_cmpstr (e->title, ==, "1 < 2 &amp; 3");
  g_assert_cmpstr (e->link, ==, "https://example.org/x/y/1");
  g_assert_cmpstr (e->author, ==, "A, B");
  g_assert_cmpstr (e->content_html, ==,
                   "<p>5 &lt; 6, <a href=\"https://example.org/x/y/z\">see</a><br />\nend</p>\n");
  g_assert_cmpstr (e->tags[0], ==, "t");
  assert_time (e->published, "2017-06-26T01:00:00Z");
}

static void
test_the_other_formats (void)
{
  static const struct {
    const char *text, *format, *title, *link;
  } cases[] = {
      {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
       "<channel><title>F</title></channel><item "
       "rdf:about='urn:1'><title>T</title><link>https://e.org/1</link></item>"
       "</rdf:RDF>",
       "rss10", "T", "https://e.org/1"},
      {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
       "xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>F</title></channel>"
       "<item><title>T</title><link>https://e.org/1</link></item></rdf:RDF>",
       "rss09", "T", "https://e.org/1"},
      {"<rss "
       "version='0.91'><channel><title>F</title><item><title>T</title><link>https://e.org/1</link></item>"
       "</channel></rss>",
       "rss09", "T", "https://e.org/1"},
      {"<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>F</title><entry>"
       "<title mode='escaped'>&lt;i&gt;T&lt;/i&gt;</title><link rel='alternate' type='text/html' "
       "href='https://e.org/1'/></entry></feed>",
       "atom03", "T", "https://e.org/1"},
      {"<CHANNEL HREF='https://e.org/'><TITLE>F</TITLE><CHANNEL><TITLE>Part</TITLE><ITEM "
       "HREF='https://e.org/1'>"
       "<TITLE>T</TITLE></ITEM></CHANNEL></CHANNEL>",
       "cdf", "T", "https://e.org/1"},
      {"{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"F\",\"items\":[{\"id\":7,\"title\":\"T\","
       "\"external_url\":\"https://e.org/2\",\"url\":\"https://e.org/1\"}]}",
       "json10", "T", "https://e.org/1"},
      {"\xef\xbb\xbf {\"title\":\"F\",\"items\":[{\"title\":\"T\",\"external_url\":\"https://e.org/1\"}]}",
       "json11", "T", "https://e.org/1"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ZbFeed) feed = read_feed (cases[i].text);
    g_assert_cmpstr (feed->format, ==, cases[i].format);
    g_assert_cmpstr (feed->title, ==, "F");
    g_assert_cmpstr (entry_at (feed, 0)->title, ==, cases[i].title);
    g_assert_cmpstr (entry_at (feed, 0)->link, ==, cases[i].link);
  }
}

static void
test_a_json_feed_whole (void)
{
  g_autoptr (ZbFeed) feed =
      read_feed ("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"F\",\"home_page_url\":\"/"
                 "\",\"language\":\"en\","
                 "\"items\":[{\"id\":7,\"url\":\"/"
                 "1\",\"content_html\":\"<p>H\",\"content_text\":\"T\",\"summary\":\"a < b\","
                 "\"authors\":[{\"name\":\"A\"},{\"name\":\"B\"}],\"author\":{\"name\":\"A\"},\"tags\":["
                 "\"x\",null,\"y\"],"
                 "\"date_published\":\"2017-06-26T00:00:00Z\"},null,{\"title\":null}]}");
  const ZbEntry *e = entry_at (feed, 0);
  g_assert_cmpuint (feed->entries->len, ==, 2);
  g_assert_cmpstr (feed->link, ==, "https://example.org/");
  g_assert_cmpstr (e->id, ==, "7");
  g_assert_cmpstr (e->content, ==, "H\n");
  g_assert_cmpstr (e->summary, ==, "a \\< b\n");
  g_assert_cmpstr (e->author, ==, "A, B");
  g_assert_cmpuint (g_strv_length (e->tags), ==, 2);
  assert_time (e->published, "2017-06-26T00:00:00Z");
}

/* One item's title, from what stands between <title> and </title> in RSS. */
static void
assert_title (const char *written, const char *expected)
{
  g_autofree char *text = g_strdup_printf (ITEM ("<title>%s</title>"), written);
  g_autoptr (ZbFeed) feed = read_feed (text);
  g_assert_cmpstr (entry_at (feed, 0)->title, ==, expected);
}

static void
test_titles_are_one_line_of_plain_text (void)
{
  assert_title (" two\n  lines ", "two lines");
  assert_title ("&lt;b&gt;bold&lt;/b&gt; &amp;amp; &amp;eacute;", "bold & é");
  assert_title ("<![CDATA[<a href='x'>A</a> &#8212; B]]>", "A — B");
  assert_title ("naked <em>markup</em> here", "naked markup here");
  assert_title ("a &lt; b, and &lt;thing&gt; too", "a < b, and <thing> too");
  assert_title ("AT&amp;T", "AT&T");
  assert_title ("it&#146;s", "it’s");
  assert_title ("&lt;script&gt;alert(1)&lt;/script&gt;safe", "safe");
  assert_title ("sa&lt;!-- never closed &gt;fe", "safe");
  assert_title ("&lt;img src='x'&gt;", NULL);
  assert_title ("", NULL);
  g_autofree char *longest = g_strnfill (600, 'x');
  g_autofree char *text = g_strdup_printf (ITEM ("<title>%s</title>"), longest);
  g_autoptr (ZbFeed) feed = read_feed (text);
  g_assert_cmpint (g_utf8_strlen (entry_at (feed, 0)->title, -1), ==, 500);
  g_assert_true (g_str_has_suffix (entry_at (feed, 0)->title, "x…"));
}

static void
test_links_are_the_entrys_own (void)
{
  static const char *const cases[][2] = {
      {"<link>https://e.org/1</link><guid>https://e.org/2</guid>", "https://e.org/1"},
      {"<guid>https://e.org/2</guid><link>https://e.org/1</link>", "https://e.org/1"},
      {"<guid>https://e.org/2</guid>", "https://e.org/2"},
      {"<guid isPermaLink='false'>https://e.org/2</guid>", NULL},
      {"<guid>not a link</guid>", NULL},
      {"<link>javascript:alert(1)</link>", NULL},
      {"<link> \n/3 </link>", "https://example.org/3"},
      {"<image><link>https://e.org/logo</link></image><link>https://e.org/1</link>", "https://e.org/1"},
      {"<a:link xmlns:a='http://www.w3.org/2005/Atom' rel='self' href='/self'/>", NULL},
      {"<a:link xmlns:a='http://www.w3.org/2005/Atom' href='/4'/>", "https://example.org/4"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf (ITEM ("%s"), cases[i][0]);
    g_autoptr (ZbFeed) feed = read_feed (text);
    g_assert_cmpstr (entry_at (feed, 0)->link, ==, cases[i][1]);
  }
}

static void
test_authors_are_names (void)
{
  static const char *const cases[][2] = {
      {"<author>me@example.org (A Name)</author>", "A Name"},
      {"<author>A Name (me@example.org)</author>", "A Name"},
      {"<author>A Name &lt;me@example.org&gt;</author>", "A Name"},
      {"<author>me@example.org</author>", "me@example.org"},
      {"<author><name>A</name><uri>https://e.org</uri></author>", "A"},
      {"<author>A (editor)</author>", "A (editor)"},
      {"<author><email>me@example.org</email></author>", "me@example.org"},
      {"<dc:creator>Low</dc:creator><author>High</author>", "High"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf (ITEM ("%s"), cases[i][0]);
    g_autoptr (ZbFeed) feed = read_feed (text);
    g_assert_cmpstr (entry_at (feed, 0)->author, ==, cases[i][1]);
  }
}

static void
test_fields_of_strange_elements_give_way (void)
{
  g_autoptr (ZbFeed) feed = read_feed (
      ITEM ("<title>right</title><odd><title>wrong</title><guid>wrong</guid></odd><guid>right</guid>"
            "<m:group xmlns:m='http://search.yahoo.com/mrss/'><m:title>wrong</m:title>"
            "<m:description>A "
            "film</m:description></m:group><description>first</description><summary>second</summary>"));
  const ZbEntry *e = entry_at (feed, 0);
  g_assert_cmpstr (e->title, ==, "right");
  g_assert_cmpstr (e->id, ==, "right");
  g_assert_cmpstr (e->summary, ==, "first\n");
  g_assert_cmpstr (e->content, ==, "second\n");
}

static void
test_what_is_no_xml_is_recovered_and_said_so (void)
{
  g_autoptr (ZbFeed) feed = read_feed (
      "\n\njunk <?xml version='1.0'?>\n<rss><channel><title>Q&A: 1 < 2</title>"
      "<item><title>One<br>two &nbsp; &eacute; &wrong; \x01</title><link>https://e.org/?a=1&b=2</link>"
      "<description><p>open <b>bold</description></wrong></item>"
      "<item><title a=b c='d>Two</title><undeclared:x>y</undeclared:x>"
      "<item><title>Three</title><description><![CDATA[cut off <p>here");
  g_assert_cmpstr (feed->title, ==, "Q&A: 1 < 2");
  g_assert_cmpuint (feed->entries->len, ==, 3);
  g_assert_cmpstr (entry_at (feed, 0)->title, ==, "One two é &wrong;");
  g_assert_cmpstr (entry_at (feed, 0)->link, ==, "https://e.org/?a=1&b=2");
  g_assert_cmpstr (entry_at (feed, 0)->summary, ==, "open **bold**\n");
  g_assert_cmpstr (entry_at (feed, 1)->title, ==, "Two");
  g_assert_cmpstr (entry_at (feed, 2)->summary, ==, "cut off\n\nhere\n");
  g_assert_nonnull (strstr (feed->warning, "recovered from malformed XML at line 2: "));
}

static void
test_a_field_that_was_never_closed_ends_where_the_next_begins (void)
{
  g_autoptr (ZbFeed) feed = read_feed (
      "<rss version='2.0'><channel><title>T</title>"
      "<item><title>One <b>of two</b><link>https://e.org/1</link><pubDate>2017-06-23</pubDate></item>"
      "<item><title>Two</title><link>https://e.org/2<description>text</description></item></channel></rss>");
  g_assert_cmpuint (feed->entries->len, ==, 2);
  g_assert_cmpstr (entry_at (feed, 0)->title, ==, "One of two");
  g_assert_cmpstr (entry_at (feed, 0)->link, ==, "https://e.org/1");
  g_assert_cmpint (entry_at (feed, 0)->published, ==, zb_time_from_rfc3339 ("2017-06-23"));
  g_assert_cmpstr (entry_at (feed, 1)->link, ==, "https://e.org/2");
  g_assert_cmpstr (entry_at (feed, 1)->summary, ==, "text\n");
}

static void
test_entities_of_a_dtd (void)
{
  g_autoptr (ZbFeed) feed = read_feed (
      "<!DOCTYPE rss [<!ENTITY org 'The Office'><!ENTITY bomb '&org;&org;'><!ENTITY file SYSTEM "
      "'file:///etc/passwd'>]>"
      "<rss><channel><title>&org;: &file; &bomb;</title><item><title>T</title></item></channel></rss>");
  g_assert_cmpstr (feed->title, ==, "The Office: &file; &org;&org;");
  g_autoptr (ZbFeed) netscape = read_feed (
      "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://example.org/rss-0.91.dtd'>"
      "<rss version='0.91'><channel><title>caf&eacute;</title></channel></rss>");
  g_assert_cmpstr (netscape->title, ==, "café");
  g_assert_null (netscape->warning);
}

static void
test_any_encoding (void)
{
  static const struct {
    const char *bytes;
    gsize length;
  } cases[] = {
#define BYTES(s) {s, sizeof s - 1}
      BYTES ("<?xml version='1.0' "
             "encoding='gb2312'?><rss><channel><title>\xd0\xc5\xd3\xc3</title></channel></rss>"),
      BYTES ("<?xml version='1.0' "
             "encoding='big5'?><rss><channel><title>\xab\x48\xa5\xce</title></channel></rss>"),
      BYTES ("<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>信用</title></channel></rss>"),
      BYTES (
          "\xff\xfe<\0r\0s\0s\0>\0<\0t\0i\0t\0l\0e\0>\0\xe1\x4f(u<\0/\0t\0i\0t\0l\0e\0>\0<\0/\0r\0s\0s\0>\0"),
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ZbFeed) feed = read_bytes (cases[i].bytes, cases[i].length, ZB_BODIES_HTML, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (feed->title, ==, "信用");
  }
}

static void
test_a_gzipped_file (void)
{
  /* printf '<rss><channel><title>Packed</title></channel></rss>' | gzip -9n */
  static const char packed[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xb3\x29\x2a\x2e\xb6\xb3\x49\xce\x48"
                               "\xcc\xcb\x4b\xcd\xb1\xb3\x29\xc9\x2c"
                               "\xc9\x49\xb5\x0b\x48\x4c\xce\x4e\x4d\xb1\xd1\x87\xf0\x6c\xf4\xe1\xd2\xfa\x20"
                               "\xd5\x00\xeb\xba\x5f\x15\x33\x00\x00\x00";
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbFeed) feed = read_bytes (packed, sizeof packed - 1, ZB_BODIES_HTML, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (feed->title, ==, "Packed");
}

static void
test_what_is_no_feed_is_refused (void)
{
  static const char *const cases[][2] = {
      {"<!DOCTYPE html><html><head><title>x</title></head></html>",
       "this is no feed: its first element is <html>"},
      {"", "this is no feed: neither XML nor JSON"},
      {"plain words", "this is no feed: neither XML nor JSON"},
      {"{\"a\":1}", "this is JSON, but no JSON Feed"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (read_bytes (cases[i][0], strlen (cases[i][0]), ZB_BODIES_HTML, &error));
    g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
    g_assert_cmpstr (error->message, ==, cases[i][1]);
  }
}

static void
test_the_newest_entries_are_kept_in_their_order (void)
{
  g_autoptr (GString) text = g_string_new ("<rss><channel><title>T</title>");
  for (guint i = 0; i < 1000; i++) /* the oldest first, every tenth without a date */
    g_string_append_printf (text, "<item><title>%u</title>%s%u%s</item>", i,
                            i % 10 == 9 ? "<x>" : "<pubDate>2017-01-01T00:00:00Z</pubDate><y>", i,
                            i % 10 == 9 ? "</x>" : "</y>");
  g_string_append (text, "</channel></rss>");
  g_autoptr (ZbFeed) same = read_feed (text->str);
  g_assert_cmpuint (same->entries->len, ==, 200);
  g_assert_cmpstr (entry_at (same, 0)->title, ==, "0"); /* of one age: the first ones */
  g_string_assign (text, "<rss><channel><title>T</title>");
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "<item><title>%u</title><pubDate>%u-01-01T00:00:00Z</pubDate></item>", i,
                            1000 + i);
  g_autoptr (ZbFeed) rising = read_feed (text->str);
  g_assert_cmpuint (rising->entries->len, ==, 200);
  g_assert_cmpstr (entry_at (rising, 0)->title, ==, "800");
  g_assert_cmpstr (entry_at (rising, 199)->title, ==, "999");
}

static void
test_bodies_are_plain_where_nobody_asked (void)
{
  const char *text =
      ITEM ("<description>&lt;p&gt;One &amp;amp; two&lt;/p&gt;&lt;p&gt;three&lt;style&gt;x{}&lt;/style&gt;"
            "&lt;td a='>'&gt;four</description>");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbFeed) feed = read_bytes (text, strlen (text), ZB_BODIES_PLAIN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (entry_at (feed, 0)->summary, ==, "One & two\nthree\nfour");
  g_assert_null (entry_at (feed, 0)->content_html);
}

static void
test_depth_is_borne_with (void)
{
  g_autoptr (GString) text = g_string_new ("<rss><channel><title>T</title>");
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "<x>");
  g_string_append (text, "<item><title>deep</title></item>");
  g_autoptr (ZbFeed) feed = read_feed (text->str);
  g_assert_cmpstr (feed->title, ==, "T");
  g_assert_nonnull (feed->warning);
}

static void
test_deep_json_is_refused (void)
{
  g_autofree char *brackets = g_strnfill (1000000, '[');
  g_autofree char *text = g_strconcat ("{\"a\":\"]]\\\"\",\"items\":", brackets, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (read_bytes (text, strlen (text), ZB_BODIES_HTML, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_LIMIT);
}

static void
test_frames_and_stray_angles_lose_no_text (void)
{
  g_autoptr (ZbFeed) feed = read_feed (ITEM ("<description>a &lt;!' b &lt;iframe src=x&gt;in&lt;/iframe&gt; "
                                             "&lt;embed src=y&gt; c &amp;#146;</description>"));
  g_assert_cmpstr (entry_at (feed, 0)->content_html, ==, "<p>a &lt;!' b in c ’</p>\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/feed/" #name, test_##name)
  ADD (rss_2);
  ADD (atom);
  ADD (the_other_formats);
  ADD (a_json_feed_whole);
  ADD (titles_are_one_line_of_plain_text);
  ADD (links_are_the_entrys_own);
  ADD (authors_are_names);
  ADD (fields_of_strange_elements_give_way);
  ADD (what_is_no_xml_is_recovered_and_said_so);
  ADD (a_field_that_was_never_closed_ends_where_the_next_begins);
  ADD (entities_of_a_dtd);
  ADD (any_encoding);
  ADD (a_gzipped_file);
  ADD (what_is_no_feed_is_refused);
  ADD (the_newest_entries_are_kept_in_their_order);
  ADD (bodies_are_plain_where_nobody_asked);
  ADD (depth_is_borne_with);
  ADD (deep_json_is_refused);
  ADD (frames_and_stray_angles_lose_no_text);
  return g_test_run ();
}
