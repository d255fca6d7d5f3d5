/* Any bytes as YAML: a tree that knows its lines, or an error that does; a scalar that was written reads
 * back. */
#include "zhoubao/edge/yaml.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_tree (const ZbYaml *node, int last)
{
  g_assert_cmpint (node->line, >=, 1);
  g_assert_cmpint (node->line, <=, last);
  g_assert_true (node->text == NULL || g_utf8_validate (node->text, -1, NULL));
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    check_tree (node->children->pdata[i], last);
}

static void
check_scalar (const char *text)
{
  g_autoptr (GString) yaml = g_string_new ("key: ");
  g_autoptr (GError) error = NULL;
  zb_yaml_append (yaml, text);
  g_autoptr (ZbYaml) back = zb_yaml_parse ("scalar", yaml->str, -1, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (zb_yaml_get_text (back, "key"), ==, text);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbYaml) yaml = zb_yaml_parse ("file.yaml", (const char *)data, (gssize)size, 1, &error);
  g_assert_true ((yaml != NULL) != (error != NULL));
  if (yaml != NULL)
    check_tree (yaml, (int)size + 2);
  else
    g_assert_true (g_str_has_prefix (error->message, "file.yaml"));
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)size);
  check_scalar (text);
  return 0;
}
