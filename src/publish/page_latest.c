/* The Latest: a dated stream of headlines, all of them and by each term of each facet. Older pages are
   numbered from the oldest on, so that a new headline changes the newest page and not all. */
#include "site.h"

#define PAGE_NOTES 40

typedef struct {
  const ZbStream *stream;
  guint from, count; /* among the stream's notes, newest first */
  guint number;      /* of an older page, from 1; 0: the newest */
  guint older;       /* number of the next older page, 0: none */
  guint numbered;    /* how many older pages there are */
} StreamPage;

static char *
title_of (const ZbSite *site, const ZbStream *stream)
{
  return stream->term != NULL ? zb_context_label (site->workspace->config, stream->term)
                              : g_strdup ("The Latest");
}

static void
build_facets (ZbSite *site, ZbView *b, const ZbStream *current, gboolean shown, const char *root)
{
  const char *facet = NULL;
  zb_view_set_member_name (b, "facets");
  zb_view_begin_array (b);
  /* Older pages show none: each new term would change them all. */
  for (guint i = 1; shown && i < site->streams->len; i++) {
    const ZbStream *stream = site->streams->pdata[i];
    if (facet == NULL || !g_str_equal (facet, stream->facet)) {
      if (facet != NULL) {
        zb_view_end_array (b);
        zb_view_end_object (b);
      }
      facet = stream->facet;
      g_autofree char *label = zb_context_label (site->workspace->config, facet);
      zb_view_begin_object (b);
      zb_view_text (b, "label", label);
      zb_view_set_member_name (b, "chips");
      zb_view_begin_array (b);
    }
    g_autofree char *label = zb_context_label (site->workspace->config, stream->term),
                    *href = g_strconcat (root, stream->path, NULL);
    zb_view_begin_object (b);
    zb_view_text (b, "label", label);
    zb_view_text (b, "href", href);
    zb_view_bool (b, "is_current", stream == current);
    zb_view_end_object (b);
  }
  if (facet != NULL) {
    zb_view_end_array (b);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

static void
build_page_link (ZbView *b, const char *name, const StreamPage *page, guint number, const char *root)
{
  zb_view_set_member_name (b, name);
  zb_view_begin_object (b);
  g_autofree char *href = number == 0 ? g_strconcat (root, page->stream->path, NULL)
                                      : g_strdup_printf ("%s%spage/%u/", root, page->stream->path, number);
  zb_view_text (b, "href", href);
  zb_view_text (b, "label", g_str_equal (name, "older") ? "Older" : "Newer");
  zb_view_end_object (b);
}

static void
build_pager (ZbView *b, const StreamPage *page, const char *root)
{
  zb_view_set_member_name (b, "pager");
  if (page->older == 0 && page->number == 0) {
    zb_view_add_null_value (b);
    return;
  }
  zb_view_begin_object (b);
  if (page->older > 0)
    build_page_link (b, "older", page, page->older, root);
  else
    zb_view_text (b, "older", NULL);
  if (page->number > 0)
    build_page_link (b, "newer", page, page->number < page->numbered ? page->number + 1 : 0, root);
  else
    zb_view_text (b, "newer", NULL);
  zb_view_end_object (b);
}

static char *
make_stream (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  const StreamPage *page = data;
  ZbRenderer *renderer = zb_site_renderer (site, error);
  g_autofree char *root = zb_context_root (path), *title = title_of (site, page->stream);
  ZbPageHead head = {.kind = "latest", .path = path, .title = title, .feed = page->stream->path};
  g_autoptr (ZbView) b = renderer != NULL ? zb_context_new (renderer, &head, error) : NULL;
  if (b == NULL)
    return NULL;
  g_autofree char *facet =
      page->stream->facet != NULL ? zb_context_label (site->workspace->config, page->stream->facet) : NULL;
  zb_view_text (b, "heading", title);
  zb_view_text (b, "facet", facet);
  zb_view_bool (b, "is_all", page->stream->term == NULL);
  zb_site_notes (site, b, "notes", page->stream->notes, page->from, page->count, root);
  build_facets (site, b, page->stream, page->number == 0, root);
  build_pager (b, page, root);
  return zb_context_render (renderer, &b, "latest", NULL, error);
}

static void
key_facets (ZbSite *site, ZbKey *key)
{
  for (guint i = 1; i < site->streams->len; i++) {
    const ZbStream *stream = site->streams->pdata[i];
    zb_key_add_text (key, stream->path);
  }
}

static void
emit_page (ZbSite *site, const StreamPage *page)
{
  g_autofree char *path = page->number == 0
                              ? g_strdup (page->stream->path)
                              : g_strdup_printf ("%spage/%u/", page->stream->path, page->number);
  ZbKey key = zb_site_key (site, "latest");
  guint places[] = {page->number, page->older, page->number == page->numbered};
  zb_key_add (&key, places, sizeof places);
  zb_site_key_notes (&key, page->stream->notes, page->from, page->count);
  if (page->number == 0)
    key_facets (site, &key);
  const ZbSiteRecipe recipe = {
      .make = make_stream, .data = g_memdup2 (page, sizeof *page), .free_data = g_free};
  zb_site_emit (site, path, &key, &recipe);
}

/* The newest page holds what does not fill a numbered one, and one page more where it can. */
static void
emit_stream (ZbSite *site, const ZbStream *stream)
{
  guint all = stream->notes->len, numbered = all > PAGE_NOTES ? all / PAGE_NOTES - 1 : 0;
  guint newest = all - numbered * PAGE_NOTES;
  StreamPage page = {stream, 0, newest, 0, numbered, numbered};
  emit_page (site, &page);
  for (guint number = numbered; number >= 1; number--) {
    StreamPage old = {stream,  newest + (numbered - number) * PAGE_NOTES, PAGE_NOTES, number, number - 1,
                      numbered};
    emit_page (site, &old);
  }
  g_autofree char *title = title_of (site, stream);
  g_autofree char *feed = stream->term != NULL
                              ? g_strdup_printf ("%s: %s", site->workspace->config->title, title)
                              : g_strdup_printf ("%s: The Latest", site->workspace->config->title);
  zb_site_emit_feed (site, stream->path, feed, NULL, stream->notes);
}

void
zb_site_emit_latest (ZbSite *site)
{
  for (guint i = 0; i < site->streams->len; i++)
    emit_stream (site, site->streams->pdata[i]);
}
