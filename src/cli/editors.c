/* zhoubao editors: who may work at the desk. The first one is made here. */
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/audit.h"
#include "zhoubao/store/editor.h"
#include "zhoubao/store/workspace.h"
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

static char *option_role, *option_password_file;

static const GOptionEntry add_options[] = {
    {"role", 0, 0, G_OPTION_ARG_STRING, &option_role,
     "owner, editor or contributor (default: owner for the first, else editor)", "ROLE"},
    {"password-file", 0, 0, G_OPTION_ARG_FILENAME, &option_password_file,
     "Read the password from FILE; - is standard input", "FILE"},
    {NULL}};

static ZbDb *
open_database (const ZbCli *cli, GError **error)
{
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (cli->directory, error);
  return workspace != NULL ? zb_workspace_database (workspace, error) : NULL;
}

static char *
read_line (FILE *from, GError **error)
{
  char *line = NULL;
  size_t room = 0;
  ssize_t length = getline (&line, &room, from);
  g_autofree char *copy = length >= 0 ? g_strndup (line, strcspn (line, "\r\n")) : NULL;
  free (line);
  if (copy == NULL)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_USAGE, "no password was given");
  return g_steal_pointer (&copy);
}

/* Asks on the terminal without showing what is typed. */
static char *
ask_password (GError **error)
{
  struct termios before, silent;
  if (tcgetattr (STDIN_FILENO, &before) != 0)
    return read_line (stdin, error);
  silent = before;
  silent.c_lflag &= ~(tcflag_t)ECHO;
  g_printerr ("Password (at least %d characters): ", ZB_PASSWORD_CHARS);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  char *password = read_line (stdin, error);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  g_printerr ("\n");
  return password;
}

static char *
get_password (GError **error)
{
  if (option_password_file == NULL || g_str_equal (option_password_file, "-"))
    return ask_password (error);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (option_password_file, &text, NULL, error))
    return NULL;
  return g_strndup (text, strcspn (text, "\r\n"));
}

static gboolean
choose_role (ZbDb *db, ZbRole *role, GError **error)
{
  g_autoptr (GPtrArray) editors = zb_editor_list (db, error);
  if (editors == NULL)
    return FALSE;
  *role = editors->len == 0 ? ZB_ROLE_OWNER : ZB_ROLE_EDITOR;
  if (option_role == NULL || zb_role_parse (option_role, role))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is no role: owner, editor or contributor", option_role);
  return FALSE;
}

static gboolean
run_add (const ZbCli *cli, char **args, GError **error)
{
  ZbRole role;
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  g_autoptr (ZbDb) db = open_database (cli, error);
  if (db == NULL || !choose_role (db, &role, error))
    return FALSE;
  g_autofree char *password = get_password (error);
  if (password == NULL || !zb_editor_add (db, args[0], role, password, cli->now, error) ||
      !zb_audit_add (db, g_get_user_name (), "editor added", args[0], cli->now, error))
    return FALSE;
  zb_verb_print ("%s is an %s now; the desk starts with: zhoubao serve\n", args[0], zb_role_name (role));
  return TRUE;
}

static gboolean
run_passwd (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  g_autoptr (ZbDb) db = open_database (cli, error);
  g_autofree char *password = db != NULL ? get_password (error) : NULL;
  if (password == NULL || !zb_editor_set_password (db, args[0], password, error) ||
      !zb_audit_add (db, g_get_user_name (), "password changed", args[0], cli->now, error))
    return FALSE;
  zb_verb_print ("the password of %s is changed; every session of theirs is over\n", args[0]);
  return TRUE;
}

static gboolean
run_list (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 0, 0, error))
    return FALSE;
  g_autoptr (ZbDb) db = open_database (cli, error);
  g_autoptr (GPtrArray) editors = db != NULL ? zb_editor_list (db, error) : NULL;
  if (editors == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_array (b);
  for (guint i = 0; i < editors->len; i++) {
    const ZbEditor *editor = editors->pdata[i];
    if (!cli->json)
      zb_verb_print ("%-12s %s\n", zb_role_name (editor->role), editor->name);
    json_builder_begin_object (b);
    zb_json_text (b, "name", editor->name);
    zb_json_text (b, "role", zb_role_name (editor->role));
    zb_json_time (b, "created", editor->created);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  if (cli->json)
    zb_verb_print_json (b);
  else if (editors->len == 0)
    zb_verb_print ("there are no editors yet; the first is made with: zhoubao editors add NAME\n");
  return TRUE;
}

static gboolean
run_remove (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  g_autoptr (ZbDb) db = open_database (cli, error);
  if (db == NULL || !zb_editor_remove (db, args[0], error) ||
      !zb_audit_add (db, g_get_user_name (), "editor removed", args[0], cli->now, error))
    return FALSE;
  zb_verb_print ("%s is no editor any more\n", args[0]);
  return TRUE;
}

static const ZbVerb verb_add = {"add", "NAME", "Let somebody work at the desk", add_options, run_add};
static const ZbVerb verb_list = {"list", "", "List the editors", NULL, run_list};
static const ZbVerb verb_passwd = {"passwd", "NAME", "Give an editor a new password", add_options + 1,
                                   run_passwd};
static const ZbVerb verb_remove = {"remove", "NAME", "End the work of an editor at the desk", NULL,
                                   run_remove};
static const ZbVerb *const verbs[] = {&verb_add, &verb_list, &verb_passwd, &verb_remove, NULL};

const ZbVerb zb_verb_editors = {"editors", "", "Who may work at the desk", NULL, NULL, verbs};
