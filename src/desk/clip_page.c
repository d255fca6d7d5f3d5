/* Clipping: a page that an editor pastes, or gives by its address. */
#include "routes.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"
#include "zhoubao/crawl/clip.h"
#include "zhoubao/curate/cluster.h"
#include "zhoubao/store/search.h"

/* What a browser sends is UTF-8, whatever the pasted page says of itself: a byte order mark is believed
 * first. */
#define MARK "\xef\xbb\xbf"

gboolean
zb_page_clip (ZbVisit *visit, GError **error)
{
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  json_builder_set_member_name (b, "sources");
  json_builder_begin_array (b);
  for (guint i = 0; i < visit->room->sources->len; i++) {
    const ZbSource *source = visit->room->sources->pdata[i];
    if (source->kind != ZB_SOURCE_PERSON)
      continue;
    json_builder_begin_object (b);
    zb_json_text (b, "slug", source->slug);
    zb_json_text (b, "title", source->title);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  return zb_visit_render (visit, "clip", "Clip", b, error);
}

/* Plain words as a page: the first line is its title, each other line a paragraph. */
static char *
page_of_text (ZbVisit *visit, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  gboolean titled = FALSE;
  for (char **line = lines; *line != NULL; line++) {
    if (*g_strstrip (*line) == '\0')
      continue;
    if (!titled) {
      zb_json_text (b, "title", *line);
      json_builder_set_member_name (b, "lines");
      json_builder_begin_array (b);
    } else
      json_builder_add_string_value (b, *line);
    titled = TRUE;
  }
  if (titled)
    json_builder_end_array (b);
  json_builder_end_object (b);
  g_autoptr (JsonNode) root = json_builder_get_root (b);
  return zb_template_set_render_json (visit->room->templates, "desk/clip_text", root, NULL, error);
}

static GBytes *
pasted_page (ZbVisit *visit, const char *text, GError **error)
{
  const char *start = text + strspn (text, " \t\r\n");
  g_autofree char *html = *start == '<' ? g_strdup (start) : page_of_text (visit, start, error);
  char *marked = html != NULL ? g_strconcat (MARK, html, NULL) : NULL;
  return marked != NULL ? g_bytes_new_take (marked, strlen (marked)) : NULL;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

static gboolean
check_url (const char *url, GError **error)
{
  g_autofree char *scheme = zb_url_scheme_of (url);
  if (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0)
    return TRUE;
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID,
                       "the address of a page begins with http:// or https://");
  return FALSE;
}

/* Grouped and indexed at once, so that it is in the queue when the editor goes there. */
static gboolean
take_in (ZbVisit *visit, const ZbClip *clip, gint64 *item, GError **error)
{
  ZbDb *db = visit->room->db;
  gboolean is_new = FALSE;
  g_autofree char *about = NULL;
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  if (!zb_clip_add (db, pool, clip, item, &is_new, error) || !zb_search_update (db, error) ||
      !zb_cluster_run (db, clip->config, visit->now, NULL, error))
    return FALSE;
  about = g_strdup_printf ("%" G_GINT64_FORMAT, *item);
  return zb_visit_audit (visit, is_new ? "clip" : "clip again", about, error);
}

gboolean
zb_page_clip_post (ZbVisit *visit, GError **error)
{
  const ZbConfig *config = visit->room->workspace->config;
  const char *given = zb_visit_need (visit, "url", error);
  const char *text = zb_request_field (visit->request, "text"),
             *source = zb_request_field (visit->request, "source");
  g_autofree char *url = given != NULL ? g_strstrip (g_strdup (given)) : NULL;
  if (url == NULL || !check_url (url, error))
    return FALSE;
  g_autoptr (ZbHttpResponse) response = is_empty (text) ? zb_clip_fetch (config, url, error) : NULL;
  if (is_empty (text) && response == NULL)
    return FALSE;
  g_autoptr (GBytes) bytes =
      response != NULL ? g_bytes_ref (response->body) : pasted_page (visit, text, error);
  ZbClip clip = {.config = config,
                 .sources = visit->room->sources,
                 .source = is_empty (source) ? NULL : source,
                 .url = url,
                 .bytes = bytes,
                 .response = response,
                 .now = visit->now};
  gint64 item = 0;
  return bytes != NULL && take_in (visit, &clip, &item, error) &&
         zb_visit_go (visit, "/desk/item/%" G_GINT64_FORMAT, item);
}
