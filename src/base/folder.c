/* Folders of the file system: made, and read in one order whatever the disk's. */
#include "zhoubao/base/folder.h"

#include "zhoubao/base/error.h"
#include <errno.h>
#include <string.h>

gboolean
zb_folder_make (const char *path, int mode, GError **error)
{
  if (g_mkdir_with_parents (path, mode) == 0)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: cannot make the folder: %s", path, g_strerror (errno));
  return FALSE;
}

gboolean
zb_folder_make_for (const char *file, int mode, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (file);
  return zb_folder_make (folder, mode, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

GStrv
zb_folder_names (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *names = g_ptr_array_new ();
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (GStrv)g_ptr_array_free (names, FALSE);
}
