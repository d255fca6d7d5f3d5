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

/* The file is a row of parts, each after its length. Of two that tell of the same file or path the later one
   counts; a size of GONE says that there is none any more. */
typedef struct {
  gint64 maker_a, maker_b;
  GPtrArray *entries; /* of ZbSiteEntry */
  GPtrArray *rows;    /* of ZbOutputRow */
} Part;

static gpointer
part_new (void)
{
  return g_new0 (Part, 1);
}

static void
part_free (Part *part)
{
  g_clear_pointer (&part->entries, g_ptr_array_unref);
  g_clear_pointer (&part->rows, g_ptr_array_unref);
  g_free (part);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Part, part_free)

static const ZbWireField part_fields[] = {
    {ZB_WIRE_NUMBER, G_STRUCT_OFFSET (Part, maker_a)},
    {ZB_WIRE_NUMBER, G_STRUCT_OFFSET (Part, maker_b)},
    {ZB_WIRE_LIST, G_STRUCT_OFFSET (Part, entries), &zb_site_entry_table},
    {ZB_WIRE_LIST, G_STRUCT_OFFSET (Part, rows), &zb_output_row_table},
};

static const ZbWireTable part_table = {part_new, (void (*) (gpointer))part_free, part_fields,
                                       G_N_ELEMENTS (part_fields)};

void
zb_build_cache_free (ZbBuildCache *cache)
{
  g_clear_pointer (&cache->entries, g_hash_table_unref);
  g_clear_pointer (&cache->rows, g_ptr_array_unref);
  g_clear_pointer (&cache->file, g_mapped_file_unref);
  g_free (cache);
}

static void
take_part (ZbBuildCache *cache, Part *part)
{
  g_ptr_array_set_free_func (part->entries, NULL);
  for (guint i = 0; i < part->entries->len; i++) {
    ZbSiteEntry *entry = part->entries->pdata[i];
    g_hash_table_replace (cache->entries, (gpointer)entry->file, entry);
    if (entry->size == ZB_GONE)
      g_hash_table_remove (cache->entries, entry->file);
  }
  if (cache->rows == NULL)
    cache->rows = g_steal_pointer (&part->rows);
  else
    g_ptr_array_extend_and_steal (cache->rows, g_steal_pointer (&part->rows));
}

/* Leaves of each path what counts. */
static void
settle_rows (ZbBuildCache *cache)
{
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *settled = g_ptr_array_new_full (cache->rows->len, g_free);
  for (guint i = 0; i < cache->rows->len; i++) {
    ZbOutputRow *row = cache->rows->pdata[i];
    g_hash_table_replace (last, (gpointer)row->path, row);
  }
  g_ptr_array_set_free_func (cache->rows, NULL);
  for (guint i = 0; i < cache->rows->len; i++) {
    ZbOutputRow *row = cache->rows->pdata[i];
    if (g_hash_table_lookup (last, row->path) == row && row->size != ZB_GONE)
      g_ptr_array_add (settled, row);
    else
      g_free (row);
  }
  g_ptr_array_unref (cache->rows);
  cache->rows = settled;
}

/* The part at *AT, which moves on; NULL where it is broken or was made by another. */
static Part *
read_part (const guint8 **at, const guint8 *end, const ZbKey *maker)
{
  static const ZbWireLimits limits = {1 << 20, 1 << 24};
  guint32 length = 0;
  if (end - *at < (gssize)sizeof length)
    return NULL;
  memcpy (&length, *at, sizeof length);
  *at += sizeof length;
  if (length > (gsize)(end - *at))
    return NULL;
  g_autoptr (Part) part = zb_wire_read (&part_table, *at, length, &limits, NULL);
  *at += length;
  if (part == NULL || (guint64)part->maker_a != maker->a || (guint64)part->maker_b != maker->b)
    return NULL;
  return g_steal_pointer (&part);
}

ZbBuildCache *
zb_build_cache_read (const char *root, const ZbKey *maker)
{
  g_autofree char *path = g_build_filename (root, CACHE, NULL);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  if (file == NULL || g_mapped_file_get_length (file) == 0)
    return NULL;
  g_autoptr (ZbBuildCache) cache = g_new0 (ZbBuildCache, 1);
  const guint8 *at = (const guint8 *)g_mapped_file_get_contents (file),
               *end = at + g_mapped_file_get_length (file);
  cache->file = g_steal_pointer (&file);
  cache->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)zb_site_entry_free);
  while (at < end) {
    const guint8 *start = at;
    g_autoptr (Part) part = read_part (&at, end, maker);
    if (part == NULL)
      return NULL;
    *(cache->whole == 0 ? &cache->whole : &cache->more) += (gsize)(at - start);
    take_part (cache, part);
  }
  if (cache->more > 0)
    settle_rows (cache);
  return g_steal_pointer (&cache);
}

/* Without a sync, which takes longer than a build; GLib leaves the end of a longer file standing, so it goes
   first. A crash here loses a cache and nothing else. */
static gboolean
write_anew (const char *path, const char *bytes, gsize length, GError **error)
{
  (void)g_unlink (path); /* it need not be there */
  return g_file_set_contents_full (path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0644, error);
}

static gboolean
append (const char *path, const void *more, gsize length, GError **error)
{
  FILE *file = g_fopen (path, "ae");
  gboolean ok = file != NULL && fwrite (more, 1, length, file) == length;
  if (file != NULL)
    ok = fclose (file) == 0 && ok;
  if (!ok)
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "cannot write %s: %s", path, g_strerror (errno));
  return ok;
}

static void
add_news (Part *part, const GPtrArray *entries, const GPtrArray *gone, const ZbOutput *output)
{
  const GPtrArray *rows = zb_output_rows (output), *removed = zb_output_removed (output);
  for (guint i = 0; i < entries->len; i++)
    if (((const ZbSiteEntry *)entries->pdata[i])->is_news)
      g_ptr_array_add (part->entries, entries->pdata[i]);
  for (guint i = 0; i < gone->len; i++) {
    ((ZbSiteEntry *)gone->pdata[i])->size = ZB_GONE;
    g_ptr_array_add (part->entries, gone->pdata[i]);
  }
  for (guint i = 0; i < rows->len; i++)
    if (!((const ZbOutputRow *)rows->pdata[i])->is_left)
      g_ptr_array_add (part->rows, rows->pdata[i]);
  for (guint i = 0; i < removed->len; i++)
    g_ptr_array_add (part->rows, removed->pdata[i]);
}

/* The length stands before what it counts, which is not known before it is there. */
static GByteArray *
part_bytes (const Part *part)
{
  guint32 length = 0;
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *)&length, sizeof length);
  zb_wire_write (&part_table, part, bytes);
  length = bytes->len - (guint)sizeof length;
  memcpy (bytes->data, &length, sizeof length);
  return bytes;
}

gboolean
zb_build_cache_write (const char *root, const ZbKey *maker, const ZbBuildCache *past,
                      const GPtrArray *entries, const GPtrArray *gone, const ZbOutput *output, GError **error)
{
  g_autofree char *path = g_build_filename (root, CACHE, NULL);
  g_autoptr (Part) part = part_new ();
  gboolean all = past == NULL || past->more > past->whole;
  part->maker_a = (gint64)maker->a;
  part->maker_b = (gint64)maker->b;
  part->entries = all ? g_ptr_array_ref ((GPtrArray *)entries) : g_ptr_array_new ();
  part->rows = all ? g_ptr_array_ref ((GPtrArray *)zb_output_rows (output)) : g_ptr_array_new ();
  if (!all)
    add_news (part, entries, gone, output);
  g_autoptr (GByteArray) bytes = part_bytes (part);
  if (!zb_folder_make_for (path, 0700, error))
    return FALSE;
  return all ? write_anew (path, (const char *)bytes->data, bytes->len, error)
             : append (path, bytes->data, bytes->len, error);
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
    entry->is_news = TRUE; /* where they are, if nothing else */
    g_string_append (more, entry->words);
  }
  if (!zb_folder_make_for (path, 0700, error))
    return FALSE;
  if (anew)
    return write_anew (path, more->str, more->len, error);
  if (more->len == 0)
    return TRUE;
  return append (path, more->str, more->len, error);
}
