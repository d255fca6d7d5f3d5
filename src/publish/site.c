/* What the pages of the archive have in common. */
#include "site.h"

#include "zhoubao/base/day.h"

ZbRenderer *
zb_site_renderer (ZbSite *site, GError **error)
{
  if (site->renderer == NULL)
    site->renderer = zb_renderer_open (site->workspace, error);
  return site->renderer;
}

ZbKey
zb_site_key (const ZbSite *site, const char *sort)
{
  ZbKey key = site->global;
  zb_key_add_text (&key, sort);
  return key;
}

void
zb_site_ref (ZbView *b, const ZbSiteEntry *entry, const char *root)
{
  static const char *const kinds[] = {"Issue", "Essay", "Document", "Page"};
  g_autofree char *href = g_strconcat (root, entry->path, NULL);
  zb_view_begin_object (b);
  zb_view_text (b, "href", href);
  zb_view_text (b, "title", entry->title);
  zb_view_text (b, "language", entry->language);
  zb_context_day (b, "date", entry->date);
  zb_view_text (b, "author", entry->author);
  zb_view_text (b, "category", entry->category);
  zb_view_text (b, "summary", entry->summary);
  zb_view_text (b, "kind", kinds[entry->kind]);
  zb_view_text (b, "original", entry->original);
  zb_view_text (b, "number", entry->number);
  zb_view_text (b, "issuer", entry->issuer);
  zb_view_text (b, "status", entry->status);
  zb_view_end_object (b);
}

void
zb_site_refs (ZbView *b, const char *name, const GPtrArray *entries, guint from, guint count,
              const char *root)
{
  zb_view_bool (b, zb_view_joined (b, "has_", name), entries->len > from && count > 0);
  zb_view_set_member_name (b, name);
  zb_view_begin_array (b);
  for (guint i = from; i < entries->len && i < from + count; i++)
    zb_site_ref (b, entries->pdata[i], root);
  zb_view_end_array (b);
}

static void
build_note_topics (ZbRenderer *renderer, ZbView *b, const ZbNote *note, const char *root)
{
  zb_view_bool (b, "has_topics", note->topics != NULL && note->topics[0] != NULL);
  zb_view_set_member_name (b, "topics");
  zb_view_begin_array (b);
  for (char **topic = note->topics; topic != NULL && *topic != NULL; topic++) {
    const char *slash = strchr (*topic, '/');
    g_autofree char *facet = g_strndup (*topic, (gsize)(slash - *topic));
    const ZbTopicName *name = zb_renderer_topic (renderer, facet, slash + 1);
    g_autofree char *href = g_strconcat (root, name->path, NULL);
    zb_view_begin_object (b);
    zb_view_text (b, "facet", facet);
    zb_view_text (b, "label", name->label);
    zb_view_text (b, "href", href);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

void
zb_site_notes (ZbSite *site, ZbView *b, const char *name, const GPtrArray *notes, guint from, guint count,
               const char *root)
{
  zb_view_bool (b, zb_view_joined (b, "has_", name), notes->len > from && count > 0);
  zb_view_set_member_name (b, name);
  zb_view_begin_array (b);
  for (guint i = from; i < notes->len && i < from + count; i++) {
    const ZbNote *note = notes->pdata[i];
    const ZbNote *before = i > from ? notes->pdata[i - 1] : NULL;
    g_autofree char *href = g_strconcat (root, note->anchor, NULL), *day = zb_day_text (note->date);
    g_autofree char *source = zb_renderer_source (site->renderer, note->source, note->url);
    gboolean original = note->title != NULL && g_strcmp0 (note->title, note->heading) != 0;
    zb_view_begin_object (b);
    zb_view_text (b, "href", href);
    zb_view_text (b, "heading", note->heading != NULL ? note->heading : "");
    zb_view_text (b, "heading_language", note->title != NULL && !original ? note->language : NULL);
    zb_view_text (b, "sentence", note->sentence);
    zb_view_text (b, "url", note->url);
    zb_view_bool (b, "has_original", original);
    zb_view_text (b, "title", note->title);
    zb_view_text (b, "language", note->language);
    zb_view_text (b, "pinyin", note->pinyin);
    zb_view_text (b, "source", source);
    zb_view_text (b, "number", note->number);
    zb_view_text (b, "date", note->date);
    zb_view_text (b, "date_day", day);
    zb_view_bool (b, "is_new_day", before == NULL || g_strcmp0 (before->date, note->date) != 0);
    zb_view_bool (b, "is_brief", note->is_brief);
    build_note_topics (site->renderer, b, note, root);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

void
zb_site_key_notes (ZbKey *key, const GPtrArray *notes, guint from, guint count)
{
  for (guint i = from; i < notes->len && i < from + count; i++) {
    const ZbNote *note = notes->pdata[i];
    const ZbKey own = {(guint64)note->key_a, (guint64)note->key_b};
    zb_key_add_key (key, &own);
  }
}
