/* What earlier issues had on the matter of an item. */
#include "zhoubao/curate/coverage.h"

#include "zhoubao/base/folder.h"
#include "zhoubao/curate/likeness.h"
#include "zhoubao/store/issue_file.h"

#define HITS 10
#define LIKE_ISSUES 26 /* of the newest, texts are compared too */
#define CITED_LEAST 4  /* characters: 《意见》 names nothing */
#define CITED_MOST 80

void
zb_coverage_hit_free (ZbCoverageHit *hit)
{
  g_free (hit->title);
  g_free (hit->date);
  g_free (hit->path);
  g_free (hit->because);
  g_free (hit);
}

/* A development of an issue. */
typedef struct {
  ZbIssueItem *item; /* borrowed */
  const ZbIssue *issue;
  guint number; /* in the set of likeness; G_MAXUINT: not in it */
} Told;

static void
collect_titles (GPtrArray *titles, const char *text)
{
  static GRegex *form;
  if (text == NULL)
    return;
  if (g_once_init_enter (&form))
    g_once_init_leave (
        &form, g_regex_new ("《([^《》\\n]{" G_STRINGIFY (CITED_LEAST) "," G_STRINGIFY (CITED_MOST) "})》",
                            G_REGEX_OPTIMIZE, 0, NULL));
  g_autoptr (GMatchInfo) match = NULL;
  g_regex_match (form, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL)) {
    char *title = g_match_info_fetch (match, 1);
    if (g_ptr_array_find_with_equal_func (titles, title, g_str_equal, NULL))
      g_free (title);
    else
      g_ptr_array_add (titles, title);
  }
}

/* The titles in 《》 of what ITEM's author wrote. (transfer full) */
static GPtrArray *
cited_titles (const ZbItem *item)
{
  GPtrArray *titles = g_ptr_array_new_with_free_func (g_free);
  const char *const texts[] = {item->title, item->summary, item->text};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    collect_titles (titles, texts[i]);
  return titles;
}

/* The first of TITLES that a text of TOLD names. */
static const char *
named_title (const GPtrArray *titles, const ZbIssueItem *told)
{
  const char *const texts[] = {told->title, told->heading, told->paragraph};
  for (guint i = 0; i < titles->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      if (texts[j] != NULL && strstr (texts[j], titles->pdata[i]) != NULL)
        return titles->pdata[i];
  return NULL;
}

/* As an item, for likeness: members are borrowed, the struct is never freed. */
static ZbItem
as_item (const ZbIssueItem *told)
{
  return (ZbItem){.title = told->title != NULL ? told->title : told->heading,
                  .summary = told->heading,
                  .text = told->paragraph,
                  .number = told->number,
                  .canonical = told->url,
                  .published = ZB_TIME_NONE,
                  .fetched = ZB_TIME_NONE};
}

static gboolean
is_same (const ZbItem *item, const ZbIssueItem *told)
{
  return (item->number != NULL && g_strcmp0 (item->number, told->number) == 0) ||
         g_strcmp0 (item->url, told->url) == 0 || g_strcmp0 (item->canonical, told->url) == 0;
}

/* Why TOLD is on ITEM's matter; NULL: it is not. (transfer full) */
static char *
reason (ZbLikeness *likeness, const ZbItem *item, const GPtrArray *titles, const Told *told)
{
  if (is_same (item, told->item))
    return g_strdup ("the same document");
  const char *title = named_title (titles, told->item);
  if (title != NULL)
    return g_strdup_printf ("both name 《%s》", title);
  if (told->number != G_MAXUINT && zb_likeness_of (likeness, 0, told->number) >= ZB_LIKENESS_SAME)
    return g_strdup ("a like text");
  return NULL;
}

/* The issues before DATE, newest first. (transfer full) */
static GPtrArray *
read_issues (const char *root, const ZbConfig *config, const char *date)
{
  GPtrArray *issues = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_issue_free);
  g_autofree char *folder = g_build_filename (root, "issues", "weekly", NULL);
  g_auto (GStrv) names = zb_folder_names (folder);
  for (guint i = names != NULL ? g_strv_length (names) : 0; i-- > 0;) {
    if (!g_str_has_suffix (names[i], ".md") || strncmp (names[i], date, strlen (date)) >= 0)
      continue;
    g_autofree char *file = g_build_filename (folder, names[i], NULL);
    ZbIssue *issue = zb_issue_file_read (file, config->limits.file_bytes, NULL);
    if (issue != NULL)
      g_ptr_array_add (issues, issue);
  }
  return issues;
}

/* Every development of ISSUES, of which those of the newest are put into LIKENESS. (transfer full) */
static GArray *
list_told (const GPtrArray *issues, ZbLikeness *likeness)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Told));
  for (guint i = 0; i < issues->len; i++) {
    const ZbIssue *issue = issues->pdata[i];
    const GPtrArray *const parts[] = {issue->items, issue->briefs};
    for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
      for (guint j = 0; j < parts[p]->len; j++) {
        Told told = {parts[p]->pdata[j], issue, G_MAXUINT};
        ZbItem as = as_item (told.item);
        if (i < LIKE_ISSUES)
          told.number = zb_likeness_add (likeness, &as);
        g_array_append_val (all, told);
      }
  }
  return all;
}

static void
add_hit (GPtrArray *hits, const Told *told, char *because)
{
  ZbCoverageHit *hit = g_new0 (ZbCoverageHit, 1);
  hit->title = g_strdup (told->item->heading);
  hit->date = g_strdup (told->issue->date);
  hit->path = g_strdup_printf ("/weekly/%s/", hit->date);
  hit->because = because;
  g_ptr_array_add (hits, hit);
}

GPtrArray *
zb_coverage_find (const char *root, const ZbConfig *config, const ZbItem *item, ZbWeek week)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_coverage_hit_free);
  g_autofree char *date = zb_week_issue_date (week);
  g_autoptr (GPtrArray) issues = read_issues (root, config, date), titles = cited_titles (item);
  g_autoptr (ZbLikeness) likeness = zb_likeness_new (config->facets);
  zb_likeness_add (likeness, item);
  g_autoptr (GArray) all = list_told (issues, likeness);
  for (guint i = 0; i < all->len && hits->len < HITS; i++) {
    const Told *told = &g_array_index (all, Told, i);
    char *because = reason (likeness, item, titles, told);
    if (because != NULL)
      add_hit (hits, told, because);
  }
  return hits;
}

void
zb_coverage_json (JsonBuilder *b, const char *name, const GPtrArray *hits)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_array (b);
  for (guint i = 0; i < hits->len; i++) {
    const ZbCoverageHit *hit = hits->pdata[i];
    json_builder_begin_object (b);
    zb_json_text (b, "title", hit->title);
    zb_json_text (b, "date", hit->date);
    zb_json_text (b, "path", hit->path);
    zb_json_text (b, "because", hit->because);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}
