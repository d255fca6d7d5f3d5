/* The order of a build: read, make, forget what is gone, remember. */
#include "zhoubao/publish/build.h"

#include "site.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/folder.h"
#include <sys/stat.h>
#include <unistd.h>

/* The files of a folder of the workspace, whatever they are: templates, sources. */
static void
key_folder (ZbKey *key, const char *path)
{
  g_auto (GStrv) names = zb_folder_names (path);
  for (char **name = names; *name != NULL; name++) {
    g_autofree char *inner = g_build_filename (path, *name, NULL), *text = NULL;
    gsize length = 0;
    zb_key_add_text (key, *name);
    if (g_file_test (inner, G_FILE_TEST_IS_DIR))
      key_folder (key, inner);
    else if (g_file_get_contents (inner, &text, &length, NULL))
      zb_key_add (key, text, length);
  }
}

static ZbKey
key_file (const char *root, const char *name)
{
  ZbKey key = {0};
  g_autofree char *path = g_build_filename (root, name, NULL), *text = NULL;
  gsize length = 0;
  if (g_file_get_contents (path, &text, &length, NULL))
    zb_key_add (&key, text, length);
  return key;
}

/* The program itself counts too, its templates with it: a new one may read and render otherwise. Only this
   machine's cache knows of it. */
static ZbKey
maker_key (const ZbBuildOptions *options)
{
  ZbKey key = {0};
  struct stat st;
  const gboolean choices[] = {options->without_images, options->without_search};
  zb_key_add_text (&key, ZB_VERSION);
  if (stat ("/proc/self/exe", &st) == 0) {
    gint64 program[] = {st.st_size, st.st_mtim.tv_sec, st.st_mtim.tv_nsec};
    zb_key_add (&key, program, sizeof program);
  }
  zb_key_add (&key, choices, sizeof choices);
  return key;
}

static ZbKey
global_key (ZbWorkspace *workspace, const ZbKey *maker)
{
  ZbKey key = *maker, config = key_file (workspace->root, "zhoubao.yaml"),
        glossary = key_file (workspace->root, "glossary.yaml");
  g_autofree char *templates = zb_workspace_path (workspace, "templates"),
                  *feeds = zb_workspace_path (workspace, "feeds");
  zb_key_add_key (&key, &config);
  zb_key_add_key (&key, &glossary);
  key_folder (&key, templates);
  key_folder (&key, feeds);
  return key;
}

static void
site_clear (ZbSite *site)
{
  g_clear_pointer (&site->jobs, g_ptr_array_unref);
  g_clear_pointer (&site->renderer, zb_renderer_free);
  g_clear_pointer (&site->output, zb_output_free);
  g_clear_pointer (&site->records, g_hash_table_unref);
  g_clear_pointer (&site->streams, g_ptr_array_unref);
  for (int kind = 0; kind < 4; kind++)
    g_clear_pointer (&site->of_kind[kind], g_ptr_array_unref);
  g_clear_pointer (&site->entries, g_ptr_array_unref);
  g_clear_pointer (&site->gone, g_ptr_array_unref);
  g_clear_pointer (&site->pages, g_ptr_array_unref);
  g_clear_pointer (&site->glossary, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbSite, site_clear)

static gboolean
emit_all (ZbSite *site, const ZbBuildOptions *options, GError **error)
{
  zb_site_emit_issues (site);
  zb_site_emit_posts (site);
  zb_site_emit_home (site);
  zb_site_emit_lists (site);
  zb_site_emit_latest (site);
  if (!zb_site_emit_records (site, error))
    return FALSE;
  if (!options->without_images)
    zb_site_emit_images (site);
  zb_site_emit_extras (site); /* after all pages, which its sitemap names */
  if (!zb_site_check_addresses (site, error))
    return FALSE;
  if (!options->without_search && !zb_site_emit_search (site, error)) /* the last: it writes */
    return FALSE;
  return zb_site_make_all (site, options, error) && zb_output_finish (site->output, error);
}

/* The last look, at what is there rather than at what was meant: nothing lies where a page for members would.
 */
static gboolean
check_tiers (const ZbSite *site, GError **error)
{
  const GPtrArray *rows = zb_output_rows (site->output);
  for (guint i = 0; i < site->entries->len; i++) {
    const ZbSiteEntry *entry = site->entries->pdata[i];
    for (guint j = 0; !zb_site_entry_is_public (entry) && j < rows->len; j++) {
      const ZbOutputRow *row = rows->pdata[j];
      if (!g_str_has_prefix (row->path, entry->path))
        continue;
      g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s is for tier %s, and public/%s would show it",
                   entry->file, entry->tier, row->path);
      return FALSE;
    }
  }
  return TRUE;
}

/* A cache whose search words are gone is no cache. */
static gboolean
words_are_there (const char *root, const ZbBuildCache *cache)
{
  g_autofree char *path = g_build_filename (root, "data", "words.cache", NULL);
  struct stat st;
  gint64 size = stat (path, &st) == 0 ? st.st_size : 0;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, cache->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const ZbSiteEntry *entry = value;
    if (entry->words_at + entry->words_size > size)
      return FALSE;
  }
  return TRUE;
}

/* What the threads of remember() hand over. */
typedef struct {
  const ZbSite *site;
  GError *error;
} Writing;

static gpointer
write_cache (gpointer data)
{
  Writing *writing = data;
  const ZbSite *site = writing->site;
  gboolean ok = zb_build_cache_write (site->workspace->root, &site->maker, site->cache, site->entries,
                                      site->gone, site->output, &writing->error);
  return GINT_TO_POINTER (ok);
}

/* While a thread writes the cache, what it does not need is freed: for all the archive's texts each takes a
   while. */
static gboolean
remember (ZbSite *site, GError **error)
{
  if (!zb_build_cache_add_words (site->workspace->root, site->entries, error))
    return FALSE;
  Writing writing = {site, NULL};
  GThread *thread = g_thread_new ("remember", write_cache, &writing);
  for (guint i = 0; i < site->entries->len; i++)
    zb_site_entry_unload (site->entries->pdata[i]);
  g_clear_pointer (&site->jobs, g_ptr_array_unref);
  gboolean ok = GPOINTER_TO_INT (g_thread_join (thread));
  if (!ok)
    g_propagate_error (error, writing.error);
  return ok;
}

gboolean
zb_build (ZbWorkspace *workspace, const ZbBuildOptions *options, ZbBuildCounts *counts, GError **error)
{
  ZbKey maker = maker_key (options);
  g_autoptr (ZbBuildCache) cache =
      options->all || options->folder != NULL ? NULL : zb_build_cache_read (workspace->root, &maker);
  if (cache != NULL && !words_are_there (workspace->root, cache))
    g_clear_pointer (&cache, zb_build_cache_free);
  g_autofree char *folder =
      options->folder != NULL ? g_strdup (options->folder) : zb_workspace_path (workspace, "public");
  g_auto (ZbSite) site = {.workspace = workspace, /* goes before the cache, whose rows its output looks at */
                          .cache = cache,
                          .maker = maker,
                          .with_images = !options->without_images,
                          .with_search = !options->without_search};
  site.output = zb_output_new (folder, cache != NULL ? cache->rows : NULL);
  site.global = global_key (workspace, &maker);
  site.timeline = key_file (workspace->root, "issues/timeline.yaml");
  site.pages = g_ptr_array_new_with_free_func (g_free);
  site.jobs = zb_site_jobs_new ();
  if (!zb_site_scan (&site, cache, error) || !zb_site_read_glossary (&site, error) ||
      !emit_all (&site, options, error) || !check_tiers (&site, error))
    return FALSE;
  ZbOutputCounts made = zb_output_counts (site.output);
  *counts = (ZbBuildCounts){zb_output_rows (site.output)->len, made.written, made.removed, made.skipped};
  gboolean forgets = options->folder != NULL; /* a build elsewhere leaves no memory */
  gboolean knows = !site.has_news && made.written + made.same + made.removed == 0;
  return forgets || knows || remember (&site, error);
}
