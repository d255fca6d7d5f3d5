/* Finding the files of issues/, and reading those that changed. */
#include "site.h"
#include "zhoubao/base/error.h"
#include "zhoubao/store/config.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const folders[] = {"issues/weekly", "issues/posts", "issues/documents", "issues/pages"};

static gint64
modified_of (const struct stat *st)
{
  return (gint64)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

/* A file that is new or changed, to be read in one of the threads. */
typedef struct {
  const ZbSite *site;
  ZbSiteEntry *entry;
  GError *error;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  g_clear_error (&job->error);
  g_free (job);
}

/* A file that was only touched keeps what is known of it. */
static void
read_changed (gpointer data, gpointer unused)
{
  Job *job = data;
  ZbSiteEntry *entry = job->entry;
  g_autofree char *path = g_build_filename (job->site->workspace->root, entry->file, NULL);
  gsize length = 0;
  (void)unused;
  g_autofree char *text =
      zb_config_read_file (path, job->site->workspace->config->limits.file_bytes, &length, &job->error);
  if (text == NULL)
    return;
  ZbKey digest = {0};
  zb_key_add (&digest, text, length);
  if ((gint64)digest.a == entry->digest_a && (gint64)digest.b == entry->digest_b && entry->path != NULL)
    return;
  entry->digest_a = (gint64)digest.a;
  entry->digest_b = (gint64)digest.b;
  entry->old_words_at = entry->words_at;
  entry->old_words_size = entry->words_size;
  zb_ignore (
      zb_site_entry_parse (entry, path, text, length, job->site->with_search, &job->error)); /* told later */
}

#define WORTH 8u /* files, from which on threads pay */

/* The files to be read. Those beyond the first few are read by threads while others are still being found. */
typedef struct {
  GPtrArray *jobs; /* of Job */
  GThreadPool *pool;
} Reading;

/* A thread that cannot start leaves its file to those that have. */
static void
add_job (Reading *reading, const ZbSite *site, ZbSiteEntry *entry)
{
  Job *job = g_new0 (Job, 1);
  job->site = site;
  job->entry = entry;
  g_ptr_array_add (reading->jobs, job);
  if (reading->pool != NULL) {
    g_thread_pool_push (reading->pool, job, NULL);
    return;
  }
  if (reading->jobs->len < WORTH)
    return;
  reading->pool = g_thread_pool_new (read_changed, NULL, (int)g_get_num_processors (), FALSE, NULL);
  for (guint i = 0; i < reading->jobs->len; i++)
    g_thread_pool_push (reading->pool, reading->jobs->pdata[i], NULL);
}

static void
wait_for_threads (Reading *reading)
{
  if (reading->pool != NULL)
    g_thread_pool_free (reading->pool, FALSE, TRUE);
  reading->pool = NULL;
}

static void
reading_clear (Reading *reading)
{
  wait_for_threads (reading);
  g_ptr_array_unref (reading->jobs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
finish_reading (Reading *reading, GError **error)
{
  if (reading->pool == NULL)
    g_ptr_array_foreach (reading->jobs, read_changed, NULL);
  wait_for_threads (reading);
  for (guint i = 0; i < reading->jobs->len; i++) {
    Job *job = reading->jobs->pdata[i];
    if (job->error != NULL) {
      g_propagate_error (error, g_steal_pointer (&job->error));
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
take_file (ZbSite *site, GHashTable *known, Reading *reading, ZbEntryKind kind, int fd, const char *name,
           GError **error)
{
  struct stat st;
  g_autofree char *file = g_strdup_printf ("%s/%s", folders[kind], name);
  if (fstatat (fd, name, &st, 0) != 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s", file, g_strerror (errno));
    return FALSE;
  }
  gpointer key = NULL, value = NULL;
  ZbSiteEntry *entry = NULL;
  if (g_hash_table_steal_extended (known, file, &key, &value)) {
    entry = value;
    g_ptr_array_add (site->entries, entry);
    if (entry->modified == modified_of (&st) && entry->size == st.st_size)
      return TRUE;
  } else {
    entry = zb_site_entry_new (kind, file);
    g_ptr_array_add (site->entries, entry);
  }
  entry->modified = modified_of (&st);
  entry->size = st.st_size;
  entry->is_news = TRUE;
  add_job (reading, site, entry);
  return TRUE;
}

static gboolean
scan_folder (ZbSite *site, GHashTable *known, Reading *reading, ZbEntryKind kind, GError **error)
{
  g_autofree char *path = g_build_filename (site->workspace->root, folders[kind], NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  if (dir == NULL)
    return TRUE; /* a workspace without posts has no such folder */
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const char *name;
  gboolean ok = fd >= 0;
  while (ok && (name = g_dir_read_name (dir)) != NULL) {
    if (kind == ZB_ENTRY_ISSUE && g_str_has_suffix (name, ".json"))
      g_hash_table_add (site->records, g_strdup (name));
    ok = *name == '.' || !g_str_has_suffix (name, ".md") || g_ascii_strcasecmp (name, "README.md") == 0 ||
         take_file (site, known, reading, kind, fd, name, error);
  }
  if (fd >= 0)
    close (fd);
  return ok;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const ZbSiteEntry *x = *(ZbSiteEntry *const *)a, *y = *(ZbSiteEntry *const *)b;
  int by_date = g_strcmp0 (y->date, x->date);
  return by_date != 0 ? by_date : strcmp (x->file, y->file);
}

static int
compare_notes (gconstpointer a, gconstpointer b)
{
  const ZbNote *x = *(ZbNote *const *)a, *y = *(ZbNote *const *)b;
  int by_date = g_strcmp0 (y->date, x->date);
  return by_date != 0 ? by_date : strcmp (x->anchor, y->anchor);
}

static void
stream_free (gpointer data)
{
  ZbStream *stream = data;
  g_free (stream->facet);
  g_free (stream->term);
  g_free (stream->path);
  g_ptr_array_unref (stream->notes);
  g_free (stream);
}

static ZbStream *
stream_new (ZbSite *site, const char *topic)
{
  ZbStream *stream = g_new0 (ZbStream, 1);
  stream->notes = g_ptr_array_new ();
  g_ptr_array_add (site->streams, stream);
  if (topic == NULL) {
    stream->path = g_strdup ("latest/");
    return stream;
  }
  const char *slash = strchr (topic, '/');
  stream->facet = g_strndup (topic, (gsize)(slash - topic));
  stream->term = g_strdup (slash + 1);
  g_autofree char *facet = zb_context_slug (stream->facet), *term = zb_context_slug (stream->term);
  stream->path = g_strdup_printf ("latest/%s/%s/", facet, term);
  return stream;
}

static int
compare_streams (gconstpointer a, gconstpointer b)
{
  const ZbStream *x = *(ZbStream *const *)a, *y = *(ZbStream *const *)b;
  return strcmp (x->path, y->path);
}

static void
gather_streams (ZbSite *site)
{
  g_autoptr (GHashTable) by_topic = g_hash_table_new (g_str_hash, g_str_equal);
  site->streams = g_ptr_array_new_with_free_func (stream_free);
  ZbStream *all = stream_new (site, NULL);
  for (guint i = 0; i < site->of_kind[ZB_ENTRY_ISSUE]->len; i++) {
    const ZbSiteEntry *entry = site->of_kind[ZB_ENTRY_ISSUE]->pdata[i];
    for (guint j = 0; j < entry->notes->len; j++)
      g_ptr_array_add (all->notes, entry->notes->pdata[j]);
  }
  g_ptr_array_sort (all->notes, compare_notes);
  for (guint i = 0; i < all->notes->len; i++) {
    ZbNote *note = all->notes->pdata[i];
    for (char **topic = note->topics; topic != NULL && *topic != NULL; topic++) {
      ZbStream *stream = g_hash_table_lookup (by_topic, *topic);
      if (stream == NULL) {
        stream = stream_new (site, *topic);
        g_hash_table_insert (by_topic, *topic, stream);
      }
      g_ptr_array_add (stream->notes, note);
    }
  }
  g_ptr_array_sort (site->streams, compare_streams); /* "latest/" is the shortest, so the first */
}

/* Members' documents are not the archive's: they leave ENTRIES, but stay in the cache. */
static void
sort_kinds (ZbSite *site)
{
  g_ptr_array_sort (site->entries, compare_entries);
  for (int kind = 0; kind < 4; kind++)
    site->of_kind[kind] = g_ptr_array_new ();
  for (guint i = 0; i < site->entries->len; i++) {
    ZbSiteEntry *entry = site->entries->pdata[i];
    if (zb_site_entry_is_public (entry))
      g_ptr_array_add (site->of_kind[entry->kind], entry);
  }
}

gboolean
zb_site_scan (ZbSite *site, ZbBuildCache *cache, GError **error)
{
  g_autoptr (GHashTable) known = cache != NULL ? g_steal_pointer (&cache->entries)
                                               : g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                                        (GDestroyNotify)zb_site_entry_free);
  site->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_site_entry_free);
  site->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  site->gone = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_site_entry_free);
  g_auto (Reading) reading = {g_ptr_array_new_with_free_func (job_free), NULL};
  for (int kind = 0; kind < 4; kind++)
    if (!scan_folder (site, known, &reading, (ZbEntryKind)kind, error))
      return FALSE;
  if (!finish_reading (&reading, error))
    return FALSE;
  GHashTableIter iter;
  gpointer entry;
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, NULL, &entry)) {
    g_hash_table_iter_steal (&iter);
    g_ptr_array_add (site->gone, entry);
  }
  site->has_news = cache == NULL || reading.jobs->len > 0 || site->gone->len > 0;
  sort_kinds (site);
  gather_streams (site);
  return TRUE;
}
