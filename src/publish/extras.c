/* What is left: assets, 404, robots.txt, sitemap, redirects, the search page. */
#include "site.h"
#include "zhoubao/publish/lookup.h"

static char *
make_plain (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  const ZbPageHead *head = data;
  ZbRenderer *renderer = zb_site_renderer (site, error);
  ZbPageHead own = *head;
  own.path = path;
  g_autoptr (ZbView) b = renderer != NULL ? zb_context_new (renderer, &own, error) : NULL;
  return b != NULL ? zb_context_render (renderer, &b, head->kind, NULL, error) : NULL;
}

static void
emit_plain (ZbSite *site, const char *path, const ZbPageHead *head)
{
  ZbKey key = zb_site_key (site, head->kind);
  zb_site_emit (site, path, &key, &(ZbSiteRecipe){.make = make_plain, .data = (gpointer)head});
}

static char *
make_timeline (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  ZbRenderer *renderer = zb_site_renderer (site, error);
  const ZbPageHead head = {.kind = "timeline", .title = "Timeline", .path = path};
  g_autofree char *figure = renderer != NULL ? zb_site_timeline (site, error) : NULL;
  g_autoptr (ZbView) b = figure != NULL ? zb_context_new (renderer, &head, error) : NULL;
  (void)data;
  if (b == NULL)
    return NULL;
  zb_view_text (b, "figure", *figure != '\0' ? figure : NULL);
  return zb_context_render (renderer, &b, "timeline", NULL, error);
}

static void
emit_timeline (ZbSite *site)
{
  ZbKey key = zb_site_key (site, "timeline");
  zb_key_add_key (&key, &site->timeline);
  zb_site_emit (site, "timeline/", &key, &(ZbSiteRecipe){.make = make_timeline});
}

/* A file of the templates, as it is; the style sheet with the theme's rules after it. */
static char *
make_asset (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  ZbRenderer *renderer = zb_site_renderer (site, error);
  (void)path;
  if (renderer != NULL && g_str_equal (data, "style.css"))
    return zb_renderer_sheet (renderer, data, "theme.css", error);
  g_autoptr (GBytes) bytes =
      renderer != NULL ? zb_template_set_file (zb_renderer_templates (renderer), data, error) : NULL;
  if (bytes == NULL)
    return NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  return g_strndup (text, length);
}

static void
emit_assets (ZbSite *site)
{
  static const char *const names[] = {"style.css", "icon.svg", "search.js"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_strconcat ("assets/", names[i], NULL);
    ZbKey key = zb_site_key (site, names[i]);
    zb_site_emit (site, path, &key, &(ZbSiteRecipe){.make = make_asset, .data = (gpointer)names[i]});
  }
}

static char *
make_redirect (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  ZbRenderer *renderer = zb_site_renderer (site, error);
  g_autofree char *target = g_strdup_printf ("%s/%s", site->workspace->config->base_url, (const char *)data);
  ZbPageHead head = {.kind = "redirect", .path = data};
  g_autoptr (ZbView) b = renderer != NULL ? zb_context_new (renderer, &head, error) : NULL;
  (void)path;
  if (b == NULL)
    return NULL;
  zb_view_text (b, "target", target);
  return zb_context_render (renderer, &b, "redirect", NULL, error);
}

static char *
make_redirects_file (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  (void)site;
  (void)path;
  (void)error;
  return g_strdup (data);
}

char *
zb_site_alias_file (const char *alias)
{
  const char *from = alias + strspn (alias, "/");
  return g_str_has_suffix (from, ".html")                ? g_strdup (from)
         : g_str_has_suffix (from, "/") || *from == '\0' ? g_strconcat (from, "index.html", NULL)
                                                         : g_strconcat (from, "/index.html", NULL);
}

/* A page at the old address for plain file servers, and the list for those that know _redirects. */
static void
emit_redirects (ZbSite *site)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *base = zb_context_site_path (site->workspace->config);
  for (guint i = 0; i < site->entries->len; i++) {
    const ZbSiteEntry *entry = site->entries->pdata[i];
    for (char **alias = entry->aliases; zb_site_entry_is_public (entry) && alias != NULL && *alias != NULL;
         alias++) {
      const char *from = *alias + strspn (*alias, "/");
      g_autofree char *file = zb_site_alias_file (*alias);
      ZbKey key = zb_site_key (site, "redirect");
      zb_key_add_text (&key, entry->path);
      if (*from == '\0')
        continue;
      g_string_append_printf (list, "%s%s %s%s 301\n", base, from, base, entry->path);
      zb_site_emit (site, file, &key, &(ZbSiteRecipe){.make = make_redirect, .data = (gpointer)entry->path});
    }
  }
  ZbKey key = zb_site_key (site, "_redirects");
  zb_key_add_text (&key, list->str);
  if (list->len == 0)
    return;
  const ZbSiteRecipe recipe = {
      .make = make_redirects_file, .data = g_strndup (list->str, list->len), .free_data = g_free};
  zb_site_emit (site, "_redirects", &key, &recipe);
}

static const char *
modified_of_path (const GHashTable *dates, const char *path)
{
  return g_hash_table_lookup ((GHashTable *)dates, path);
}

static char *
make_sitemap (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  ZbRenderer *renderer = zb_site_renderer (site, error);
  ZbPageHead head = {.kind = "sitemap", .path = path};
  g_autoptr (ZbView) b = renderer != NULL ? zb_context_new (renderer, &head, error) : NULL;
  if (b == NULL)
    return NULL;
  zb_view_set_member_name (b, "urls");
  zb_view_begin_array (b);
  for (guint i = 0; i < site->pages->len; i++) {
    g_autofree char *url =
        g_strdup_printf ("%s/%s", site->workspace->config->base_url, (char *)site->pages->pdata[i]);
    zb_view_begin_object (b);
    zb_view_text (b, "url", url);
    zb_view_text (b, "modified", modified_of_path (data, site->pages->pdata[i]));
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
  return zb_context_render (renderer, &b, "sitemap", NULL, error);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
emit_sitemap (ZbSite *site)
{
  GHashTable *dates = g_hash_table_new (g_str_hash, g_str_equal);
  ZbKey key = zb_site_key (site, "sitemap");
  g_ptr_array_sort (site->pages, compare_paths);
  for (guint i = 0; i < site->entries->len; i++) {
    const ZbSiteEntry *entry = site->entries->pdata[i];
    const char *date = entry->updated != NULL ? entry->updated : entry->date;
    if (date != NULL)
      g_hash_table_insert (dates, (gpointer)entry->path, (gpointer)date);
  }
  for (guint i = 0; i < site->pages->len; i++) {
    zb_key_add_text (&key, site->pages->pdata[i]);
    zb_key_add_text (&key, modified_of_path (dates, site->pages->pdata[i]));
  }
  const ZbSiteRecipe recipe = {
      .make = make_sitemap, .data = dates, .free_data = (GDestroyNotify)g_hash_table_unref};
  zb_site_emit (site, "sitemap.xml", &key, &recipe);
}

static gboolean
has_page (const ZbSite *site, const char *slug)
{
  const GPtrArray *pages = site->of_kind[ZB_ENTRY_PAGE];
  for (guint i = 0; i < pages->len; i++)
    if (g_str_equal (((ZbSiteEntry *)pages->pdata[i])->slug, slug))
      return TRUE;
  return FALSE;
}

/* Some pages are linked from every page, so they are there also where the workspace has none. */
static void
emit_default_pages (ZbSite *site)
{
  static const ZbPageHead about = {.kind = "about", .title = "About"},
                          contact = {.kind = "contact", .title = "Contact"};
  if (!has_page (site, "about"))
    emit_plain (site, "about/", &about);
  if (!has_page (site, "contact"))
    emit_plain (site, "contact/", &contact);
  if (!has_page (site, "timeline"))
    emit_timeline (site);
}

static char *
make_search (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  ZbRenderer *renderer = zb_site_renderer (site, error);
  (void)path;
  (void)data;
  return renderer != NULL ? zb_lookup_page (renderer, NULL, NULL, error) : NULL;
}

void
zb_site_emit_extras (ZbSite *site)
{
  ZbKey search = zb_site_key (site, "search");
  static const ZbPageHead missing = {.kind = "404", .title = "Page not found", .absolute = TRUE};
  static const ZbPageHead robots = {.kind = "robots"};
  emit_assets (site);
  emit_default_pages (site);
  zb_site_emit (site, "search/", &search, &(ZbSiteRecipe){.make = make_search});
  zb_site_emit_glossary (site);
  emit_redirects (site);
  emit_sitemap (site);
  emit_plain (site, "404.html", &missing);
  emit_plain (site, "robots.txt", &robots);
}
