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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yaml/a_mapping_fills_a_struct", test_a_mapping_fills_a_struct);
  g_test_add_func ("/yaml/errors_name_file_and_line", test_errors_name_file_and_line);
  g_test_add_func ("/yaml/a_bomb_of_nesting_is_refused", test_a_bomb_of_nesting_is_refused);
  g_test_add_func ("/yaml/scalars_come_back_as_they_were", test_scalars_come_back_as_they_were);
  return g_test_run ();
}
