/* Features of a story, their weights and words. */
#include "zhoubao/curate/rank.h"

#include "zhoubao/curate/learn.h"
#include <math.h>

struct ZbRank {
  const ZbConfig *config;
  GHashTable *sources; /* slug to ZbSource, borrowed */
  GPtrArray *names;    /* of char *, by feature */
  GArray *weights;     /* of double, by feature */
};

/* What a feature is computed from. */
typedef struct {
  const ZbRank *rank;
  const GPtrArray *items;
  const ZbItem *first;
  const ZbStoryContext *context;
} Story;

static const struct {
  const char *name;
  double authority;
} levels[] = {{"central", 1.0},         {"court", 0.9},    {"provincial", 0.75},
              {"sub-provincial", 0.55}, {"research", 0.5}, {"media", 0.4}};

static int
level_index (const ZbSource *source)
{
  for (guint i = 0; source != NULL && i < G_N_ELEMENTS (levels); i++)
    if (g_strcmp0 (source->level, levels[i].name) == 0)
      return (int)i;
  return G_N_ELEMENTS (levels);
}

const ZbSource *
zb_rank_source (const ZbRank *rank, const char *slug)
{
  return g_hash_table_lookup (rank->sources, slug);
}

int
zb_rank_level (const ZbRank *rank, const char *slug)
{
  return level_index (zb_rank_source (rank, slug));
}

/* The highest authority of its sources: level times the source's own weight. */
static double
authority (const Story *s)
{
  double best = 0;
  for (guint i = 0; i < s->items->len; i++) {
    const ZbSource *source = zb_rank_source (s->rank, ((const ZbItem *)s->items->pdata[i])->source);
    int level = level_index (source);
    double value = level < (int)G_N_ELEMENTS (levels) ? levels[level].authority : 0.3;
    best = MAX (best, value * (source != NULL ? source->weight : 1));
  }
  return MIN (best, 2);
}

static double
spread (const Story *s)
{
  return MIN (log2 (MAX (s->context->sources, 1)) / 2, 1.5);
}

static double
document (const Story *s)
{
  return s->first->number != NULL;
}

static double
deadline (const Story *s)
{
  return s->first->comment_deadline != ZB_TIME_NONE;
}

static double
effective (const Story *s)
{
  return s->first->effective != ZB_TIME_NONE;
}

static double
novelty (const Story *s)
{
  return s->context->novelty;
}

/* A kind of document in the name of a notice says how binding it is. */
static double
binding (const Story *s)
{
  static const struct {
    const char *word;
    double value;
  } kinds[] = {{"条例", 1},         {"法（", 1},     {"办法", 0.8},     {"规定", 0.8},
               {"意见", 0.6},       {"备忘录", 0.6}, {"通知", 0.4},     {"公告", 0.3},
               {"regulation", 0.8}, {"law", 0.8},    {"measures", 0.7}, {"opinion", 0.5}};
  g_autofree char *title = g_utf8_strdown (s->first->title, -1);
  double best = g_str_has_suffix (title, "法") ? 1 : 0;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].value > best && strstr (title, kinds[i].word) != NULL)
      best = kinds[i].value;
  return best;
}

static double
full_text (const Story *s)
{
  return s->first->text != NULL;
}

/* Defaults say what a newcomer's editor would look for; zhoubao.yaml and learning change them. */
static const struct {
  const char *name;
  double weight;
  double (*of) (const Story *s);
  const char *reason; /* NULL: made from the story */
} table[] = {
    {"authority", 1.5, authority, NULL},
    {"spread", 1.0, spread, NULL},
    {"document", 0.6, document, NULL},
    {"binding", 0.8, binding, "binding kind of document"},
    {"deadline", 0.4, deadline, "open for comment"},
    {"effective", 0.3, effective, "names a day of entry into force"},
    {"novelty", 0.8, novelty, "new"},
    {"text", 0.2, full_text, "full text at hand"},
};
#define TOPIC_WEIGHT 0.5

static double
initial_weight (const ZbConfig *config, const char *name, double fallback)
{
  const double *own = g_hash_table_lookup (config->weights, name);
  return own != NULL ? *own : fallback;
}

static void
add_feature (ZbRank *rank, char *name, double fallback)
{
  double weight = initial_weight (rank->config, name, fallback);
  g_ptr_array_add (rank->names, name);
  g_array_append_val (rank->weights, weight);
}

ZbRank *
zb_rank_new (const ZbConfig *config, const GPtrArray *sources)
{
  ZbRank *rank = g_new0 (ZbRank, 1);
  rank->config = config;
  rank->sources = g_hash_table_new (g_str_hash, g_str_equal);
  rank->names = g_ptr_array_new_with_free_func (g_free);
  rank->weights = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; sources != NULL && i < sources->len; i++)
    g_hash_table_insert (rank->sources, ((ZbSource *)sources->pdata[i])->slug, sources->pdata[i]);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    add_feature (rank, g_strdup (table[i].name), table[i].weight);
  for (guint f = 0; f < config->facets->len; f++) {
    const ZbFacet *facet = config->facets->pdata[f];
    for (guint t = 0; t < facet->terms->len; t++)
      add_feature (rank,
                   g_strdup_printf ("topic:%s/%s", facet->name, ((ZbTerm *)facet->terms->pdata[t])->name),
                   g_str_equal (facet->name, "location") ? 0 : TOPIC_WEIGHT);
  }
  return rank;
}

void
zb_rank_free (ZbRank *rank)
{
  g_hash_table_unref (rank->sources);
  g_ptr_array_unref (rank->names);
  g_array_unref (rank->weights);
  g_free (rank);
}

guint
zb_rank_count (const ZbRank *rank)
{
  return rank->names->len;
}

const char *
zb_rank_name (const ZbRank *rank, guint feature)
{
  return g_ptr_array_index (rank->names, feature);
}

double *
zb_rank_weights (ZbRank *rank)
{
  return (double *)rank->weights->data;
}

static void
topic_features (const ZbRank *rank, GHashTable *topics, double *x)
{
  guint at = G_N_ELEMENTS (table);
  for (guint f = 0; f < rank->config->facets->len; f++) {
    const ZbFacet *facet = rank->config->facets->pdata[f];
    const char *const *named = g_hash_table_lookup (topics, facet->name);
    for (guint t = 0; t < facet->terms->len; t++, at++)
      x[at] = named != NULL && g_strv_contains (named, ((ZbTerm *)facet->terms->pdata[t])->name);
  }
}

void
zb_rank_features (const ZbRank *rank, const GPtrArray *items, const ZbStoryContext *context, double *x)
{
  Story story = {rank, items, items->pdata[0], context};
  memset (x, 0, rank->names->len * sizeof *x);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    x[i] = table[i].of (&story);
  topic_features (rank, context->topics, x);
}

double
zb_rank_score (const ZbRank *rank, const double *x)
{
  return zb_learn_score ((const double *)rank->weights->data, x, rank->names->len);
}

static char *
reason_words (const ZbRank *rank, guint feature, const GPtrArray *items, const ZbStoryContext *context)
{
  const ZbItem *first = items->pdata[0];
  const char *name = zb_rank_name (rank, feature);
  if (feature >= G_N_ELEMENTS (table))
    return g_strdup_printf ("matches '%s'", strrchr (name, '/') + 1);
  if (table[feature].of == authority) {
    int level = G_N_ELEMENTS (levels);
    for (guint i = 0; i < items->len; i++)
      level = MIN (level, zb_rank_level (rank, ((const ZbItem *)items->pdata[i])->source));
    return level < (int)G_N_ELEMENTS (levels) ? g_strdup_printf ("%s level", levels[level].name) : NULL;
  }
  if (table[feature].of == spread)
    return context->sources > 1 ? g_strdup_printf ("%u sources", context->sources) : NULL;
  if (table[feature].of == document)
    return g_strdup_printf ("new document number %s", first->number);
  if (table[feature].of == novelty && context->earlier != NULL)
    return g_strdup_printf ("resembles an earlier pick: %s", context->earlier);
  return g_strdup (table[feature].reason);
}

typedef struct {
  guint feature;
  double share;
} Share;

static int
compare_shares (gconstpointer a, gconstpointer b)
{
  double x = fabs (((const Share *)a)->share), y = fabs (((const Share *)b)->share);
  return x > y ? -1 : x < y;
}

char **
zb_rank_reasons (const ZbRank *rank, const GPtrArray *items, const ZbStoryContext *context, const double *x)
{
  g_autoptr (GArray) shares = g_array_new (FALSE, FALSE, sizeof (Share));
  for (guint i = 0; i < rank->names->len; i++) {
    Share share = {i, g_array_index (rank->weights, double, i) * x[i]};
    if (fabs (share.share) >= 0.05)
      g_array_append_val (shares, share);
  }
  g_array_sort (shares, compare_shares);
  g_autoptr (GStrvBuilder) reasons = g_strv_builder_new ();
  for (guint i = 0; i < shares->len; i++) {
    g_autofree char *words = reason_words (rank, g_array_index (shares, Share, i).feature, items, context);
    if (words != NULL)
      g_strv_builder_add (reasons, words);
  }
  return g_strv_builder_end (reasons);
}
