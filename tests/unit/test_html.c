/* Remote HTML into the one document model. */
#include "zhoubao/extract/html.h"

typedef struct {
  const char *html, *markdown;
} Case;

static const Case cases[] = {
    {"a <b>b</b> <i>c</i> <code>d</code>", "a **b** *c* `d`\n"},
    {"<p>one<p>two<br>lines<br><br>three", "one\n\ntwo  \nlines\n\nthree\n"},
    {"<div>x<section>y</section>z</div>", "x\n\ny\n\nz\n"},
    {"<h2>A<br>b<span>c</span></h2>", "## A bc\n"},
    {"<ul><li>a<li>b<ol start=3><li>c</ol></ul>", "  - a\n\n  - b\n    \n    3.  c\n"},
    {"<li>a</li><li>b</li>", "  - a\n  - b\n"},
    {"<blockquote>q<p>r</blockquote>", "> q\n> \n> r\n"},
    {"<pre class='brush: c'>a\n b</pre>", "``` c\na\n b\n```\n"},
    {"<a href='/x y'>l</a>", "[l](http://h/x%20y)\n"},
    {"<a href='x'><b>bold</b> <img src=i.png alt=I></a>",
     "[**bold** ![I](http://h/d/i.png)](http://h/d/x)\n"},
    {"<a href=x><div>one</div><div>two</div></a>", "[one](http://h/d/x)\n\n[two](http://h/d/x)\n"},
    {"<a href='javascript:x'>l</a><a href='data:x'>m</a>", "lm\n"},
    {"<a href=x>a<a href=y>b</a></a>", "[a](http://h/d/x)[b](http://h/d/y)\n"},
    {"<b>信用：</b>后", "**信用**：后\n"},
    {"前<b>“信用”</b>后", "前“**信用**”后\n"},
    {"<b> spaced </b>x", "**spaced** x\n"},
    {"<b>a</b><b>b</b><i>c</i>", "**ab**c\n"},
    {"<b>a <i>b</i> c</b>", "**a b c**\n"},
    {"<b><a href=x>l</a>m</b>", "[**l**](http://h/d/x)**m**\n"},
    {"信用\n体系 x\ny", "信用体系 x y\n"},
    {"\xe3\x80\x80\xe3\x80\x80段落<br>\xc2\xa0\xc2\xa0二", "段落  \n二\n"},
    {"<table><tr><th>A<th>B<tr><td>1<td><p>2</table>", "  - **A** | **B**\n  - 1 | 2\n"},
    {"<table><tr><td><p>a<p>b<ul><li>c</ul><td>d<tr><td>e</table>", "a\n\nb\n\n  - c\n\nd\n\ne\n"},
    {"a<script>b</script><style>c</style><svg><text>d</text></svg>e<iframe>f</iframe>", "ae\n"},
    {"*a* _b_ # [c](d) <e>", "\\*a\\* \\_b\\_ \\# \\[c\\](d)\n"},
    {"<p># a</p><p>1. b</p><p>- c</p>", "\\# a\n\n1\\. b\n\n\\- c\n"},
    {"<img src=a.png><img data-src=b.png><img src='data:image/png;base64,AA'>",
     "![](http://h/d/a.png)![](http://h/d/b.png)\n"},
    {"<q>x</q> <unknown>y</unknown>", "“x” y\n"},
    {"a<hr>b", "a\n\n-----\n\nb\n"},
    {"", ""},
    {"<ul> <li> </li> </ul><blockquote></blockquote><p>\xc2\xa0</p>", ""},
};

static void
test_each_element_becomes_what_it_means (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *markdown = zb_html_to_markdown (cases[i].html, -1, "http://h/d/p.html");
    g_test_message ("%s", cases[i].html);
    g_autofree char *expected = g_strchomp (g_strdup (cases[i].markdown));
    g_assert_cmpstr (g_strchomp (markdown), ==, expected);
  }
}

/* What is stored is CommonMark: it must be read back as it was meant. */
static void
test_commonmark_is_read_back_the_same (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *safe = zb_html_to_safe (cases[i].html, -1, "http://h/d/p.html"),
                    *markdown = zb_html_to_markdown (cases[i].html, -1, "http://h/d/p.html"),
                    *again = zb_markdown_html (markdown);
    g_test_message ("%s", markdown);
    g_assert_cmpstr (again, ==, safe);
  }
}

static void
test_attacks_leave_nothing (void)
{
  const char *attacks[] = {"<img src=x onerror=alert(1)>",
                           "<svg/onload=alert(1)>",
                           "<a href='java&#10;script:alert(1)'>x",
                           "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
                           "<iframe src=javascript:1>",
                           "<!--><script>alert(1)</script-->",
                           "<style><img src='</style><img src=x onerror=alert(1)//'>",
                           "<form><input formaction=javascript:1 type=submit>",
                           "<base href='javascript:/a'>"};
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++) {
    g_autofree char *safe = zb_html_to_safe (attacks[i], -1, NULL);
    g_assert_null (strstr (safe, "<script"));
    g_assert_null (strstr (safe, " on"));
    g_assert_null (strstr (safe, "=\"javascript"));
    g_assert_null (strstr (safe, "<svg"));
  }
}

static void
test_old_references_need_no_semicolon (void)
{
  static const Case old[] = {
      {"a&nbspb &copy2017 &lt;&gt", "a\xc2\xa0"
                                    "b ©2017 \\<\\>\n"},
      {"AT&T &notin; &amp R&D &x", "AT\\&T ∉ & R\\&D \\&x\n"},
      {"<a href='?a=1&copy=2'>l</a>", "[l](http://h/d/p.html?a=1&copy=2)\n"},
      {"1 &lt 2 &#146 &#8217s", "1 \\< 2 ’ ’s\n"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (old); i++) {
    g_autofree char *markdown = zb_html_to_markdown (old[i].html, -1, "http://h/d/p.html");
    g_assert_cmpstr (markdown, ==, old[i].markdown);
  }
}

static void
test_a_line_is_plain (void)
{
  g_autofree char *line = zb_html_to_line ("Tom &amp; <b>Jerry</b>\n<br>x", -1);
  g_assert_cmpstr (line, ==, "Tom & Jerry x");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/html/old_references_need_no_semicolon", test_old_references_need_no_semicolon);
  g_test_add_func ("/html/each_element_becomes_what_it_means", test_each_element_becomes_what_it_means);
  g_test_add_func ("/html/commonmark_is_read_back_the_same", test_commonmark_is_read_back_the_same);
  g_test_add_func ("/html/attacks_leave_nothing", test_attacks_leave_nothing);
  g_test_add_func ("/html/a_line_is_plain", test_a_line_is_plain);
  return g_test_run ();
}
