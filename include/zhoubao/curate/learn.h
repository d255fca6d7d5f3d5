/* A logistic model, fitted on what the team chose, drawn towards the weights that it wrote itself. */
#pragma once
#include <glib.h>

typedef struct {
  guint n;             /* features */
  guint rows;          /* examples */
  const double *x;     /* rows × n, row by row */
  const double *y;     /* 1 chosen, 0 passed over */
  const double *prior; /* n weights to start from and to be drawn towards */
  double strength;     /* how strongly: as many examples as this weigh as much as the prior */
} ZbLearnTask;

/* Fits by Newton's method the weights that maximise the likelihood of Y under the prior; WEIGHTS gets n
   numbers, BIAS the constant term (not drawn anywhere). Without rows: the prior. Always ends, with finite
   numbers. */
void zb_learn_fit (const ZbLearnTask *task, double *weights, double *bias);

/* The linear score of one example: weights · x. */
double zb_learn_score (const double *weights, const double *x, guint n);
