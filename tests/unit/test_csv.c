/* CSV as spreadsheets write it. */
#include "zhoubao/base/csv.h"

/* All rows as "a|b" with " / " between them. */
static char *
read_all (const char *text)
{
  g_autoptr (ZbCsv) csv = zb_csv_new (text, strlen (text));
  GString *out = g_string_new (NULL);
  GPtrArray *row;
  while ((row = zb_csv_next (csv)) != NULL) {
    if (out->len > 0)
      g_string_append (out, " / ");
    g_string_append_printf (out, "%u:", zb_csv_line (csv));
    for (guint i = 0; i < row->len; i++)
      g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", (char *)row->pdata[i]);
    g_string_append (out, zb_csv_is_broken (csv) ? " broken" : "");
  }
  return g_string_free (out, FALSE);
}

static void
test_rows_are_read_as_spreadsheets_write_them (void)
{
  const char *cases[][2] = {
      {"", ""},
      {"a,b\nc,d\n", "1:a|b / 2:c|d"},
      {"a,b\r\nc,d", "1:a|b / 2:c|d"},
      {"a,b\rc,d\r", "1:a|b / 2:c|d"},
      {"\xef\xbb\xbf"
       "email,name\n",
       "1:email|name"},
      {"a,\"b, c\",\"d \"\"e\"\"\"\n", "1:a|b, c|d \"e\""},
      {"a,\"b\nc\"\nd\n", "1:a|b\nc / 3:d"},
      {"a;b\nc,d;e\n", "1:a|b / 2:c,d|e"},
      {"a\tb\n", "1:a|b"},
      {"\n\na\n\n", "3:a"},
      {",\n", "1:|"},
      {"a,\"open\n", "1:a|open\n broken"},
      {"\"a\"b,c\n", "1:ab|c broken"},
      {"a\"b,c\n", "1:a\"b|c"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *got = read_all (cases[i][0]);
    g_assert_cmpstr (got, ==, cases[i][1]);
  }
}

static void
test_what_is_written_is_read_back (void)
{
  const char *values[] = {"plain", "",     "with, comma", "\"quoted\"", "two\nlines",
                          "李",    "=1+1", "@me",         "-3",         "'quote"};
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    zb_csv_append (out, values[i], i == 0);
  g_assert_nonnull (strstr (out->str, "\"'=1+1\""));
  g_autoptr (ZbCsv) csv = zb_csv_new (out->str, out->len);
  GPtrArray *row = zb_csv_next (csv);
  g_assert_cmpuint (row->len, ==, G_N_ELEMENTS (values));
  for (guint i = 0; i < row->len; i++)
    g_assert_cmpstr (zb_csv_plain (row->pdata[i]), ==, values[i]);
}

static void
test_a_huge_field_is_cut (void)
{
  g_autofree char *huge = g_strnfill (1 << 20, 'x');
  g_autoptr (ZbCsv) csv = zb_csv_new (huge, 1 << 20);
  GPtrArray *row = zb_csv_next (csv);
  g_assert_cmpuint (strlen (row->pdata[0]), ==, 64 << 10);
  g_assert_null (zb_csv_next (csv));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/rows_are_read_as_spreadsheets_write_them",
                   test_rows_are_read_as_spreadsheets_write_them);
  g_test_add_func ("/csv/what_is_written_is_read_back", test_what_is_written_is_read_back);
  g_test_add_func ("/csv/a_huge_field_is_cut", test_a_huge_field_is_cut);
  return g_test_run ();
}
