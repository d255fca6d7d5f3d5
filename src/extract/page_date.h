/* Inside extract/page: the day on which a page was published. */
#pragma once
#include "page_meta.h"
#include "zhoubao/base/dates.h"

typedef struct {
  ZbNode *root, *title; /* the heading, or NULL */
  const ZbPageMeta *meta;
  const char *url;    /* or NULL */
  const char *seen;   /* all text of the page, as zb_page_linear() gives it */
  gsize places[2];    /* in it: behind the title, where the main text begins; 0: unknown */
  gboolean day_first; /* 5/6/2017 is in June */
  gboolean guess;     /* dates without a year count too */
  ZbDateContext context;
} ZbDateQuery;

/* ZB_TIME_NONE where nothing says so. */
ZbTime zb_page_date (const ZbDateQuery *query);

/* All that can be read on the page, in one line. PLACES are set to where in it MARKS[0] ends and MARKS[1]
   begins (elements, or NULL: then 0). (transfer full) */
char *zb_page_linear (const ZbNode *root, const ZbNode *const marks[2], gsize places[2]);
