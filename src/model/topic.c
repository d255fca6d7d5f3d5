/* Topics: facets with their terms, in the order of the file. */
#include "zhoubao/model/topic.h"

#include "zhoubao/base/json.h"

ZbTopic *
zb_topic_new (const char *facet, const char *const *terms)
{
  static const char *const none[] = {NULL};
  ZbTopic *topic = g_new0 (ZbTopic, 1);
  topic->facet = g_strdup (facet);
  topic->terms = g_strdupv ((char **)(terms != NULL ? terms : none));
  return topic;
}

void
zb_topic_free (ZbTopic *topic)
{
  g_free (topic->facet);
  g_strfreev (topic->terms);
  g_free (topic);
}

GPtrArray *
zb_topics_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)zb_topic_free);
}

GPtrArray *
zb_topics_copy (const GPtrArray *topics)
{
  GPtrArray *copy = zb_topics_new ();
  for (guint i = 0; topics != NULL && i < topics->len; i++) {
    const ZbTopic *topic = topics->pdata[i];
    g_ptr_array_add (copy, zb_topic_new (topic->facet, (const char *const *)topic->terms));
  }
  return copy;
}

gboolean
zb_topics_equal (const GPtrArray *a, const GPtrArray *b)
{
  guint n = a != NULL ? a->len : 0;
  if (n != (b != NULL ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const ZbTopic *x = a->pdata[i], *y = b->pdata[i];
    if (!g_str_equal (x->facet, y->facet) ||
        !g_strv_equal ((const char *const *)x->terms, (const char *const *)y->terms))
      return FALSE;
  }
  return TRUE;
}

static ZbTopic *
find_topic (const GPtrArray *topics, const char *facet)
{
  for (guint i = 0; topics != NULL && i < topics->len; i++) {
    ZbTopic *topic = topics->pdata[i];
    if (g_str_equal (topic->facet, facet))
      return topic;
  }
  return NULL;
}

void
zb_topics_add (GPtrArray *topics, const char *facet, const char *term)
{
  ZbTopic *topic = find_topic (topics, facet);
  if (topic == NULL) {
    topic = zb_topic_new (facet, NULL);
    g_ptr_array_add (topics, topic);
  }
  if (g_strv_contains ((const char *const *)topic->terms, term))
    return;
  guint n = g_strv_length (topic->terms);
  topic->terms = g_renew (char *, topic->terms, n + 2);
  topic->terms[n] = g_strdup (term);
  topic->terms[n + 1] = NULL;
}

const char *const *
zb_topics_get (const GPtrArray *topics, const char *facet)
{
  const ZbTopic *topic = find_topic (topics, facet);
  return topic != NULL ? (const char *const *)topic->terms : NULL;
}

static void
build_members (JsonBuilder *b, const GPtrArray *topics)
{
  json_builder_begin_object (b);
  for (guint i = 0; topics != NULL && i < topics->len; i++) {
    const ZbTopic *topic = topics->pdata[i];
    zb_json_strv (b, topic->facet, (const char *const *)topic->terms);
  }
  json_builder_end_object (b);
}

void
zb_topics_build (JsonBuilder *b, const char *name, const GPtrArray *topics)
{
  json_builder_set_member_name (b, name);
  build_members (b, topics);
}

char *
zb_topics_to_json (const GPtrArray *topics)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  build_members (b, topics);
  g_autoptr (JsonNode) root = json_builder_get_root (b);
  return json_to_string (root, FALSE);
}

static void
add_member (JsonObject *object, const char *name, JsonNode *node, gpointer topics)
{
  (void)object;
  g_ptr_array_add (topics, zb_topic_new (name, NULL));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return;
  JsonArray *terms = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (terms); i++) {
    JsonNode *term = json_array_get_element (terms, i);
    if (JSON_NODE_HOLDS_VALUE (term) && json_node_get_value_type (term) == G_TYPE_STRING)
      zb_topics_add (topics, name, json_node_get_string (term));
  }
}

GPtrArray *
zb_topics_from_json (const char *json)
{
  GPtrArray *topics = zb_topics_new ();
  g_autoptr (JsonNode) root = json != NULL ? json_from_string (json, NULL) : NULL;
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    json_object_foreach_member (json_node_get_object (root), add_member, topics);
  return topics;
}
