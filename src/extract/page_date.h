/* Inside extract/page: the day on which a page was published. */
#pragma once
#include "page_meta.h"
#include "zhoubao/base/dates.h"

/* Places in the text of a page: where the title begins, behind it, where the main text begins, behind it. */
#define ZB_DATE_NOWHERE G_MAXSIZE
enum { ZB_DATE_TITLE, ZB_DATE_BEHIND_TITLE, ZB_DATE_MAIN, ZB_DATE_BEHIND_MAIN, ZB_DATE_MARKS };

typedef struct {
  ZbNode *root, *title; /* the heading, or NULL */
  ZbNode *main;         /* what holds the main text, or NULL */
  const ZbPageMeta *meta;
  const char *url, *canonical; /* or NULL */
  const char *seen;            /* all text of the page, as zb_page_linear() gives it */
  gsize places[ZB_DATE_MARKS];
  gboolean day_first; /* 5/6/2017 is in June */
  gboolean changes;   /* the day of the last change counts too */
  gboolean guess;     /* dates without a year count too */
  ZbDateContext context;
} ZbDateQuery;

/* ZB_TIME_NONE where nothing says so. */
ZbTime zb_page_date (const ZbDateQuery *query);

/* All that can be read below ROOT, in one line. PLACES are set to where in it TITLE and MAIN begin and end
   (elements, or NULL: then nowhere). (transfer full) */
char *zb_page_linear (const ZbNode *root, const ZbNode *title, const ZbNode *main,
                      gsize places[ZB_DATE_MARKS]);
