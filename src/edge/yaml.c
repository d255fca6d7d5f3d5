/* YAML trees with lines, from libyaml's events. */
#include "yaml_tree.h"
#include "zhoubao/base/error.h"
#include <yaml.h>

typedef struct {
  yaml_parser_t parser;
  ZbYamlTree *tree;
} Reader;

ZbYaml *
zb_yaml_tree_node (ZbYamlTree *tree, ZbYamlKind kind, gsize line)
{
  ZbYaml *node = zb_arena_take (tree->arena, sizeof *node);
  *node = (ZbYaml){.kind = kind, .file = tree->file, .line = (int)line + tree->first_line};
  return node;
}

ZbYaml *
zb_yaml_tree_scalar (ZbYamlTree *tree, const char *text, gsize length, gboolean quoted, gsize line)
{
  char *own = zb_arena_text (tree->arena, text, length);
  gboolean null = !quoted && (*own == '\0' || g_str_equal (own, "null") || g_str_equal (own, "~"));
  ZbYaml *node = zb_yaml_tree_node (tree, null ? ZB_YAML_NULL : ZB_YAML_TEXT, line);
  node->quoted = quoted;
  node->text = null ? NULL : own;
  return node;
}

gboolean
zb_yaml_tree_has_key (const ZbYamlTree *tree, guint from, const char *key)
{
  for (guint i = from; i < tree->open->len; i++)
    if (strcmp (((const ZbYaml *)tree->open->pdata[i])->key, key) == 0)
      return TRUE;
  return FALSE;
}

void
zb_yaml_tree_close (ZbYamlTree *tree, ZbYaml *parent, guint from)
{
  guint n = tree->open->len - from;
  parent->children = zb_arena_take (tree->arena, sizeof *parent->children);
  parent->children->len = n;
  parent->children->pdata = zb_arena_take (tree->arena, n * sizeof (gpointer));
  if (n > 0)
    memcpy (parent->children->pdata, tree->open->pdata + from, n * sizeof (gpointer));
  g_ptr_array_set_size (tree->open, (int)from);
}

void
zb_yaml_free (ZbYaml *yaml)
{
  zb_arena_free (yaml->memory);
}

static gboolean
reader_error (Reader *r, gsize line, const char *problem, GError **error)
{
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s:%d: %s", r->tree->file, (int)line + r->tree->first_line,
               problem);
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
  gboolean quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  return zb_yaml_tree_scalar (r->tree, value, strlen (value), quoted, event->start_mark.line);
}

static ZbYaml *read_node (Reader *r, yaml_event_t *event, int depth, GError **error);

static gboolean
add_child (Reader *r, guint from, ZbYaml *child, const char *key, GError **error)
{
  child->key = key;
  if (key != NULL && zb_yaml_tree_has_key (r->tree, from, key))
    return zb_yaml_error (child, error, "'%s' is there twice", key);
  g_ptr_array_add (r->tree->open, child);
  return TRUE;
}

/* A key is a scalar event; its text is handed over. */
static gboolean
read_key (Reader *r, yaml_event_t *event, const char **key, GError **error)
{
  if (event->type != YAML_SCALAR_EVENT)
    return reader_error (r, event->start_mark.line, "a key must be a word", error);
  const char *value = (const char *)event->data.scalar.value;
  *key = zb_arena_text (r->tree->arena, value, strlen (value));
  yaml_event_delete (event);
  return next_event (r, event, error);
}

static gboolean
read_members (Reader *r, ZbYaml *parent, int depth, GError **error)
{
  for (guint from = r->tree->open->len;;) {
    yaml_event_t event = {0};
    if (!next_event (r, &event, error))
      return FALSE;
    if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT) {
      yaml_event_delete (&event);
      zb_yaml_tree_close (r->tree, parent, from);
      return TRUE;
    }
    const char *key = NULL;
    gboolean ok = parent->kind == ZB_YAML_LIST || read_key (r, &event, &key, error);
    ZbYaml *child = ok ? read_node (r, &event, depth, error) : NULL;
    yaml_event_delete (&event);
    if (child == NULL || !add_child (r, from, child, key, error))
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
  if (depth >= ZB_YAML_DEPTH) {
    reader_error (r, event->start_mark.line, "nested too deeply", error);
    return NULL;
  }
  ZbYamlKind kind = event->type == YAML_MAPPING_START_EVENT ? ZB_YAML_MAP : ZB_YAML_LIST;
  ZbYaml *node = zb_yaml_tree_node (r->tree, kind, event->start_mark.line);
  return read_members (r, node, depth + 1, error) ? node : NULL;
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
      node = zb_yaml_tree_node (r->tree, ZB_YAML_NULL, event.start_mark.line);
    else if (!start)
      node = read_node (r, &event, 0, error);
    yaml_event_delete (&event);
    if (!start)
      return node;
  }
}

static ZbYaml *
parse_all (ZbYamlTree *tree, const char *text, gsize length, GError **error)
{
  Reader r = {.tree = tree};
  yaml_parser_initialize (&r.parser);
  yaml_parser_set_encoding (&r.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&r.parser, (const unsigned char *)text, length);
  ZbYaml *root = read_root (&r, error);
  yaml_parser_delete (&r.parser);
  return root;
}

ZbYaml *
zb_yaml_parse (const char *file, const char *text, gssize length, int first_line, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize)length;
  g_autoptr (ZbArena) arena = zb_arena_new ();
  g_autoptr (GPtrArray) open = g_ptr_array_sized_new (64);
  ZbYamlTree tree = {arena, zb_arena_text (arena, file, strlen (file)), first_line, open};
  ZbYaml *root = zb_yaml_plain (&tree, text, size);
  if (root == NULL) {
    g_ptr_array_set_size (open, 0);
    root = parse_all (&tree, text, size, error);
  }
  if (root != NULL)
    root->memory = g_steal_pointer (&arena);
  return root;
}

const ZbYaml *
zb_yaml_get (const ZbYaml *map, const char *key)
{
  if (map == NULL || map->kind != ZB_YAML_MAP)
    return NULL;
  for (guint i = 0; i < map->children->len; i++) {
    const ZbYaml *child = g_ptr_array_index (map->children, i);
    if (*child->key == *key && strcmp (child->key, key) == 0)
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
