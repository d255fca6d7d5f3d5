/* Stories against a labelled set: reprints and reports in two languages together, look-alikes apart. */
#include "zhoubao/curate/cluster.h"

#include "zhoubao/base/json.h"
#include "zhoubao/store/config.h"
#include "zhoubao/store/migrate.h"

static const char CONFIG[] =
    "title: x\nbase_url: https://x.example\ntopics:\n  location:\n"
    "    hebei: [河北, Hebei]\n    henan: [河南, Henan]\n    hubei: [湖北, Hubei]\n    zhejiang: [浙江, "
    "Zhejiang]\n"
    "    shanghai: [上海, Shanghai]\n    wuxi: [无锡, Wuxi]\n    suzhou: [苏州, Suzhou]\n";

static char *
member (JsonObject *o, const char *name)
{
  return g_strdup (zb_json_get_text (o, name));
}

static void
read_labelled (GPtrArray *items, GPtrArray *labels)
{
  g_autofree char *path = g_build_filename (g_getenv ("ZB_FIXTURES"), "stories.jsonl", NULL), *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (g_strstrip (text), "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    g_autoptr (JsonNode) node = zb_json_parse (*line, strlen (*line), 100000, NULL);
    JsonObject *o = json_node_get_object (node);
    ZbItem *item = zb_item_new ();
    item->source = member (o, "source");
    item->url = member (o, "url");
    item->canonical = member (o, "url");
    item->title = member (o, "title");
    item->summary = member (o, "summary");
    item->text = member (o, "text");
    item->number = member (o, "number");
    item->published = item->fetched = zb_time_from_rfc3339 (zb_json_get_text (o, "published"));
    g_ptr_array_add (items, item);
    g_ptr_array_add (labels, member (o, "story"));
  }
}

typedef struct {
  double both, ours, theirs;
} Pairs;

static Pairs
count_pairs (GPtrArray *items, GPtrArray *labels, GArray *groups)
{
  Pairs pairs = {0};
  for (guint i = 0; i < groups->len; i++)
    for (guint j = i + 1; j < groups->len; j++) {
      gboolean together = g_array_index (groups, gint64, i) == g_array_index (groups, gint64, j);
      gboolean same = g_strcmp0 (labels->pdata[i], labels->pdata[j]) == 0;
      pairs.ours += together;
      pairs.theirs += same;
      pairs.both += together && same;
      if (together != same)
        g_test_message ("%s: %s | %s", same ? "apart" : "together", ((ZbItem *)items->pdata[i])->title,
                        ((ZbItem *)items->pdata[j])->title);
    }
  return pairs;
}

static void
test_the_labelled_stories_are_found (void)
{
  g_autoptr (ZbConfig) config = zb_config_parse ("c.yaml", CONFIG, -1, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_item_free);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  read_labelled (items, labels);
  g_autoptr (GArray) groups = zb_cluster_group (items, config);
  Pairs pairs = count_pairs (items, labels, groups);
  double f1 = 2 * pairs.both / (pairs.ours + pairs.theirs);
  g_test_message ("pairwise F1 %.3f: %g of %g pairs, %g of ours", f1, pairs.both, pairs.theirs, pairs.ours);
  g_assert_cmpfloat (f1, >=, 0.95);
}

static gint64
story_of (ZbDb *db, gint64 id)
{
  g_autoptr (ZbItem) item = zb_item_get (db, id, NULL);
  return item->story;
}

static void
test_a_later_crawl_joins_the_earlier_story (void)
{
  g_autoptr (ZbConfig) config = zb_config_parse ("c.yaml", CONFIG, -1, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_item_free);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  read_labelled (items, labels);
  g_autoptr (ZbDb) db = zb_db_open (":memory:", ZB_DB_CREATE, NULL);
  g_assert_true (zb_migrate (db, NULL));
  gint64 story = 0;
  for (guint i = 0; i < items->len; i++) {
    ZbItem *item = items->pdata[i];
    if (g_strcmp0 (labels->pdata[i], "shanghai-law") != 0)
      continue;
    gint64 grouped = 0;
    g_assert_true (zb_item_add (db, item, NULL, NULL));
    g_assert_true (zb_cluster_run (db, config, 1498500000, &grouped, NULL));
    g_assert_cmpint (grouped, ==, 1);
    story = story != 0 ? story : story_of (db, item->id);
    g_assert_cmpint (story, !=, 0);
    g_assert_cmpint (story_of (db, item->id), ==, story);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cluster/the_labelled_stories_are_found", test_the_labelled_stories_are_found);
  g_test_add_func ("/cluster/a_later_crawl_joins_the_earlier_story",
                   test_a_later_crawl_joins_the_earlier_story);
  return g_test_run ();
}
