/* Clipping: a page that an editor pastes, or gives by its address. */
#include "routes.h"

#include "clipping.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"
#include "zhoubao/store/clipping.h"

#define MOMENT 1000  /* milliseconds in which most pages are there */
#define UNSETTLED 20 /* are shown */
/* What a browser sends is UTF-8, whatever the pasted page says of itself: a byte order mark is believed
 * first. */
#define MARK "\xef\xbb\xbf"

/* What is on its way, and what did not come. */
static gboolean
build_unsettled (ZbVisit *visit, JsonBuilder *b, GError **error)
{
  g_autoptr (GPtrArray) list = zb_clipping_list_unsettled (visit->room->db, UNSETTLED, error);
  if (list == NULL)
    return FALSE;
  zb_json_bool (b, "has_clippings", list->len > 0);
  json_builder_set_member_name (b, "clippings");
  json_builder_begin_array (b);
  for (guint i = 0; i < list->len; i++) {
    const ZbClipping *c = list->pdata[i];
    g_autofree char *at = zb_visit_time_short (visit, c->asked);
    json_builder_begin_object (b);
    zb_json_int (b, "id", c->id);
    zb_json_text (b, "address", c->url);
    zb_json_text (b, "by", c->editor);
    zb_json_text (b, "at", at);
    zb_json_bool (b, "waits", c->ended == ZB_TIME_NONE);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  return TRUE;
}

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
  return build_unsettled (visit, b, error) && zb_visit_render (visit, "clip", "Clip", b, error);
}

gboolean
zb_page_clip (ZbVisit *visit, GError **error)
{
  return show_form (visit, NULL, error);
}

static GBytes *
pasted_page (const char *text)
{
  char *marked = g_strconcat (MARK, text, NULL);
  return g_bytes_new_take (marked, strlen (marked));
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

/* What was typed, or NULL. */
static ZbClipping *
read_form (ZbVisit *visit, GError **error)
{
  const char *given = zb_visit_need (visit, "url", error), *text = zb_request_field (visit->request, "text"),
             *source = zb_request_field (visit->request, "source");
  g_autofree char *url = given != NULL ? g_strstrip (g_strdup (given)) : NULL;
  if (url == NULL || !check_url (url, error))
    return NULL;
  ZbClipping *c = g_new0 (ZbClipping, 1);
  *c = (ZbClipping){.asked = visit->now,
                    .editor = g_strdup (visit->editor->name),
                    .url = g_steal_pointer (&url),
                    .source = is_empty (source) ? NULL : g_strdup (source),
                    .page = is_empty (text) ? NULL : pasted_page (text)};
  return c;
}

/* Whoever is told on the form that it failed has it there, filled as it was. */
static gboolean
show_failed (ZbVisit *visit, const ZbClipping *c, const char *problem, GError **error)
{
  return zb_clipping_forget (visit->room->db, c->id, error) && show_form (visit, problem, error);
}

/* What is quick is answered at once; of a slow site the page of the clipping tells. */
gboolean
zb_page_clip_post (ZbVisit *visit, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_auto (ZbErrandLook) look = {0};
  g_autoptr (ZbClipping) c = read_form (visit, &why);
  if (c == NULL && g_error_matches (why, ZB_ERROR, ZB_ERROR_INVALID))
    return show_form (visit, why->message, error);
  if (c == NULL) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  if (!zb_clipping_add (visit->room->db, c, error))
    return FALSE;
  gint64 number = zb_clippings_ask (visit->errands, c->id, c->url);
  zb_errands_look (visit->errands, number, MOMENT, &look);
  if (look.problem != NULL)
    return show_failed (visit, c, look.problem, error);
  return look.result != NULL ? zb_visit_go (visit, "%s", look.result)
                             : zb_visit_go (visit, "/desk/clip/%" G_GINT64_FORMAT, c->id);
}

gboolean
zb_page_clip_state (ZbVisit *visit, GError **error)
{
  gint64 id = 0;
  if (!zb_visit_number (visit->parts[0], &id, error))
    return FALSE;
  g_autoptr (ZbClipping) c = zb_clipping_get (visit->room->db, id, error);
  if (c == NULL)
    return FALSE;
  if (c->item != 0)
    return zb_visit_go (visit, "/desk/item/%" G_GINT64_FORMAT, c->item);
  g_autofree char *escaped = g_uri_escape_string (c->url, NULL, FALSE);
  g_autofree char *line = c->problem != NULL ? zb_error_line (c->problem) : NULL;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "url", c->url);
  zb_json_text (b, "escaped", escaped);
  zb_json_bool (b, "running", c->ended == ZB_TIME_NONE);
  zb_json_text (b, "problem", line);
  return zb_visit_render (visit, "clip_state", "Clip", b, error);
}
