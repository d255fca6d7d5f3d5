/* zhoubao keys: what makes links, signatures and sessions, moved to another machine. */
#include "issue.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/deliver/keys.h"

#define KEYS_BYTES (64 * 1024)

static char *option_output;
static gboolean option_replace;

static const GOptionEntry export_options[] = {{"output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output,
                                               "Write to FILE, private to you, instead of standard output",
                                               "FILE"},
                                              {NULL}};
static const GOptionEntry import_options[] = {{"replace", 0, 0, G_OPTION_ARG_NONE, &option_replace,
                                               "Put them in place of others, which are kept as NAME.before",
                                               NULL},
                                              {NULL}};

static gboolean
run_export (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 0, 0, error))
    return FALSE;
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (cli->directory, error);
  g_autoptr (ZbDb) db = workspace != NULL ? zb_workspace_database (workspace, error) : NULL;
  if (db == NULL)
    return FALSE;
  g_autofree char *keys = zb_workspace_path (workspace, "data/keys"),
                  *text = zb_keys_export (db, keys, error);
  if (text == NULL)
    return FALSE;
  if (option_output == NULL)
    zb_verb_print ("%s", text);
  else if (!g_file_set_contents_full (option_output, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return FALSE;
  g_printerr (
      "Whoever has these keys can act in the newsletter's name: keep them where nobody else looks.\n");
  return TRUE;
}

static gboolean
run_import (const ZbCli *cli, char **args, GError **error)
{
  gsize length = 0;
  guint count = 0;
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (cli->directory, error);
  g_autoptr (ZbDb) db = workspace != NULL ? zb_workspace_database (workspace, error) : NULL;
  g_autofree char *text = db != NULL ? zb_issue_desk_slurp (args[0], KEYS_BYTES, &length, error) : NULL;
  if (text == NULL)
    return FALSE;
  g_autofree char *keys = zb_workspace_path (workspace, "data/keys");
  if (!zb_keys_import (db, keys, text, length, option_replace, &count, error)) {
    g_prefix_error (error, "%s: ", args[0]);
    return FALSE;
  }
  zb_verb_say (cli, count == 1 ? "%u key is new here\n" : "%u keys are new here\n", count);
  return TRUE;
}

static const ZbVerb export_verb = {"export", "", "All keys as one file, for a move", export_options,
                                   run_export};
static const ZbVerb import_verb = {"import", "FILE|-", "Take them, beside a copy of their database",
                                   import_options, run_import};
static const ZbVerb *const verbs[] = {&export_verb, &import_verb, NULL};

const ZbVerb zb_verb_keys = {"keys", "",   "What makes links and signatures: export, import",
                             NULL,   NULL, verbs};
