/* CSS and XPath selectors on one page. */
#include "zhoubao/edge/selector.h"

#include "zhoubao/edge/css.h"

static const char page[] =
    "<div id=top class='list main'><h2>News</h2>"
    "<ul class='u-list'><li class='line'>--</li>"
    "<li><a href='/a.html' title='First \"one\"'>First</a><span>2017-06-26</span></li>"
    "<li class=last><a href='/xiangqing/b.html'>Second</a> <i>x</i><i class='date now'>06-27</i></li></ul>"
    "<p lang=zh-CN>信用<b></b></p></div><div class=main2><a href='https://e.org/c.shtml'>Third</a></div>";

/* The squeezed texts of what SELECTOR finds, joined with a bar. */
static char *
find (const char *selector)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDoc) doc = zb_doc_new_html (page, -1, NULL);
  g_autoptr (ZbSelector) s = zb_selector_new (selector, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) nodes = zb_selector_nodes (s, zb_doc_root (doc), &error);
  g_assert_no_error (error);
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < nodes->len; i++) {
    g_autofree char *text = zb_node_squeezed (nodes->pdata[i]);
    g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", text);
  }
  return g_strdup (out->str);
}

static void
test_each_form_of_css (void)
{
  const char *cases[][2] = {
      {"a", "First|Second|Third"},
      {"ul.u-list li:not(.line) a", "First|Second"},
      {".list > h2", "News"},
      {"#top h2 + ul > li.line", "--"},
      {"h2 ~ p", "信用"},
      {"a[title]", "First"},
      {"a[href*='/xiangqing/']", "Second"},
      {"a[href$=\".shtml\"], h2", "News|Third"},
      {"a[href^=https]", "Third"},
      {"p[lang|=zh]", "信用"},
      {"i[class~=date]", "06-27"},
      {"li:nth-child(2) span", "2017-06-26"},
      {"li:nth-child(odd)", "--|Second x06-27"},
      {"li:nth-child(n+2) a", "First|Second"},
      {"li:nth-child(-n+1)", "--"},
      {"li:nth-last-child(1) a", "Second"},
      {"li:first-child", "--"},
      {"li:last-child a", "Second"},
      {"i:first-of-type", "x"},
      {"i:nth-of-type(2)", "06-27"},
      {"li:has(i) > a", "Second"},
      {"li:has(> i) > a", "Second"},
      {"li:contains('First')", "First2017-06-26"},
      {"b:empty", ""},
      {":is(h2, i.date)", "News|06-27"},
      {"li:not(.line, .last) a", "First"},
      {"*.main2 A", "Third"},
      {"[title='First \"one\"']", "First"},
      {"nothing", ""},
      {"div.MAIN", ""},
      {"//ul/li[2]/a", "First"},
      {".//i[@class]", "06-27"},
      {"(//a)[3]", "Third"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *found = find (cases[i][0]);
    g_test_message ("%s", cases[i][0]);
    g_assert_cmpstr (found, ==, cases[i][1]);
  }
}

static char *
text_of (const char *scope, const char *selector)
{
  g_autoptr (ZbDoc) doc = zb_doc_new_html (page, -1, NULL);
  g_autoptr (ZbSelector) outer = zb_selector_new (scope, NULL), s = zb_selector_new (selector, NULL);
  g_assert_nonnull (outer);
  g_assert_nonnull (s);
  return zb_selector_text (s, zb_selector_first (outer, zb_doc_root (doc)));
}

static void
test_values_are_relative_to_a_row (void)
{
  const char *cases[][3] = {
      {"li:nth-child(2)", "a/@href", "/a.html"},
      {"li:nth-child(2)", "span", "2017-06-26"},
      {"li.last", ".//a/@href", "/xiangqing/b.html"},
      {"li.last", "span", NULL},
      {"li.last a", "@href", "/xiangqing/b.html"},
      {"li.last", "a/@title", NULL},
      {"li.last", "(substring-before(.//i[2], '-'))", "06"},
      {"ul", ":scope > li:nth-child(2) > a", "First"},
      {"ul", "> li.line", "--"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = text_of (cases[i][0], cases[i][1]);
    g_test_message ("%s %s", cases[i][0], cases[i][1]);
    g_assert_cmpstr (text, ==, cases[i][2]);
  }
}

static void
test_what_is_no_selector_is_refused_with_its_place (void)
{
  const char *bad[] = {"",        "a[",        "a[b",    "a >",   "li:nth-child(x)",
                       "a:hover", "a::before", "div..x", ">",     "a,",
                       "a[b='c]", ":not(",     "//a[",   "a b $", "a/@href/x"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ZbSelector) s = zb_selector_new (bad[i], &error);
    g_test_message ("%s", bad[i]);
    g_assert_null (s);
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, bad[i]));
  }
  g_autoptr (GError) error = NULL;
  g_autofree char *xpath = zb_css_to_xpath ("a:hover", &error);
  g_assert_null (xpath);
  g_assert_nonnull (strstr (error->message, "character 8"));
}

static void
test_an_endless_expression_ends (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  for (int i = 0; i < 3000; i++)
    g_string_append (html, "<p>x</p>");
  g_autoptr (ZbDoc) doc = zb_doc_new_html (html->str, -1, NULL);
  g_autoptr (ZbSelector) s = zb_selector_new ("//p[count(//p[count(//p) > 1]) > 1]", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) nodes = zb_selector_nodes (s, zb_doc_root (doc), &error);
  g_assert_null (nodes);
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selector/each_form_of_css", test_each_form_of_css);
  g_test_add_func ("/selector/values_are_relative_to_a_row", test_values_are_relative_to_a_row);
  g_test_add_func ("/selector/what_is_no_selector_is_refused_with_its_place",
                   test_what_is_no_selector_is_refused_with_its_place);
  g_test_add_func ("/selector/an_endless_expression_ends", test_an_endless_expression_ends);
  return g_test_run ();
}
