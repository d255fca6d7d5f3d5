/* Feeds: Atom (RFC 4287) and RSS 2.0 by templates, JSON Feed 1.1 by the JSON writer, all of the same entries.
 */
#include "site.h"
#include "zhoubao/base/json.h"
#include "zhoubao/edge/markdown.h"

#define FEED_ENTRIES 20

/* What the three formats share. */
typedef struct {
  char *path, *title;
  GPtrArray *entries;  /* of ZbSiteEntry, borrowed, or NULL */
  GPtrArray *notes;    /* of ZbNote, borrowed, or NULL */
  GPtrArray *gathered; /* of FeedEntry, when the first format needs them */
} Feed;

/* One entry, whichever sort it is of. */
typedef struct {
  char *url, *source_url, *title, *author, *date, *updated, *summary, *html, *language;
  char **tags;
} FeedEntry;

static void
entry_free (gpointer data)
{
  FeedEntry *e = data;
  char *texts[] = {e->url,     e->source_url, e->title, e->author,  e->date,
                   e->updated, e->summary,    e->html,  e->language};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (e->tags);
  g_free (e);
}

static char *
issue_html (ZbSite *site, ZbSiteEntry *entry, GError **error)
{
  ZbRenderer *renderer = zb_site_renderer (site, error);
  const ZbConfig *config = site->workspace->config;
  ZbPageHead head = {.kind = "feed", .path = ""};
  g_autofree char *root = g_strconcat (config->base_url, "/", NULL);
  g_autoptr (ZbView) b = renderer != NULL ? zb_context_new (renderer, &head, error) : NULL;
  if (b == NULL)
    return NULL;
  zb_context_issue (renderer, b, "issue", entry->issue, root, ZB_WITH_HTML);
  return zb_context_render (renderer, &b, "feed_issue", NULL, error);
}

static FeedEntry *
of_page (ZbSite *site, ZbSiteEntry *entry, GError **error)
{
  const ZbConfig *config = site->workspace->config;
  if (!zb_site_entry_load (entry, site->workspace->root, config->limits.file_bytes, error))
    return NULL;
  g_autofree char *html =
      entry->issue != NULL ? issue_html (site, entry, error) : zb_markdown_html (entry->post->body);
  if (html == NULL)
    return NULL;
  FeedEntry *e = g_new0 (FeedEntry, 1);
  e->url = g_strdup_printf ("%s/%s", config->base_url, entry->path);
  e->title = g_strdup (entry->title);
  e->author = g_strdup (entry->author);
  e->date = g_strdup (entry->date);
  e->updated = g_strdup (entry->updated != NULL ? entry->updated : entry->date);
  e->summary = g_strdup (entry->summary);
  e->language = g_strdup (entry->language);
  e->html = g_steal_pointer (&html);
  return e;
}

static FeedEntry *
of_note (ZbSite *site, const ZbNote *note)
{
  FeedEntry *e = g_new0 (FeedEntry, 1);
  e->url = g_strdup_printf ("%s/%s", site->workspace->config->base_url, note->anchor);
  e->source_url = g_strdup (note->url);
  e->title = g_strdup (note->heading != NULL && *note->heading != '\0' ? note->heading : note->title);
  e->date = g_strdup (note->date);
  e->updated = g_strdup (note->date);
  e->summary = g_strdup (note->sentence);
  e->tags = g_strdupv (note->topics);
  return e;
}

/* Borrowed: the three formats are made of the same entries. */
static const GPtrArray *
gather (ZbSite *site, Feed *feed, GError **error)
{
  if (feed->gathered != NULL)
    return feed->gathered;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (entry_free);
  const GPtrArray *from = feed->entries != NULL ? feed->entries : feed->notes;
  for (guint i = 0; i < from->len; i++) {
    FeedEntry *e =
        feed->entries != NULL ? of_page (site, from->pdata[i], error) : of_note (site, from->pdata[i]);
    if (e == NULL)
      return NULL;
    g_ptr_array_add (list, e);
  }
  feed->gathered = g_steal_pointer (&list);
  return feed->gathered;
}

/* A day becomes midnight in the newsletter's zone. */
static ZbTime
time_of_day (const ZbSite *site, const char *date)
{
  int y = 0, m = 0, d = 0;
  if (date == NULL || sscanf (date, "%d-%d-%d", &y, &m, &d) != 3)
    return ZB_TIME_NONE;
  g_autoptr (GDateTime) at = g_date_time_new (site->workspace->config->zone, y, m, d, 0, 0, 0);
  return at != NULL ? g_date_time_to_unix (at) : ZB_TIME_NONE;
}

static void
build_times (const ZbSite *site, ZbView *b, const char *name, const char *date)
{
  ZbTime t = time_of_day (site, date);
  g_autofree char *mail = t != ZB_TIME_NONE ? zb_time_to_rfc5322 (t, site->workspace->config->zone) : NULL;
  zb_view_time (b, name, t);
  zb_view_text (b, zb_view_joined (b, name, "_rfc5322"), mail);
}

static const char *
newest (const GPtrArray *list)
{
  const char *date = NULL;
  for (guint i = 0; i < list->len; i++) {
    const FeedEntry *e = list->pdata[i];
    date = date == NULL || g_strcmp0 (e->updated, date) > 0 ? e->updated : date;
  }
  return date != NULL ? date : "1970-01-01";
}

static void
build_entry (ZbSite *site, ZbView *b, const FeedEntry *e)
{
  zb_view_begin_object (b);
  zb_view_text (b, "url", e->url);
  zb_view_text (b, "source_url", e->source_url);
  zb_view_text (b, "title", e->title);
  zb_view_text (b, "author", e->author);
  zb_view_text (b, "summary", e->summary);
  zb_view_text (b, "content_html", e->html);
  zb_view_strv (b, "tags", (const char *const *)e->tags);
  build_times (site, b, "published", e->date);
  build_times (site, b, "updated", e->updated);
  zb_view_end_object (b);
}

static char *
make_xml (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  Feed *feed = (Feed *)data;
  const GPtrArray *list = zb_site_renderer (site, error) != NULL ? gather (site, feed, error) : NULL;
  ZbPageHead head = {.kind = "feed", .path = feed->path, .title = feed->title};
  g_autoptr (ZbView) b = list != NULL ? zb_context_new (site->renderer, &head, error) : NULL;
  if (b == NULL)
    return NULL;
  g_autofree char *self = g_strdup_printf ("%s/%s", site->workspace->config->base_url, path);
  zb_view_text (b, "self", self);
  build_times (site, b, "updated", newest (list));
  zb_view_set_member_name (b, "entries");
  zb_view_begin_array (b);
  for (guint i = 0; i < list->len; i++)
    build_entry (site, b, list->pdata[i]);
  zb_view_end_array (b);
  return zb_context_render (site->renderer, &b, g_str_has_suffix (path, "rss.xml") ? "rss" : "atom", NULL,
                            error);
}

static void
add_text (JsonBuilder *b, const char *name, const char *value)
{
  if (value != NULL)
    zb_json_text (b, name, value);
}

static void
build_json_entry (ZbSite *site, JsonBuilder *b, const FeedEntry *e)
{
  json_builder_begin_object (b);
  zb_json_text (b, "id", e->url);
  zb_json_text (b, "url", e->url);
  add_text (b, "external_url", e->source_url);
  zb_json_text (b, "title", e->title);
  add_text (b, "summary", e->summary);
  if (e->html != NULL)
    zb_json_text (b, "content_html", e->html);
  else
    zb_json_text (b, "content_text", e->summary != NULL ? e->summary : e->title);
  zb_json_time (b, "date_published", time_of_day (site, e->date));
  zb_json_time (b, "date_modified", time_of_day (site, e->updated));
  add_text (b, "language", e->language);
  if (e->author != NULL) {
    json_builder_set_member_name (b, "authors");
    json_builder_begin_array (b);
    json_builder_begin_object (b);
    zb_json_text (b, "name", e->author);
    json_builder_end_object (b);
    json_builder_end_array (b);
  }
  if (e->tags != NULL && e->tags[0] != NULL)
    zb_json_strv (b, "tags", (const char *const *)e->tags);
  json_builder_end_object (b);
}

static char *
make_json (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  Feed *feed = (Feed *)data;
  const ZbConfig *config = site->workspace->config;
  const GPtrArray *list = gather (site, feed, error);
  if (list == NULL)
    return NULL;
  g_autofree char *self = g_strdup_printf ("%s/%s", config->base_url, path);
  g_autofree char *home = g_strdup_printf ("%s/%s", config->base_url, feed->path);
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "version", "https://jsonfeed.org/version/1.1");
  zb_json_text (b, "title", feed->title);
  zb_json_text (b, "home_page_url", home);
  zb_json_text (b, "feed_url", self);
  add_text (b, "description", config->description);
  zb_json_text (b, "language", config->language);
  json_builder_set_member_name (b, "items");
  json_builder_begin_array (b);
  for (guint i = 0; i < list->len; i++)
    build_json_entry (site, b, list->pdata[i]);
  json_builder_end_array (b);
  json_builder_end_object (b);
  return zb_json_to_line (b);
}

static void
feed_clear (gpointer data)
{
  Feed *feed = data;
  g_free (feed->path);
  g_free (feed->title);
  g_clear_pointer (&feed->entries, g_ptr_array_unref);
  g_clear_pointer (&feed->notes, g_ptr_array_unref);
  g_clear_pointer (&feed->gathered, g_ptr_array_unref);
}

static void
feed_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, feed_clear);
}

/* The lists that a feed is made of may be gone when it is. */
static GPtrArray *
first_of (const GPtrArray *list)
{
  GPtrArray *first = list != NULL ? g_ptr_array_new () : NULL;
  for (guint i = 0; list != NULL && i < list->len && i < FEED_ENTRIES; i++)
    g_ptr_array_add (first, list->pdata[i]);
  return first;
}

void
zb_site_emit_feed (ZbSite *site, const char *path, const char *title, const GPtrArray *entries,
                   const GPtrArray *notes)
{
  static const struct {
    const char *name;
    char *(*make) (ZbSite *site, const char *path, gconstpointer data, GError **error);
  } formats[] = {{"feed.xml", make_xml}, {"rss.xml", make_xml}, {"feed.json", make_json}};
  Feed *feed = g_atomic_rc_box_new0 (Feed);
  feed->path = g_strdup (path);
  feed->title = g_strdup (title);
  feed->entries = first_of (entries);
  feed->notes = first_of (notes);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autofree char *file = g_strconcat (path, formats[i].name, NULL);
    ZbKey key = zb_site_key (site, formats[i].name);
    zb_key_add_text (&key, title);
    for (guint j = 0; feed->entries != NULL && j < feed->entries->len; j++) {
      ZbKey own = zb_site_entry_key (feed->entries->pdata[j]);
      zb_key_add_key (&key, &own);
    }
    if (notes != NULL)
      zb_site_key_notes (&key, notes, 0, FEED_ENTRIES);
    const ZbSiteRecipe recipe = {
        .make = formats[i].make, .data = g_atomic_rc_box_acquire (feed), .free_data = feed_unref};
    zb_site_emit (site, file, &key, &recipe);
  }
  feed_unref (feed);
}
