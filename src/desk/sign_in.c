/* Signing in and out. */
#include "routes.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/audit.h"

static gboolean
show_form (ZbVisit *visit, const char *name, const char *problem, GError **error)
{
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "name", name);
  zb_json_text (b, "problem", problem);
  return zb_visit_render (visit, "sign_in", "Sign in", b, error);
}

gboolean
zb_page_sign_in (ZbVisit *visit, GError **error)
{
  return visit->editor != NULL ? zb_visit_go (visit, "/desk/queue") : show_form (visit, "", NULL, error);
}

/* The audit is for good and anybody may knock: it takes no more than an editor's name may be long, and
   nothing of what the limit refuses, which the failures before it tell. */
static gboolean
audit_failure (ZbVisit *visit, const char *name, GError **error)
{
  g_autofree char *about = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), ZB_EDITOR_NAME_CHARS));
  return zb_visit_audit (visit, "sign in failed", about, error);
}

gboolean
zb_page_sign_in_post (ZbVisit *visit, GError **error)
{
  const char *name = zb_visit_need (visit, "name", error);
  const char *password = name != NULL ? zb_visit_need (visit, "password", error) : NULL;
  if (password == NULL)
    return FALSE;
  g_autoptr (GError) why = NULL;
  g_autofree char *token = NULL;
  if (zb_session_open (visit->room->db, name, password, zb_request_peer (visit->request), visit->now, &token,
                       &why)) {
    zb_visit_set_session (visit, token);
    return zb_audit_add (visit->room->db, name, "sign in", zb_request_peer (visit->request), visit->now,
                         error) &&
           zb_visit_go (visit, "/desk/queue");
  }
  gboolean limited = g_error_matches (why, ZB_ERROR, ZB_ERROR_BUSY);
  if (!limited && !g_error_matches (why, ZB_ERROR, ZB_ERROR_REFUSED)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  zb_response_status (visit->response, limited ? 429 : 403);
  return (limited || audit_failure (visit, name, error)) && show_form (visit, name, why->message, error);
}

gboolean
zb_page_sign_out (ZbVisit *visit, GError **error)
{
  if (!zb_session_close (visit->room->db, visit->session, error) ||
      !zb_visit_audit (visit, "sign out", visit->editor->name, error))
    return FALSE;
  zb_visit_set_session (visit, NULL);
  return zb_visit_go (visit, "/desk/login");
}
