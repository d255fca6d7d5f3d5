/* YAML trees into structs by tables, and scalars back into YAML. */
#include "zhoubao/edge/yaml.h"

static gboolean
read_number (const ZbYaml *node, double *out, GError **error)
{
  char *end = NULL;
  double value = node->text != NULL ? g_ascii_strtod (node->text, &end) : 0;
  if (node->text == NULL || end == node->text || *end != '\0')
    return zb_yaml_error (node, error, "'%s' must be a number", node->key);
  *out = value;
  return TRUE;
}

static gboolean
read_integer (const ZbYaml *node, gint64 min, gint64 max, gint64 *out, GError **error)
{
  if (node->text == NULL || !g_ascii_string_to_signed (node->text, 10, min, max, out, NULL))
    return zb_yaml_error (node, error, "'%s' must be a whole number", node->key);
  return TRUE;
}

static gboolean
read_bool (const ZbYaml *node, gboolean *out, GError **error)
{
  static const char *const yes[] = {"true", "yes", "on", NULL}, *const no[] = {"false", "no", "off", NULL};
  if (node->text != NULL && (g_strv_contains (yes, node->text) || g_strv_contains (no, node->text))) {
    *out = g_strv_contains (yes, node->text);
    return TRUE;
  }
  return zb_yaml_error (node, error, "'%s' must be true or false", node->key);
}

static gboolean
read_strv (const ZbYaml *node, char ***out, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  if (node->kind == ZB_YAML_TEXT)
    g_strv_builder_add (builder, node->text);
  else if (node->kind != ZB_YAML_LIST)
    return zb_yaml_error (node, error, "'%s' must be a list", node->key);
  for (guint i = 0; node->children != NULL && i < node->children->len; i++) {
    const ZbYaml *member = g_ptr_array_index (node->children, i);
    if (member->kind != ZB_YAML_TEXT)
      return zb_yaml_error (member, error, "a member of '%s' must be a word", node->key);
    g_strv_builder_add (builder, member->text);
  }
  g_strfreev (*out);
  *out = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_text (const ZbYaml *node, char **out, GError **error)
{
  if (node->kind != ZB_YAML_TEXT)
    return zb_yaml_error (node, error, "'%s' must be one line of text", node->key);
  g_free (*out);
  *out = g_strdup (node->text);
  return TRUE;
}

static gboolean
read_field (const ZbYaml *node, const ZbYamlField *field, gpointer into, GError **error)
{
  gpointer at = G_STRUCT_MEMBER_P (into, field->offset);
  gint64 number = 0;
  switch (field->target) {
  case ZB_YAML_TO_TEXT:
    return read_text (node, at, error);
  case ZB_YAML_TO_INT:
    if (!read_integer (node, G_MININT, G_MAXINT, &number, error))
      return FALSE;
    *(int *)at = (int)number;
    return TRUE;
  case ZB_YAML_TO_INT64:
    return read_integer (node, G_MININT64 + 1, G_MAXINT64, at, error);
  case ZB_YAML_TO_DOUBLE:
    return read_number (node, at, error);
  case ZB_YAML_TO_BOOL:
    return read_bool (node, at, error);
  case ZB_YAML_TO_STRV:
    return read_strv (node, at, error);
  case ZB_YAML_TO_OWN:
    return field->read (node, into, error);
  case ZB_YAML_TO_NOTHING:
    return TRUE;
  }
  g_assert_not_reached ();
}

static const ZbYamlField *
find_field (const ZbYamlField *fields, const char *key)
{
  for (; fields->key != NULL; fields++)
    if (*fields->key == *key && strcmp (fields->key, key) == 0)
      return fields;
  return NULL;
}

gboolean
zb_yaml_read (const ZbYaml *map, const ZbYamlField *fields, gpointer into, GError **error)
{
  if (map->kind != ZB_YAML_MAP)
    return zb_yaml_error (map, error, "%s%s%s must be a mapping (key: value)", map->key != NULL ? "'" : "",
                          map->key != NULL ? map->key : "this", map->key != NULL ? "'" : "");
  for (guint i = 0; i < map->children->len; i++) {
    const ZbYaml *node = g_ptr_array_index (map->children, i);
    const ZbYamlField *field = find_field (fields, node->key);
    if (field == NULL)
      return zb_yaml_error (node, error, "'%s' is no key of this mapping", node->key);
    if (node->kind != ZB_YAML_NULL && !read_field (node, field, into, error))
      return FALSE;
  }
  for (; fields->key != NULL; fields++) {
    const ZbYaml *node = fields->required ? zb_yaml_get (map, fields->key) : NULL;
    if (fields->required && (node == NULL || node->kind == ZB_YAML_NULL))
      return zb_yaml_error (map, error, "'%s' is missing", fields->key);
  }
  return TRUE;
}

/* Plain scalars only where no reader of YAML could see anything else in them. */
static gboolean
is_plain (const char *value)
{
  static const char *const words[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", NULL};
  g_autofree char *lower = g_ascii_strdown (value, -1);
  if (*value == '\0' || g_strv_contains (words, lower) ||
      strchr ("-?:,[]{}#&*!|>'\"%@`~ =<.+", *value) != NULL)
    return FALSE;
  if (g_str_has_suffix (value, " ") || g_str_has_suffix (value, ":") || strstr (value, ": ") != NULL ||
      strstr (value, " #") != NULL)
    return FALSE;
  char *end = NULL;
  g_ascii_strtod (value, &end);
  if (end != value && (*end == '\0' || g_ascii_isdigit (*value)))
    return FALSE;
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)) || *p == '\n')
      return FALSE;
  return TRUE;
}

static void
append_quoted_char (GString *to, gunichar c)
{
  if (c == '"' || c == '\\')
    g_string_append_printf (to, "\\%c", (char)c);
  else if (c == '\n')
    g_string_append (to, "\\n");
  else if (!g_unichar_isprint (c))
    g_string_append_printf (to, c > 0xffff ? "\\U%08X" : "\\u%04X", c);
  else
    g_string_append_unichar (to, c);
}

void
zb_yaml_append (GString *to, const char *value)
{
  if (value == NULL || is_plain (value)) {
    g_string_append (to, value != NULL ? value : "null");
    return;
  }
  g_string_append_c (to, '"');
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    append_quoted_char (to, g_utf8_get_char (p));
  g_string_append_c (to, '"');
}
