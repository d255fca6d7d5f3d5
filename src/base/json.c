/* JSON out, and careful reading of members. */
#include "zhoubao/base/json.h"

#include "zhoubao/base/error.h"

void
zb_json_text (JsonBuilder *b, const char *name, const char *value)
{
  json_builder_set_member_name (b, name);
  if (value == NULL)
    json_builder_add_null_value (b);
  else
    json_builder_add_string_value (b, value);
}

void
zb_json_int (JsonBuilder *b, const char *name, gint64 value)
{
  json_builder_set_member_name (b, name);
  json_builder_add_int_value (b, value);
}

void
zb_json_bool (JsonBuilder *b, const char *name, gboolean value)
{
  json_builder_set_member_name (b, name);
  json_builder_add_boolean_value (b, value);
}

void
zb_json_time (JsonBuilder *b, const char *name, ZbTime t)
{
  g_autofree char *text = zb_time_to_rfc3339 (t);
  zb_json_text (b, name, text);
}

void
zb_json_strv (JsonBuilder *b, const char *name, const char *const *values)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_array (b);
  for (; values != NULL && *values != NULL; values++)
    json_builder_add_string_value (b, *values);
  json_builder_end_array (b);
}

char *
zb_json_to_line (JsonBuilder *b)
{
  g_autoptr (JsonNode) root = json_builder_get_root (b);
  g_autofree char *text = json_to_string (root, FALSE);
  return g_strconcat (text, "\n", NULL);
}

void
zb_json_append_quoted (GString *to, const char *text)
{
  g_string_append_c (to, '"');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_c (to, '\\');
    if ((guchar)*p >= 0x20)
      g_string_append_c (to, *p);
    else
      g_string_append_printf (to, "\\u%04x", (guint)*p);
  }
  g_string_append_c (to, '"');
}

/* json-glib descends by recursion, without a bound of its own. */
static gboolean
is_too_deep (const char *text, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;
  for (gsize i = 0; i < length && depth <= ZB_JSON_DEPTH; i++) {
    char c = text[i];
    if (c == '"')
      quoted = !quoted;
    else if (quoted && c == '\\')
      i++;
    else if (!quoted && (c == '[' || c == '{'))
      depth++;
    else if (!quoted && (c == ']' || c == '}') && depth > 0)
      depth--;
  }
  return depth > ZB_JSON_DEPTH;
}

/* In words of our own, while the parser still knows where it is. */
static void
on_bad_json (JsonParser *parser, const GError *theirs, GError **error)
{
  (void)theirs;
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "this is not JSON (line %u, character %u)",
               json_parser_get_current_line (parser), json_parser_get_current_pos (parser));
}

JsonNode *
zb_json_parse (const char *text, gsize length, gsize limit, GError **error)
{
  if (length > limit) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT,
                 "JSON of %" G_GSIZE_FORMAT " bytes is over the limit of %" G_GSIZE_FORMAT, length, limit);
    return NULL;
  }
  if (is_too_deep (text, length)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "JSON is nested deeper than %u", ZB_JSON_DEPTH);
    return NULL;
  }
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_signal_connect (parser, "error", G_CALLBACK (on_bad_json), error);
  g_autoptr (GError) theirs = NULL;
  if (!json_parser_load_from_data (parser, text, (gssize)length, &theirs)) {
    if (error != NULL && *error == NULL) /* what it refuses before it parses */
      g_propagate_error (error, g_steal_pointer (&theirs));
    return NULL;
  }
  JsonNode *root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "JSON that is empty");
  return root;
}

const char *
zb_json_get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  gboolean is_text =
      node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
  return is_text ? json_node_get_string (node) : NULL;
}

gint64
zb_json_get_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : fallback;
}
