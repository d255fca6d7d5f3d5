/* Trees of HTML and XML: repair, limits, walking, text. */
#include "zhoubao/edge/xml.h"

static void
test_html_is_repaired (void)
{
  g_autoptr (ZbDoc) doc = zb_doc_new_html ("<p>a<p>b<ul><li>c", -1, NULL);
  g_autofree char *text = zb_node_squeezed (zb_doc_root (doc));
  g_assert_cmpstr (text, ==, "abc");
  int paragraphs = 0;
  for (ZbNode *n = zb_doc_root (doc); n != NULL; n = zb_node_follow (n, zb_doc_root (doc)))
    paragraphs += zb_node_is (n, "p");
  g_assert_cmpint (paragraphs, ==, 2);
}

static void
test_empty_input_is_an_empty_document (void)
{
  const char *nothing[] = {"", " ", "<!-- a -->", "<"};
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ZbDoc) doc = zb_doc_new_html (nothing[i], -1, &error);
    g_assert_no_error (error);
    g_assert_nonnull (doc);
  }
}

static void
test_a_nul_and_bad_bytes_do_not_end_the_text (void)
{
  g_autoptr (ZbDoc) doc = zb_doc_new_html ("<p>a\0b\xff"
                                           "c</p>",
                                           11, NULL);
  g_autofree char *text = zb_node_squeezed (zb_doc_root (doc));
  g_assert_cmpstr (text, ==,
                   "ab\xef\xbf\xbd"
                   "c");
}

static void
test_comments_are_seen_as_browsers_see_them (void)
{
  g_autoptr (ZbDoc) doc = zb_doc_new_html (
      "<!--><b>1</b><!-- x --!><b>2</b><!-- <b>no</b> --><b>3</b><!-- open ><b>4</b>", -1, NULL);
  g_autofree char *text = zb_node_squeezed (zb_doc_root (doc));
  g_assert_cmpstr (text, ==, "1234");
}

static void
test_a_page_without_body_tag_has_a_body (void)
{
  g_autoptr (ZbDoc) doc =
      zb_doc_new_html ("<title>t</title><article><h1>a</h1></article><noscript><img></noscript>b", -1, NULL);
  ZbNode *body = zb_node_last (zb_doc_root (doc));
  g_autofree char *text = zb_node_squeezed (body);
  g_assert_cmpstr (zb_node_name (body), ==, "body");
  g_assert_cmpstr (zb_node_name (zb_node_first (body)), ==, "article");
  g_assert_cmpstr (text, ==, "ab");
}

static void
test_script_keeps_what_looks_like_markup (void)
{
  g_autoptr (ZbDoc) doc = zb_doc_new_html ("<script>a<b <!-- c</script>d", -1, NULL);
  g_autofree char *text = zb_node_squeezed (zb_doc_root (doc)), *all = zb_node_content (zb_doc_root (doc));
  g_assert_cmpstr (text, ==, "d");
  g_assert_nonnull (strstr (all, "a<b <!-- c"));
}

/* libxml2 compares each with all before it: 100,000 would take 19 s. */
static void
test_of_a_hundred_thousand_attributes_the_first_are_kept (void)
{
  g_autoptr (GString) html = g_string_new ("<p ");
  for (int i = 0; i < 100000; i++)
    g_string_append_printf (html, "a%d=\"%d\" ", i, i);
  g_string_append (html, ">text</p>");
  g_autoptr (ZbDoc) doc = zb_doc_new_html (html->str, -1, NULL);
  ZbNode *p = zb_node_last (zb_node_last (zb_doc_root (doc)));
  const char *first = zb_node_attribute (p, "a0"), *late = zb_node_attribute (p, "a1000");
  g_assert_cmpstr (first, ==, "0");
  g_assert_null (late);
  g_autofree char *text = zb_node_squeezed (zb_doc_root (doc));
  g_assert_cmpstr (text, ==, "text");
}

static void
test_text_deeper_than_the_limit_is_kept (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  for (int i = 0; i < 5000; i++)
    g_string_append (html, "<div>");
  g_string_append (html, "deep</div> shallow");
  g_autoptr (ZbDoc) doc = zb_doc_new_html (html->str, -1, NULL);
  g_autofree char *text = zb_node_squeezed (zb_doc_root (doc));
  g_assert_cmpstr (text, ==, "deep shallow");
  int depth = 0;
  for (ZbNode *n = zb_doc_root (doc); n != NULL; n = zb_node_first (n))
    depth++;
  g_assert_cmpint (depth, <=, ZB_XML_DEPTH);
}

static void
test_xml_expands_no_entity_of_its_own (void)
{
  const char *xml = "<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
                    "<r t=\"&a;\">x&a;&f;&amp;y</r>";
  g_autofree char *warning = NULL;
  g_autoptr (ZbDoc) doc = zb_doc_new_xml (xml, -1, &warning, NULL);
  g_assert_nonnull (doc);
  g_autofree char *text = zb_node_text (zb_doc_root (doc));
  g_assert_null (strstr (text, "aaaa"));
  g_assert_null (strstr (text, "root:"));
}

static void
test_malformed_xml_is_recovered_and_says_where (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;
  g_autoptr (ZbDoc) doc = zb_doc_new_xml ("<r>\n<a>1</b>\n<c>2</c></r>", -1, &warning, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (warning, "line 2"));
  g_autoptr (ZbDoc) none = zb_doc_new_xml ("no XML", -1, NULL, &error);
  g_assert_null (none);
  g_assert_nonnull (error);
}

static void
test_attributes (void)
{
  g_autoptr (ZbDoc) doc = zb_doc_new_html ("<a HREF='x&amp;y' download>t</a>", -1, NULL);
  ZbNode *a = zb_node_first (zb_node_first (zb_doc_root (doc)));
  g_assert_cmpstr (zb_node_attribute (a, "href"), ==, "x&y");
  g_assert_cmpstr (zb_node_attribute (a, "download"), ==, "");
  g_assert_null (zb_node_attribute (a, "title"));
  zb_node_set_attribute (a, "title", "new");
  g_assert_cmpstr (zb_node_attribute (a, "title"), ==, "new");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/html_is_repaired", test_html_is_repaired);
  g_test_add_func ("/xml/empty_input_is_an_empty_document", test_empty_input_is_an_empty_document);
  g_test_add_func ("/xml/a_nul_and_bad_bytes_do_not_end_the_text",
                   test_a_nul_and_bad_bytes_do_not_end_the_text);
  g_test_add_func ("/xml/comments_are_seen_as_browsers_see_them",
                   test_comments_are_seen_as_browsers_see_them);
  g_test_add_func ("/xml/a_page_without_body_tag_has_a_body", test_a_page_without_body_tag_has_a_body);
  g_test_add_func ("/xml/script_keeps_what_looks_like_markup", test_script_keeps_what_looks_like_markup);
  g_test_add_func ("/xml/a_hundred_thousand_attributes_take_no_time",
                   test_of_a_hundred_thousand_attributes_the_first_are_kept);
  g_test_add_func ("/xml/text_deeper_than_the_limit_is_kept", test_text_deeper_than_the_limit_is_kept);
  g_test_add_func ("/xml/xml_expands_no_entity_of_its_own", test_xml_expands_no_entity_of_its_own);
  g_test_add_func ("/xml/malformed_xml_is_recovered_and_says_where",
                   test_malformed_xml_is_recovered_and_says_where);
  g_test_add_func ("/xml/attributes", test_attributes);
  return g_test_run ();
}
