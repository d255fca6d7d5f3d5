/* What the parts of one crawl share. */
#pragma once
#include "zhoubao/crawl/run.h"
#include "zhoubao/crawl/visitor.h"
#include "zhoubao/extract/pool.h"

/* Sources that are read for the first time, from which on the texts of their items are read by later crawls
   (backlog.h): what cleaning them costs would keep everybody waiting. */
#define ZB_CREW_FLOOD 200

typedef struct {
  const ZbCrawl *crawl;
  ZbHttp *http;
  ZbWriter *writer;
  ZbVisitor *visitor;
  ZbPool *pool;
  ZbCrawlProgress progress;
  guint fresh;      /* new items */
  guint unsearched; /* items that are new, or got their texts, since search was last told */
  guint parsing;    /* answers that wait for a worker or are with one */
  guint newcomers;  /* sources of this crawl that were never read */
  GError *error;    /* the first that ends the crawl */
} ZbCrew;

/* Keeps ERROR (transfer full): the crawl ends. */
void zb_crew_fail (ZbCrew *crew, GError *error);

/* A source is done, and safe in the store. */
void zb_crew_tell (ZbCrew *crew, const ZbCrawlLine *line);

/* BODY of SOURCE, that came from URL, to be read by a worker with the crawl's limits. (transfer full) */
ZbJob *zb_crew_job (ZbCrew *crew, const ZbSource *source, GBytes *body, const char *url,
                    const char *content_type);

/* Submits JOB (transfer full) to the workers. */
void zb_crew_parse (ZbCrew *crew, ZbJob *job, ZbPoolDone done, gpointer data);

/* Starts a look at SOURCE, whose state is STATE (transfer full). With an ANSWER (transfer full) that was had
   already, nothing is asked. */
void zb_look_start (ZbCrew *crew, const ZbSource *source, ZbSourceState *state, ZbHttpResponse *answer);

/* Starts fetching the articles that SOURCE's items want, one after the other. */
void zb_articles_start (ZbCrew *crew, const ZbSource *source);
