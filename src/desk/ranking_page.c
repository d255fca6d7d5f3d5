/* What the ranking looks at, and how much: as it was given, and as it was learned. */
#include "routes.h"

#include "zhoubao/store/weights.h"

/* Features in words; topics speak for themselves. */
static const struct {
  const char *name, *words;
} features[] = {{"authority", "authority of the highest source"},
                {"spread", "spread over several sources"},
                {"document", "has a document number"},
                {"binding", "kind of document: laws and regulations before notices"},
                {"deadline", "open for comment"},
                {"effective", "names a day of entry into force"},
                {"novelty", "unlike what was picked in the weeks before"},
                {"text", "full text at hand"}};

/* (transfer full) */
static char *
feature_words (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    if (g_str_equal (features[i].name, name))
      return g_strdup (features[i].words);
  const char *term = strchr (name, '/'), *facet = strchr (name, ':');
  g_assert (facet != NULL && term > facet); /* "topic:FACET/TERM" */
  return g_strdup_printf ("%.*s: %s", (int)(term - facet - 1), facet + 1, term + 1);
}

static void
build_weights (ZbVisit *visit, JsonBuilder *b, const ZbQueue *queue)
{
  g_autoptr (ZbRank) given = zb_rank_new (visit->room->workspace->config, visit->room->sources);
  json_builder_set_member_name (b, "weights");
  json_builder_begin_array (b);
  for (guint i = 0; i < zb_rank_count (given); i++) {
    const char *name = zb_rank_name (given, i);
    g_autofree char *words = feature_words (name),
                    *first = g_strdup_printf ("%.2f", zb_rank_weights (given)[i]),
                    *now = g_strdup_printf ("%.2f", zb_rank_weights (queue->rank)[i]);
    json_builder_begin_object (b);
    zb_json_text (b, "name", name);
    zb_json_text (b, "words", words);
    zb_json_text (b, "given", first);
    zb_json_text (b, "now", now);
    zb_json_bool (b, "own", g_hash_table_contains (visit->room->workspace->config->weights, name));
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

gboolean
zb_page_ranking (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  gint64 decisions = 0;
  if (!zb_visit_week (visit, &week, error))
    return FALSE;
  g_autofree char *name = zb_week_name (week), *period = zb_week_period (week);
  if (!zb_weights_decisions (visit->room->db, name, &decisions, error))
    return FALSE;
  const ZbQueue *queue = zb_board_take_queue (visit->board, visit->room->db, week, error);
  if (queue == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  build_weights (visit, b, queue);
  zb_board_give (visit->board);
  zb_json_text (b, "week", name);
  zb_json_text (b, "period", period);
  zb_json_int (b, "decisions", decisions);
  return zb_visit_render (visit, "ranking", "Ranking", b, error);
}
