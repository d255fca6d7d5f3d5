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

typedef struct {
  const ZbConfig *config;
  ZbTime now;
  gint64 grouped;
} Run;

static gboolean
place (ZbDb *db, Run *run, const ZbItem *item, gint64 *group, GError **error)
{
  if (*group < 0 && !zb_story_new (db, run->now, group, error))
    return FALSE;
  run->grouped++;
  return zb_item_set_story (db, item->id, *group, error);
}

static gboolean
run_inside (ZbDb *db, gpointer data, GError **error)
{
  Run *run = data;
  ZbTime first, last;
  if (!zb_story_pending (db, &first, &last, error))
    return FALSE;
  if (first == ZB_TIME_NONE)
    return TRUE;
  g_autoptr (GPtrArray) items = zb_story_window (db, first - WINDOW_SECONDS, last + WINDOW_SECONDS, error);
  if (items == NULL)
    return FALSE;
  g_autoptr (ZbLikeness) set = compare_all (items, run->config);
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < items->len; i++) {
    gint64 story = ((const ZbItem *)g_ptr_array_index (items, i))->story;
    story = story != 0 ? story : -1;
    g_array_append_val (groups, story);
  }
  for (guint i = 0; i < items->len; i++) {
    gint64 *group = &g_array_index (groups, gint64, i);
    if (*group >= 0)
      continue;
    *group = likest_group (set, items, groups, i);
    if (!place (db, run, g_ptr_array_index (items, i), group, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
zb_cluster_run (ZbDb *db, const ZbConfig *config, ZbTime now, gint64 *grouped, GError **error)
{
  Run run = {config, now, 0};
  gboolean ok = zb_db_transact (db, run_inside, &run, error);
  if (grouped != NULL)
    *grouped = run.grouped;
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
