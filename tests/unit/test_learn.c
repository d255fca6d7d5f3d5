/* Learning: a taste is found again, the prior holds where nothing was said, and nothing runs away. */
#include "zhoubao/curate/learn.h"

#include <math.h>

#define N 3
#define ROWS 400

static void
test_a_taste_is_found_again (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  const double taste[N] = {3, 0, -2}, prior[N] = {0, 1, 0};
  double x[ROWS * N], y[ROWS], weights[N], bias;
  for (int i = 0; i < ROWS; i++) {
    for (int j = 0; j < N; j++)
      x[i * N + j] = g_rand_double (random);
    y[i] = zb_learn_score (taste, x + i * N, N) > 1;
  }
  ZbLearnTask task = {N, ROWS, x, y, prior, 10};
  zb_learn_fit (&task, weights, &bias);
  g_assert_cmpfloat (weights[0], >, 1.5);
  g_assert_cmpfloat (weights[2], <, -1);
  g_assert_cmpfloat (fabs (weights[1]), <, 1);
}

static void
test_without_decisions_the_written_weights_stand (void)
{
  const double prior[N] = {1.5, 0.5, -1};
  double weights[N], bias;
  ZbLearnTask task = {N, 0, NULL, NULL, prior, 10};
  zb_learn_fit (&task, weights, &bias);
  g_assert_cmpmem (weights, sizeof weights, prior, sizeof prior);
}

static void
test_what_separates_wholly_stays_finite (void)
{
  const double prior[1] = {100};
  double x[] = {0, 0, 0, 1, 1, 1}, y[] = {1, 1, 1, 0, 0, 0}, weights[1], bias;
  ZbLearnTask task = {1, G_N_ELEMENTS (y), x, y, prior, 10};
  zb_learn_fit (&task, weights, &bias);
  g_assert_true (isfinite (weights[0]) && isfinite (bias));
  g_assert_cmpfloat (weights[0], <, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/learn/a_taste_is_found_again", test_a_taste_is_found_again);
  g_test_add_func ("/learn/without_decisions_the_written_weights_stand",
                   test_without_decisions_the_written_weights_stand);
  g_test_add_func ("/learn/what_separates_wholly_stays_finite", test_what_separates_wholly_stays_finite);
  return g_test_run ();
}
