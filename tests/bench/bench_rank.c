/* Learning an editor's taste: a hidden editor with preferences of its own picks three of 150 stories a week
   for 30 weeks; in how many weeks are all three among the queue's first ten, before anything was learned and
   after 12 weeks? */
#include "zhoubao/curate/learn.h"

#include <math.h>
#include <stdio.h>

#define WEEKS 30
#define LEARNED 12
#define STORIES 150
#define TABLE 8   /* authority, spread, document, binding, deadline, effective, novelty, text */
#define TOPICS 24 /* terms of the vocabularies */
#define FEATURES (TABLE + TOPICS)
#define EDITORS 20
#define NOISE 0.35 /* what moves an editor besides the features */

static const double defaults[TABLE] = {1.5, 1.0, 0.6, 0.8, 0.4, 0.3, 0.8, 0.2};

typedef struct {
  double x[WEEKS * STORIES * FEATURES];
  double y[WEEKS * STORIES];
  double prior[FEATURES], taste[FEATURES];
} World;

static double
gaussian (GRand *random)
{
  double sum = 0;
  for (int i = 0; i < 12; i++)
    sum += g_rand_double (random);
  return sum - 6;
}

static void
make_story (GRand *random, double *x)
{
  static const double authorities[] = {1.0, 0.9, 0.75, 0.55, 0.5, 0.4, 0.4, 0.4};
  x[0] = authorities[g_rand_int_range (random, 0, G_N_ELEMENTS (authorities))];
  x[1] =
      log2 (1 + (double)(g_rand_int_range (random, 0, 100) * g_rand_int_range (random, 0, 100) / 2500)) / 2;
  x[2] = g_rand_double (random) < 0.15;
  x[3] = g_rand_double (random) < 0.4 ? 0.4 + 0.6 * g_rand_double (random) : 0;
  x[4] = g_rand_double (random) < 0.08;
  x[5] = g_rand_double (random) < 0.1;
  x[6] = 1 - 0.6 * pow (g_rand_double (random), 2);
  x[7] = g_rand_double (random) < 0.8;
  for (int i = TABLE; i < FEATURES; i++)
    x[i] = g_rand_double (random) < 0.08;
}

static void
make_world (GRand *random, World *w)
{
  for (int i = 0; i < FEATURES; i++) {
    w->prior[i] = i < TABLE ? defaults[i] : 0.5;
    w->taste[i] = (i < TABLE ? defaults[i] : 0) + 1.5 * gaussian (random);
  }
  for (int i = 0; i < WEEKS * STORIES; i++)
    make_story (random, w->x + i * FEATURES);
}

/* The indexes of the N highest of the STORIES scores. */
static void
highest (const double *scores, int n, int *out)
{
  gboolean taken[STORIES] = {FALSE};
  for (int k = 0; k < n; k++) {
    int best = -1;
    for (int i = 0; i < STORIES; i++)
      if (!taken[i] && (best < 0 || scores[i] > scores[best]))
        best = i;
    taken[best] = TRUE;
    out[k] = best;
  }
}

static void
editor_picks (GRand *random, World *w, int week, int *picks)
{
  double scores[STORIES];
  for (int i = 0; i < STORIES; i++) {
    const double *x = w->x + (week * STORIES + i) * FEATURES;
    scores[i] = zb_learn_score (w->taste, x, FEATURES) + NOISE * gaussian (random);
  }
  highest (scores, 3, picks);
  for (int k = 0; k < 3; k++)
    w->y[week * STORIES + picks[k]] = 1;
}

static gboolean
all_shown (const World *w, const double *weights, int week, const int *picks)
{
  double scores[STORIES];
  int first[10], found = 0;
  for (int i = 0; i < STORIES; i++)
    scores[i] = zb_learn_score (weights, w->x + (week * STORIES + i) * FEATURES, FEATURES);
  highest (scores, G_N_ELEMENTS (first), first);
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    for (int k = 0; k < 3; k++)
      found += first[i] == picks[k];
  return found == 3;
}

/* Adds to EARLY and LATE the weeks whose three picks were all shown before, and after, the twelfth week. */
static void
live (GRand *random, World *w, int *early, int *late)
{
  double weights[FEATURES], bias;
  make_world (random, w);
  for (int week = 0; week < WEEKS; week++) {
    int picks[3];
    ZbLearnTask task = {FEATURES, (guint)(week * STORIES), w->x, w->y, w->prior, 10};
    zb_learn_fit (&task, weights, &bias);
    editor_picks (random, w, week, picks);
    gboolean shown = all_shown (w, weights, week, picks);
    *(week < LEARNED ? early : late) += shown;
  }
}

int
main (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2017);
  g_autofree World *w = g_new0 (World, 1);
  int early = 0, late = 0;
  gint64 start = g_get_monotonic_time ();
  for (int i = 0; i < EDITORS; i++) {
    memset (w->y, 0, sizeof w->y);
    live (random, w, &early, &late);
  }
  double seconds = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  printf ("top three in first ten, weeks 13-30: %.1f %% (limit 90)\n",
          100.0 * late / (EDITORS * (WEEKS - LEARNED)));
  printf ("top three in first ten, weeks 1-12: %.1f %%\n", 100.0 * early / (EDITORS * LEARNED));
  printf ("the same by chance: %.2f %%\n",
          100.0 * (10.0 * 9 * 8) / (STORIES * (STORIES - 1.0) * (STORIES - 2)));
  printf ("one fit on 30 weeks, mean: %.1f ms\n", 1000 * seconds / (EDITORS * WEEKS));
  return 0;
}
