/* Renderers: templates, configuration and the names of the sources. */
#include "zhoubao/render/renderer.h"

#include "zhoubao/render/context.h"
#include "zhoubao/store/source_file.h"

struct ZbRenderer {
  const ZbConfig *config;
  ZbTemplateSet *templates;
  GHashTable *sources; /* slug to title */
  GHashTable *topics;  /* "location/hebei" to ZbTopicName: asked for on every page */
  char *style, *style_version;
};

static void
topic_name_free (gpointer data)
{
  ZbTopicName *name = data;
  g_free (name->label);
  g_free (name->path);
  g_free (name);
}

ZbRenderer *
zb_renderer_new (const char *root, const ZbConfig *config)
{
  ZbRenderer *renderer = g_new0 (ZbRenderer, 1);
  renderer->config = config;
  renderer->templates = zb_template_set_new (root, config->theme);
  renderer->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  renderer->topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, topic_name_free);
  return renderer;
}

ZbRenderer *
zb_renderer_open (ZbWorkspace *workspace, GError **error)
{
  g_autoptr (GPtrArray) sources = zb_source_file_read_all (workspace, error);
  if (sources == NULL)
    return NULL;
  ZbRenderer *renderer = zb_renderer_new (workspace->root, workspace->config);
  for (guint i = 0; i < sources->len; i++) {
    const ZbSource *source = sources->pdata[i];
    zb_renderer_set_source (renderer, source->slug, source->title);
  }
  return renderer;
}

void
zb_renderer_free (ZbRenderer *renderer)
{
  zb_template_set_free (renderer->templates);
  g_hash_table_unref (renderer->sources);
  g_hash_table_unref (renderer->topics);
  g_free (renderer->style);
  g_free (renderer->style_version);
  g_free (renderer);
}

const ZbConfig *
zb_renderer_config (const ZbRenderer *renderer)
{
  return renderer->config;
}

ZbTemplateSet *
zb_renderer_templates (ZbRenderer *renderer)
{
  return renderer->templates;
}

gboolean
zb_renderer_style (ZbRenderer *renderer, const char **css, const char **version, GError **error)
{
  if (renderer->style == NULL) {
    g_autoptr (GBytes) bytes = zb_template_set_file (renderer->templates, "style.css", error);
    if (bytes == NULL)
      return FALSE;
    gsize length = 0;
    const char *text = g_bytes_get_data (bytes, &length);
    renderer->style = g_strndup (text, length);
    renderer->style_version = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
    renderer->style_version[8] = '\0';
  }
  *css = renderer->style;
  *version = renderer->style_version;
  return TRUE;
}

void
zb_renderer_set_source (ZbRenderer *renderer, const char *slug, const char *title)
{
  g_hash_table_insert (renderer->sources, g_strdup (slug), g_strdup (title));
}

const char *
zb_renderer_source (const ZbRenderer *renderer, const char *slug)
{
  const char *title = slug != NULL ? g_hash_table_lookup (renderer->sources, slug) : NULL;
  return title != NULL ? title : slug;
}

const ZbTopicName *
zb_renderer_topic (ZbRenderer *renderer, const char *facet, const char *term)
{
  g_autofree char *key = g_strconcat (facet, "/", term, NULL);
  ZbTopicName *name = g_hash_table_lookup (renderer->topics, key);
  if (name != NULL)
    return name;
  g_autofree char *facet_slug = zb_context_slug (facet), *term_slug = zb_context_slug (term);
  name = g_new0 (ZbTopicName, 1);
  name->label = zb_context_label (renderer->config, term);
  name->path = g_strdup_printf ("latest/%s/%s/", facet_slug, term_slug);
  g_hash_table_insert (renderer->topics, g_steal_pointer (&key), name);
  return name;
}
