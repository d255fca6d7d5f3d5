/* The people of the desk: who they are, their roles, and one's own password. */
#include "routes.h"

#include "zhoubao/base/error.h"

static void
build_roles (JsonBuilder *b, ZbRole chosen)
{
  json_builder_set_member_name (b, "roles");
  json_builder_begin_array (b);
  for (ZbRole role = ZB_ROLE_CONTRIBUTOR; role <= ZB_ROLE_OWNER; role++) {
    json_builder_begin_object (b);
    zb_json_text (b, "role", zb_role_name (role));
    zb_json_bool (b, "chosen", role == chosen);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

static void
build_person (ZbVisit *visit, JsonBuilder *b, const ZbEditor *editor)
{
  g_autofree char *since = zb_visit_time_short (visit, editor->created);
  json_builder_begin_object (b);
  zb_json_text (b, "name", editor->name);
  zb_json_text (b, "role_name", zb_role_name (editor->role));
  zb_json_text (b, "since", since);
  zb_json_bool (b, "self", editor->id == visit->editor->id);
  build_roles (b, editor->role);
  json_builder_end_object (b);
}

gboolean
zb_page_people (ZbVisit *visit, GError **error)
{
  g_autoptr (GPtrArray) editors = zb_editor_list (visit->room->db, error);
  if (editors == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_bool (b, "owner", visit->editor->role == ZB_ROLE_OWNER);
  zb_json_text (b, "said", zb_request_query (visit->request, "said") != NULL ? "Done." : NULL);
  zb_json_int (b, "least", ZB_PASSWORD_CHARS);
  json_builder_set_member_name (b, "people");
  json_builder_begin_array (b);
  for (guint i = 0; i < editors->len; i++)
    build_person (visit, b, editors->pdata[i]);
  json_builder_end_array (b);
  build_roles (b, ZB_ROLE_EDITOR);
  return zb_visit_render (visit, "people", "People", b, error);
}

static gboolean
done (ZbVisit *visit, const char *what, const char *name, GError **error)
{
  return zb_visit_audit (visit, what, name, error) && zb_visit_go (visit, "/desk/people?said=done");
}

static gboolean
read_role (ZbVisit *visit, ZbRole *role, GError **error)
{
  const char *text = zb_visit_need (visit, "role", error);
  if (text == NULL)
    return FALSE;
  if (zb_role_parse (text, role))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is no role", text);
  return FALSE;
}

gboolean
zb_page_people_add (ZbVisit *visit, GError **error)
{
  ZbRole role;
  const char *name = zb_visit_need (visit, "name", error);
  const char *password = name != NULL ? zb_visit_need (visit, "password", error) : NULL;
  return password != NULL && read_role (visit, &role, error) &&
         zb_editor_add (visit->room->db, name, role, password, visit->now, error) &&
         done (visit, "editor added", name, error);
}

gboolean
zb_page_people_role (ZbVisit *visit, GError **error)
{
  ZbRole role;
  gboolean changed = FALSE;
  const char *name = zb_visit_need (visit, "name", error);
  if (name == NULL || !read_role (visit, &role, error) ||
      !zb_editor_set_role (visit->room->db, name, role, &changed, error))
    return FALSE;
  if (!changed)
    return zb_visit_go (visit, "/desk/people");
  g_autofree char *what = g_strconcat ("role changed to ", zb_role_name (role), NULL);
  return done (visit, what, name, error);
}

gboolean
zb_page_people_remove (ZbVisit *visit, GError **error)
{
  const char *name = zb_visit_need (visit, "name", error);
  return name != NULL && zb_editor_remove (visit->room->db, name, error) &&
         done (visit, "editor removed", name, error);
}

/* The old password is asked for as at the door, with its limit on failures. All sessions end; this browser
   gets a new one. */
gboolean
zb_page_people_password (ZbVisit *visit, GError **error)
{
  const char *name = visit->editor->name, *peer = zb_request_peer (visit->request);
  const char *old = zb_visit_need (visit, "old", error);
  const char *password = old != NULL ? zb_visit_need (visit, "password", error) : NULL;
  g_autofree char *proof = NULL, *token = NULL;
  if (password == NULL || !zb_session_open (visit->room->db, name, old, peer, visit->now, &proof, error) ||
      !zb_editor_set_password (visit->room->db, name, password, error) ||
      !zb_session_open (visit->room->db, name, password, peer, visit->now, &token, error))
    return FALSE;
  zb_visit_set_session (visit, token);
  return done (visit, "password changed", name, error);
}
