/* Inside extract/page: the day on which a page was published. */
#pragma once
#include "page_meta.h"
#include "zhoubao/base/dates.h"

typedef struct {
  ZbNode *root, *title; /* the heading, or NULL */
  const ZbPageMeta *meta;
  const char *url;   /* or NULL */
  const char *seen;  /* all text of the page, as zb_page_linear() gives it */
  gsize after_title; /* the place in it behind the title, 0 where there is no heading */
  ZbDateContext context;
} ZbDateQuery;

/* ZB_TIME_NONE where nothing says so. */
ZbTime zb_page_date (const ZbDateQuery *query);

/* All that can be read on the page, in one line; *AFTER: the place behind MARK, 0 without it. (transfer full)
 */
char *zb_page_linear (const ZbNode *root, const ZbNode *mark, gsize *after);

/* The first date within 60 characters behind a match of LABEL (a regular expression) in TEXT. */
ZbTime zb_page_labelled_date (const char *text, const char *label, const ZbDateContext *context);
