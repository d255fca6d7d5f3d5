/* Encodings: labels, declarations, lies, and what is left of broken bytes. */
#include "zhoubao/base/charset.h"

#include "zhoubao/base/json.h"
#include "zhoubao/edge/charset.h"

static void
test_labels_mean_what_the_web_means (void)
{
  static const char *const pairs[][2] = {
      {"latin1", "windows-1252"},   {" GB2312\t", "GBK"},    {"gb18030", "gb18030"},
      {"x-sjis", "Shift_JIS"},      {"Big5-HKSCS", "Big5"},  {"utf8", "UTF-8"},
      {"TIS-620", "windows-874"},   {"unicode", "UTF-16LE"}, {"iso-8859-9", "windows-1254"},
      {"us-ascii", "windows-1252"}, {"ibm855", "IBM855"},    {"ks_c_5601-1987", "EUC-KR"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_cmpstr (zb_charset_name (pairs[i][0], -1), ==, pairs[i][1]);
  g_assert_null (zb_charset_name ("", -1));
  g_assert_null (zb_charset_name ("no-such-charset", -1));
  g_assert_null (zb_charset_name ("信用", -1));
}

static void
test_utf8_is_told_as_glib_tells_it (void)
{
  static const char *const cases[] = {"",
                                      "plain",
                                      "社会信用",
                                      "eight by eight and é",
                                      "\x80",
                                      "\xc0\xaf",
                                      "\xc3",
                                      "\xe0\x80\x80",
                                      "\xed\xa0\x80",
                                      "\xf0\x80\x80\x80",
                                      "\xf4\x90\x80\x80",
                                      "\xf4\x8f\xbf\xbf",
                                      "\xf5\x80\x80\x80",
                                      "\xff",
                                      "\xef\xbf\xbf",
                                      "twelve long\xe4\xbf",
                                      "12345678\xe4\xbf\xa1"
                                      "12345678"};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (zb_charset_is_utf8 (cases[i], strlen (cases[i])), ==,
                     g_utf8_validate (cases[i], -1, NULL));
  g_assert_false (zb_charset_is_utf8 ("a NUL in\0 it and more", 20));
  g_assert_false (zb_charset_is_utf8 ("1234567\0", 8));
}

static const char *
declared (const char *html)
{
  return zb_charset_declared ((const guint8 *)html, strlen (html), TRUE);
}

static void
test_declarations_in_html (void)
{
  g_assert_cmpstr (declared ("<meta charset=gb2312>"), ==, "GBK");
  g_assert_cmpstr (declared ("<html><META http-equiv='Content-Type' content='text/html; charset=big5'>"), ==,
                   "Big5");
  g_assert_cmpstr (declared ("<meta content=\"text/html;charset=euc-kr\" http-equiv=content-type>"), ==,
                   "EUC-KR");
  g_assert_cmpstr (declared ("<!-- <meta charset=gbk> --><meta charset=koi8-r />"), ==, "KOI8-R");
  g_assert_cmpstr (declared ("<!--><meta charset=gbk>"), ==, "GBK");
  g_assert_cmpstr (declared ("<a title='<meta charset=gbk>'><meta/charset=utf-8>"), ==, "UTF-8");
  g_assert_cmpstr (declared ("<meta charset=utf-16>"), ==, "UTF-8");
  g_assert_null (declared ("<meta content='text/html; charset=gbk'>"));
  g_assert_null (declared ("<metadata charset=gbk><p charset=gbk>"));
  g_assert_null (declared ("<meta charset"));
  g_assert_null (declared ("<meta charset='gbk"));
  g_assert_cmpstr (zb_charset_of_header ("text/html; Charset=\"GBK\""), ==, "GBK");
  g_assert_cmpstr (zb_charset_of_header ("text/xml;charset = utf-8 ;x=y"), ==, "UTF-8");
  g_assert_null (zb_charset_of_header ("text/html; charset"));
}

static void
test_declarations_in_xml (void)
{
  g_assert_cmpstr (declared ("<?xml version='1.0' encoding='gb2312'?><rss>"), ==, "GBK");
  g_assert_cmpstr (declared ("\n <?xml encoding=\"Shift_JIS\" ?>"), ==, "Shift_JIS");
  g_assert_null (declared ("<?xml version='1.0'?><meta2 encoding='gbk'>"));
  const guint8 wide[] = "<\0?\0x\0m\0l\0",
               ebcdic[] = "\x4c\x6f\xa7\x94\x93\x40\x85\x95\x83\x96\x84\x89\x95\x87\x7e\x7d\x89"
                          "\x82\x94\xf2\xf7\xf3\x7d\x6f\x6e"; /* <?xml encoding='ibm273'?> */
  g_assert_cmpstr (zb_charset_declared (wide, sizeof wide - 1, FALSE), ==, "UTF-16LE");
  g_assert_cmpstr (zb_charset_declared (ebcdic, sizeof ebcdic - 1, FALSE), ==, "IBM273");
}

static void
assert_decodes (const char *bytes, gsize length, const char *header, const char *encoding, const char *text)
{
  g_auto (ZbDecoded) d;
  zb_charset_decode ((const guint8 *)bytes, length, header, ZB_CHARSET_HTML, &d);
  g_autofree char *got = g_strndup (d.text, d.length);
  g_assert_cmpstr (d.encoding, ==, encoding);
  g_assert_cmpstr (got, ==, text);
}

static void
test_what_is_declared_is_read (void)
{
#define DECODES(bytes, header, encoding, text)                                                               \
  assert_decodes (bytes, sizeof bytes - 1, header, encoding, text)
  DECODES ("\xd0\xc5\xd3\xc3", "text/html; charset=gb2312", "GBK", "信用");
  DECODES ("\x81\x30\x81\x30\xd6\xec\xe9\x46\xbb\xf9", "text/html; charset=gb2312", "GBK", "\xc2\x80朱镕基");
  DECODES ("\xab\x48\xa5\xce", "text/html; charset=big5", "Big5", "信用");
  DECODES ("\xff\xfe\xe1\x4f(u", NULL, "UTF-16LE", "信用");
  DECODES ("\xef\xbb\xbf信用", "text/html; charset=gbk", "UTF-8", "信用");
  DECODES ("\0\0\xfe\xff\0\0\x4f\xe1", NULL, "UTF-32BE", "信");
  DECODES ("caf\xe9 \x93x\x94", "text/html; charset=iso-8859-1", "windows-1252", "café “x”");
  DECODES ("plain", NULL, "UTF-8", "plain");
  DECODES ("<p>\x1b$B?.MQ>pJs$N\x1b(B</p>", NULL, "ISO-2022-JP", "<p>信用情報の</p>");
  DECODES ("", NULL, "UTF-8", "");
}

static void
test_lies_are_seen_through (void)
{
  DECODES ("社会信用条例", "text/html; charset=gb2312", "UTF-8", "社会信用条例");
  DECODES ("café", "text/html; charset=iso-8859-1", "UTF-8", "café");
  DECODES ("<meta charset=gbk>\xd0\xc5\xd3\xc3", "text/html; charset=utf-8", "GBK", "<meta charset=gbk>信用");
  DECODES ("<meta charset=gbk>\xd0\xc5\xd3\xc3", "text/html; charset=iso-8859-1", "GBK",
           "<meta charset=gbk>信用");
  DECODES ("<p>text", "text/html; charset=utf-16", "UTF-8", "<p>text");
}

static void
test_what_was_encoded_twice_is_read_as_meant (void)
{
  DECODES ("ä¿¡ç”¨ä½“ç³»", "text/html; charset=utf-8", "UTF-8", "信用体系");
  DECODES ("Itâ€™s cafÃ© â€œxâ€\xc2\x9d", NULL, "UTF-8", "It’s café “x”");
  DECODES ("ä¿¡", NULL, "UTF-8", "ä¿¡"); /* it may be chance */
  DECODES ("Ã© Ã¨ Ã  café", NULL, "UTF-8", "Ã© Ã¨ Ã  café");
  DECODES ("信用 â€™ â€™ â€™", NULL, "UTF-8", "信用 â€™ â€™ â€™");
  DECODES ("déjà vu – “très” naïve", NULL, "UTF-8", "déjà vu – “très” naïve");
}

static void
test_what_is_broken_is_marked (void)
{
  DECODES ("信用体系建设规划纲要实施方案信\xe7\x94", "text/html; charset=utf-8", "UTF-8",
           "信用体系建设规划纲要实施方案信\xef\xbf\xbd");
  g_auto (ZbDecoded) d;
  const char nul[] = "a\0b";
  zb_charset_decode ((const guint8 *)nul, 3, "text/html; charset=utf-8", ZB_CHARSET_HTML, &d);
  g_assert_cmpuint (d.length, ==, 5);
  g_assert_true (g_utf8_validate_len (d.text, d.length, NULL));
}

/* The same sentences that a person would guess from. */
static void
test_what_is_not_declared_is_guessed (void)
{
  DECODES (
      "<p>\xc9\xe7\xbb\xe1\xd0\xc5\xd3\xc3\xcc\xe5\xcf\xb5\xbd\xa8\xc9\xe8\xb9\xe6\xbb\xae\xb8\xd9\xd2\xaa",
      NULL, "gb18030", "<p>社会信用体系建设规划纲要");
  DECODES ("<\0p\0>\0W\0e\0e\0k\0l\0y\0", NULL, "UTF-16LE", "<p>Weekly");
}

/* Every page and feed of the corpus that declares an encoding is read in it, without a broken character more
   than it has. */
static void
test_declared_encodings_of_the_corpus (void)
{
  g_autofree char *dir = g_build_filename (g_getenv ("ZB_CORPORA"), "chardet", NULL);
  g_autofree char *list = g_build_filename (dir, "expectations.jsonl", NULL), *rows = NULL;
  if (!g_file_get_contents (list, &rows, NULL, NULL))
    return g_test_skip ("the corpora are not here");
  g_auto (GStrv) lines = g_strsplit (rows, "\n", -1);
  guint seen = 0;
  for (char **line = lines; *line != NULL && **line != '\0'; line++) {
    g_autoptr (JsonNode) node = zb_json_parse (*line, strlen (*line), 1 << 20, NULL);
    JsonObject *row = json_node_get_object (node);
    const char *name = zb_json_get_text (row, "declared");
    if (name == NULL)
      continue;
    g_autofree char *path = g_build_filename (dir, zb_json_get_text (row, "file"), NULL), *data = NULL;
    gsize length;
    g_assert_true (g_file_get_contents (path, &data, &length, NULL));
    g_auto (ZbDecoded) d;
    zb_charset_decode ((const guint8 *)data, length, NULL, ZB_CHARSET_HTML, &d);
    if (g_strcmp0 (d.encoding, zb_charset_name (name, -1)) != 0)
      g_test_message ("%s: declared %s, read as %s", path, name, d.encoding);
    g_assert_cmpstr (d.encoding, ==, zb_charset_name (name, -1));
    seen++;
  }
  g_assert_cmpuint (seen, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/charset/" #name, test_##name)
  ADD (labels_mean_what_the_web_means);
  ADD (utf8_is_told_as_glib_tells_it);
  ADD (declarations_in_html);
  ADD (declarations_in_xml);
  ADD (what_is_declared_is_read);
  ADD (lies_are_seen_through);
  ADD (what_was_encoded_twice_is_read_as_meant);
  ADD (what_is_broken_is_marked);
  ADD (what_is_not_declared_is_guessed);
  ADD (declared_encodings_of_the_corpus);
  return g_test_run ();
}
