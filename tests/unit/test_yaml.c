/* YAML trees, tables and errors that name the line. */
#include "zhoubao/edge/yaml.h"

#include "zhoubao/base/error.h"

typedef struct {
  char *title;
  int count;
  char **words;
} Thing;

static const ZbYamlField fields[] = {{"title", ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (Thing, title), TRUE},
                                     {"count", ZB_YAML_TO_INT, G_STRUCT_OFFSET (Thing, count)},
                                     {"words", ZB_YAML_TO_STRV, G_STRUCT_OFFSET (Thing, words)},
                                     {NULL}};

static void
test_a_mapping_fills_a_struct (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbYaml) yaml =
      zb_yaml_parse ("a.yaml", "title: '信用: #1'\ncount: 3\nwords: [条例, b]\n", -1, 1, &error);
  g_assert_no_error (error);
  Thing thing = {0};
  g_assert_true (zb_yaml_read (yaml, fields, &thing, &error));
  g_assert_cmpstr (thing.title, ==, "信用: #1");
  g_assert_cmpint (thing.count, ==, 3);
  g_assert_cmpstr (thing.words[0], ==, "条例");
  g_free (thing.title);
  g_strfreev (thing.words);
}

static void
test_errors_name_file_and_line (void)
{
  static const struct {
    const char *text, *says;
  } cases[] = {{"title: x\ncont: 3\n", "a.yaml:12: 'cont' is no key"},
               {"title: x\ncount: many\n", "a.yaml:12: 'count' must be a whole number"},
               {"count: 1\n", "a.yaml:11: 'title' is missing"},
               {"title: x\ntitle: y\n", "a.yaml:12: 'title' is there twice"},
               {"title: [x\n", "a.yaml:1"},
               {"title: *x\n", "a.yaml:11: anchors"},
               {"- x\n", "a.yaml:11: this must be a mapping"}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    Thing thing = {0};
    g_autoptr (ZbYaml) yaml = zb_yaml_parse ("a.yaml", cases[i].text, -1, 11, &error);
    g_assert_false (yaml != NULL && zb_yaml_read (yaml, fields, &thing, &error));
    g_assert_true (g_str_has_prefix (error->message, cases[i].says));
    g_free (thing.title);
  }
}

static void
test_a_bomb_of_nesting_is_refused (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  for (int i = 0; i < 10000; i++)
    g_string_append_c (deep, '[');
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_yaml_parse ("a.yaml", deep->str, -1, 1, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
}

static void
test_scalars_come_back_as_they_were (void)
{
  static const char *const values[] = {"plain words",
                                       "no",
                                       "null",
                                       "12",
                                       "2017-07-03",
                                       "a: b",
                                       "x #y",
                                       "- x",
                                       "",
                                       " lead",
                                       "行一\n行二",
                                       "quote \" and \\",
                                       "~",
                                       "河北省社会信用信息条例",
                                       "end:",
                                       "\t",
                                       "1e3",
                                       "=",
                                       "<<"};
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (GString) text = g_string_new ("k: ");
    zb_yaml_append (text, values[i]);
    g_autoptr (ZbYaml) yaml = zb_yaml_parse ("a.yaml", text->str, -1, 1, NULL);
    g_assert_cmpstr (zb_yaml_get_text (yaml, "k"), ==, values[i]);
  }
}

/* A tree as text, with every line. */
static void
show (GString *to, const ZbYaml *node)
{
  g_string_append_printf (to, "(%d %d %s %s %d", node->kind, node->line, node->key, node->text, node->quoted);
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    show (to, node->children->pdata[i]);
  g_string_append_c (to, ')');
}

static char *
tree_of (const char *text, int first_line)
{
  g_autoptr (ZbYaml) yaml = zb_yaml_parse ("a.yaml", text, -1, first_line, NULL);
  GString *shown = g_string_new (NULL);
  if (yaml != NULL)
    show (shown, yaml);
  return g_string_free (shown, FALSE);
}

/* A comment leaves the whole file to libyaml. */
static void
check_with_a_comment (const char *text)
{
  g_autofree char *with = g_strconcat ("# head\n", text, NULL), *one = tree_of (text, 1),
                  *other = tree_of (with, 0);
  if (!g_str_equal (one, other))
    g_error ("not the same tree with a comment:\n%s\n%s\n%s", text, one, other);
}

static void
append_line (GString *text, GRand *random)
{
  static const char *const heads[] = {
      "",      "",      "- ",   "- ",   "-  ", "a: ", "b: ", "c: ", "d:",   "e: ",
      "f-g: ", "- h: ", "- - ", "12: ", "\t",  "? ",  "i :", "a:",  "- a:", "# "};
  static const char *const values[] = {"",
                                       "",
                                       "word",
                                       "two words",
                                       "trailing  ",
                                       "null",
                                       "~",
                                       "2017-06-28",
                                       "12:30 h",
                                       "a: b",
                                       "x #y",
                                       "x#y",
                                       "ends:",
                                       "河北 – 省",
                                       "“x”",
                                       "\xc2\x85",
                                       "\xe2\x80\xa8x",
                                       "\xef\xbb\xbfx",
                                       "https://a.example/?q=1#x",
                                       "\"q: # 'x\"",
                                       "\"e\\n\"",
                                       "'it''s'",
                                       "'q\" '  ",
                                       "\"\"",
                                       "''",
                                       "[]",
                                       "{}",
                                       "[a, b c , d]",
                                       "{t: [l, m], n: o}",
                                       "[a: b]",
                                       "{a:b}",
                                       "{a: }",
                                       "[a, ]",
                                       "{a: 1, a: 2}",
                                       "[[a], {b: c}]",
                                       "[a",
                                       "[a] b",
                                       "|",
                                       ">-",
                                       "&x y",
                                       "*x",
                                       "!t x",
                                       "@x",
                                       "\x7f",
                                       "é",
                                       "(in part)",
                                       "x\ty",
                                       "[null, ~]",
                                       "{: a}",
                                       "[a,b]",
                                       "- x",
                                       "...",
                                       "---",
                                       "%x",
                                       "100 %",
                                       "[a - b]",
                                       "[-a]",
                                       "[a -]",
                                       "\xc2\xa0x",
                                       "x \xe3\x80\x80",
                                       "\xf0\x9f\x98\x80",
                                       "[ a ]",
                                       "{ a: b }"};
  for (guint in = (guint)g_rand_int_range (random, 0, 4); in > 0; in--)
    g_string_append (text, in == 3 ? "  " : " ");
  g_string_append (text, heads[g_rand_int_range (random, 0, G_N_ELEMENTS (heads))]);
  g_string_append (text, values[g_rand_int_range (random, 0, G_N_ELEMENTS (values))]);
  g_string_append_c (text, '\n');
}

static void
test_what_is_read_line_by_line_is_what_libyaml_reads (void)
{
  static const char *const written[] = {
      "title: Weekly – 2017\nitems:\n  - heading: A\n    topics: {type: [legislation], location: [hebei, x "
      "y]}\n"
      "    url: https://a.example/1?x#y\n  - heading: 'B: #'\nbriefs:\n- heading: C\n  text: \"D\"\nlast:\n",
      "a:\n- b\n- c\nd: []\n",
      "a:\n  b:\n    c: d\ne: f\n",
      "a: b\n  c\n",
      "- a: 1\n  b: 2\n- a: 3\n",
      "a:\n  - b\n c: d\n"};
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    check_with_a_comment (written[i]);
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  for (guint i = 0; i < 40000; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (gint32 lines = g_rand_int_range (random, 1, 6); lines > 0; lines--)
      append_line (text, random);
    if (!g_str_has_prefix (text->str, "\ufeff")) /* a mark of byte order is one at the start alone */
      check_with_a_comment (text->str);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yaml/a_mapping_fills_a_struct", test_a_mapping_fills_a_struct);
  g_test_add_func ("/yaml/errors_name_file_and_line", test_errors_name_file_and_line);
  g_test_add_func ("/yaml/a_bomb_of_nesting_is_refused", test_a_bomb_of_nesting_is_refused);
  g_test_add_func ("/yaml/scalars_come_back_as_they_were", test_scalars_come_back_as_they_were);
  g_test_add_func ("/yaml/what_is_read_line_by_line_is_what_libyaml_reads",
                   test_what_is_read_line_by_line_is_what_libyaml_reads);
  return g_test_run ();
}
