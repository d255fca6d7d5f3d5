/* Writing the archive: compare, write beside, rename. */
#include "output.h"

#include "zhoubao/base/arena.h"
#include "zhoubao/base/error.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct ZbOutput {
  char *folder;
  int folder_fd;
  const GPtrArray *past_rows; /* of the last build, borrowed, or NULL */
  GThread *look;              /* fills their IS_LEFT or FOUND; NULL once it was waited for */
  GPtrArray *found;           /* of char *: what had our form in the folder, where there are no PAST_ROWS */
  GMutex mutex;               /* guards what is below: files are put by several threads */
  GHashTable *by_path;        /* to ZbOutputRow, borrowed: the last build's, until this one has its own */
  GHashTable *folders;        /* those that were made */
  ZbArena *arena;             /* new rows and their paths */
  GPtrArray *rows;            /* of this build, borrowed from ARENA and PAST_ROWS */
  GPtrArray *removed;         /* of PAST_ROWS, their size ZB_GONE */
  ZbOutputCounts counts;
};

static gpointer
row_new (void)
{
  return g_new0 (ZbOutputRow, 1);
}

static const ZbWireField row_fields[] = {
    {ZB_WIRE_TEXT, G_STRUCT_OFFSET (ZbOutputRow, path)},
    {ZB_WIRE_NUMBER, G_STRUCT_OFFSET (ZbOutputRow, key_a)},
    {ZB_WIRE_NUMBER, G_STRUCT_OFFSET (ZbOutputRow, key_b)},
    {ZB_WIRE_NUMBER, G_STRUCT_OFFSET (ZbOutputRow, size)},
    {ZB_WIRE_NUMBER, G_STRUCT_OFFSET (ZbOutputRow, modified)},
};

const ZbWireTable zb_output_row_table = {row_new, g_free, row_fields, G_N_ELEMENTS (row_fields), TRUE};

static gint64
modified_of (const struct stat *st)
{
  return (gint64)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

static void
look_at_rows (const ZbOutput *output, int folder)
{
  struct stat st;
  for (guint i = 0; i < output->past_rows->len; i++) {
    ZbOutputRow *row = output->past_rows->pdata[i];
    row->is_left = fstatat (folder, row->path, &st, 0) == 0 && st.st_size == row->size &&
                   modified_of (&st) == row->modified;
  }
}

static DIR *
open_below (int folder, const char *below)
{
  int fd = openat (folder, *below != '\0' ? below : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  if (fd >= 0 && dir == NULL)
    close (fd);
  return dir;
}

/* Not where a symbolic link leads to one. */
static gboolean
is_folder (DIR *dir, const struct dirent *entry)
{
  struct stat st;
  if (entry->d_type != DT_UNKNOWN) /* some file systems do not say */
    return entry->d_type == DT_DIR;
  return fstatat (dirfd (dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR (st.st_mode);
}

static gboolean
has_our_form (const char *name)
{
  static const char *const ours[] = {".html", ".xml", ".json", ".txt",  ".svg",
                                     ".png",  ".css", ".js",   ".new~", NULL};
  const char *dot = strrchr (name, '.');
  return dot != NULL && g_strv_contains (ours, dot);
}

static void
find_below (ZbOutput *output, int folder, const char *below)
{
  DIR *dir = open_below (folder, below);
  const struct dirent *entry;
  while (dir != NULL && (entry = readdir (dir)) != NULL) {
    const char *name = entry->d_name;
    if (g_str_equal (name, ".") || g_str_equal (name, ".."))
      continue;
    g_autofree char *inner = *below != '\0' ? g_strconcat (below, "/", name, NULL) : g_strdup (name);
    if (is_folder (dir, entry))
      find_below (output, folder, inner);
    else if (has_our_form (name))
      g_ptr_array_add (output->found, g_steal_pointer (&inner));
  }
  if (dir != NULL)
    closedir (dir);
}

static gpointer
look (gpointer data)
{
  ZbOutput *output = data;
  int fd = open (output->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) /* the first build */
    return NULL;
  if (output->past_rows != NULL)
    look_at_rows (output, fd);
  else
    find_below (output, fd, "");
  close (fd);
  return NULL;
}

static void
end_look (ZbOutput *output)
{
  if (output->look != NULL)
    g_thread_join (g_steal_pointer (&output->look));
}

ZbOutput *
zb_output_new (const char *folder, const GPtrArray *rows)
{
  ZbOutput *output = g_new0 (ZbOutput, 1);
  output->folder = g_strdup (folder);
  output->folder_fd = -1;
  g_mutex_init (&output->mutex);
  output->past_rows = rows;
  output->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  output->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  output->arena = zb_arena_new ();
  output->rows = g_ptr_array_new ();
  output->removed = g_ptr_array_new ();
  output->found = g_ptr_array_new_with_free_func (g_free);
  output->look = g_thread_new ("look", look, output);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    ZbOutputRow *row = rows->pdata[i];
    g_hash_table_insert (output->by_path, (char *)row->path, row);
  }
  return output;
}

void
zb_output_free (ZbOutput *output)
{
  end_look (output);
  if (output->folder_fd >= 0)
    close (output->folder_fd);
  g_hash_table_unref (output->by_path);
  g_hash_table_unref (output->folders);
  g_ptr_array_unref (output->rows);
  g_ptr_array_unref (output->removed);
  zb_arena_free (output->arena);
  g_ptr_array_unref (output->found);
  g_mutex_clear (&output->mutex);
  g_free (output->folder);
  g_free (output);
}

ZbOutputCounts
zb_output_counts (const ZbOutput *output)
{
  return output->counts;
}

const GPtrArray *
zb_output_rows (const ZbOutput *output)
{
  return output->rows;
}

const GPtrArray *
zb_output_removed (const ZbOutput *output)
{
  return output->removed;
}

static gboolean
fail (const ZbOutput *output, const char *path, GError **error)
{
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s/%s: %s", output->folder, path, g_strerror (errno));
  return FALSE;
}

/* Paths are looked up from one open folder: a third of the time that whole paths take. */
static gboolean
open_folder (ZbOutput *output, GError **error)
{
  if (output->folder_fd >= 0)
    return TRUE;
  if (g_mkdir_with_parents (output->folder, 0755) == 0)
    output->folder_fd = open (output->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return output->folder_fd >= 0 || fail (output, "", error);
}

static void
keep_row (ZbOutput *output, ZbOutputRow *row)
{
  row->is_kept = TRUE;
  g_ptr_array_add (output->rows, row);
}

/* The row's file is not yet there. */
static ZbOutputRow *
add_row (ZbOutput *output, const char *path, const ZbKey *key)
{
  ZbOutputRow *row = zb_arena_take (output->arena, sizeof *row);
  *row = (ZbOutputRow){.path = zb_arena_text (output->arena, path, strlen (path)),
                       .key_a = (gint64)key->a,
                       .key_b = (gint64)key->b};
  keep_row (output, row);
  g_hash_table_replace (output->by_path, (char *)row->path, row);
  return row;
}

static void
fill_row (ZbOutputRow *row, const struct stat *st)
{
  row->size = st->st_size;
  row->modified = modified_of (st);
}

/* The last build's row of PATH, where it was made from KEY (NULL: whatever) and is as it was left. */
static ZbOutputRow *
find_left (ZbOutput *output, const char *path, const ZbKey *key)
{
  ZbOutputRow *row = g_hash_table_lookup (output->by_path, path);
  if (row == NULL || (key != NULL && ((guint64)row->key_a != key->a || (guint64)row->key_b != key->b)))
    return NULL;
  end_look (output);
  return row->is_left ? row : NULL;
}

gboolean
zb_output_matches (ZbOutput *output, const char *path, const ZbKey *key)
{
  return find_left (output, path, key) != NULL;
}

gboolean
zb_output_is_current (ZbOutput *output, const char *path, const ZbKey *key)
{
  ZbOutputRow *row = find_left (output, path, key);
  if (row == NULL || row->is_kept)
    return FALSE;
  keep_row (output, row);
  output->counts.skipped++;
  return TRUE;
}

static char *
read_whole (int fd, gsize size)
{
  g_autofree char *bytes = g_malloc (size + 1);
  gsize done = 0;
  while (done < size) {
    gssize n = read (fd, bytes + done, size - done);
    if (n <= 0 && errno != EINTR)
      return NULL;
    done += n > 0 ? (gsize)n : 0;
  }
  bytes[size] = '\0';
  return g_steal_pointer (&bytes);
}

char *
zb_output_read (ZbOutput *output, const char *path, gsize *length)
{
  struct stat st;
  int fd = open_folder (output, NULL) ? openat (output->folder_fd, path, O_RDONLY | O_CLOEXEC) : -1;
  char *bytes = fd >= 0 && fstat (fd, &st) == 0 ? read_whole (fd, (gsize)st.st_size) : NULL;
  if (bytes != NULL)
    *length = (gsize)st.st_size;
  if (fd >= 0)
    close (fd);
  return bytes;
}

static gboolean
is_same (ZbOutput *output, const char *path, const void *bytes, gsize length, struct stat *st)
{
  int fd = openat (output->folder_fd, path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  g_autofree char *old = fstat (fd, st) == 0 && (gsize)st->st_size == length ? read_whole (fd, length) : NULL;
  close (fd);
  return old != NULL && memcmp (old, bytes, length) == 0;
}

static gboolean
make_folders (ZbOutput *output, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  if (g_str_equal (folder, ".") || g_hash_table_contains (output->folders, folder))
    return TRUE;
  if (!make_folders (output, folder, error))
    return FALSE;
  if (mkdirat (output->folder_fd, folder, 0755) != 0 && errno != EEXIST)
    return fail (output, folder, error);
  g_hash_table_add (output->folders, g_steal_pointer (&folder));
  return TRUE;
}

static gboolean
write_all (int fd, const char *bytes, gsize length)
{
  while (length > 0) {
    gssize n = write (fd, bytes, length);
    if (n < 0 && errno != EINTR)
      return FALSE;
    bytes += n > 0 ? n : 0;
    length -= n > 0 ? (gsize)n : 0;
  }
  return TRUE;
}

/* Folders are made where one is missed: most are there. */
static int
open_beside (ZbOutput *output, const char *path, const char *beside, GError **error)
{
  const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
  int fd = openat (output->folder_fd, beside, flags, 0644);
  if (fd < 0 && errno == ENOENT) {
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&output->mutex);
    if (!make_folders (output, path, error))
      return -1;
    fd = openat (output->folder_fd, beside, flags, 0644);
  }
  if (fd < 0)
    fail (output, path, error);
  return fd;
}

/* No sync: the archive can be made again; a reader sees the old file or the new one. */
static gboolean
replace (ZbOutput *output, const char *path, const void *bytes, gsize length, struct stat *st, GError **error)
{
  g_autofree char *beside = g_strconcat (path, ".new~", NULL);
  int fd = open_beside (output, path, beside, error);
  if (fd < 0)
    return FALSE;
  gboolean ok = write_all (fd, bytes, length) && fstat (fd, st) == 0;
  ok = close (fd) == 0 && ok;
  if (!ok || renameat (output->folder_fd, beside, output->folder_fd, path) != 0) {
    fail (output, path, error);
    unlinkat (output->folder_fd, beside, 0);
    return FALSE;
  }
  return TRUE;
}

/* What several threads may not do at once: PATH becomes this caller's. */
static ZbOutputRow *
claim (ZbOutput *output, const char *path, const ZbKey *key, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&output->mutex);
  const ZbOutputRow *row = g_hash_table_lookup (output->by_path, path);
  if (row != NULL && row->is_kept) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "two files of the workspace make the same page, %s",
                 path);
    return NULL;
  }
  return open_folder (output, error) ? add_row (output, path, key) : NULL;
}

gboolean
zb_output_put (ZbOutput *output, const char *path, const ZbKey *key, const void *bytes, gsize length,
               GError **error)
{
  struct stat st;
  ZbOutputRow *row = claim (output, path, key, error);
  if (row == NULL)
    return FALSE;
  gboolean same = is_same (output, path, bytes, length, &st);
  if (!same && !replace (output, path, bytes, length, &st, error))
    return FALSE;
  fill_row (row, &st);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&output->mutex);
  output->counts.same += same;
  output->counts.written += !same;
  return TRUE;
}

/* Also the folders that become empty. */
static gboolean
remove_path (ZbOutput *output, const char *path, GError **error)
{
  if (unlinkat (output->folder_fd, path, 0) != 0)
    return errno == ENOENT || fail (output, path, error);
  output->counts.removed++;
  for (g_autofree char *folder = g_path_get_dirname (path); !g_str_equal (folder, ".");) {
    if (unlinkat (output->folder_fd, folder, AT_REMOVEDIR) != 0)
      break;
    char *above = g_path_get_dirname (folder);
    g_free (folder);
    folder = above;
  }
  return TRUE;
}

/* Without a memory of the last build, whatever has the form of our files and was not made now is old. */
static gboolean
remove_unknown (ZbOutput *output, GError **error)
{
  end_look (output);
  for (guint i = 0; i < output->found->len; i++) {
    const char *path = output->found->pdata[i];
    if (!g_hash_table_contains (output->by_path, path) && !remove_path (output, path, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
zb_output_finish (ZbOutput *output, GError **error)
{
  if (!open_folder (output, error))
    return FALSE;
  if (output->past_rows == NULL)
    return remove_unknown (output, error);
  end_look (output);
  for (guint i = 0; i < output->past_rows->len; i++) {
    const char *path = ((const ZbOutputRow *)output->past_rows->pdata[i])->path;
    ZbOutputRow *row = g_hash_table_lookup (output->by_path, path); /* perhaps a new one */
    if (row->is_kept)
      continue;
    if (!remove_path (output, path, error))
      return FALSE;
    row->size = ZB_GONE;
    g_ptr_array_add (output->removed, row);
  }
  return TRUE;
}
