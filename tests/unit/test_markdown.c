/* The CommonMark tree: safe HTML, plain text, limits. */
#include "zhoubao/edge/markdown.h"

#include "zhoubao/base/error.h"

static void
test_raw_html_becomes_visible_text (void)
{
  g_autofree char *html =
      zb_markdown_html ("a <b onclick=x>b</b>\n\n<script>alert(1)</script>\n\n<!-- gone -->\n\nc<br>d");
  g_assert_cmpstr (html, ==,
                   "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
                   "<p>c<br />\nd</p>\n");
}

static void
test_addresses_that_run_are_dropped (void)
{
  g_autofree char *html =
      zb_markdown_html ("[a](javascript:x) [b](http://e.org/) [c](/d) ![e](data:image/png;base64,AA)");
  g_assert_cmpstr (html, ==, "<p>a <a href=\"http://e.org/\">b</a> <a href=\"/d\">c</a> e</p>\n");
}

static void
test_disguised_schemes_are_seen (void)
{
  const char *bad[] = {"javascript:1",     " JavaScript:1", "java\nscript:1", "\x01javascript:1",
                       "data:text/html,x", "vbscript:x",    "file:///etc",    "\xe2\x80\x8bjavascript:1",
                       "ftp://x",          "feed:x",        "x\xff"};
  const char *good[] = {
      "http://e.org", "HTTPS://e.org", "mailto:a@e.org", "/a:b", "a/b:c", "?q=a:b", "#a:b", "", "a"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (zb_markdown_url_is_safe (bad[i]));
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (zb_markdown_url_is_safe (good[i]));
}

static void
test_plain_text_is_readable (void)
{
  g_autofree char *text = zb_markdown_plain ("# Head\n\nOne *two*\nthree [four](http://e.org/).\n\n"
                                             "- a\n- b\n\n  more\n- c\n\n  3. d\n  4. e\n\n> q\n>\n> - r\n\n"
                                             "    code\n      more\n\n* * *\n\n信用\n体系  \nend",
                                             ZB_MARKDOWN_PLAIN);
  g_assert_cmpstr (text, ==,
                   "Head\n\nOne two three four.\n\n- a\n\n- b\n\n  more\n\n- c\n\n  3. d\n  4. e\n\n"
                   "> q\n>\n> - r\n\ncode\n  more\n\n* * *\n\n信用体系\nend");
}

/* A line without marks is not parsed; whoever adds a mark to CommonMark's sees it here. */
static void
test_text_without_marks_is_its_own_plain_text (void)
{
  static const char *const texts[] = {"One line of words, no more.",
                                      "Trailing blanks go.  ",
                                      "信用中国网站公布失信名单。",
                                      "# not a mark here, but",
                                      "a # b - c + d = e ~ f ! g | h",
                                      "1. one",
                                      "a 1. one",
                                      "- one",
                                      "a) one",
                                      "AT&amp;T",
                                      "back\\slash \\* star",
                                      "two\nlines",
                                      "underline\n===",
                                      "tab\tinside",
                                      "a <b> c",
                                      "[a]: /url",
                                      "\ufeffmarked",
                                      "\u3000wide blank",
                                      "broken \xff byte",
                                      "",
                                      " led by a blank"};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (ZbMarkdown) document = zb_markdown_parse (texts[i], -1, NULL);
    g_autofree char *parsed = zb_markdown_to_text (document, ZB_MARKDOWN_PLAIN),
                    *plain = zb_markdown_plain (texts[i], ZB_MARKDOWN_PLAIN);
    g_assert_cmpstr (plain, ==, parsed);
  }
}

static void
test_plain_text_can_name_addresses (void)
{
  g_autofree char *text = zb_markdown_plain ("[four](http://e.org/) <http://e.org/x>", 72);
  g_assert_cmpstr (text, ==, "four <http://e.org/> http://e.org/x");
}

static void
test_text_for_a_mail_is_broken_behind_its_margins (void)
{
  g_autofree char *text =
      zb_markdown_plain ("# 信用\n\n### Low\n\n- one two three\n  1. four five six seven\n\n"
                         "     eight\n\n> nine ten eleven\n>\n> - twelve thirteen\n\n"
                         "      a code line of any width\n",
                         16);
  g_assert_cmpstr (
      text, ==,
      "信用\n----\n\nLow\n~~~\n\n- one two three\n\n  1. four five\n     six seven\n\n     eight\n\n"
      "> nine ten\n> eleven\n>\n> - twelve\n>   thirteen\n\n  a code line of any width");
}

static void
test_a_tree_is_built_and_written (void)
{
  g_autoptr (ZbMarkdown) doc = zb_markdown_new ();
  ZbMarkdown *heading = zb_markdown_append (doc, ZB_MARK_HEADING);
  zb_markdown_set_level (heading, 2);
  zb_markdown_set_text (zb_markdown_append (heading, ZB_MARK_TEXT), "1. # *Title*");
  ZbMarkdown *list = zb_markdown_append (doc, ZB_MARK_LIST);
  zb_markdown_set_list (list, TRUE, 4);
  ZbMarkdown *p = zb_markdown_append (zb_markdown_append (list, ZB_MARK_ITEM), ZB_MARK_PARAGRAPH);
  ZbMarkdown *link = zb_markdown_append (p, ZB_MARK_LINK);
  g_assert_true (zb_markdown_set_link (link, "http://e.org/(a)", "t \"q\""));
  g_assert_false (zb_markdown_set_link (link, "javascript:x", NULL));
  zb_markdown_set_text (zb_markdown_append (link, ZB_MARK_TEXT), "<w>");
  g_assert_null (zb_markdown_append (p, ZB_MARK_PARAGRAPH));
  g_autofree char *html = zb_markdown_to_html (doc), *written = zb_markdown_to_commonmark (doc),
                  *again = zb_markdown_html (written);
  g_assert_cmpstr (html, ==,
                   "<h2>1. # *Title*</h2>\n<ol start=\"4\">\n<li><a href=\"http://e.org/(a)\" "
                   "title=\"t &quot;q&quot;\">&lt;w&gt;</a></li>\n</ol>\n");
  g_assert_cmpstr (again, ==, html);
}

static void
test_over_the_limit_is_refused (void)
{
  g_autofree char *long_text = g_strnfill (ZB_MARKDOWN_LIMIT + 1, 'a');
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbMarkdown) doc = zb_markdown_parse (long_text, -1, &error);
  g_assert_null (doc);
  g_assert_error (error, ZB_ERROR, ZB_ERROR_LIMIT);
}

static void
test_a_piece_of_a_paragraph_has_a_text_too (void)
{
  g_autoptr (ZbMarkdown) document = zb_markdown_parse ("see [the **new** rules](/a) there", -1, NULL);
  ZbMarkdown *link = document;
  while (link != NULL && zb_markdown_kind (link) != ZB_MARK_LINK)
    link = zb_markdown_follow (link, document);
  g_autofree char *text = zb_markdown_to_text (link, ZB_MARKDOWN_PLAIN);
  g_assert_cmpstr (text, ==, "the new rules");
}

static void
test_nesting_without_end_ends (void)
{
  g_autofree char *quotes = g_strnfill (20000, '>');
  g_autofree char *deep = g_strconcat (quotes, " x", NULL), *text = zb_markdown_plain (deep, 0);
  g_assert_true (g_str_has_suffix (text, "x"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markdown/raw_html_becomes_visible_text", test_raw_html_becomes_visible_text);
  g_test_add_func ("/markdown/addresses_that_run_are_dropped", test_addresses_that_run_are_dropped);
  g_test_add_func ("/markdown/disguised_schemes_are_seen", test_disguised_schemes_are_seen);
  g_test_add_func ("/markdown/plain_text_is_readable", test_plain_text_is_readable);
  g_test_add_func ("/markdown/text_without_marks_is_its_own_plain_text",
                   test_text_without_marks_is_its_own_plain_text);
  g_test_add_func ("/markdown/plain_text_can_name_addresses", test_plain_text_can_name_addresses);
  g_test_add_func ("/markdown/text_for_a_mail_is_broken_behind_its_margins",
                   test_text_for_a_mail_is_broken_behind_its_margins);
  g_test_add_func ("/markdown/a_tree_is_built_and_written", test_a_tree_is_built_and_written);
  g_test_add_func ("/markdown/over_the_limit_is_refused", test_over_the_limit_is_refused);
  g_test_add_func ("/markdown/a_piece_of_a_paragraph_has_a_text_too",
                   test_a_piece_of_a_paragraph_has_a_text_too);
  g_test_add_func ("/markdown/nesting_without_end_ends", test_nesting_without_end_ends);
  return g_test_run ();
}
