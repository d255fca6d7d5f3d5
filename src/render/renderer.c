/* Renderers: templates, configuration and the names of the sources. */
#include "zhoubao/render/renderer.h"

#include "zhoubao/store/source_file.h"

struct ZbRenderer {
  const ZbConfig *config;
  ZbTemplateSet *templates;
  GHashTable *sources; /* slug to title */
};

ZbRenderer *
zb_renderer_new (const char *root, const ZbConfig *config)
{
  ZbRenderer *renderer = g_new0 (ZbRenderer, 1);
  renderer->config = config;
  renderer->templates = zb_template_set_new (root, config->theme);
  renderer->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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
