/* A job for a parse worker: untrusted bytes and what is known about them; and its result.

   The road:  ZbJob ──pool──▶ worker process: the kind's `run` ──▶ ZbResult ──pool──▶ the caller.
   A new kind of job is a row in src/extract/kinds.c: a function that runs in the worker, the member of
   ZbResult that it fills, and the table by which that travels (base/wire.h). `run` has neither files nor
   sockets, and reads ICU's and libxml2's data only; GIO, GTimeZone by name and iconv need what `prepare`
   opened. */
#pragma once
#include "zhoubao/base/wire.h"
#include "zhoubao/model/bounce.h"
#include "zhoubao/model/extract.h"
#include "zhoubao/model/found.h"
#include "zhoubao/model/letter.h"
#include "zhoubao/model/limits.h"
#include "zhoubao/model/source.h"

typedef enum {
  ZB_JOB_FEED,   /* a feed: fills result->feed */
  ZB_JOB_LIST,   /* an HTML list or JSON, by the source's rule: fills result->feed */
  ZB_JOB_PAGE,   /* an article: fills result->page */
  ZB_JOB_HTML,   /* HTML from anywhere: fills html, markdown and text of result->page */
  ZB_JOB_FIND,   /* a page's feeds (autodiscovery), and rules for its lists: fills result->found */
  ZB_JOB_DIFF,   /* input and other, two versions of a page: the changed lines in text of result->page */
  ZB_JOB_BOUNCE, /* a mail that came back: fills result->bounce */
  ZB_JOB_MAIL    /* any mail: fills result->letter */
} ZbJobKind;

/* What summaries and contents of feeds become: each takes several times as long as the one before. */
typedef enum {
  ZB_BODIES_PLAIN,    /* plain text, found without a tree */
  ZB_BODIES_MARKDOWN, /* CommonMark */
  ZB_BODIES_HTML      /* CommonMark, and safe HTML beside */
} ZbBodies;

typedef struct {
  ZbJobKind kind;
  GBytes *input, *other; /* other: the second document of a comparison */
  char *url;             /* where the bytes came from, after redirects; or NULL */
  char *content_type;    /* the header's value, or NULL */
  char *zone;            /* IANA name, of times without a zone; NULL is UTC */
  char *language;        /* the source's, or NULL */
  ZbTime now;            /* for relative dates */
  ZbBodies bodies;       /* of feeds */
  ZbListRule list;
  ZbArticleRule article;
  ZbLimits limits;
} ZbJob;

/* Limits are the defaults until set. INPUT is referenced, not copied. */
ZbJob *zb_job_new (ZbJobKind kind, GBytes *input, ZbTime now);
/* Copies the source's rules, language and zone (Asia/Shanghai for zh where neither names one); its URL only
   where the job has none yet. */
void zb_job_set_source (ZbJob *job, const ZbSource *source);
void zb_job_free (ZbJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbJob, zb_job_free)

typedef struct {
  GError *error; /* why there is nothing; then all others are NULL */
  ZbFeed *feed;
  ZbPage *page;
  ZbFound *found;
  ZbBounce *bounce;
  ZbLetter *letter;
} ZbResult;

void zb_result_free (ZbResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbResult, zb_result_free)

/* What makes a kind: one row a kind. */
typedef struct {
  const char *name;
  gsize member; /* of ZbResult: where `run` puts what it made */
  const ZbWireTable *table;
  gboolean (*run) (const ZbJob *job, ZbResult *result, GError **error);
  void (*prepare) (void); /* before files are out of reach: opens converters and the like; or NULL */
} ZbKind;

const ZbKind *zb_kind (ZbJobKind kind); /* NULL: this program has no such kind */
const ZbKind *zb_kind_named (const char *name);
