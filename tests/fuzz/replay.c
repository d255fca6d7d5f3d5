/* Runs a harness once on each file of the folders and files named: what libFuzzer's own main would do, for
   builds without it. */
#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint
replay_file (const char *path)
{
  g_autofree char *data = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (path, &data, &size, &error)) {
    g_printerr ("%s\n", error->message);
    return 0;
  }
  g_print ("%s\n", path);                 /* the last one printed is the one that crashed */
  data = g_realloc (data, MAX (size, 1)); /* without the NUL behind it, which would hide who reads on */
  LLVMFuzzerTestOneInput ((const guint8 *)data, size);
  return 1;
}

static guint
replay (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;
  if (dir == NULL)
    return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? replay_file (path) : 0;
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    n += replay (inner);
  }
  return n;
}

int
main (int argc, char **argv)
{
  guint n = 0;
  LLVMFuzzerTestOneInput ((const guint8 *)"", 0);
  for (int i = 1; i < argc; i++)
    n += replay (argv[i]);
  g_print ("%u inputs, none went wrong\n", n);
  return 0;
}
