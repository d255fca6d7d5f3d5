/* Grouping items into stories. */
#include "zhoubao/curate/cluster.h"

#include "zhoubao/curate/likeness.h"
#include "zhoubao/store/story.h"

#define WINDOW_SECONDS                                                                                       \
  (10 * G_TIME_SPAN_DAY / G_TIME_SPAN_SECOND) /* one event is reported within these days */

/* The group of the likest neighbour that has one and is near in time; -1 for none. GROUPS is by item. */
static gint64
likest_group (ZbLikeness *set, const GPtrArray *items, const GArray *groups, guint at)
{
  const ZbItem *item = g_ptr_array_index (items, at);
  g_autoptr (GArray) neighbours = zb_likeness_neighbours (set, at);
  double best = ZB_LIKENESS_SAME;
  gint64 group = -1;
  for (guint i = 0; i < neighbours->len; i++) {
    guint other = g_array_index (neighbours, guint, i);
    gint64 theirs = g_array_index (groups, gint64, other);
    gint64 apart = zb_item_time (g_ptr_array_index (items, other)) - zb_item_time (item);
    if (theirs < 0 || ABS (apart) > WINDOW_SECONDS)
      continue;
    double likeness = zb_likeness_of (set, at, other);
    if (likeness >= best) {
      best = likeness;
      group = theirs;
    }
  }
  return group;
}

static ZbLikeness *
compare_all (const GPtrArray *items, const ZbConfig *config)
{
  ZbLikeness *set = zb_likeness_new (config != NULL ? config->facets : NULL);
  for (guint i = 0; i < items->len; i++)
    zb_likeness_add (set, g_ptr_array_index (items, i));
  return set;
}

GArray *
zb_cluster_group (const GPtrArray *items, const ZbConfig *config)
{
  g_autoptr (ZbLikeness) set = compare_all (items, config);
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 next = 0, none = -1;
  for (guint i = 0; i < items->len; i++)
    g_array_append_val (groups, none);
  for (guint i = 0; i < items->len; i++) {
    gint64 group = likest_group (set, items, groups, i);
    g_array_index (groups, gint64, i) = group >= 0 ? group : next++;
  }
  return groups;
}

#define FRESH (G_MAXINT64 / 2) /* from here on a group is a story that is not in the store yet */

/* What was found, on its way into the store. */
typedef struct {
  const GPtrArray *items;
  const GArray *groups; /* by item: its story, or FRESH and a number */
  GHashTable *stories;  /* FRESH and a number to the story's id */
  ZbTime now;
  gint64 grouped;
} Placing;

/* The story of GROUP; a fresh one becomes STORY where that is not 0. */
static gboolean
story_of (ZbDb *db, Placing *placing, gint64 group, gint64 *story, GError **error)
{
  gint64 *known = group >= FRESH ? g_hash_table_lookup (placing->stories, &group) : &group;
  if (known != NULL) {
    *story = *known;
    return TRUE;
  }
  if (*story == 0 && !zb_story_new (db, placing->now, story, error))
    return FALSE;
  g_hash_table_insert (placing->stories, g_memdup2 (&group, sizeof group), g_memdup2 (story, sizeof *story));
  return TRUE;
}

/* What another process placed meanwhile stays there, and its neighbours of this run come to it. */
static gboolean
place (ZbDb *db, Placing *placing, const ZbItem *item, gint64 group, GError **error)
{
  gint64 theirs = 0;
  if (!zb_item_get_story (db, item->id, &theirs, error))
    return FALSE;
  gint64 story = theirs;
  if (!story_of (db, placing, group, &story, error))
    return FALSE;
  if (theirs != 0)
    return TRUE;
  placing->grouped++;
  return zb_item_set_story (db, item->id, story, error);
}

static gboolean
place_all (ZbDb *db, gpointer data, GError **error)
{
  Placing *placing = data;
  for (guint i = 0; i < placing->items->len; i++) {
    const ZbItem *item = g_ptr_array_index (placing->items, i);
    if (item->story == 0 && !place (db, placing, item, g_array_index (placing->groups, gint64, i), error))
      return FALSE;
  }
  return TRUE;
}

/* The group of each item of a window: the story that it has, else that of its likest neighbour. */
static GArray *
group_window (const GPtrArray *items, const ZbConfig *config)
{
  g_autoptr (ZbLikeness) set = compare_all (items, config);
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 next = FRESH;
  for (guint i = 0; i < items->len; i++) {
    gint64 story = ((const ZbItem *)g_ptr_array_index (items, i))->story;
    story = story != 0 ? story : -1;
    g_array_append_val (groups, story);
  }
  for (guint i = 0; i < items->len; i++) {
    gint64 *group = &g_array_index (groups, gint64, i);
    if (*group < 0)
      *group = likest_group (set, items, groups, i);
    if (*group < 0)
      *group = next++;
  }
  return groups;
}

/* Comparing thousands of items takes seconds, in which others write: only what was found is a transaction. */
gboolean
zb_cluster_run (ZbDb *db, const ZbConfig *config, ZbTime now, gint64 *grouped, GError **error)
{
  ZbTime first, last;
  if (grouped != NULL)
    *grouped = 0;
  if (!zb_story_pending (db, &first, &last, error))
    return FALSE;
  if (first == ZB_TIME_NONE)
    return TRUE;
  g_autoptr (GPtrArray) items = zb_story_window (db, first - WINDOW_SECONDS, last + WINDOW_SECONDS, error);
  if (items == NULL)
    return FALSE;
  g_autoptr (GArray) groups = group_window (items, config);
  g_autoptr (GHashTable) stories = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Placing placing = {items, groups, stories, now, 0};
  gboolean ok = zb_db_transact (db, place_all, &placing, error);
  if (grouped != NULL)
    *grouped = placing.grouped;
  return ok;
}

typedef struct {
  int (*level_of) (const char *slug, gpointer data);
  gpointer data;
} Order;

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const ZbItem *x = *(ZbItem *const *)a, *y = *(ZbItem *const *)b;
  const Order *order = data;
  if ((x->number != NULL) != (y->number != NULL))
    return x->number != NULL ? -1 : 1;
  int levels = order->level_of (x->source, order->data) - order->level_of (y->source, order->data);
  if (levels != 0)
    return levels;
  ZbTime tx = zb_item_time (x), ty = zb_item_time (y);
  return tx != ty ? (tx < ty ? -1 : 1) : (x->id < y->id ? -1 : x->id > y->id);
}

void
zb_cluster_order (GPtrArray *items, int (*level_of) (const char *slug, gpointer data), gpointer data)
{
  Order order = {level_of, data};
  g_ptr_array_sort_with_data (items, compare_items, &order);
}
