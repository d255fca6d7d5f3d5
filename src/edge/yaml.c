/* YAML trees with lines, from libyaml's events. */
#include "zhoubao/edge/yaml.h"

#include "zhoubao/base/error.h"
#include <yaml.h>

#define DEPTH_LIMIT 32

typedef struct {
  yaml_parser_t parser;
  const char *file;
  int first_line;
} Reader;

static ZbYaml *
node_new (Reader *r, ZbYamlKind kind, const yaml_event_t *event)
{
  ZbYaml *node = g_new0 (ZbYaml, 1);
  node->kind = kind;
  node->file = r->file;
  node->line = (int)event->start_mark.line + r->first_line;
  if (kind == ZB_YAML_LIST || kind == ZB_YAML_MAP)
    node->children = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_yaml_free);
  return node;
}

static void
node_clear (ZbYaml *yaml)
{
  g_clear_pointer (&yaml->children, g_ptr_array_unref);
  g_free (yaml->text);
  g_free (yaml->key);
}

void
zb_yaml_free (ZbYaml *yaml)
{
  node_clear (yaml);
  g_free (yaml);
}

static gboolean
reader_error (Reader *r, gsize line, const char *problem, GError **error)
{
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s:%d: %s", r->file, (int)line + r->first_line, problem);
  return FALSE;
}

static gboolean
next_event (Reader *r, yaml_event_t *event, GError **error)
{
  if (!yaml_parser_parse (&r->parser, event))
    return reader_error (r, r->parser.problem_mark.line,
                         r->parser.problem != NULL ? r->parser.problem : "not UTF-8", error);
  return TRUE;
}

static ZbYaml *
scalar_new (Reader *r, const yaml_event_t *event)
{
  const char *value = (const char *)event->data.scalar.value;
  gboolean plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  gboolean null = plain && (*value == '\0' || g_str_equal (value, "null") || g_str_equal (value, "~"));
  ZbYaml *node = node_new (r, null ? ZB_YAML_NULL : ZB_YAML_TEXT, event);
  node->quoted = !plain;
  node->text = null ? NULL : g_strdup (value);
  return node;
}

static ZbYaml *read_node (Reader *r, yaml_event_t *event, int depth, GError **error);

static gboolean
add_child (ZbYaml *parent, ZbYaml *child, char *key, GError **error)
{
  child->key = key;
  if (key != NULL && zb_yaml_get (parent, key) != NULL) {
    zb_yaml_error (child, error, "'%s' is there twice", key);
    zb_yaml_free (child);
    return FALSE;
  }
  g_ptr_array_add (parent->children, child);
  return TRUE;
}

/* A key is a scalar event; its text is handed over. */
static gboolean
read_key (Reader *r, yaml_event_t *event, char **key, GError **error)
{
  if (event->type != YAML_SCALAR_EVENT)
    return reader_error (r, event->start_mark.line, "a key must be a word", error);
  *key = g_strdup ((const char *)event->data.scalar.value);
  yaml_event_delete (event);
  return next_event (r, event, error);
}

static gboolean
read_members (Reader *r, ZbYaml *parent, int depth, GError **error)
{
  for (;;) {
    yaml_event_t event = {0};
    if (!next_event (r, &event, error))
      return FALSE;
    if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT) {
      yaml_event_delete (&event);
      return TRUE;
    }
    g_autofree char *key = NULL;
    gboolean ok = parent->kind == ZB_YAML_LIST || read_key (r, &event, &key, error);
    ZbYaml *child = ok ? read_node (r, &event, depth, error) : NULL;
    yaml_event_delete (&event);
    if (child == NULL || !add_child (parent, child, g_steal_pointer (&key), error))
      return FALSE;
  }
}

static gboolean
has_tag_or_anchor (const yaml_event_t *event)
{
  switch (event->type) {
  case YAML_SCALAR_EVENT:
    return event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL;
  case YAML_SEQUENCE_START_EVENT:
    return event->data.sequence_start.anchor != NULL || event->data.sequence_start.tag != NULL;
  case YAML_MAPPING_START_EVENT:
    return event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag != NULL;
  default:
    return event->type == YAML_ALIAS_EVENT;
  }
}

static ZbYaml *
read_node (Reader *r, yaml_event_t *event, int depth, GError **error)
{
  if (has_tag_or_anchor (event)) {
    reader_error (r, event->start_mark.line, "anchors, aliases and tags are not used here", error);
    return NULL;
  }
  if (event->type == YAML_SCALAR_EVENT)
    return scalar_new (r, event);
  if (depth >= DEPTH_LIMIT) {
    reader_error (r, event->start_mark.line, "nested too deeply", error);
    return NULL;
  }
  g_autoptr (ZbYaml) node =
      node_new (r, event->type == YAML_MAPPING_START_EVENT ? ZB_YAML_MAP : ZB_YAML_LIST, event);
  return read_members (r, node, depth + 1, error) ? g_steal_pointer (&node) : NULL;
}

/* Stream and document events before the first node are skipped; an empty file is null. */
static ZbYaml *
read_root (Reader *r, GError **error)
{
  for (;;) {
    yaml_event_t event = {0};
    if (!next_event (r, &event, error))
      return NULL;
    gboolean start = event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_START_EVENT;
    ZbYaml *node = NULL;
    if (event.type == YAML_STREAM_END_EVENT)
      node = node_new (r, ZB_YAML_NULL, &event);
    else if (!start)
      node = read_node (r, &event, 0, error);
    yaml_event_delete (&event);
    if (!start)
      return node;
  }
}

ZbYaml *
zb_yaml_parse (const char *file, const char *text, gssize length, int first_line, GError **error)
{
  Reader r = {.file = g_intern_string (file), .first_line = first_line};
  yaml_parser_initialize (&r.parser);
  yaml_parser_set_encoding (&r.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&r.parser, (const unsigned char *)text,
                                length < 0 ? strlen (text) : (gsize)length);
  ZbYaml *root = read_root (&r, error);
  yaml_parser_delete (&r.parser);
  return root;
}

const ZbYaml *
zb_yaml_get (const ZbYaml *map, const char *key)
{
  if (map == NULL || map->kind != ZB_YAML_MAP)
    return NULL;
  for (guint i = 0; i < map->children->len; i++) {
    const ZbYaml *child = g_ptr_array_index (map->children, i);
    if (g_str_equal (child->key, key))
      return child;
  }
  return NULL;
}

const char *
zb_yaml_get_text (const ZbYaml *map, const char *key)
{
  const ZbYaml *node = zb_yaml_get (map, key);
  return node != NULL ? node->text : NULL;
}

gboolean
zb_yaml_error (const ZbYaml *node, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *words = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s:%d: %s", node->file, node->line, words);
  return FALSE;
}
