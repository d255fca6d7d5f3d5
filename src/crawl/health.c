/* Drift: what a redesigned page or a broken feed looks like from outside. */
#include "zhoubao/crawl/health.h"

#include <math.h>

#define NEWEST_WEIGHT 0.3 /* of the latest answer in what is usual */
#define MOSTLY_DATED 0.8  /* share of dated rows from which dates are usual */
#define FEW_ROWS 3        /* as few rows as this may have no dates by chance */

char *
zb_health_problem (const ZbSource *source, const ZbSourceState *state, int rows, int dated)
{
  gboolean by_rule = source->kind != ZB_SOURCE_FEED;
  if (rows == 0 && state->rows_usual >= 0.5)
    return g_strdup_printf ("0 rows where %.0f are usual", MAX (1, round (state->rows_usual)));
  if (rows == 0 && by_rule)
    return g_strdup ("0 rows: its rule finds nothing in the page");
  gboolean dates_expected =
      state->dates_usual >= MOSTLY_DATED || (state->rows_usual == 0 && source->list.date != NULL);
  if (rows >= FEW_ROWS && dated == 0 && dates_expected)
    return g_strdup_printf ("dates missing: %d rows, none with a date", rows);
  return NULL;
}

void
zb_health_learn (ZbSourceState *state, int rows, int dated)
{
  double share = rows > 0 ? (double)dated / rows : 0;
  gboolean first = state->rows_usual == 0;
  state->dates_usual = first ? share : state->dates_usual + NEWEST_WEIGHT * (share - state->dates_usual);
  state->rows_usual = first ? rows : state->rows_usual + NEWEST_WEIGHT * (rows - state->rows_usual);
}
