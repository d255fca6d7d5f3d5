/* One walk over the page for all that is said out of sight. */
#include "page_meta.h"

#include "zhoubao/base/text.h"

static void
keep (ZbPageMeta *meta, const char *names, const char *content)
{
  g_autofree char *value = zb_text_squeeze (content, -1);
  if (*value == '\0')
    return;
  g_autofree char *folded = g_ascii_strdown (names, -1);
  g_auto (GStrv) each = g_strsplit_set (folded, " \t\r\n", -1);
  for (char **name = each; *name != NULL; name++)
    if (**name != '\0' && !g_hash_table_contains (meta->values, *name))
      g_hash_table_insert (meta->values, g_strdup (*name), g_strdup (value));
}

static void
read_meta (ZbPageMeta *meta, const ZbNode *node)
{
  static const char *const naming[] = {"property", "name", "itemprop", "http-equiv"};
  const char *content = zb_node_attribute (node, "content");
  for (guint i = 0; i < G_N_ELEMENTS (naming) && content != NULL; i++) {
    const char *name = zb_node_attribute (node, naming[i]);
    if (name != NULL)
      keep (meta, name, content);
  }
}

static void
set_once (char **to, const char *value)
{
  if (*to == NULL && value != NULL && *value != '\0')
    *to = g_strstrip (g_strdup (value));
}

static void
read_link (ZbPageMeta *meta, const ZbNode *node)
{
  const char *rel = zb_node_attribute (node, "rel");
  if (rel != NULL && g_ascii_strcasecmp (rel, "canonical") == 0)
    set_once (&meta->canonical, zb_node_attribute (node, "href"));
}

static void
read_script (ZbPageMeta *meta, const ZbNode *node)
{
  const char *type = zb_node_attribute (node, "type");
  if (type == NULL || g_ascii_strncasecmp (type, "application/ld+json", 19) != 0)
    return;
  g_autofree char *json = zb_node_content (node);
  zb_linked_data_read (&meta->linked, json);
}

static void
read_html (ZbPageMeta *meta, const ZbNode *node)
{
  set_once (&meta->language, zb_node_attribute (node, "lang"));
  set_once (&meta->language, zb_node_attribute (node, "xml:lang"));
}

static void
read_base (ZbPageMeta *meta, const ZbNode *node)
{
  set_once (&meta->base, zb_node_attribute (node, "href"));
}

static void
read_title (ZbPageMeta *meta, const ZbNode *node)
{
  g_autofree char *content = zb_node_content (node), *title = zb_text_squeeze (content, -1);
  gboolean of_picture = zb_node_parent (node) != NULL && zb_node_is (zb_node_parent (node), "svg");
  set_once (&meta->title, of_picture ? NULL : title);
}

static const struct {
  const char *name;
  void (*read) (ZbPageMeta *meta, const ZbNode *node);
} readers[] = {
    {"meta", read_meta}, {"link", read_link}, {"script", read_script},
    {"html", read_html}, {"base", read_base}, {"title", read_title},
};

ZbPageMeta *
zb_page_meta_new (ZbNode *root)
{
  ZbPageMeta *meta = g_new0 (ZbPageMeta, 1);
  meta->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (const ZbNode *node = root; node != NULL; node = zb_node_follow (node, root))
    for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
      if (zb_node_is (node, readers[i].name))
        readers[i].read (meta, node);
  return meta;
}

void
zb_page_meta_free (ZbPageMeta *meta)
{
  g_hash_table_unref (meta->values);
  g_free (meta->canonical);
  g_free (meta->language);
  g_free (meta->base);
  g_free (meta->title);
  zb_linked_data_clear (&meta->linked);
  g_free (meta);
}

const char *
zb_page_meta_first (const ZbPageMeta *meta, const char *const *names)
{
  for (; *names != NULL; names++) {
    const char *value = g_hash_table_lookup (meta->values, *names);
    if (value != NULL)
      return value;
  }
  return NULL;
}
