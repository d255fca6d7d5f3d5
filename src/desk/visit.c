/* What every page of the desk shares. */
#include "visit.h"

#include "archive.h"
#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/audit.h"
#include "zhoubao/store/working_week.h"

#define COOKIE "__Host-zhoubao"

/* The menu; pages below a second path belong to an entry too. */
static const struct {
  const char *path, *name;
  ZbRole role;
  const char *also;
} navigation[] = {
    {"/desk/queue", "Queue", ZB_ROLE_CONTRIBUTOR, "/desk/item"},
    {"/desk/issue", "Issue", ZB_ROLE_CONTRIBUTOR},
    {"/desk/sources", "Sources", ZB_ROLE_CONTRIBUTOR},
    {"/desk/clip", "Clip", ZB_ROLE_CONTRIBUTOR},
    {"/desk/posts", "Posts", ZB_ROLE_EDITOR},
    {"/desk/documents", "Documents", ZB_ROLE_EDITOR},
    {"/desk/subscribers", "Subscribers", ZB_ROLE_EDITOR},
    {"/desk/members", "Members", ZB_ROLE_EDITOR},
    {"/desk/statistics", "Statistics", ZB_ROLE_EDITOR},
    {"/desk/people", "People", ZB_ROLE_CONTRIBUTOR},
    {"/desk/audit", "Audit", ZB_ROLE_EDITOR},
    {"/desk/settings", "Settings", ZB_ROLE_EDITOR},
};

JsonBuilder *
zb_visit_builder (void)
{
  JsonBuilder *b = json_builder_new ();
  json_builder_begin_object (b);
  return b;
}

/* PATH itself, or below it. */
static gboolean
is_at (const char *here, const char *path)
{
  gsize length = path != NULL ? strlen (path) : 0;
  return length > 0 && strncmp (here, path, length) == 0 && (here[length] == '\0' || here[length] == '/');
}

static void
build_navigation (ZbVisit *visit, JsonBuilder *b)
{
  const char *here = zb_request_path (visit->request);
  json_builder_set_member_name (b, "nav");
  json_builder_begin_array (b);
  for (guint i = 0; visit->editor != NULL && i < G_N_ELEMENTS (navigation); i++) {
    if (visit->editor->role < navigation[i].role)
      continue;
    json_builder_begin_object (b);
    zb_json_text (b, "path", navigation[i].path);
    zb_json_text (b, "name", navigation[i].name);
    zb_json_bool (b, "here", is_at (here, navigation[i].path) || is_at (here, navigation[i].also));
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

gboolean
zb_visit_render (ZbVisit *visit, const char *name, const char *title, JsonBuilder *b, GError **error)
{
  g_autofree char *file = g_strconcat ("desk/", name, NULL);
  zb_json_text (b, "page_title", title);
  zb_json_text (b, "newsletter", visit->room->workspace->config->title);
  zb_json_text (b, "csrf", visit->csrf);
  zb_json_text (b, "editor", visit->editor != NULL ? visit->editor->name : NULL);
  build_navigation (visit, b);
  zb_archive_state (visit, b);
  json_builder_end_object (b);
  g_autoptr (JsonNode) root = json_builder_get_root (b);
  g_autofree char *html = zb_template_set_render_json (visit->room->templates, file, root, NULL, error);
  if (html == NULL)
    return FALSE;
  zb_response_header (visit->response, "Cache-Control", "no-store");
  zb_response_text (visit->response, html);
  return TRUE;
}

gboolean
zb_visit_go (ZbVisit *visit, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *path = g_strdup_vprintf (format, args);
  va_end (args);
  zb_response_redirect (visit->response, path);
  return TRUE;
}

const char *
zb_visit_asked (ZbVisit *visit, const char *name)
{
  const char *value = zb_request_query (visit->request, name);
  return value != NULL && *value != '\0' ? value : NULL;
}

const char *
zb_visit_need (ZbVisit *visit, const char *field, GError **error)
{
  const char *value = zb_request_field (visit->request, field);
  if (value == NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "the form lacks '%s'", field);
  return value;
}

gboolean
zb_visit_number (const char *part, gint64 *number, GError **error)
{
  if (part != NULL && g_ascii_string_to_signed (part, 10, 1, G_MAXINT64, number, NULL))
    return TRUE;
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is nothing of that number");
  return FALSE;
}

gboolean
zb_visit_week (ZbVisit *visit, ZbWeek *week, GError **error)
{
  const char *asked = zb_request_query (visit->request, "week");
  if (asked == NULL)
    asked = zb_request_field (visit->request, "week");
  if (asked != NULL && *asked != '\0')
    return zb_week_parse (asked, week, error);
  return zb_working_week (visit->room->workspace, visit->room->db, visit->now, week, error);
}

void
zb_visit_set_session (ZbVisit *visit, const char *token)
{
  g_autofree char *cookie =
      g_strdup_printf (COOKIE "=%s; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=%d",
                       token != NULL ? token : "", token != NULL ? ZB_SESSION_IDLE : 0);
  zb_response_header (visit->response, "Set-Cookie", cookie);
}

gboolean
zb_visit_audit (ZbVisit *visit, const char *what, const char *about, GError **error)
{
  const char *who = visit->editor != NULL ? visit->editor->name : zb_request_peer (visit->request);
  return zb_audit_add (visit->room->db, who, what, about, visit->now, error);
}

const char *
zb_visit_source (ZbVisit *visit, const char *slug)
{
  const GPtrArray *sources = visit->room->sources;
  for (guint i = 0; i < sources->len; i++) {
    const ZbSource *source = sources->pdata[i];
    if (g_strcmp0 (source->slug, slug) == 0)
      return source->title != NULL ? source->title : slug;
  }
  return slug;
}

static char *
time_as (ZbVisit *visit, ZbTime t, const char *format)
{
  if (t == ZB_TIME_NONE)
    return NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, visit->room->workspace->config->zone);
  return g_date_time_format (at, format);
}

char *
zb_visit_time_words (ZbVisit *visit, ZbTime t)
{
  return time_as (visit, t, "%A %-d %B %Y, %H:%M");
}

char *
zb_visit_time_short (ZbVisit *visit, ZbTime t)
{
  return time_as (visit, t, "%-d %b %Y, %H:%M");
}

char *
zb_visit_about_words (ZbVisit *visit, const char *about)
{
  const char *space = about != NULL ? strrchr (about, ' ') : NULL;
  g_autofree char *words =
      space != NULL ? zb_visit_time_words (visit, zb_time_from_rfc3339 (space + 1)) : NULL;
  return words != NULL ? g_strdup_printf ("%.*s %s", (int)(space - about), about, words) : g_strdup (about);
}
