/* Building once more, elsewhere, and comparing. */
#include "zhoubao/publish/reproduce.h"

#include "zhoubao/base/error.h"
#include <errno.h>
#include <glib/gstdio.h>

typedef struct {
  const char *published, *again;
  GPtrArray *differences;
  guint files;
} Comparison;

static gboolean
same_bytes (const char *a, const char *b)
{
  g_autofree char *x = NULL, *y = NULL;
  gsize x_length = 0, y_length = 0;
  return g_file_get_contents (a, &x, &x_length, NULL) && g_file_get_contents (b, &y, &y_length, NULL) &&
         x_length == y_length && memcmp (x, y, x_length) == 0;
}

/* Every file below FIRST: against its twin below SECOND, or only whether the twin is there. */
static void
compare_folder (Comparison *c, const char *below, gboolean forth)
{
  const char *first = forth ? c->again : c->published, *second = forth ? c->published : c->again;
  g_autofree char *folder = g_build_filename (first, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = *below != '\0' ? g_build_filename (below, name, NULL) : g_strdup (name);
    g_autofree char *one = g_build_filename (first, inner, NULL),
                    *two = g_build_filename (second, inner, NULL);
    if (g_file_test (one, G_FILE_TEST_IS_DIR)) {
      compare_folder (c, inner, forth);
      continue;
    }
    c->files += forth;
    if (!g_file_test (two, G_FILE_TEST_EXISTS))
      g_ptr_array_add (c->differences,
                       g_strdup_printf (forth ? "%s is missing" : "%s comes from no input", inner));
    else if (forth && !same_bytes (one, two))
      g_ptr_array_add (c->differences, g_strdup_printf ("%s differs", inner));
  }
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
      remove_folder (inner);
    else
      (void)g_unlink (inner); /* what stays makes rmdir fail, and lies in the temporary folder */
  }
  (void)g_rmdir (path);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

gboolean
zb_reproduce (ZbWorkspace *workspace, const ZbBuildOptions *options, GPtrArray *differences, guint *files,
              GError **error)
{
  g_autofree char *public = zb_workspace_path (workspace, "public");
  g_autofree char *again = g_dir_make_tmp ("zhoubao-verify-XXXXXX", error);
  ZbBuildOptions elsewhere = *options;
  ZbBuildCounts counts = {0};
  Comparison c = {public, again, differences, 0};
  if (again == NULL)
    return FALSE;
  elsewhere.folder = again;
  gboolean ok = zb_build (workspace, &elsewhere, &counts, error);
  if (ok) {
    compare_folder (&c, "", TRUE);
    compare_folder (&c, "", FALSE);
    g_ptr_array_sort (differences, compare_texts);
    *files = c.files;
  }
  remove_folder (again);
  return ok;
}
