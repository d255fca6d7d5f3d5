/* The index that the reader's browser searches in: postings in small files by the beginning of the word,
   pages in small files by the beginning of their id. Where one page changed, only the files of the words that
   came or went are read, changed and written; the bytes are those of a full build. Each file is a script that
   hands its lines over, for a page that was opened from a disk may load scripts and nothing else. search.js
   and lookup.c read it. */
#include "part.h"
#include "site.h"
#include "zhoubao/base/day.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/text.h"

#define SUMMARY_CHARACTERS 160

/* Changes of one part: token to an array of page ids, each with '+' or '-' before it. */
typedef struct {
  GHashTable *parts; /* part name to GPtrArray of char * "token\tid" with the mark in front */
  GStringChunk *texts;
} Changes;

/* A page's name in the postings: eight letters and digits that follow from its path. */
static void
page_id (const ZbSiteEntry *entry, char out[9])
{
  ZbKey key = {0};
  zb_key_add_text (&key, entry->path);
  guint64 value = key.a ^ key.b;
  for (int i = 0; i < 8; i++, value /= 36)
    out[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[value % 36];
  out[8] = '\0';
}

static void
note_token (Changes *changes, char mark, const char *token, gsize length, const char *id)
{
  g_autofree char *word = g_strndup (token, length);
  char name[ZB_PART_NAME];
  zb_part_of (word, name);
  const char *part = g_string_chunk_insert_const (changes->texts, name);
  GPtrArray *list = g_hash_table_lookup (changes->parts, part);
  if (list == NULL) {
    list = g_ptr_array_new ();
    g_hash_table_insert (changes->parts, (gpointer)part, list);
  }
  char line[128];
  g_snprintf (line, sizeof line, "%c%s\t%s", mark, word, id);
  g_ptr_array_add (list, g_string_chunk_insert (changes->texts, line));
}

static const char *
line_end (const char *p)
{
  const char *end = strchr (p, '\n');
  return end != NULL ? end : p + strlen (p);
}

/* Both lists are sorted: what is in one alone has come or gone. */
static void
note_difference (Changes *changes, const char *old, const char *new, const char *id)
{
  while (*old != '\0' || *new != '\0') {
    gsize a = (gsize)(line_end (old) - old), b = (gsize)(line_end (new) - new);
    int order = *old == '\0' ? 1 : *new == '\0' ? -1 : memcmp (old, new, MIN (a, b));
    if (order == 0)
      order = a < b ? -1 : a > b;
    if (order < 0)
      note_token (changes, '-', old, a, id);
    else if (order > 0)
      note_token (changes, '+', new, b, id);
    old += order <= 0 ? a + (old[a] == '\n') : 0;
    new += order >= 0 ? b + (new[b] == '\n') : 0;
  }
}

static gboolean
note_entry (ZbSite *site, Changes *changes, const ZbSiteEntry *entry, gboolean everything)
{
  char id[9];
  page_id (entry, id);
  g_autofree char *old = NULL, *stored = NULL;
  if (!everything && entry->words == NULL)
    return TRUE; /* not read, so not changed */
  if (!everything && entry->old_words_size > 0)
    old = zb_build_cache_words (site->workspace->root, entry->old_words_at, entry->old_words_size);
  if (entry->words == NULL) {
    stored = zb_build_cache_words (site->workspace->root, entry->words_at, entry->words_size);
    if (stored == NULL)
      return FALSE;
  }
  const char *now = entry->words != NULL ? entry->words : stored;
  note_difference (changes, old != NULL ? old : "", now, id);
  return TRUE;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a + 1, *(char *const *)b + 1);
}

/* One line of a part is "token\tid id id"; ids are sorted. */
static void
apply_to_ids (GString *out, const char *ids, gsize length, GPtrArray *edits, guint from, guint to)
{
  const char *p = ids, *end = ids + length;
  while (p < end || from < to) {
    const char *edit = from < to ? edits->pdata[from] : NULL;
    const char *edit_id = edit != NULL ? strchr (edit, '\t') + 1 : NULL;
    int order = p >= end ? 1 : edit_id == NULL ? -1 : strncmp (p, edit_id, 8);
    gboolean stays = order < 0, comes = !stays && edit != NULL && *edit == '+';
    if (stays || comes) {
      if (out->str[out->len - 1] != '\t')
        g_string_append_c (out, ' ');
      g_string_append_len (out, stays ? p : edit_id, 8);
    }
    p += order <= 0 ? 9 : 0;
    from += order >= 0;
  }
}

static guint
same_token (GPtrArray *edits, guint from, gsize length)
{
  const char *token = (const char *)edits->pdata[from] + 1;
  guint to = from + 1;
  while (to < edits->len && strncmp ((const char *)edits->pdata[to] + 1, token, length + 1) == 0)
    to++;
  return to;
}

static void
emit_line (GString *out, const char *token, gsize length, const char *ids, gsize ids_length, GPtrArray *edits,
           guint from, guint to)
{
  gsize start = out->len;
  g_string_append_len (out, token, (gssize)length);
  g_string_append_c (out, '\t');
  apply_to_ids (out, ids, ids_length, edits, from, to);
  if (out->str[out->len - 1] == '\t')
    g_string_truncate (out, start); /* no page has the word any more */
  else
    g_string_append_c (out, '\n');
}

/* Merges the sorted EDITS into the sorted lines of TEXT. */
static char *
apply_edits (const char *text, GPtrArray *edits)
{
  GString *out = g_string_sized_new (strlen (text) + edits->len * 16);
  const char *line = text;
  guint at = 0;
  g_ptr_array_sort (edits, compare_lines);
  while (*line != '\0' || at < edits->len) {
    const char *tab = *line != '\0' ? strchr (line, '\t') : NULL, *end = line_end (line);
    const char *edit = at < edits->len ? (const char *)edits->pdata[at] + 1 : NULL;
    gsize edit_length = edit != NULL ? (gsize)(strchr (edit, '\t') - edit) : 0;
    gsize token_length = tab != NULL ? (gsize)(tab - line) : 0;
    int order = edit == NULL ? -1 : tab == NULL ? 1 : memcmp (line, edit, MIN (token_length, edit_length));
    if (order == 0)
      order = token_length < edit_length ? -1 : token_length > edit_length;
    if (order < 0)
      g_string_append_len (out, line, end + 1 - line);
    else {
      guint to = same_token (edits, at, edit_length);
      const char *ids = order == 0 ? tab + 1 : "";
      emit_line (out, edit, edit_length, ids, order == 0 ? (gsize)(end - ids) : 0, edits, at, to);
      at = to;
    }
    if (order <= 0)
      line = *end == '\n' ? end + 1 : end;
  }
  return g_string_free (out, FALSE);
}

/* A part's key says nothing of its words: whether it is as the last build left it is seen by size and time.
 */
static gboolean
emit_part (ZbSite *site, const char *part, GPtrArray *edits, gboolean everything, GError **error)
{
  g_autofree char *path = zb_part_path (part);
  gsize length = 0;
  ZbKey key = {1, 1};
  g_autofree char *before = everything ? NULL : zb_output_read (site->output, path, &length);
  g_autofree char *lines = zb_part_read (before), *after = apply_edits (lines, edits);
  g_autofree char *script = zb_part_write (part, after);
  return *after == '\0' || zb_output_put (site->output, path, &key, script, strlen (script), error);
}

static gboolean
is_part (const char *path)
{
  return g_str_has_prefix (path, "search/") && g_str_has_suffix (path, ".js") &&
         !g_str_has_prefix (path, "search/p-");
}

/* Parts that no change touches stay; FALSE, and nothing kept, where one is not as the last build left it. */
static gboolean
keep_parts (ZbSite *site, const ZbBuildCache *cache, const Changes *changes)
{
  const ZbKey key = {1, 1};
  for (guint i = 0; i < cache->rows->len; i++) {
    const char *path = ((ZbOutputRow *)cache->rows->pdata[i])->path;
    if (is_part (path) && !zb_output_matches (site->output, path, NULL))
      return FALSE;
  }
  for (guint i = 0; i < cache->rows->len; i++) {
    const char *path = ((ZbOutputRow *)cache->rows->pdata[i])->path;
    g_autofree char *part = is_part (path) ? g_strndup (path + 7, strlen (path) - 7 - 3) : NULL;
    if (part != NULL && !g_hash_table_contains (changes->parts, part) &&
        !zb_output_is_current (site->output, path, &key))
      return FALSE;
  }
  return TRUE;
}

static void
changes_clear (Changes *changes)
{
  g_clear_pointer (&changes->parts, g_hash_table_unref);
  g_clear_pointer (&changes->texts, g_string_chunk_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Changes, changes_clear)

static gboolean
gather (ZbSite *site, Changes *changes, gboolean everything)
{
  changes_clear (changes);
  changes->parts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  changes->texts = g_string_chunk_new (65536);
  for (guint i = 0; i < site->entries->len; i++)
    if (!note_entry (site, changes, site->entries->pdata[i], everything))
      return FALSE;
  for (guint i = 0; !everything && i < site->gone->len; i++) {
    const ZbSiteEntry *entry = site->gone->pdata[i];
    char id[9];
    g_autofree char *old = zb_build_cache_words (site->workspace->root, entry->words_at, entry->words_size);
    if (old == NULL)
      return FALSE;
    page_id (entry, id);
    note_difference (changes, old, "", id);
  }
  return TRUE;
}

static char *
make_pages (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  const GPtrArray *entries = data;
  g_autofree char *name = g_strndup (path + 7, strlen (path) - 7 - 3);
  g_autoptr (GString) out = g_string_new (NULL);
  (void)site;
  (void)error;
  for (guint i = 0; i < entries->len; i++) {
    const ZbSiteEntry *entry = entries->pdata[i];
    char id[9];
    page_id (entry, id);
    g_autofree char *title = zb_text_squeeze (entry->title, -1);
    g_autofree char *summary =
        entry->summary != NULL ? zb_text_cut (entry->summary, -1, SUMMARY_CHARACTERS) : NULL;
    g_autofree char *line = zb_text_squeeze (summary != NULL ? summary : "", -1);
    g_autofree char *day = entry->date != NULL ? zb_day_text (entry->date) : g_strdup ("");
    g_string_append_printf (out, "%s\t%s\t%s\t%s\t%s\t%s\n", id, entry->path, title,
                            entry->date != NULL ? entry->date : "", day, line);
  }
  return zb_part_write (name, out->str);
}

static void
emit_pages (ZbSite *site)
{
  g_autoptr (GHashTable) by_letter = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < site->entries->len; i++) {
    ZbSiteEntry *entry = site->entries->pdata[i];
    char id[9];
    if (!zb_site_entry_is_public (entry))
      continue;
    page_id (entry, id);
    GPtrArray *list = g_hash_table_lookup (by_letter, GINT_TO_POINTER (id[0]));
    if (list == NULL) {
      list = g_ptr_array_new ();
      g_hash_table_insert (by_letter, GINT_TO_POINTER (id[0]), list);
    }
    g_ptr_array_add (list, entry);
  }
  for (const char *letter = "0123456789abcdefghijklmnopqrstuvwxyz"; *letter != '\0'; letter++) {
    GPtrArray *list = g_hash_table_lookup (by_letter, GINT_TO_POINTER (*letter));
    if (list == NULL)
      continue;
    g_autofree char *name = g_strdup_printf ("p-%c", *letter), *path = zb_part_path (name);
    ZbKey key = zb_site_key (site, "search pages");
    for (guint i = 0; i < list->len; i++) {
      ZbKey own = zb_site_entry_key (list->pdata[i]);
      zb_key_add_key (&key, &own);
    }
    const ZbSiteRecipe recipe = {
        .make = make_pages, .data = list, .free_data = (GDestroyNotify)g_ptr_array_unref};
    zb_site_emit (site, path, &key, &recipe);
  }
}

gboolean
zb_site_emit_search (ZbSite *site, GError **error)
{
  g_auto (Changes) changes = {0};
  gboolean everything = site->cache == NULL;
  if (!everything)
    everything = !gather (site, &changes, FALSE) || !keep_parts (site, site->cache, &changes);
  if (everything && !gather (site, &changes, TRUE)) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_FAILED,
                         "data/words.cache cannot be read: delete data/*.cache");
    return FALSE;
  }
  GHashTableIter iter;
  gpointer part, edits;
  g_hash_table_iter_init (&iter, changes.parts);
  while (g_hash_table_iter_next (&iter, &part, &edits))
    if (!emit_part (site, part, edits, everything, error))
      return FALSE;
  emit_pages (site);
  return TRUE;
}
