/* The stream of events: CDATA and long text, which do not go through the parser, are told as if they did. */
#include "zhoubao/edge/xml_stream.h"

#include <string.h>

typedef struct {
  GString *told; /* "<name", ">" and text, in order */
  ZbXmlFault fault;
  gboolean ok;
} Run;

static void
on_start (gpointer data, const ZbXmlName *name, const ZbXmlAttribute *attributes, guint n)
{
  g_string_append_printf (((Run *)data)->told, "<%s:", name->name);
}

static void
on_end (gpointer data)
{
  g_string_append_c (((Run *)data)->told, '>');
}

static void
on_text (gpointer data, const char *text, gsize length)
{
  g_string_append_len (((Run *)data)->told, text, (gssize)length);
}

static Run
run (const char *text)
{
  static const ZbXmlEvents events = {on_start, on_end, on_text};
  Run r = {.told = g_string_new (NULL)};
  r.ok = zb_xml_stream (text, strlen (text), &events, &r, &r.fault);
  return r;
}

static void
end (Run *r)
{
  zb_xml_fault_clear (&r->fault);
  g_string_free (r->told, TRUE);
}

static void
assert_told (const char *text, const char *told)
{
  Run r = run (text);
  g_assert_cmpstr (r.fault.message, ==, NULL);
  g_assert_true (r.ok);
  g_assert_cmpstr (r.told->str, ==, told);
  end (&r);
}

static void
assert_fault (const char *text, int line)
{
  Run r = run (text);
  g_assert_false (r.ok);
  g_assert_cmpstr (r.fault.message, !=, NULL);
  g_assert_cmpint (r.fault.line, ==, line);
  end (&r);
}

static char *
repeated (const char *piece, guint times)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < times; i++)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

static void
test_cdata_is_told_as_it_stands (void)
{
  assert_told ("<a>x<![CDATA[<p>1 & 2</p>]]>y<b><![CDATA[社]]></b></a>", "<a:x<p>1 & 2</p>y<b:社>>");
  assert_told ("<a><![CDATA[]]><![CDATA[]]]]><![CDATA[>]]></a>", "<a:]]>>");
  assert_told ("<a><![CDATA[a <![CDATA[ b]]></a>", "<a:a <![CDATA[ b>");
}

/* The mark of a section, its text and its end, at every place of the pieces that a document is read in. */
static void
test_cdata_is_told_wherever_a_piece_ends (void)
{
  g_autofree char *letters = repeated ("x", 40000);
  for (gsize before = 16360; before < 16390; before++) {
    g_autofree char *text = g_strdup_printf ("<a>%.*s<![CDATA[&%.*s&]]></a>", (int)before, letters,
                                             (int)(before % 3 == 0 ? before : 2), letters);
    g_autofree char *told = g_strdup_printf ("<a:%.*s&%.*s&>", (int)before, letters,
                                             (int)(before % 3 == 0 ? before : 2), letters);
    assert_told (text, told);
  }
}

static void
test_a_mark_elsewhere_opens_no_section (void)
{
  assert_told ("<a><!-- <![CDATA[ --><b/><!-- ]]> -->c</a>", "<a:<b:>c>");
  assert_told ("<?x <![CDATA[ ?><a>b</a>", "<a:b>");
  g_autofree char *marks = repeated ("<![CDATA[", 5000),
                  *text = g_strdup_printf ("<a><!--%s--><![CDATA[b]]></a>", marks);
  assert_told (text, "<a:b>");
  assert_fault ("<a b='<![CDATA['>c]]></a>", 1);
  assert_fault ("<![CDATA[b]]><a/>", 1);
}

static void
test_what_is_no_character_of_xml_is_refused (void)
{
  assert_fault ("<a>\n<![CDATA[b\x01"
                "c]]></a>",
                2);
  assert_fault ("<a>\n<![CDATA[b\n\xef\xbf\xbf]]></a>", 2);
  assert_fault ("<a><![CDATA[b\x1f]]></a>", 1);
  assert_told ("<a><![CDATA[\t\r\n\x7f\xef\xbf\xbd\xef\xbc\x8c]]></a>",
               "<a:\t\r\n\x7f\xef\xbf\xbd\xef\xbc\x8c>");
}

static void
test_lines_are_counted_through_cdata (void)
{
  assert_fault ("<a>\n<![CDATA[1\n2\n3]]>\n<b></a>", 5);
  assert_fault ("<a>\n<![CDATA[1\n2\n3]]></b>", 4);
}

/* Long enough not to go through the parser, which is to make no difference. */
static void
test_long_text_is_told_with_its_references_resolved (void)
{
  g_autofree char *much = repeated ("x\xe7\xa4\xbe ", 100);
  static const struct {
    const char *written, *told;
  } cases[] = {{"&lt;p&gt; &amp;amp; &quot;&apos;", "<p> &amp; \"'"},
               {"&#65;&#x42;&#8217;&#x10ffff;", "AB\xe2\x80\x99\xf4\x8f\xbf\xbf"},
               {"&#128;&#x9;&#10;&#13;", "\xc2\x80\t\n\r"}, /* numbers mean what they mean to XML */
               {"a\r\nb\rc\n", "a\nb\nc\n"},
               {"]] > ]>", "]] > ]>"}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        g_strdup_printf ("<a b='>'>%s%s%s<c>%s</c></a>", much, cases[i].written, much, cases[i].written);
    g_autofree char *told = g_strdup_printf ("<a:%s%s%s<c:%s>>", much, cases[i].told, much, cases[i].told);
    assert_told (text, told);
  }
}

static void
test_faults_of_long_text_are_found (void)
{
  g_autofree char *much = repeated ("x\xe7\xa4\xbe ", 100);
  static const char *const faults[] = {"& b",      "&;",         "&#;",    "&#x;",         "&#0;",
                                       "&#xd800;", "&#x110000;", "&#65",   "&#xfffe;",     "&lt",
                                       "&LT;",     "]]>",        "\x01",   "\xef\xbf\xbe", "&#1;",
                                       "&#12a;",   "&eacute;",   "&#X41;", "&#9999999999;"};
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *text = g_strdup_printf ("<a>\n%s\n%s%s</a>", much, faults[i], much);
    assert_fault (text, 3);
  }
  g_autofree char *text = g_strdup_printf ("<a>\n%s\n\n%s<b></a>", much, much);
  assert_fault (text, 4);
}

static void
test_long_text_outside_of_elements_is_no_text (void)
{
  g_autofree char *much = repeated ("> xyz &amp; ", 100);
  g_autofree char *text =
      g_strdup_printf ("<?x %s?><!--%s--><a><!--%s--><b c='%s'/></a><!--%s-->", much, much, much, much, much);
  assert_told (text, "<a:<b:>>");
  g_autofree char *behind = g_strdup_printf ("<a></a>%s<b/>", much);
  assert_fault (behind, 1);
}

static void
test_a_section_without_end_is_a_fault (void)
{
  Run r = run ("<a>b<![CDATA[c<![CDATA[d</a>");
  g_assert_false (r.ok);
  g_assert_cmpstr (r.told->str, ==, "<a:b");
  end (&r);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml_stream/cdata_is_told_as_it_stands", test_cdata_is_told_as_it_stands);
  g_test_add_func ("/xml_stream/cdata_is_told_wherever_a_piece_ends",
                   test_cdata_is_told_wherever_a_piece_ends);
  g_test_add_func ("/xml_stream/a_mark_elsewhere_opens_no_section", test_a_mark_elsewhere_opens_no_section);
  g_test_add_func ("/xml_stream/what_is_no_character_of_xml_is_refused",
                   test_what_is_no_character_of_xml_is_refused);
  g_test_add_func ("/xml_stream/lines_are_counted_through_cdata", test_lines_are_counted_through_cdata);
  g_test_add_func ("/xml_stream/long_text_is_told_with_its_references_resolved",
                   test_long_text_is_told_with_its_references_resolved);
  g_test_add_func ("/xml_stream/faults_of_long_text_are_found", test_faults_of_long_text_are_found);
  g_test_add_func ("/xml_stream/long_text_outside_of_elements_is_no_text",
                   test_long_text_outside_of_elements_is_no_text);
  g_test_add_func ("/xml_stream/a_section_without_end_is_a_fault", test_a_section_without_end_is_a_fault);
  return g_test_run ();
}
