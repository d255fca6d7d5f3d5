/* Issue pages and the home page. */
#include "glossary.h"
#include "site.h"

#define HOME_ISSUES 8
#define HOME_ESSAYS 4
#define HOME_NOTES 6

typedef struct {
  ZbSiteEntry *entry;
  const ZbSiteEntry *older, *newer;
  ZbKey key;
  char *record; /* or NULL */
  char *html;   /* where a thread has rendered it already */
  GError *error;
} IssuePage;

static void
add_member (JsonBuilder *b, const char *name, const char *value)
{
  if (value != NULL)
    zb_json_text (b, name, value);
}

static void
add_named (JsonBuilder *b, const char *member, const char *type, const char *name)
{
  if (name == NULL)
    return;
  json_builder_set_member_name (b, member);
  json_builder_begin_object (b);
  zb_json_text (b, "@type", type);
  zb_json_text (b, "name", name);
  json_builder_end_object (b);
}

char *
zb_site_json_ld (const ZbSite *site, const ZbSiteEntry *entry)
{
  const ZbConfig *config = site->workspace->config;
  g_autofree char *url = g_strdup_printf ("%s/%s", config->base_url, entry->path);
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "@context", "https://schema.org");
  zb_json_text (b, "@type", entry->kind == ZB_ENTRY_ISSUE ? "NewsArticle" : "Article");
  add_member (b, "headline", entry->title);
  add_member (b, "description", entry->summary);
  add_member (b, "datePublished", entry->date);
  add_member (b, "dateModified", entry->updated);
  zb_json_text (b, "inLanguage", entry->language != NULL ? entry->language : config->language);
  zb_json_text (b, "mainEntityOfPage", url);
  add_named (b, "author", "Person", entry->author);
  add_named (b, "publisher", "Organization", config->title);
  json_builder_end_object (b);
  g_autofree char *line = zb_json_to_line (b);
  GString *text = g_string_new (g_strchomp (line));
  g_string_replace (text, "<", "\\u003c", 0); /* no </script> can end the element early */
  return g_string_free (text, FALSE);
}

static void
build_neighbour (JsonBuilder *b, const char *name, const ZbSiteEntry *entry, const char *root)
{
  json_builder_set_member_name (b, name);
  if (entry == NULL) {
    json_builder_add_null_value (b);
    return;
  }
  g_autofree char *href = g_strconcat (root, entry->path, NULL);
  json_builder_begin_object (b);
  zb_json_text (b, "href", href);
  zb_json_text (b, "label", entry->title);
  json_builder_end_object (b);
}

void
zb_site_pager (JsonBuilder *b, const ZbSiteEntry *older, const ZbSiteEntry *newer, const char *root)
{
  json_builder_set_member_name (b, "pager");
  if (older == NULL && newer == NULL) {
    json_builder_add_null_value (b);
    return;
  }
  json_builder_begin_object (b);
  build_neighbour (b, "older", older, root);
  build_neighbour (b, "newer", newer, root);
  json_builder_end_object (b);
}

static char *
render_issue (const ZbSite *site, ZbRenderer *renderer, const IssuePage *page, GError **error)
{
  const char *path = page->entry->path;
  if (!zb_site_entry_load (page->entry, site->workspace->root, site->workspace->config->limits.file_bytes,
                           error))
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
  g_autoptr (JsonBuilder) b = zb_context_new (renderer, &head, error);
  if (b == NULL)
    return NULL;
  zb_context_issue (renderer, b, "issue", page->entry->issue, root, ZB_WITH_HTML);
  zb_site_pager (b, page->older, page->newer, root);
  zb_json_text (b, "record", page->record);
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

static char *
make_issue (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  IssuePage *page = (IssuePage *)data;
  (void)path;
  if (page->html == NULL && page->error == NULL)
    page->html = render_issue (site, site->renderer, page, &page->error);
  if (page->html == NULL)
    g_propagate_error (error, g_steal_pointer (&page->error));
  return g_steal_pointer (&page->html);
}

/* A thread's share: every page whose number modulo THREADS is its own, with a renderer of its own. */
typedef struct {
  const ZbSite *site;
  GPtrArray *pages; /* of IssuePage */
  guint first, threads;
} Share;

static gpointer
render_share (gpointer data)
{
  const Share *share = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbRenderer) renderer = zb_renderer_open (share->site->workspace, &error);
  for (guint i = share->first; renderer != NULL && i < share->pages->len; i += share->threads) {
    IssuePage *page = share->pages->pdata[i];
    page->html = render_issue (share->site, renderer, page, &page->error);
  }
  return NULL; /* what could not be rendered is tried again, and told, when it is emitted */
}

static void
render_in_threads (const ZbSite *site, GPtrArray *pages)
{
  enum { MOST = 4, WORTH = 16 };
  GThread *threads[MOST];
  Share shares[MOST];
  guint count = MIN (MOST, g_get_num_processors ());
  for (guint i = 0; pages->len >= WORTH && i < count; i++) {
    shares[i] = (Share){site, pages, i, count};
    threads[i] = g_thread_new ("render", render_share, &shares[i]);
  }
  for (guint i = 0; pages->len >= WORTH && i < count; i++)
    g_thread_join (threads[i]);
}

static void
issue_page_free (gpointer data)
{
  IssuePage *page = data;
  g_free (page->html);
  g_free (page->record);
  g_clear_error (&page->error);
  g_free (page);
}

static IssuePage *
issue_page_new (const ZbSite *site, guint i)
{
  const GPtrArray *issues = site->of_kind[ZB_ENTRY_ISSUE];
  IssuePage *page = g_new0 (IssuePage, 1);
  page->entry = issues->pdata[i];
  page->older = i + 1 < issues->len ? issues->pdata[i + 1] : NULL;
  page->newer = i > 0 ? issues->pdata[i - 1] : NULL;
  ZbKey own = zb_site_entry_key (page->entry);
  page->key = zb_site_key (site, "issue");
  zb_key_add_key (&page->key, &own);
  zb_site_key_neighbour (&page->key, page->older);
  zb_site_key_neighbour (&page->key, page->newer);
  page->record = zb_site_record (site, page->entry);
  zb_key_add_text (&page->key, page->record);
  return page;
}

gboolean
zb_site_emit_issues (ZbSite *site, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (issue_page_free);
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  for (guint i = 0; i < site->of_kind[ZB_ENTRY_ISSUE]->len; i++) {
    IssuePage *page = issue_page_new (site, i);
    g_ptr_array_add (pages, page);
    if (!zb_site_is_current (site, page->entry->path, &page->key))
      g_ptr_array_add (changed, page);
  }
  if (changed->len > 0 && zb_site_renderer (site, error) == NULL)
    return FALSE;
  render_in_threads (site, changed);
  for (guint i = 0; i < pages->len; i++) {
    IssuePage *page = pages->pdata[i];
    if (!zb_site_emit (site, page->entry->path, &page->key, make_issue, page, error))
      return FALSE;
  }
  return TRUE;
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
  g_autoptr (JsonBuilder) b = zb_context_new (renderer, &head, error);
  if (b == NULL)
    return NULL;
  if (latest != NULL)
    zb_context_issue (renderer, b, "issue", latest->issue, root, ZB_WITH_HTML);
  else
    zb_json_text (b, "issue", NULL);
  zb_site_refs (b, "earlier", issues, 1, HOME_ISSUES, root);
  zb_site_refs (b, "essays", site->of_kind[ZB_ENTRY_ESSAY], 0, HOME_ESSAYS, root);
  zb_site_notes (site, b, "notes", stream->notes, 0, HOME_NOTES, root);
  g_autofree char *html = zb_context_render (renderer, &b, "home", NULL, error);
  return html != NULL ? zb_glossary_link (site->glossary, html, root) : NULL;
}

gboolean
zb_site_emit_home (ZbSite *site, GError **error)
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
  return zb_site_emit (site, "", &key, make_home, NULL, error);
}
