/* Logistic regression with a Gaussian prior, by Newton's method. */
#include "zhoubao/curate/learn.h"

#include <math.h>

#define ROUNDS 25
#define CLOSE_ENOUGH 1e-6

double
zb_learn_score (const double *weights, const double *x, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += weights[i] * x[i];
  return sum;
}

static double
sigmoid (double z)
{
  return 1 / (1 + exp (-z));
}

/* Solves A v = b for a symmetric positive definite A of size n, in place (Cholesky); b becomes v. */
static void
solve (double *a, double *b, guint n)
{
  for (guint j = 0; j < n; j++) {
    for (guint k = 0; k < j; k++)
      a[j * n + j] -= a[j * n + k] * a[j * n + k];
    a[j * n + j] = sqrt (MAX (a[j * n + j], 1e-12));
    for (guint i = j + 1; i < n; i++) {
      for (guint k = 0; k < j; k++)
        a[i * n + j] -= a[i * n + k] * a[j * n + k];
      a[i * n + j] /= a[j * n + j];
    }
  }
  for (guint i = 0; i < n; i++) {
    for (guint k = 0; k < i; k++)
      b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (guint i = n; i-- > 0;) {
    for (guint k = i + 1; k < n; k++)
      b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
}

/* Adds one example to the gradient and the Hessian; the last column is the constant. */
static void
add_row (const ZbLearnTask *t, guint row, const double *w, double *gradient, double *hessian)
{
  guint m = t->n + 1;
  const double *x = t->x + (gsize)row * t->n;
  double p = sigmoid (zb_learn_score (w, x, t->n) + w[t->n]), slope = MAX (p * (1 - p), 1e-9);
  for (guint i = 0; i < m; i++) {
    double xi = i < t->n ? x[i] : 1;
    if (xi == 0)
      continue;
    gradient[i] += (t->y[row] - p) * xi;
    for (guint j = 0; j <= i; j++)
      hessian[i * m + j] += slope * xi * (j < t->n ? x[j] : 1);
  }
}

/* What is maximised: the log likelihood under the prior. */
static double
objective (const ZbLearnTask *t, const double *w)
{
  double sum = 0;
  for (guint row = 0; row < t->rows; row++) {
    double z = zb_learn_score (w, t->x + (gsize)row * t->n, t->n) + w[t->n];
    sum += t->y[row] * z - (z > 30 ? z : log1p (exp (z)));
  }
  for (guint i = 0; i < t->n; i++)
    sum -= t->strength / 20 * (w[i] - t->prior[i]) * (w[i] - t->prior[i]);
  return sum;
}

/* The direction of Newton's step from W, into GRADIENT. */
static void
newton_direction (const ZbLearnTask *t, const double *w, double *gradient, double *hessian)
{
  guint m = t->n + 1;
  memset (gradient, 0, m * sizeof *gradient);
  memset (hessian, 0, (gsize)m * m * sizeof *hessian);
  for (guint row = 0; row < t->rows; row++)
    add_row (t, row, w, gradient, hessian);
  double pull = t->strength / 10;
  for (guint i = 0; i < t->n; i++) {
    gradient[i] -= pull * (w[i] - t->prior[i]);
    hessian[i * m + i] += pull;
  }
  hessian[t->n * m + t->n] += 1e-6;
  solve (hessian, gradient, m);
}

/* Goes along DIRECTION, half as far each time until things get better; how far, 0 where they do not. */
static double
step_along (const ZbLearnTask *t, double *w, const double *direction, double *next)
{
  double before = objective (t, w);
  for (double part = 1; part > 1e-4; part /= 2) {
    double longest = 0;
    for (guint i = 0; i <= t->n; i++) {
      next[i] = w[i] + part * direction[i];
      longest = MAX (longest, fabs (part * direction[i]));
    }
    if (objective (t, next) > before) {
      memcpy (w, next, (t->n + 1) * sizeof *w);
      return longest;
    }
  }
  return 0;
}

/* The constant with which the average example gets the average label. */
static double
first_bias (const ZbLearnTask *t)
{
  double labels = 0.5, scores = 0;
  for (guint row = 0; row < t->rows; row++) {
    labels += t->y[row];
    scores += zb_learn_score (t->prior, t->x + (gsize)row * t->n, t->n);
  }
  double share = labels / (t->rows + 1.0);
  return log (share / (1 - share)) - scores / t->rows;
}

void
zb_learn_fit (const ZbLearnTask *t, double *weights, double *bias)
{
  guint m = t->n + 1;
  g_autofree double *w = g_new0 (double, m), *direction = g_new (double, m), *next = g_new (double, m);
  g_autofree double *hessian = g_new (double, (gsize)m *m);
  memcpy (w, t->prior, t->n * sizeof *w);
  w[t->n] = t->rows > 0 ? first_bias (t) : 0;
  for (guint round = 0; t->rows > 0 && round < ROUNDS; round++) {
    newton_direction (t, w, direction, hessian);
    if (step_along (t, w, direction, next) < CLOSE_ENOUGH)
      break;
  }
  memcpy (weights, w, t->n * sizeof *w);
  *bias = w[t->n];
}
