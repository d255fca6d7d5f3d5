/* Opening and making workspaces. */
#include "zhoubao/store/workspace.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/folder.h"
#include "zhoubao/store/config.h"
#include "zhoubao/store/migrate.h"
#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#define INIT_PREFIX "/zhoubao/templates/init/"

ZbWorkspace *
zb_workspace_open (const char *dir, GError **error)
{
  g_autofree char *file =
      g_str_equal (dir, ".") ? g_strdup ("zhoubao.yaml") : g_build_filename (dir, "zhoubao.yaml", NULL);
  if (!g_file_test (file, G_FILE_TEST_EXISTS)) {
    g_set_error (
        error, ZB_ERROR, ZB_ERROR_NOT_FOUND,
        "%s is no workspace: there is no %s (make one with: zhoubao init DIR, or name one with -C DIR)", dir,
        file);
    return NULL;
  }
  ZbConfig *config = zb_config_read (file, error);
  if (config == NULL)
    return NULL;
  ZbWorkspace *workspace = g_new0 (ZbWorkspace, 1);
  workspace->root = g_strdup (dir);
  workspace->config = config;
  return workspace;
}

void
zb_workspace_free (ZbWorkspace *workspace)
{
  zb_config_free (workspace->config);
  g_free (workspace->root);
  g_free (workspace);
}

char *
zb_workspace_path (ZbWorkspace *workspace, const char *below)
{
  return g_build_filename (workspace->root, below, NULL);
}

ZbDb *
zb_workspace_database (ZbWorkspace *workspace, GError **error)
{
  g_autofree char *data = zb_workspace_path (workspace, "data");
  g_autofree char *path = g_build_filename (data, "zhoubao.db", NULL);
  if (!zb_folder_make (data, 0700, error)) /* addresses of people lie here */
    return NULL;
  g_autoptr (ZbDb) db = zb_db_open (path, ZB_DB_CREATE, error);
  if (db == NULL || !zb_migrate (db, error))
    return NULL;
  return g_steal_pointer (&db);
}

static gboolean
is_empty_or_absent (const char *dir, GError **error)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  if ((open == NULL && !g_file_test (dir, G_FILE_TEST_EXISTS)) ||
      (open != NULL && g_dir_read_name (open) == NULL))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s is not an empty folder: a new workspace needs its own",
               dir);
  return FALSE;
}

/* Writes the tree of resources below PREFIX into DIR. */
static gboolean
write_tree (const char *prefix, const char *dir, GError **error)
{
  g_auto (GStrv) names = g_resources_enumerate_children (prefix, 0, error);
  if (names == NULL || !zb_folder_make (dir, 0755, error))
    return FALSE;
  for (char **name = names; *name != NULL; name++) {
    g_autofree char *from = g_strconcat (prefix, *name, NULL);
    g_autofree char *to =
        g_build_filename (dir, g_str_equal (*name, "gitignore") ? ".gitignore" : *name, NULL);
    if (g_str_has_suffix (*name, "/")) {
      if (!write_tree (from, to, error))
        return FALSE;
      continue;
    }
    g_autoptr (GBytes) bytes = g_resources_lookup_data (from, 0, error);
    if (bytes == NULL ||
        !g_file_set_contents (to, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), error))
      return FALSE;
  }
  return TRUE;
}

gboolean
zb_workspace_init (const char *dir, GError **error)
{
  static const char *const folders[] = {"templates",        "issues/weekly", "issues/posts",
                                        "issues/documents", "issues/pages",  "data"};
  if (!is_empty_or_absent (dir, error) || !write_tree (INIT_PREFIX, dir, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = g_build_filename (dir, folders[i], NULL);
    if (!zb_folder_make (path, g_str_equal (folders[i], "data") ? 0700 : 0755, error))
      return FALSE;
  }
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (dir, error);
  g_autoptr (ZbDb) db = workspace != NULL ? zb_workspace_database (workspace, error) : NULL;
  return db != NULL;
}
