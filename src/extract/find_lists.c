/* Proposing rules for the lists of a page: links of which each stands in a row of its own are grouped by the
 * shape of their rows; the group that looks most like news (dates, long titles, many rows) comes first. */
#include "find_kind.h"
#include "zhoubao/base/dates.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/url.h"

#define TITLE_COLUMNS 12u /* shorter links are buttons and menus */
#define ROWS_MIN 3u
#define ROWS_COUNTED 30u
#define PROPOSALS_MAX 3u
#define CLIMB_MAX 6
#define LINKS_MAX 3000u

/* Rows of one shape. */
typedef struct {
  char *item; /* the selector that is the shape */
  GPtrArray *rows, *links;
  guint columns; /* of all titles */
  guint titled;  /* links whose title attribute says more than their text */
  guint dated;
  char *date;          /* the selector of the first date found */
  const char *pattern; /* of dates in links */
} Group;

/* Dates in links, as content management systems write them. */
static const char *const link_patterns[] = {"/t(\\d{8})_\\d+\\.s?html?",
                                            "/(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})/",
                                            "/(\\d{4})-(\\d{2})/(\\d{2})/", "/(\\d{8})/"};

static void
group_free (Group *group)
{
  g_free (group->item);
  g_free (group->date);
  g_ptr_array_unref (group->rows);
  g_ptr_array_unref (group->links);
  g_free (group);
}

static guint
title_columns (const ZbNode *link)
{
  g_autofree char *text = zb_node_squeezed (link);
  const char *title = zb_node_attribute (link, "title");
  return MAX (zb_text_width (text, -1), title != NULL ? zb_text_width (title, -1) : 0);
}

/* A link that may be news: to the web, with words enough. */
static gboolean
is_content_link (const ZbNode *node)
{
  const char *href = zb_node_is (node, "a") ? zb_node_attribute (node, "href") : NULL;
  if (href == NULL || *href == '#' || *href == '\0')
    return FALSE;
  g_autofree char *scheme = zb_url_scheme_of (href);
  gboolean web = scheme == NULL || g_str_equal (scheme, "http") || g_str_equal (scheme, "https");
  return web && title_columns (node) >= TITLE_COLUMNS;
}

/* Every element learns how many such links are below it. */
static GPtrArray *
mark_links (ZbNode *root)
{
  GPtrArray *links = g_ptr_array_new ();
  for (ZbNode *node = root; node != NULL && links->len < LINKS_MAX; node = zb_node_follow (node, root)) {
    if (!zb_node_is_element (node) || !is_content_link (node))
      continue;
    g_ptr_array_add (links, node);
    for (ZbNode *up = node; up != NULL; up = up == root ? NULL : zb_node_parent (up))
      zb_node_set_mark (up, zb_node_mark (up) + 1);
  }
  return links;
}

static gboolean
is_name (const char *text)
{
  return (g_ascii_isalpha (*text) || *text == '_') &&
         text[strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")] == '\0';
}

/* The element's name, or any where it is none that a selector can say, such as that of "<li.>". */
static const char *
name_of (const ZbNode *node)
{
  return is_name (zb_node_name (node)) ? zb_node_name (node) : "*";
}

/* "li", "li.row", "div#list": what tells an element from others, as far as a selector can. */
static char *
shape_of (const ZbNode *node, gboolean *is_anchor)
{
  const char *id = zb_node_attribute (node, "id"), *class = zb_node_attribute (node, "class");
  *is_anchor = TRUE;
  if (id != NULL && is_name (id) && strpbrk (id, "0123456789") == NULL)
    return g_strdup_printf ("%s#%s", name_of (node), id);
  g_auto (GStrv) classes = g_strsplit_set (class != NULL ? class : "", " \t\r\n", -1);
  for (char **one = classes; *one != NULL; one++)
    if (is_name (*one))
      return g_strdup_printf ("%s.%s", name_of (node), *one);
  *is_anchor = FALSE;
  return g_strdup (name_of (node));
}

/* A selector for rows such as ROW: its own shape below the nearest ancestor that has a name. Rows that differ
 * by a class of their own (odd, even, first) are one shape all the same: a class counts only above the row.
 */
static char *
row_selector (ZbNode *row)
{
  g_autoptr (GString) selector = g_string_new (name_of (row));
  ZbNode *node = zb_node_parent (row);
  gboolean named = FALSE;
  for (int i = 0; node != NULL && i < CLIMB_MAX && !named; i++, node = zb_node_parent (node)) {
    g_autofree char *shape = shape_of (node, &named);
    g_string_prepend (selector, i == 0 ? " > " : " ");
    g_string_prepend (selector, shape);
    if (zb_node_is (node, "body"))
      break;
  }
  return g_string_free (g_steal_pointer (&selector), FALSE);
}

/* The largest element around LINK that holds no other content link. */
static ZbNode *
row_of (ZbNode *link)
{
  ZbNode *row = link;
  for (ZbNode *up = zb_node_parent (link); up != NULL && zb_node_mark (up) == 1 && !zb_node_is (up, "body");
       up = zb_node_parent (up))
    row = up;
  return row;
}

static char *
date_selector (ZbNode *row, const ZbDateContext *context)
{
  for (ZbNode *node = row; node != NULL; node = zb_node_follow (node, row)) {
    if (!zb_node_is_element (node) || zb_node_first_element (node) != NULL || zb_node_is (node, "a"))
      continue;
    g_autofree char *text = zb_node_squeezed (node);
    ZbDate date;
    gboolean named;
    if (node != row && (zb_dates_read (text, context, &date) || zb_dates_find (text, context, &date)))
      return shape_of (node, &named);
  }
  return NULL;
}

static const char *
pattern_of (const char *href)
{
  for (guint i = 0; i < G_N_ELEMENTS (link_patterns); i++)
    if (g_regex_match_simple (link_patterns[i], href, 0, 0))
      return link_patterns[i];
  return NULL;
}

static void
add_row (Group *group, ZbNode *row, ZbNode *link, const ZbDateContext *context)
{
  ZbDate date;
  const char *title = zb_node_attribute (link, "title"), *href = zb_node_attribute (link, "href");
  g_autofree char *text = zb_node_squeezed (link), *all = zb_node_squeezed (row);
  g_ptr_array_add (group->rows, row);
  g_ptr_array_add (group->links, link);
  group->columns += title_columns (link);
  if (title != NULL && zb_text_width (title, -1) > zb_text_width (text, -1))
    group->titled++;
  if (group->date == NULL)
    group->date = date_selector (row, context);
  if (group->pattern == NULL)
    group->pattern = pattern_of (href);
  gboolean in_row = group->date != NULL && zb_dates_find (all, context, &date);
  gboolean in_link = group->pattern != NULL && g_regex_match_simple (group->pattern, href, 0, 0);
  group->dated += in_row || in_link ? 1 : 0;
}

static double
worth (const Group *g)
{
  double rows = MIN (g->rows->len, ROWS_COUNTED), columns = (double)g->columns / g->rows->len;
  return rows * MIN (columns / 30, 1) * (0.2 + 0.8 * g->dated / g->rows->len);
}

static int
better_first (gconstpointer a, gconstpointer b)
{
  double x = worth (*(Group *const *)a), y = worth (*(Group *const *)b);
  return x < y ? 1 : x > y ? -1 : 0;
}

static ZbProposal *
propose (const Group *g)
{
  ZbProposal *p = zb_proposal_new ();
  gboolean bare = zb_node_is (g->rows->pdata[0], "a");
  gboolean by_title = g->titled * 4 > g->rows->len && g->titled > 0;
  p->rows = (int)g->rows->len;
  p->dated = (int)g->dated;
  p->rule.item = bare ? g_strdup (g->item) : g_strdup_printf ("%s:has(a)", g->item);
  p->rule.link = g_strdup (bare ? "@href" : "a/@href");
  p->rule.title = g_strdup (bare ? (by_title ? "@title" : ".") : (by_title ? "a/@title" : "a"));
  p->rule.date = g_strdup (g->date);
  if (g->date == NULL)
    p->rule.link_pattern = g_strdup (g->pattern);
  return p;
}

static GPtrArray *
group_rows (GPtrArray *links, const ZbDateContext *context)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify)group_free);
  g_autoptr (GHashTable) by_item = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < links->len; i++) {
    ZbNode *row = row_of (links->pdata[i]);
    g_autofree char *item = row_selector (row);
    Group *group = g_hash_table_lookup (by_item, item);
    if (group == NULL) {
      group = g_new0 (Group, 1);
      group->item = g_steal_pointer (&item);
      group->rows = g_ptr_array_new ();
      group->links = g_ptr_array_new ();
      g_hash_table_insert (by_item, group->item, group);
      g_ptr_array_add (groups, group);
    }
    add_row (group, row, links->pdata[i], context);
  }
  return groups;
}

void
zb_find_lists (ZbNode *root, const ZbJob *job, GPtrArray *proposals)
{
  ZbDateContext context = {job->now, job->zone};
  g_autoptr (GPtrArray) links = mark_links (root);
  g_autoptr (GPtrArray) groups = group_rows (links, &context);
  g_ptr_array_sort (groups, better_first);
  for (guint i = 0; i < groups->len && proposals->len < PROPOSALS_MAX; i++) {
    const Group *group = groups->pdata[i];
    if (group->rows->len >= ROWS_MIN)
      g_ptr_array_add (proposals, propose (group));
  }
}
