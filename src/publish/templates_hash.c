/* Hashing the templates, in the order of their names, wherever the workspace lies. */
#include "templates_hash.h"

#include "zhoubao/base/folder.h"
#include <gio/gio.h>

#define OWN "/zhoubao/templates/"
#define DESK OWN "desk/" /* the desk's pages are seen by editors alone */

static void
add (GChecksum *sum, const char *name, const void *bytes, gsize length)
{
  g_autofree char *head = g_strdup_printf ("%s %" G_GSIZE_FORMAT "\n", name, length);
  g_checksum_update (sum, (const guchar *)head, -1);
  g_checksum_update (sum, bytes, (gssize)length);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static gboolean
add_resources (GChecksum *sum, const char *folder, GError **error)
{
  g_auto (GStrv) names = g_resources_enumerate_children (folder, 0, error);
  if (names == NULL)
    return FALSE;
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (char **name = names; *name != NULL; name++) {
    g_autofree char *path = g_strconcat (folder, *name, NULL);
    if (g_str_has_suffix (path, "/")) {
      if (!g_str_equal (path, DESK) && !add_resources (sum, path, error))
        return FALSE;
      continue;
    }
    g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, error);
    if (bytes == NULL)
      return FALSE;
    gsize length = 0;
    const void *data = g_bytes_get_data (bytes, &length);
    add (sum, path + strlen (OWN), data, length);
  }
  return TRUE;
}

static gboolean
add_folder (GChecksum *sum, const char *folder, const char *below, GError **error)
{
  g_autofree char *path = g_build_filename (folder, below, NULL);
  g_auto (GStrv) names = zb_folder_names (path);
  for (char **name = names; *name != NULL; name++) {
    g_autofree char *inner = g_build_filename (below, *name, NULL);
    g_autofree char *file = g_build_filename (folder, inner, NULL), *text = NULL;
    gsize length = 0;
    if (g_file_test (file, G_FILE_TEST_IS_DIR)) {
      if (!g_str_equal (inner, "desk") && !add_folder (sum, folder, inner, error))
        return FALSE;
    } else if (!g_file_get_contents (file, &text, &length, error))
      return FALSE;
    else
      add (sum, inner, text, length);
  }
  return TRUE;
}

char *
zb_templates_hash (ZbWorkspace *workspace, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *folder = zb_workspace_path (workspace, "templates");
  if (!add_resources (sum, OWN, error) || !add_folder (sum, folder, "", error))
    return NULL;
  return g_strdup (g_checksum_get_string (sum));
}
