/* The lists of the archive: by year and month, essays by category, authors, documents. */
#include "list.h"

#include "zhoubao/base/day.h"

/* Where in ENTRIES (newest first, the undated last) those end whose date's beginning comes after PREFIX; with
   SAME those too that have it. */
static guint
end_of_newer (const GPtrArray *entries, const char *prefix, gboolean same)
{
  guint low = 0, high = entries->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    const char *date = ((const ZbSiteEntry *)entries->pdata[middle])->date;
    int order = date != NULL ? strncmp (date, prefix, strlen (prefix)) : -1;
    if (order > 0 || (same && order == 0))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static guint
count_prefix (const GPtrArray *entries, const char *prefix)
{
  return end_of_newer (entries, prefix, TRUE) - end_of_newer (entries, prefix, FALSE);
}

/* The part of ENTRIES whose date starts with PREFIX. */
static void
take_prefix (GPtrArray *into, const GPtrArray *entries, const char *prefix)
{
  guint end = end_of_newer (entries, prefix, TRUE);
  for (guint i = end_of_newer (entries, prefix, FALSE); i < end; i++)
    g_ptr_array_add (into, entries->pdata[i]);
}

/* The different beginnings of N characters of the dates, newest first. */
static char **
date_prefixes (const GPtrArray *entries, gsize n)
{
  g_autoptr (GStrvBuilder) prefixes = g_strv_builder_new ();
  g_autofree char *last = NULL;
  for (guint i = 0; i < entries->len; i++) {
    const char *date = ((ZbSiteEntry *)entries->pdata[i])->date;
    if (date == NULL || strlen (date) < n || (last != NULL && strncmp (date, last, n) == 0))
      continue;
    g_free (last);
    last = g_strndup (date, n);
    g_strv_builder_add (prefixes, last);
  }
  return g_strv_builder_end (prefixes);
}

static char *
path_of_prefix (const char *prefix)
{
  GString *path = g_string_new ("archive/");
  g_string_append (path, prefix);
  g_string_append_c (path, '/');
  g_string_replace (path, "-", "/", 0);
  return g_string_free (path, FALSE);
}

static char *
month_title (const char *prefix)
{
  return g_strdup_printf ("%s %.4s", zb_day_month ((int)g_ascii_strtoll (prefix + 5, NULL, 10)), prefix);
}

/* What each of several lists shows as chips, made once for all of them: years, or months by their names. */
static ZbList *
chips_of (const GPtrArray *entries, char **prefixes)
{
  ZbList *chips = zb_list_new (NULL, NULL);
  for (char **prefix = prefixes; *prefix != NULL; prefix++) {
    g_autofree char *path = path_of_prefix (*prefix);
    const char *month = strchr (*prefix, '-');
    const char *label = month != NULL ? zb_day_month ((int)g_ascii_strtoll (month + 1, NULL, 10)) : *prefix;
    zb_list_add_chip (chips, label, path, count_prefix (entries, *prefix));
  }
  return chips;
}

static void
add_chips (ZbList *list, const ZbList *chips)
{
  for (guint i = 0; i < chips->chips->len; i++) {
    const ZbChip *chip = chips->chips->pdata[i];
    zb_list_add_chip (list, chip->label, chip->path, chip->count);
  }
}

static void
emit_months (ZbSite *site, const GPtrArray *of_year, char **months)
{
  g_autoptr (ZbList) chips = chips_of (of_year, months);
  for (guint i = 0; months[i] != NULL; i++) {
    g_autofree char *title = month_title (months[i]);
    ZbList *list = zb_list_new (((const ZbChip *)chips->chips->pdata[i])->path, title);
    add_chips (list, chips);
    take_prefix (zb_list_add_group (list, NULL, NULL), of_year, months[i]);
    zb_list_emit (site, list);
  }
}

/* A year's page lists its months; the archive's own page shows the newest year. */
static void
emit_year (ZbSite *site, const GPtrArray *dated, const ZbList *years, const char *year, const char *path,
           const char *title)
{
  ZbList *list = zb_list_new (path, title);
  g_autoptr (GPtrArray) of_year = g_ptr_array_new ();
  add_chips (list, years);
  if (year != NULL)
    take_prefix (of_year, dated, year);
  g_auto (GStrv) months = date_prefixes (of_year, 7);
  for (char **month = months; *month != NULL; month++) {
    g_autofree char *month_path = path_of_prefix (*month), *heading = month_title (*month);
    take_prefix (zb_list_add_group (list, heading, month_path), of_year, *month);
  }
  zb_list_emit (site, list);
  if (!g_str_equal (path, "archive/"))
    emit_months (site, of_year, months);
}

static GPtrArray *
issues_and_essays (ZbSite *site)
{
  GPtrArray *dated = g_ptr_array_new ();
  for (guint i = 0; i < site->entries->len; i++) {
    ZbSiteEntry *entry = site->entries->pdata[i];
    gboolean dates = entry->kind == ZB_ENTRY_ISSUE || entry->kind == ZB_ENTRY_ESSAY;
    if (dates && zb_site_entry_is_public (entry))
      g_ptr_array_add (dated, entry); /* the newest first, as they are there */
  }
  return dated;
}

static void
emit_archive (ZbSite *site, const GPtrArray *dated)
{
  g_auto (GStrv) years = date_prefixes (dated, 4);
  g_autoptr (ZbList) chips = chips_of (dated, years);
  emit_year (site, dated, chips, years[0], "archive/", "Archive");
  for (guint i = 0; years[i] != NULL; i++)
    emit_year (site, dated, chips, years[i], ((const ZbChip *)chips->chips->pdata[i])->path, years[i]);
}

/* Groups of entries by one of their texts, in the order of the names. */
static GList *
group_by (const GPtrArray *entries, gsize offset, GHashTable *groups)
{
  for (guint i = 0; i < entries->len; i++) {
    const char *name = G_STRUCT_MEMBER (const char *, entries->pdata[i], offset);
    GPtrArray *group = name != NULL ? g_hash_table_lookup (groups, name) : NULL;
    if (name == NULL)
      continue;
    if (group == NULL) {
      group = g_ptr_array_new ();
      g_hash_table_insert (groups, (gpointer)name, group);
    }
    g_ptr_array_add (group, entries->pdata[i]);
  }
  return g_list_sort (g_hash_table_get_keys (groups), (GCompareFunc)strcmp);
}

typedef struct {
  const char *folder, *title; /* "categories/", "Categories" */
  gsize offset;               /* of the text in ZbSiteEntry */
  gboolean with_feeds, by_author;
} Sorting;

static void
emit_sorted (ZbSite *site, const Sorting *sorting, const GPtrArray *entries)
{
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GList) names = group_by (entries, sorting->offset, groups);
  ZbList *index = zb_list_new (sorting->folder, sorting->title);
  for (GList *name = names; name != NULL; name = name->next) {
    const GPtrArray *group = g_hash_table_lookup (groups, name->data);
    g_autofree char *slug = zb_context_slug (name->data),
                    *path = g_strdup_printf ("%s%s/", sorting->folder, slug);
    zb_list_add_chip (index, name->data, path, group->len);
    ZbList *list = zb_list_new (path, name->data);
    list->has_feed = sorting->with_feeds;
    list->is_by_author = sorting->by_author;
    g_ptr_array_extend (zb_list_add_group (list, NULL, NULL), (GPtrArray *)group, NULL, NULL);
    zb_list_emit (site, list);
    if (sorting->with_feeds)
      zb_site_emit_feed (site, path, name->data, group, NULL);
  }
  zb_list_emit (site, index);
}

static void
emit_flat (ZbSite *site, const char *path, const char *title, const char *intro, ZbEntryKind kind)
{
  ZbList *list = zb_list_new (path, title);
  list->intro = g_strdup (intro);
  g_ptr_array_extend (zb_list_add_group (list, NULL, NULL), site->of_kind[kind], NULL, NULL);
  if (kind == ZB_ENTRY_ESSAY)
    zb_list_add_chip (list, "By category", "categories/", 0);
  if (kind == ZB_ENTRY_ESSAY)
    zb_list_add_chip (list, "By author", "authors/", 0);
  zb_list_emit (site, list);
}

void
zb_site_emit_lists (ZbSite *site)
{
  static const Sorting categories = {"categories/", "Categories", G_STRUCT_OFFSET (ZbSiteEntry, category),
                                     TRUE, FALSE};
  static const Sorting authors = {"authors/", "Authors", G_STRUCT_OFFSET (ZbSiteEntry, author), FALSE, TRUE};
  g_autoptr (GPtrArray) dated = issues_and_essays (site);
  emit_archive (site, dated);
  emit_flat (site, "posts/", "Essays", "Longer pieces by our authors.", ZB_ENTRY_ESSAY);
  emit_flat (site, "documents/", "Documents", "Laws, regulations and standards, with their sources.",
             ZB_ENTRY_DOCUMENT);
  emit_sorted (site, &categories, site->of_kind[ZB_ENTRY_ESSAY]);
  emit_sorted (site, &authors, dated);
  zb_site_emit_feed (site, "", site->workspace->config->title, dated, NULL);
}
