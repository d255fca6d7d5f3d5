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
  return 1 / (1 + exp (-CLAMP (z, -30, 30)));
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

static double
newton_step (const ZbLearnTask *t, double *w, double *gradient, double *hessian)
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
  double longest = 0;
  for (guint i = 0; i < m; i++) {
    double step = CLAMP (gradient[i], -5, 5);
    w[i] += step;
    longest = MAX (longest, fabs (step));
  }
  return longest;
}

void
zb_learn_fit (const ZbLearnTask *t, double *weights, double *bias)
{
  guint m = t->n + 1;
  g_autofree double *w = g_new0 (double, m);
  g_autofree double *gradient = g_new (double, m);
  g_autofree double *hessian = g_new (double, (gsize)m *m);
  memcpy (w, t->prior, t->n * sizeof *w);
  for (guint round = 0; t->rows > 0 && round < ROUNDS; round++)
    if (newton_step (t, w, gradient, hessian) < CLOSE_ENOUGH)
      break;
  memcpy (weights, w, t->n * sizeof *w);
  *bias = w[t->n];
}
