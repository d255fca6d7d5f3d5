/* One crawl: looks at sources, reads them in parse workers, and puts what is new into the store. */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/model/config.h"
#include "zhoubao/model/source.h"
#include "zhoubao/store/fetch.h"

/* What became of one source; borrowed. */
typedef struct {
  const ZbSource *source;
  ZbSourceHealth health;
  ZbFetchOutcome outcome;
  int status;           /* of HTTP; 0: no answer */
  int rows, fresh;      /* negative: not read */
  const char *error;    /* or NULL */
  const char *warning;  /* it was read, but only just; or NULL */
  const char *moved_to; /* where it permanently redirects to, or NULL */
  ZbTime next_due;
} ZbCrawlLine;

typedef struct {
  guint done, total;                   /* sources */
  guint articles_done, articles_total; /* pages behind their links */
} ZbCrawlProgress;

typedef struct {
  const ZbConfig *config;
  ZbDb *db;
  const GPtrArray *sources; /* of ZbSource: those to look at */
  const GPtrArray *known; /* of ZbSource: those whose texts of a flood may be read; NULL: those to look at */
  ZbTime now;
  GRand *random;
  gboolean lists_only; /* the pages behind links wait for the next crawl */
  GHashTable *answers; /* slug to ZbHttpResponse, of sources that were asked already: taken out; or NULL */
  const char *worker_program;                            /* NULL: this program */
  void (*line) (const ZbCrawlLine *line, gpointer data); /* called when it is safe in the store; or NULL */
  void (*progress) (const ZbCrawlProgress *, gpointer data); /* or NULL */
  gpointer data;
} ZbCrawl;

/* Bad sources are lines, not errors: FALSE only where the crawl itself cannot go on. FRESH (may be NULL) gets
   the number of new items. */
gboolean zb_crawl_run (const ZbCrawl *crawl, guint *fresh, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Those of SOURCES that are due at NOW and not a person's, borrowed from it. NEXT (may be NULL) gets when the
   first of the others is due, ZB_TIME_NONE for never. (transfer full) */
GPtrArray *zb_crawl_due (ZbDb *db, const GPtrArray *sources, ZbTime now, ZbTime *next, GError **error);
