/* Issue pages and the home page. */
#include "glossary.h"
#include "site.h"
#include "zhoubao/base/json.h"

#define HOME_ISSUES 8
#define HOME_ESSAYS 4
#define HOME_NOTES 6

typedef struct {
  ZbSiteEntry *entry;
  const ZbSiteEntry *older, *newer;
  char *record; /* or NULL */
} IssuePage;

static void
add_member (GString *to, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append (to, to->str[to->len - 1] == '{' ? "\"" : ",\"");
  g_string_append (to, name);
  g_string_append (to, "\":");
  zb_json_append_quoted (to, value);
}

static void
add_named (GString *to, const char *member, const char *type, const char *name)
{
  if (name == NULL)
    return;
  g_string_append_printf (to, ",\"%s\":{", member);
  add_member (to, "@type", type);
  add_member (to, "name", name);
  g_string_append_c (to, '}');
}

char *
zb_site_json_ld (const ZbSite *site, const ZbSiteEntry *entry)
{
  const ZbConfig *config = site->workspace->config;
  g_autofree char *url = g_strconcat (config->base_url, "/", entry->path, NULL);
  GString *text = g_string_new ("{");
  add_member (text, "@context", "https://schema.org");
  add_member (text, "@type", entry->kind == ZB_ENTRY_ISSUE ? "NewsArticle" : "Article");
  add_member (text, "headline", entry->title);
  add_member (text, "description", entry->summary);
  add_member (text, "datePublished", entry->date);
  add_member (text, "dateModified", entry->updated);
  add_member (text, "inLanguage", entry->language != NULL ? entry->language : config->language);
  add_member (text, "mainEntityOfPage", url);
  add_named (text, "author", "Person", entry->author);
  add_named (text, "publisher", "Organization", config->title);
  g_string_append_c (text, '}');
  g_string_replace (text, "<", "\\u003c", 0); /* no </script> can end the element early */
  return g_string_free (text, FALSE);
}

static void
build_neighbour (ZbView *b, const char *name, const ZbSiteEntry *entry, const char *root)
{
  zb_view_set_member_name (b, name);
  if (entry == NULL) {
    zb_view_add_null_value (b);
    return;
  }
  g_autofree char *href = g_strconcat (root, entry->path, NULL);
  zb_view_begin_object (b);
  zb_view_text (b, "href", href);
  zb_view_text (b, "label", entry->title);
  zb_view_end_object (b);
}

void
zb_site_pager (ZbView *b, const ZbSiteEntry *older, const ZbSiteEntry *newer, const char *root)
{
  zb_view_set_member_name (b, "pager");
  if (older == NULL && newer == NULL) {
    zb_view_add_null_value (b);
    return;
  }
  zb_view_begin_object (b);
  build_neighbour (b, "older", older, root);
  build_neighbour (b, "newer", newer, root);
  zb_view_end_object (b);
}

static char *
make_issue (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  const IssuePage *page = data;
  ZbRenderer *renderer = zb_site_renderer (site, error);
  if (renderer == NULL || !zb_site_entry_load (page->entry, site->workspace->root,
                                               site->workspace->config->limits.file_bytes, error))
    return NULL;
  g_autofree char *root = zb_context_root (path), *json_ld = zb_site_json_ld (site, page->entry);
  g_autofree char *image = zb_site_image (site, page->entry);
  ZbPageHead head = {.kind = "issue",
                     .path = path,
                     .title = page->entry->title,
                     .description = page->entry->summary,
                     .modified = page->entry->updated,
                     .image = image,
                     .json_ld = json_ld};
  g_autoptr (ZbView) b = zb_context_new (renderer, &head, error);
  if (b == NULL)
    return NULL;
  zb_context_issue (renderer, b, "issue", page->entry->issue, root, ZB_WITH_HTML);
  zb_site_pager (b, page->older, page->newer, root);
  zb_view_text (b, "record", page->record);
  g_autofree char *html = zb_context_render (renderer, &b, "issue", NULL, error);
  if (html == NULL || site->glossary->len == 0)
    return g_steal_pointer (&html);
  return zb_glossary_link (site->glossary, html, root);
}

void
zb_site_key_neighbour (ZbKey *key, const ZbSiteEntry *entry)
{
  zb_key_add_text (key, entry != NULL ? entry->path : NULL);
  zb_key_add_text (key, entry != NULL ? entry->title : NULL);
}

static void
issue_page_free (gpointer data)
{
  g_free (((IssuePage *)data)->record);
  g_free (data);
}

void
zb_site_emit_issues (ZbSite *site)
{
  const GPtrArray *issues = site->of_kind[ZB_ENTRY_ISSUE];
  for (guint i = 0; i < issues->len; i++) {
    IssuePage *page = g_new0 (IssuePage, 1);
    page->entry = issues->pdata[i];
    page->older = i + 1 < issues->len ? issues->pdata[i + 1] : NULL;
    page->newer = i > 0 ? issues->pdata[i - 1] : NULL;
    page->record = zb_site_record (site, page->entry);
    ZbKey key = zb_site_key (site, "issue"), own = zb_site_entry_key (page->entry);
    zb_key_add_key (&key, &own);
    zb_site_key_neighbour (&key, page->older);
    zb_site_key_neighbour (&key, page->newer);
    zb_key_add_text (&key, page->record);
    const ZbSiteRecipe recipe = {.make = make_issue, .data = page, .free_data = issue_page_free};
    zb_site_emit (site, page->entry->path, &key, &recipe);
  }
}

static char *
make_home (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  ZbRenderer *renderer = zb_site_renderer (site, error);
  const GPtrArray *issues = site->of_kind[ZB_ENTRY_ISSUE];
  ZbSiteEntry *latest = issues->len > 0 ? issues->pdata[0] : NULL;
  const ZbStream *stream = site->streams->pdata[0];
  (void)data;
  if (renderer == NULL ||
      (latest != NULL && !zb_site_entry_load (latest, site->workspace->root,
                                              site->workspace->config->limits.file_bytes, error)))
    return NULL;
  g_autofree char *root = zb_context_root (path),
                  *image = latest != NULL ? zb_site_image (site, latest) : NULL;
  ZbPageHead head = {
      .kind = "home", .path = path, .modified = latest != NULL ? latest->date : NULL, .image = image};
  g_autoptr (ZbView) b = zb_context_new (renderer, &head, error);
  if (b == NULL)
    return NULL;
  if (latest != NULL)
    zb_context_issue (renderer, b, "issue", latest->issue, root, ZB_WITH_HTML);
  else
    zb_view_text (b, "issue", NULL);
  zb_site_refs (b, "earlier", issues, 1, HOME_ISSUES, root);
  zb_site_refs (b, "essays", site->of_kind[ZB_ENTRY_ESSAY], 0, HOME_ESSAYS, root);
  zb_site_notes (site, b, "notes", stream->notes, 0, HOME_NOTES, root);
  g_autofree char *html = zb_context_render (renderer, &b, "home", NULL, error);
  return html != NULL ? zb_glossary_link (site->glossary, html, root) : NULL;
}

void
zb_site_emit_home (ZbSite *site)
{
  const GPtrArray *issues = site->of_kind[ZB_ENTRY_ISSUE], *essays = site->of_kind[ZB_ENTRY_ESSAY];
  ZbKey key = zb_site_key (site, "home");
  for (guint i = 0; i < issues->len && i <= HOME_ISSUES; i++) {
    ZbKey own = zb_site_entry_key (issues->pdata[i]);
    zb_key_add_key (&key, &own);
  }
  for (guint i = 0; i < essays->len && i < HOME_ESSAYS; i++) {
    ZbKey own = zb_site_entry_key (essays->pdata[i]);
    zb_key_add_key (&key, &own);
  }
  zb_site_key_notes (&key, ((ZbStream *)site->streams->pdata[0])->notes, 0, HOME_NOTES);
  zb_site_emit (site, "", &key, &(ZbSiteRecipe){.make = make_home});
}
