/* Editors: who may work at the desk. */
#include "zhoubao/store/editor.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"

static const char *const ADD = "INSERT INTO editor (name, role, password, created) VALUES (?, ?, ?, ?)";
static const char *const TAKEN = "SELECT 1 FROM editor WHERE name = ?";
static const char *const SET_PASSWORD = "UPDATE editor SET password = ?2 WHERE name = ?1";
static const char *const ROLE = "SELECT role FROM editor WHERE name = ?";
static const char *const SET_ROLE = "UPDATE editor SET role = ?2 WHERE name = ?1";
static const char *const REMOVE = "DELETE FROM editor WHERE name = ?1 AND ?2 IS NULL";
static const char *const OWNERS = "SELECT count(*) FROM editor WHERE role = 'owner'";
static const char *const END_SESSIONS =
    "DELETE FROM session WHERE editor = (SELECT id FROM editor WHERE name = ?)";
static const char *const LIST = "SELECT id, name, role, created FROM editor ORDER BY name";

static const char *const role_names[] = {"contributor", "editor", "owner"};

const char *
zb_role_name (ZbRole role)
{
  return role_names[role];
}

gboolean
zb_role_parse (const char *name, ZbRole *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (role_names); i++)
    if (g_strcmp0 (role_names[i], name) == 0) {
      *role = (ZbRole)i;
      return TRUE;
    }
  return FALSE;
}

void
zb_editor_free (ZbEditor *editor)
{
  g_free (editor->name);
  g_free (editor);
}

static gboolean
check_name (const char *name, GError **error)
{
  glong chars = g_utf8_validate (name, -1, NULL) ? g_utf8_strlen (name, -1) : 0;
  gboolean fine =
      chars >= 1 && chars <= ZB_EDITOR_NAME_CHARS && *name != ' ' && !g_str_has_suffix (name, " ");
  for (const char *p = name; fine && *p != '\0'; p = g_utf8_next_char (p))
    fine = g_unichar_isprint (g_utf8_get_char (p));
  if (!fine)
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID,
                 "the name of an editor is 1 to %d characters that can be seen", ZB_EDITOR_NAME_CHARS);
  return fine;
}

static char *
hash_password (const char *password, GError **error)
{
  glong chars = g_utf8_validate (password, -1, NULL) ? g_utf8_strlen (password, -1) : 0;
  if (chars >= ZB_PASSWORD_CHARS && chars <= 1000)
    return zb_password_hash (password, error);
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "a password has at least %d characters", ZB_PASSWORD_CHARS);
  return NULL;
}

gboolean
zb_editor_add (ZbDb *db, const char *name, ZbRole role, const char *password, ZbTime now, GError **error)
{
  gint64 taken = 0;
  if (!check_name (name, error) || !zb_db_int (db, &taken, error, TAKEN, "s", name))
    return FALSE;
  if (taken) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "there is an editor named %s already", name);
    return FALSE;
  }
  g_autofree char *hash = hash_password (password, error);
  return hash != NULL && zb_db_exec (db, error, ADD, "ssst", name, role_names[role], hash, now);
}

typedef struct {
  const char *sql, *name, *value;
} Change;

static gboolean
change_inside (ZbDb *db, gpointer data, GError **error)
{
  const Change *change = data;
  if (!zb_db_exec (db, error, change->sql, "ss", change->name, change->value))
    return FALSE;
  if (zb_db_changes (db) == 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no editor named %s", change->name);
    return FALSE;
  }
  return zb_db_exec (db, error, END_SESSIONS, "s", change->name);
}

/* Somebody must be left who can let others in. */
static gboolean
change_people (ZbDb *db, gpointer data, GError **error)
{
  gint64 before = 0, after = 0;
  if (!zb_db_int (db, &before, error, OWNERS, "") || !change_inside (db, data, error) ||
      !zb_db_int (db, &after, error, OWNERS, ""))
    return FALSE;
  if (before == 0 || after > 0)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s is the only owner: make somebody else an owner first",
               ((const Change *)data)->name);
  return FALSE;
}

gboolean
zb_editor_set_password (ZbDb *db, const char *name, const char *password, GError **error)
{
  g_autofree char *hash = hash_password (password, error);
  Change change = {SET_PASSWORD, name, hash};
  return hash != NULL && zb_db_transact (db, change_inside, &change, error);
}

gboolean
zb_editor_set_role (ZbDb *db, const char *name, ZbRole role, gboolean *changed, GError **error)
{
  g_autofree char *before = NULL;
  Change change = {SET_ROLE, name, role_names[role]};
  if (!zb_db_text (db, &before, error, ROLE, "s", name))
    return FALSE;
  *changed = g_strcmp0 (before, role_names[role]) != 0;
  return !*changed || zb_db_transact (db, change_people, &change, error);
}

gboolean
zb_editor_remove (ZbDb *db, const char *name, GError **error)
{
  Change change = {REMOVE, name, NULL};
  return zb_db_transact (db, change_people, &change, error);
}

GPtrArray *
zb_editor_list (ZbDb *db, GError **error)
{
  g_autoptr (GPtrArray) editors = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_editor_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST, "");
  while (zb_query_next (q)) {
    ZbEditor *editor = g_new0 (ZbEditor, 1);
    editor->id = zb_query_int (q, 0);
    editor->name = g_strdup (zb_query_text (q, 1));
    zb_role_parse (zb_query_text (q, 2), &editor->role);
    editor->created = zb_query_time (q, 3);
    g_ptr_array_add (editors, editor);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&editors) : NULL;
}
