/* The glossary's page. */
#include "glossary.h"
#include "site.h"

gboolean
zb_site_read_glossary (ZbSite *site, GError **error)
{
  g_autofree char *file = zb_workspace_path (site->workspace, "glossary.yaml");
  site->glossary = zb_glossary_read (file, site->workspace->config->limits.file_bytes, error);
  return site->glossary != NULL;
}

static char *
make_glossary (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  ZbRenderer *renderer = zb_site_renderer (site, error);
  ZbPageHead head = {.kind = "glossary", .path = path, .title = "Glossary"};
  g_autoptr (ZbView) b = renderer != NULL ? zb_context_new (renderer, &head, error) : NULL;
  (void)data;
  if (b == NULL)
    return NULL;
  zb_view_bool (b, "has_terms", site->glossary->len > 0);
  zb_view_set_member_name (b, "terms");
  zb_view_begin_array (b);
  for (guint i = 0; i < site->glossary->len; i++) {
    const ZbGlossaryTerm *term = site->glossary->pdata[i];
    zb_view_begin_object (b);
    zb_view_text (b, "id", term->id);
    zb_view_text (b, "term", term->term);
    zb_view_text (b, "pinyin", term->pinyin);
    zb_view_text (b, "translation", term->translation);
    zb_view_text (b, "note", term->note);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
  return zb_context_render (renderer, &b, "glossary", NULL, error);
}

void
zb_site_emit_glossary (ZbSite *site)
{
  ZbKey key = zb_site_key (site, "glossary");
  zb_site_emit (site, "glossary/", &key, &(ZbSiteRecipe){.make = make_glossary});
}
