/* Weights from what the team chose in the weeks before. */
#include "stories.h"

#include "zhoubao/base/json.h"
#include "zhoubao/curate/learn.h"
#include "zhoubao/store/weights.h"

#define WEEKS 26
#define STRENGTH 10.0
#define BRIEFED 0.4 /* a brief is something between a pick and what was passed over */

static char *
weights_to_json (ZbRank *rank)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  for (guint i = 0; i < zb_rank_count (rank); i++) {
    json_builder_set_member_name (b, zb_rank_name (rank, i));
    json_builder_add_double_value (b, zb_rank_weights (rank)[i]);
  }
  json_builder_end_object (b);
  return zb_json_to_line (b);
}

static gboolean
weights_from_json (ZbRank *rank, const char *text, GError **error)
{
  g_autoptr (JsonNode) node = zb_json_parse (text, strlen (text), 1 << 20, error);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  for (guint i = 0; i < zb_rank_count (rank); i++) {
    JsonNode *value = json_object_get_member (json_node_get_object (node), zb_rank_name (rank, i));
    if (value != NULL && JSON_NODE_HOLDS_VALUE (value))
      zb_rank_weights (rank)[i] = json_node_get_double (value);
  }
  return TRUE;
}

/* Weeks in which nothing was chosen say nothing about what the team passes over. */
static void
add_week (const GPtrArray *stories, guint n, GArray *x, GArray *y)
{
  gboolean chosen = FALSE;
  for (guint i = 0; i < stories->len; i++)
    chosen |= ((ZbStory *)stories->pdata[i])->state == ZB_STATE_PICKED;
  for (guint i = 0; chosen && i < stories->len; i++) {
    const ZbStory *story = stories->pdata[i];
    double label = story->state == ZB_STATE_PICKED ? 1 : story->state == ZB_STATE_BRIEFED ? BRIEFED : 0;
    g_array_append_vals (x, story->features, n);
    g_array_append_val (y, label);
  }
}

static gboolean
fit (ZbDb *db, const ZbConfig *config, ZbRank *rank, ZbWeek week, GError **error)
{
  guint n = zb_rank_count (rank);
  g_autoptr (GArray) x = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) y = g_array_new (FALSE, FALSE, sizeof (double));
  for (int back = 1; back <= WEEKS; back++) {
    g_autoptr (GPtrArray) stories = zb_stories_load (db, config, rank, zb_week_add (week, -back), error);
    if (stories == NULL)
      return FALSE;
    add_week (stories, n, x, y);
  }
  double bias = 0;
  g_autofree double *prior = g_memdup2 (zb_rank_weights (rank), n * sizeof (double));
  ZbLearnTask task = {n, y->len, (const double *)x->data, (const double *)y->data, prior, STRENGTH};
  zb_learn_fit (&task, zb_rank_weights (rank), &bias);
  return TRUE;
}

gboolean
zb_stories_teach (ZbDb *db, const ZbConfig *config, ZbRank *rank, ZbWeek week, GError **error)
{
  g_autofree char *name = zb_week_name (week), *known = NULL,
                  *through = zb_week_name (zb_week_add (week, -1));
  gint64 last = 0;
  if (!zb_weights_last_decision (db, name, &last, error))
    return FALSE;
  if (last == 0)
    return TRUE;
  if (!zb_weights_get (db, through, last, &known, error))
    return FALSE;
  if (known != NULL)
    return weights_from_json (rank, known, error);
  if (!fit (db, config, rank, week, error))
    return FALSE;
  g_autofree char *json = weights_to_json (rank);
  return zb_weights_put (db, through, last, json, error);
}
