/* Renderers: templates, configuration and the names of the sources. */
#include "zhoubao/render/renderer.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"
#include "zhoubao/render/context.h"
#include "zhoubao/store/source_file.h"

struct ZbRenderer {
  const ZbConfig *config;
  ZbTemplateSet *templates;
  GHashTable *sources; /* slug to title */
  GHashTable *topics;  /* "location/hebei" to ZbTopicName: asked for on every page */
  char *style, *style_version;
  int wants_ruby; /* 0: not looked yet, 1: yes, -1: no */
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

static gboolean
check_theme (const ZbRenderer *renderer, GError **error)
{
  if (renderer->config->theme == NULL)
    return TRUE;
  g_autofree char *name = g_build_path ("/", "themes", renderer->config->theme, "theme.css", NULL);
  g_autoptr (GBytes) bytes = zb_template_set_file (renderer->templates, name, NULL);
  if (bytes == NULL)
    g_set_error (
        error, ZB_ERROR, ZB_ERROR_NOT_FOUND,
        "zhoubao.yaml: there is no theme '%s' (templates/%s); without 'theme:' it is ours, and we have "
        "'office' too",
        renderer->config->theme, name);
  return bytes != NULL;
}

ZbRenderer *
zb_renderer_open (ZbWorkspace *workspace, GError **error)
{
  g_autoptr (GPtrArray) sources = zb_source_file_read_all (workspace, error);
  if (sources == NULL)
    return NULL;
  g_autoptr (ZbRenderer) renderer = zb_renderer_new (workspace->root, workspace->config);
  if (!check_theme (renderer, error))
    return NULL;
  for (guint i = 0; i < sources->len; i++) {
    const ZbSource *source = sources->pdata[i];
    zb_renderer_set_source (renderer, source->slug, source->title);
  }
  return g_steal_pointer (&renderer);
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

char *
zb_renderer_sheet (ZbRenderer *renderer, const char *name, const char *more, GError **error)
{
  g_autoptr (GBytes) ours = zb_template_set_file (renderer->templates, name, error);
  g_autoptr (GBytes) own = ours != NULL ? zb_template_set_file (renderer->templates, more, error) : NULL;
  if (own == NULL)
    return NULL;
  GString *sheet = g_string_new_len (g_bytes_get_data (ours, NULL), (gssize)g_bytes_get_size (ours));
  g_string_append_len (sheet, g_bytes_get_data (own, NULL), (gssize)g_bytes_get_size (own));
  return g_string_free (sheet, FALSE);
}

/* Romanising every title takes longer than rendering it, so it is done only for a template that asks. */
gboolean
zb_renderer_wants_ruby (ZbRenderer *renderer)
{
  if (renderer->wants_ruby == 0) {
    g_autoptr (GBytes) bytes = zb_template_set_file (renderer->templates, "partials/original.mustache", NULL);
    gsize length = 0;
    const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : "";
    renderer->wants_ruby = g_strstr_len (text, (gssize)length, "{{#ruby}}") != NULL ? 1 : -1;
  }
  return renderer->wants_ruby > 0;
}

gboolean
zb_renderer_style (ZbRenderer *renderer, const char **css, const char **version, GError **error)
{
  if (renderer->style == NULL) {
    renderer->style = zb_renderer_sheet (renderer, "style.css", "theme.css", error);
    if (renderer->style == NULL)
      return FALSE;
    renderer->style_version = g_compute_checksum_for_string (G_CHECKSUM_SHA256, renderer->style, -1);
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

char *
zb_renderer_source (const ZbRenderer *renderer, const char *slug, const char *url)
{
  const char *title = slug != NULL ? g_hash_table_lookup (renderer->sources, slug) : NULL;
  if (title != NULL || g_strcmp0 (slug, ZB_SOURCE_CLIP) != 0)
    return g_strdup (title != NULL ? title : slug);
  g_autoptr (ZbUrl) parsed = url != NULL ? zb_url_parse (url, NULL, NULL) : NULL;
  const char *host = parsed != NULL ? zb_url_host (parsed) : NULL;
  return host != NULL && *host != '\0' ? g_strdup (host + (g_str_has_prefix (host, "www.") ? 4 : 0)) : NULL;
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
