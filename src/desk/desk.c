/* Serving: a thread's room, the way of a request through the routes, and what every answer carries. */
#include "zhoubao/desk/desk.h"

#include "clipping.h"
#include "member.h"
#include "patrol.h"
#include "routes.h"
#include "visit.h"
#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/search.h"
#include "zhoubao/store/source_file.h"

#define COOKIE "__Host-zhoubao"
#define THREADS 4
#define POLICY                                                                                               \
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "      \
  "frame-src 'self';"                                                                                        \
  " form-action 'self'; base-uri 'none'; frame-ancestors 'self'"

struct ZbDesk {
  char *directory, *url;
  GBytes *key;
  ZbHttpd *httpd;
  ZbDispatch *dispatch;
  ZbBoard *board;
  ZbPresence *presence;
  ZbErrands *errands;
};

static void
room_free (gpointer data)
{
  ZbDeskRoom *room = data;
  g_clear_pointer (&room->renderer, zb_renderer_free);
  g_clear_pointer (&room->templates, zb_template_set_free);
  g_clear_pointer (&room->db, zb_db_close);
  g_clear_pointer (&room->sources, g_ptr_array_unref);
  g_clear_pointer (&room->workspace, zb_workspace_free);
  g_free (room);
}

/* Threads belong to one desk only: the server's pool ends with it. */
static GPrivate thread_room = G_PRIVATE_INIT (room_free);

static ZbDeskRoom *
open_room (const char *directory, GError **error)
{
  ZbDeskRoom *room = g_new0 (ZbDeskRoom, 1);
  room->workspace = zb_workspace_open (directory, error);
  room->sources = room->workspace != NULL ? zb_source_file_read_all (room->workspace, error) : NULL;
  room->db = room->sources != NULL ? zb_workspace_database (room->workspace, error) : NULL;
  room->renderer = room->db != NULL ? zb_renderer_open (room->workspace, error) : NULL;
  if (room->renderer == NULL) {
    room_free (room);
    return NULL;
  }
  room->templates = zb_template_set_new (directory, room->workspace->config->theme);
  return room;
}

static ZbDeskRoom *
this_room (ZbDesk *desk, GError **error)
{
  ZbDeskRoom *room = g_private_get (&thread_room);
  if (room == NULL) {
    room = open_room (desk->directory, error);
    g_private_set (&thread_room, room);
  }
  return room;
}

static int
status_of (const GError *error)
{
  static const int statuses[] = {
      [ZB_ERROR_FAILED] = 500, [ZB_ERROR_USAGE] = 400,   [ZB_ERROR_NOT_FOUND] = 404, [ZB_ERROR_INVALID] = 422,
      [ZB_ERROR_LIMIT] = 413,  [ZB_ERROR_REFUSED] = 403, [ZB_ERROR_BUSY] = 429};
  return error->domain == ZB_ERROR && error->code < (int)G_N_ELEMENTS (statuses) ? statuses[error->code]
                                                                                 : 500;
}

/* Readers are told so on a page of theirs, which leads nowhere into the desk. */
static gboolean
render_error (ZbVisit *visit, JsonBuilder *b)
{
  const char *title = "That did not work";
  gboolean desk = g_str_has_prefix (zb_request_path (visit->request), "/desk");
  zb_json_text (b, "title", title);
  return zb_visit_render (visit, desk ? "error" : "reader_says", title, b, NULL);
}

static void
show_error (ZbVisit *visit, GError *error)
{
  int status = visit->status != 0 ? visit->status : status_of (error);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  g_autofree char *line = zb_error_line (error->message);
  zb_json_int (b, "status", status);
  zb_json_text (b, "message", line);
  zb_response_status (visit->response, status);
  if (status == 500)
    g_printerr ("zhoubao serve: %s %s: %s\n", zb_request_method (visit->request),
                zb_request_path (visit->request), line);
  if (visit->room == NULL || !render_error (visit, b)) {
    zb_response_type (visit->response, "text/plain; charset=utf-8");
    zb_response_text (visit->response, line);
  }
}

/* A browser names the page that a form was on; one of another site has no business here. */
static gboolean
check_origin (ZbVisit *visit, GError **error)
{
  const char *origin = zb_request_header (visit->request, "Origin"),
             *host = zb_request_header (visit->request, "Host");
  const char *colon = origin != NULL ? strstr (origin, "://") : NULL;
  gboolean ours = origin == NULL || (colon != NULL && g_strcmp0 (colon + 3, host) == 0);
  if (!ours)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED, "this form was sent from another site");
  return ours;
}

static gboolean
check_token (ZbVisit *visit, GError **error)
{
  const char *token = zb_request_field (visit->request, "csrf");
  if (token == NULL)
    token = zb_request_header (visit->request, "X-CSRF");
  if (visit->session == NULL || zb_secret_equal (token, visit->csrf))
    return TRUE;
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED,
                       "this form is too old: open the page again, then send it");
  return FALSE;
}

static gboolean
read_session (ZbVisit *visit, GError **error)
{
  const char *token = zb_request_cookie (visit->request, COOKIE);
  g_autoptr (GError) failed = NULL;
  if (token == NULL || *token == '\0')
    return TRUE;
  visit->editor = zb_session_editor (visit->room->db, token, visit->now, &failed);
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (visit->editor == NULL)
    return TRUE;
  const char *fields[] = {"csrf", token, NULL};
  visit->session = g_strdup (token);
  g_free (visit->csrf);
  visit->csrf = zb_secret_tag (visit->key, 16, fields);
  return TRUE;
}

static gboolean
check_access (ZbVisit *visit, const ZbRoute *route, GError **error)
{
  if (route->access == ZB_ACCESS_ANYBODY ||
      (visit->editor != NULL && (int)visit->editor->role >= (int)route->access - 1))
    return TRUE;
  if (visit->editor != NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "this needs another role than %s",
                 zb_role_name (visit->editor->role));
  else
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED, "sign in first");
  return FALSE;
}

static gboolean
is_post (const ZbVisit *visit)
{
  return g_str_equal (zb_request_method (visit->request), "POST");
}

/* RFC 9110, 15.5.6: who asks in a way that an address does not know is told the ways that it knows. */
static const ZbRoute *
find_route (ZbVisit *visit, GError **error)
{
  const char *method = zb_request_method (visit->request), *path = zb_request_path (visit->request);
  g_autofree char *allowed = NULL;
  const ZbRoute *route = zb_routes_find (method, path, &visit->parts, &allowed);
  if (route == NULL && allowed == NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no page %s", path);
  if (allowed != NULL) {
    visit->status = 405;
    zb_response_header (visit->response, "Allow", allowed);
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "%s is not done here", method);
  }
  return route;
}

/* What a person does keeps the session; what an open page asks by itself must not, or none ever ended. */
static gboolean
keep_session (ZbVisit *visit, const ZbRoute *route, GError **error)
{
  gboolean longer = FALSE;
  if (visit->session == NULL || route->by_itself)
    return TRUE;
  if (!zb_session_touch (visit->room->db, visit->session, visit->now, &longer, error))
    return FALSE;
  if (longer)
    zb_visit_set_session (visit, visit->session);
  return TRUE;
}

static gboolean
attend (ZbVisit *visit, GError **error)
{
  if (!read_session (visit, error))
    return FALSE;
  const ZbRoute *route = find_route (visit, error);
  if (route == NULL || !keep_session (visit, route, error))
    return FALSE;
  if (is_post (visit) && !check_origin (visit, error))
    return FALSE;
  if (route->access == ZB_ACCESS_MEMBER)
    return zb_member_attend (visit, route, is_post (visit), error);
  if (route->access != ZB_ACCESS_ANYBODY && visit->editor == NULL && !is_post (visit))
    return zb_visit_go (visit, "/desk/login");
  if (!check_access (visit, route, error) ||
      (is_post (visit) && route->access != ZB_ACCESS_ANYBODY && !check_token (visit, error)))
    return FALSE;
  return route->handler (visit, error);
}

static void
on_request (const ZbRequest *request, ZbResponse *response, gpointer data)
{
  ZbDesk *desk = data;
  g_autoptr (GError) error = NULL;
  ZbVisit visit = {.request = request,
                   .response = response,
                   .key = desk->key,
                   .csrf = g_strdup (""),
                   .now = zb_time_now (),
                   .policy = POLICY,
                   .dispatch = desk->dispatch,
                   .board = desk->board,
                   .presence = desk->presence,
                   .errands = desk->errands};
  zb_response_header (response, "X-Content-Type-Options", "nosniff");
  zb_response_header (response, "Referrer-Policy", "same-origin");
  visit.room = this_room (desk, &error);
  if (visit.room == NULL || !attend (&visit, &error)) {
    g_assert (error != NULL);
    show_error (&visit, error);
  }
  zb_response_header (response, "Content-Security-Policy", visit.policy);
  g_clear_pointer (&visit.editor, zb_editor_free);
  g_free (visit.session);
  g_free (visit.member);
  g_free (visit.csrf);
  g_strfreev (visit.parts);
}

static gboolean
start (ZbDesk *desk, const ZbDeskOptions *options, GError **error)
{
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (desk->directory, error);
  g_autoptr (ZbDb) db =
      workspace != NULL ? zb_workspace_database (workspace, error) : NULL; /* migrated before threads ask */
  if (db == NULL)
    return FALSE;
  g_autofree char *keys = zb_workspace_path (workspace, "data/keys");
  desk->key = zb_secret_key (keys, "desk", error);
  if (desk->key == NULL)
    return FALSE;
  desk->presence = zb_presence_new ();
  desk->errands = zb_errands_new (desk->directory);
  if (!zb_clippings_resume (desk->errands, db, error))
    return FALSE;
  desk->board = zb_board_new (desk->directory, error);
  if (desk->board == NULL)
    return FALSE;
  desk->dispatch = zb_dispatch_new (desk->directory);
  ZbHttpdOptions listen = {
      options->address,      options->port, THREADS, workspace->config->limits.request_bytes,
      options->behind_proxy, on_request,    desk};
  desk->httpd = zb_httpd_new (&listen, error);
  if (desk->httpd == NULL)
    return FALSE;
  gboolean v6 = strchr (options->address, ':') != NULL;
  desk->url =
      g_strdup_printf (v6 ? "http://[%s]:%u" : "http://%s:%u", options->address, zb_httpd_port (desk->httpd));
  return TRUE;
}

/* After an upgrade that reads words otherwise all items wait for the search index. */
static gboolean
index_waiting (ZbWorkspace *workspace, ZbDb *db, gpointer data, char **result, GError **error)
{
  return zb_search_update (db, error);
}

ZbDesk *
zb_desk_new (const char *directory, const ZbDeskOptions *options, GError **error)
{
  g_autoptr (ZbDesk) desk = g_new0 (ZbDesk, 1);
  desk->directory = g_strdup (directory);
  if (!start (desk, options, error))
    return NULL;
  zb_errands_ask (desk->errands, ZB_LANE_INDEX, "the search index", index_waiting, NULL, NULL);
  if (options->crawl)
    zb_patrol_start (desk->directory);
  return g_steal_pointer (&desk);
}

void
zb_desk_free (ZbDesk *desk)
{
  g_clear_pointer (&desk->httpd, zb_httpd_free);
  g_clear_pointer (&desk->dispatch, zb_dispatch_free);
  g_clear_pointer (&desk->board, zb_board_free);
  g_clear_pointer (&desk->presence, zb_presence_free);
  g_clear_pointer (&desk->errands, zb_errands_free);
  g_clear_pointer (&desk->key, g_bytes_unref);
  g_free (desk->directory);
  g_free (desk->url);
  g_free (desk);
}

const char *
zb_desk_url (ZbDesk *desk)
{
  return desk->url;
}
