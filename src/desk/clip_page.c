/* Clipping: a page that an editor pastes, or gives by its address. */
#include "routes.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"
#include "zhoubao/crawl/clip.h"
#include "zhoubao/curate/cluster.h"
#include "zhoubao/store/audit.h"
#include "zhoubao/store/search.h"
#include "zhoubao/store/source_file.h"

/* What a browser sends is UTF-8, whatever the pasted page says of itself: a byte order mark is believed
 * first. */
#define MOMENT 1000 /* milliseconds in which most pages are there */
#define MARK "\xef\xbb\xbf"

/* What somebody typed, and what is wrong with it. */
static gboolean
show_form (ZbVisit *visit, const char *problem, GError **error)
{
  const char *url = zb_request_field (visit->request, "url"),
             *text = zb_request_field (visit->request, "text"),
             *chosen = zb_request_field (visit->request, "source");
  if (url == NULL)
    url = zb_visit_asked (visit, "url"); /* of one that failed */
  g_autofree char *line = problem != NULL ? zb_error_line (problem) : NULL;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "url", url != NULL ? url : "");
  zb_json_text (b, "text", text != NULL ? text : "");
  zb_json_text (b, "problem", line);
  json_builder_set_member_name (b, "sources");
  json_builder_begin_array (b);
  for (guint i = 0; i < visit->room->sources->len; i++) {
    const ZbSource *source = visit->room->sources->pdata[i];
    if (source->kind != ZB_SOURCE_PERSON)
      continue;
    json_builder_begin_object (b);
    zb_json_text (b, "slug", source->slug);
    zb_json_text (b, "title", source->title);
    zb_json_bool (b, "chosen", g_strcmp0 (chosen, source->slug) == 0);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  if (problem != NULL)
    zb_response_status (visit->response, 422);
  return zb_visit_render (visit, "clip", "Clip", b, error);
}

gboolean
zb_page_clip (ZbVisit *visit, GError **error)
{
  return show_form (visit, NULL, error);
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

/* A page on its way in. */
typedef struct {
  char *url, *source, *editor; /* SOURCE: NULL, by its address */
  GBytes *bytes;               /* NULL: it is fetched */
  ZbTime now;
} Taking;

static void
taking_free (gpointer data)
{
  Taking *t = data;
  g_free (t->url);
  g_free (t->source);
  g_free (t->editor);
  g_clear_pointer (&t->bytes, g_bytes_unref);
  g_free (t);
}

/* Grouped and indexed at once, so that it is in the queue when the editor goes there. */
static gboolean
put_in (ZbDb *db, const ZbClip *clip, const char *editor, gint64 *item, GError **error)
{
  gboolean is_new = FALSE;
  g_autofree char *about = NULL;
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  if (!zb_clip_add (db, pool, clip, item, &is_new, error) || !zb_search_update (db, error) ||
      !zb_cluster_run (db, clip->config, clip->now, NULL, error))
    return FALSE;
  about = g_strdup_printf ("%" G_GINT64_FORMAT, *item);
  return zb_audit_add (db, editor, is_new ? "clip" : "clip again", about, clip->now, error);
}

static gboolean
take_in (ZbWorkspace *workspace, ZbDb *db, gpointer data, char **result, GError **error)
{
  const Taking *t = data;
  gint64 item = 0;
  g_autoptr (GPtrArray) sources = zb_source_file_read_all (workspace, error);
  if (sources == NULL)
    return FALSE;
  g_autoptr (ZbHttpResponse) response =
      t->bytes == NULL ? zb_clip_fetch (workspace->config, t->url, error) : NULL;
  if (t->bytes == NULL && response == NULL)
    return FALSE;
  ZbClip clip = {.config = workspace->config,
                 .sources = sources,
                 .source = t->source,
                 .url = t->url,
                 .bytes = response != NULL ? response->body : t->bytes,
                 .response = response,
                 .now = t->now};
  if (!put_in (db, &clip, t->editor, &item, error))
    return FALSE;
  *result = g_strdup_printf ("/desk/item/%" G_GINT64_FORMAT, item);
  return TRUE;
}

static Taking *
read_form (ZbVisit *visit, GError **error)
{
  const char *given = zb_visit_need (visit, "url", error), *text = zb_request_field (visit->request, "text"),
             *source = zb_request_field (visit->request, "source");
  g_autofree char *url = given != NULL ? g_strstrip (g_strdup (given)) : NULL;
  if (url == NULL || !check_url (url, error))
    return NULL;
  g_autoptr (GBytes) bytes = is_empty (text) ? NULL : pasted_page (visit, text, error);
  if (bytes == NULL && !is_empty (text))
    return NULL;
  Taking *t = g_new0 (Taking, 1);
  *t = (Taking){.url = g_steal_pointer (&url),
                .source = is_empty (source) ? NULL : g_strdup (source),
                .editor = g_strdup (visit->editor->name),
                .bytes = g_steal_pointer (&bytes),
                .now = visit->now};
  return t;
}

/* What is quick is answered at once; of a slow site the page of the errand tells. */
gboolean
zb_page_clip_post (ZbVisit *visit, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_auto (ZbErrandLook) look = {0};
  Taking *taking = read_form (visit, &why);
  if (taking == NULL && g_error_matches (why, ZB_ERROR, ZB_ERROR_INVALID))
    return show_form (visit, why->message, error);
  if (taking == NULL) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  g_autofree char *about = g_strconcat ("clip ", taking->url, NULL);
  gint64 number = zb_errands_ask (visit->errands, ZB_LANE_CLIP, about, take_in, taking, taking_free);
  zb_errands_look (visit->errands, number, MOMENT, &look);
  if (look.problem != NULL)
    return show_form (visit, look.problem, error);
  return look.result != NULL ? zb_visit_go (visit, "%s", look.result)
                             : zb_visit_go (visit, "/desk/clip/%" G_GINT64_FORMAT, number);
}

gboolean
zb_page_clip_state (ZbVisit *visit, GError **error)
{
  gint64 number = 0;
  g_auto (ZbErrandLook) look = {0};
  if (!zb_visit_number (visit->parts[0], &number, error))
    return FALSE;
  if (!zb_errands_look (visit->errands, number, 0, &look)) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_NOT_FOUND,
                         "nothing is known of that page any more: look into the queue, or clip it again");
    return FALSE;
  }
  if (look.result != NULL)
    return zb_visit_go (visit, "%s", look.result);
  const char *url = look.about + strlen ("clip ");
  g_autofree char *escaped = g_uri_escape_string (url, NULL, FALSE);
  g_autofree char *line = look.problem != NULL ? zb_error_line (look.problem) : NULL;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "url", url);
  zb_json_text (b, "escaped", escaped);
  zb_json_bool (b, "running", look.running);
  zb_json_text (b, "problem", line);
  return zb_visit_render (visit, "clip_state", "Clip", b, error);
}
