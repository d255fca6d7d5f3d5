/* Views: nodes and texts one after another in an arena. */
#include "zhoubao/base/view.h"

#include "zhoubao/base/arena.h"

/* An object or list that is being filled. */
typedef struct {
  ZbViewNode *node, *last;
} Open;

/* A text that was handed over. */
typedef struct Taken Taken;
struct Taken {
  Taken *before;
  char *text;
};

struct ZbView {
  ZbArena *arena;
  Taken *taken;
  GArray *open; /* of Open */
  ZbViewNode *root;
  const char *name; /* of the next value */
};

ZbView *
zb_view_new (void)
{
  ZbView *view = g_new0 (ZbView, 1);
  view->arena = zb_arena_new ();
  view->open = g_array_new (FALSE, FALSE, sizeof (Open));
  return view;
}

void
zb_view_free (ZbView *view)
{
  for (const Taken *taken = view->taken; taken != NULL; taken = taken->before)
    g_free (taken->text);
  zb_arena_free (view->arena);
  g_array_unref (view->open);
  g_free (view);
}

static ZbViewNode *
add (ZbView *view, ZbViewKind kind)
{
  ZbViewNode *node = zb_arena_take (view->arena, sizeof *node);
  *node = (ZbViewNode){.kind = kind, .name = view->name};
  view->name = NULL;
  if (view->open->len == 0) {
    view->root = node;
    return node;
  }
  Open *open = &g_array_index (view->open, Open, view->open->len - 1);
  if (open->last == NULL)
    open->node->value.first = node;
  else
    open->last->next = node;
  open->last = node;
  return node;
}

static void
begin (ZbView *view, ZbViewKind kind)
{
  Open open = {add (view, kind), NULL};
  g_array_append_val (view->open, open);
}

static void
end (ZbView *view)
{
  g_assert (view->open->len > 0);
  g_array_set_size (view->open, view->open->len - 1);
}

void
zb_view_begin_object (ZbView *view)
{
  begin (view, ZB_VIEW_OBJECT);
}

void
zb_view_end_object (ZbView *view)
{
  end (view);
}

void
zb_view_begin_array (ZbView *view)
{
  begin (view, ZB_VIEW_LIST);
}

void
zb_view_end_array (ZbView *view)
{
  end (view);
}

void
zb_view_set_member_name (ZbView *view, const char *name)
{
  view->name = name;
}

const char *
zb_view_joined (ZbView *view, const char *first, const char *rest)
{
  char *name = zb_arena_take (view->arena, strlen (first) + strlen (rest) + 1);
  g_stpcpy (g_stpcpy (name, first), rest);
  return name;
}

void
zb_view_add_null_value (ZbView *view)
{
  add (view, ZB_VIEW_NULL);
}

static void
add_own_text (ZbView *view, const char *own, gsize length)
{
  g_assert (length <= G_MAXUINT);
  ZbViewNode *node = add (view, ZB_VIEW_TEXT);
  node->value.text = own;
  node->length = (guint)length;
}

static void
add_text (ZbView *view, const char *text)
{
  gsize length = strlen (text);
  add_own_text (view, zb_arena_text (view->arena, text, length), length);
}

void
zb_view_text (ZbView *view, const char *name, const char *value)
{
  zb_view_set_member_name (view, name);
  if (value == NULL)
    add (view, ZB_VIEW_NULL);
  else
    add_text (view, value);
}

void
zb_view_take_text (ZbView *view, const char *name, char *value)
{
  zb_view_set_member_name (view, name);
  if (value == NULL) {
    add (view, ZB_VIEW_NULL);
    return;
  }
  Taken *taken = zb_arena_take (view->arena, sizeof *taken);
  *taken = (Taken){view->taken, value};
  view->taken = taken;
  add_own_text (view, value, strlen (value));
}

void
zb_view_int (ZbView *view, const char *name, gint64 value)
{
  zb_view_set_member_name (view, name);
  add (view, ZB_VIEW_INT)->value.number = value;
}

void
zb_view_bool (ZbView *view, const char *name, gboolean value)
{
  zb_view_set_member_name (view, name);
  add (view, value ? ZB_VIEW_TRUE : ZB_VIEW_FALSE);
}

void
zb_view_time (ZbView *view, const char *name, ZbTime t)
{
  g_autofree char *text = zb_time_to_rfc3339 (t);
  zb_view_text (view, name, text);
}

void
zb_view_strv (ZbView *view, const char *name, const char *const *values)
{
  zb_view_set_member_name (view, name);
  zb_view_begin_array (view);
  for (; values != NULL && *values != NULL; values++)
    add_text (view, *values);
  zb_view_end_array (view);
}

static void
add_json_value (ZbView *view, JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    add_text (view, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    add (view, json_node_get_boolean (node) ? ZB_VIEW_TRUE : ZB_VIEW_FALSE);
  else if (type == G_TYPE_INT64)
    add (view, ZB_VIEW_INT)->value.number = json_node_get_int (node);
  else
    add (view, ZB_VIEW_DOUBLE)->value.real = json_node_get_double (node);
}

static void
add_json_array (ZbView *view, JsonArray *array)
{
  zb_view_begin_array (view);
  for (guint i = 0; i < json_array_get_length (array); i++)
    zb_view_add_json (view, json_array_get_element (array, i));
  zb_view_end_array (view);
}

static void
add_json_object (ZbView *view, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  zb_view_begin_object (view);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    zb_view_set_member_name (view, name);
    zb_view_add_json (view, member);
  }
  zb_view_end_object (view);
}

void
zb_view_add_json (ZbView *view, JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    add (view, ZB_VIEW_NULL);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    add_json_object (view, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    add_json_array (view, json_node_get_array (node));
  else
    add_json_value (view, node);
}

const ZbViewNode *
zb_view_root (const ZbView *view)
{
  return view->root;
}

const ZbViewNode *
zb_view_member (const ZbViewNode *node, const char *name)
{
  if (node->kind != ZB_VIEW_OBJECT)
    return NULL;
  for (const ZbViewNode *member = node->value.first; member != NULL; member = member->next)
    if (*member->name == *name && strcmp (member->name, name) == 0)
      return member;
  return NULL;
}
