/* The build's memory. */
#include "cache.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/folder.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define CACHE "data/build.cache"
#define WORDS "data/words.cache"

static gpointer
cache_new (void)
{
  return g_new0 (ZbBuildCache, 1);
}

void
zb_build_cache_free (ZbBuildCache *cache)
{
  g_clear_pointer (&cache->entries, g_ptr_array_unref);
  g_clear_pointer (&cache->rows, g_ptr_array_unref);
  g_clear_pointer (&cache->file, g_mapped_file_unref);
  g_free (cache);
}

static const ZbWireField cache_fields[] = {
    {ZB_WIRE_INT, G_STRUCT_OFFSET (ZbBuildCache, with_words)},
    {ZB_WIRE_LIST, G_STRUCT_OFFSET (ZbBuildCache, entries), &zb_site_entry_table},
    {ZB_WIRE_LIST, G_STRUCT_OFFSET (ZbBuildCache, rows), &zb_output_row_table},
};

static const ZbWireTable cache_table = {cache_new, (void (*) (gpointer))zb_build_cache_free, cache_fields,
                                        G_N_ELEMENTS (cache_fields)};

ZbBuildCache *
zb_build_cache_read (const char *root)
{
  static const ZbWireLimits limits = {1 << 20, 1 << 24};
  g_autofree char *path = g_build_filename (root, CACHE, NULL);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  if (file == NULL || g_mapped_file_get_length (file) == 0)
    return NULL;
  /* A cache of another program's version does not parse, and is then no loss. */
  ZbBuildCache *cache = zb_wire_read (&cache_table, (const guint8 *)g_mapped_file_get_contents (file),
                                      g_mapped_file_get_length (file), &limits, NULL);
  if (cache != NULL)
    cache->file = g_steal_pointer (&file);
  return cache;
}

/* Without a sync, which takes longer than a build; GLib leaves the end of a longer file standing, so it goes
   first. A crash here loses a cache and nothing else. */
static gboolean
write_anew (const char *path, const char *bytes, gsize length, GError **error)
{
  (void)g_unlink (path); /* it need not be there */
  return g_file_set_contents_full (path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0644, error);
}

gboolean
zb_build_cache_write (const char *root, int with_words, GPtrArray *entries, const GPtrArray *rows,
                      GError **error)
{
  g_autofree char *path = g_build_filename (root, CACHE, NULL);
  ZbBuildCache cache = {with_words, entries, (GPtrArray *)rows, NULL};
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  zb_wire_write (&cache_table, &cache, bytes);
  if (!zb_folder_make_for (path, 0700, error))
    return FALSE;
  return write_anew (path, (const char *)bytes->data, bytes->len, error);
}

static gboolean
append (const char *path, const GString *more, GError **error)
{
  FILE *file = g_fopen (path, "ae");
  gboolean ok = file != NULL && fwrite (more->str, 1, more->len, file) == more->len;
  if (file != NULL)
    ok = fclose (file) == 0 && ok;
  if (!ok)
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "cannot write %s: %s", path, g_strerror (errno));
  return ok;
}

char *
zb_build_cache_words (const char *root, gint64 at, gint64 size)
{
  g_autofree char *path = g_build_filename (root, WORDS, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autofree char *words = g_malloc ((gsize)size + 1);
  gboolean ok = fd >= 0 && pread (fd, words, (gsize)size, at) == size;
  if (fd >= 0)
    close (fd);
  words[size] = '\0';
  return ok ? g_steal_pointer (&words) : NULL;
}

static gint64
size_of_file (const char *path)
{
  struct stat st;
  return stat (path, &st) == 0 ? st.st_size : 0;
}

/* Loads what is still of use, so that the file can be written from its start. */
static void
load_all (const char *root, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++) {
    ZbSiteEntry *entry = entries->pdata[i];
    if (entry->words == NULL)
      entry->words = zb_build_cache_words (root, entry->words_at, entry->words_size);
  }
}

gboolean
zb_build_cache_add_words (const char *root, GPtrArray *entries, GError **error)
{
  g_autofree char *path = g_build_filename (root, WORDS, NULL);
  gint64 end = size_of_file (path), used = 0;
  g_autoptr (GString) more = g_string_new (NULL);
  for (guint i = 0; i < entries->len; i++)
    used += ((ZbSiteEntry *)entries->pdata[i])->words == NULL ? ((ZbSiteEntry *)entries->pdata[i])->words_size
                                                              : 0;
  gboolean anew = used * 2 < end;
  if (anew)
    load_all (root, entries);
  for (guint i = 0; i < entries->len; i++) {
    ZbSiteEntry *entry = entries->pdata[i];
    if (entry->words == NULL)
      continue;
    entry->words_at = (anew ? 0 : end) + (gint64)more->len;
    entry->words_size = (gint64)strlen (entry->words);
    g_string_append (more, entry->words);
  }
  if (!zb_folder_make_for (path, 0700, error))
    return FALSE;
  if (anew)
    return write_anew (path, more->str, more->len, error);
  if (more->len == 0)
    return TRUE;
  return append (path, more, error);
}
