/* Pages of essays, documents and static pages. */
#include "glossary.h"
#include "site.h"

typedef struct {
  ZbSiteEntry *entry;
  const ZbSiteEntry *older, *newer;
} PostPage;

static void
build_post (ZbView *b, const ZbPost *post, const char *root)
{
  g_autofree char *author = post->author != NULL ? zb_context_slug (post->author) : NULL;
  g_autofree char *category = post->category != NULL ? zb_context_slug (post->category) : NULL;
  g_autofree char *author_href = author != NULL ? g_strdup_printf ("%sauthors/%s/", root, author) : NULL;
  g_autofree char *category_href =
      category != NULL ? g_strdup_printf ("%scategories/%s/", root, category) : NULL;
  zb_view_set_member_name (b, "post");
  zb_view_begin_object (b);
  zb_view_text (b, "title", post->title);
  zb_view_text (b, "language", post->language);
  zb_context_day (b, "date", post->date);
  zb_context_day (b, "updated", post->updated);
  zb_view_text (b, "author", post->author);
  zb_view_text (b, "author_href", post->kind == ZB_POST_ESSAY ? author_href : NULL);
  zb_view_text (b, "category", post->category);
  zb_view_text (b, "category_href", post->kind == ZB_POST_ESSAY ? category_href : NULL);
  zb_view_text (b, "summary", post->summary);
  zb_view_bool (b, "is_document", post->kind == ZB_POST_DOCUMENT);
  zb_view_bool (b, "is_page", post->kind == ZB_POST_PAGE);
  zb_view_text (b, "original", post->original);
  zb_view_text (b, "pinyin", post->pinyin);
  zb_view_text (b, "number", post->number);
  zb_view_text (b, "issuer", post->issuer);
  zb_view_text (b, "url", post->url);
  zb_view_text (b, "status", post->status);
  zb_context_day (b, "signed", post->signed_on);
  zb_context_day (b, "effective", post->effective);
  zb_context_markup (b, "body", post->body, ZB_WITH_HTML);
  zb_view_end_object (b);
}

static char *
make_post (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  const PostPage *page = data;
  ZbRenderer *renderer = zb_site_renderer (site, error);
  if (renderer == NULL || !zb_site_entry_load (page->entry, site->workspace->root,
                                               site->workspace->config->limits.file_bytes, error))
    return NULL;
  gboolean is_page = page->entry->kind == ZB_ENTRY_PAGE;
  g_autofree char *root = zb_context_root (path);
  g_autofree char *json_ld = is_page ? NULL : zb_site_json_ld (site, page->entry);
  ZbPageHead head = {.kind = "post",
                     .path = path,
                     .title = page->entry->title,
                     .description = page->entry->summary,
                     .modified = page->entry->updated,
                     .json_ld = json_ld};
  g_autoptr (ZbView) b = zb_context_new (renderer, &head, error);
  if (b == NULL)
    return NULL;
  build_post (b, page->entry->post, root);
  if (is_page)
    zb_view_text (b, "pager", NULL);
  else
    zb_site_pager (b, page->older, page->newer, root);
  g_autofree char *figure =
      is_page && g_str_equal (page->entry->slug, "timeline") ? zb_site_timeline (site, error) : g_strdup ("");
  if (figure == NULL)
    return NULL;
  zb_view_text (b, "figure", *figure != '\0' ? figure : NULL);
  g_autofree char *html = zb_context_render (renderer, &b, "post", NULL, error);
  return html != NULL ? zb_glossary_link (site->glossary, html, root) : NULL;
}

static void
emit_kind (ZbSite *site, ZbEntryKind kind)
{
  const GPtrArray *posts = site->of_kind[kind];
  for (guint i = 0; i < posts->len; i++) {
    PostPage *page = g_new0 (PostPage, 1);
    page->entry = posts->pdata[i];
    page->older = i + 1 < posts->len ? posts->pdata[i + 1] : NULL;
    page->newer = i > 0 ? posts->pdata[i - 1] : NULL;
    ZbKey key = zb_site_key (site, "post"), own = zb_site_entry_key (page->entry);
    zb_key_add_key (&key, &own);
    if (kind != ZB_ENTRY_PAGE) {
      zb_site_key_neighbour (&key, page->older);
      zb_site_key_neighbour (&key, page->newer);
    } else
      zb_key_add_key (&key, &site->timeline);
    const ZbSiteRecipe recipe = {.make = make_post, .data = page, .free_data = g_free};
    zb_site_emit (site, page->entry->path, &key, &recipe);
  }
}

void
zb_site_emit_posts (ZbSite *site)
{
  emit_kind (site, ZB_ENTRY_ESSAY);
  emit_kind (site, ZB_ENTRY_DOCUMENT);
  emit_kind (site, ZB_ENTRY_PAGE);
}
