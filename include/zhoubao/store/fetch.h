/* The log of the crawler: one row an attempt. */
#pragma once
#include "zhoubao/store/source_state.h"

typedef enum { ZB_FETCH_SOURCE, ZB_FETCH_ARTICLE, ZB_FETCH_CLIP } ZbFetchKind;

typedef enum {
  ZB_FETCH_OK,
  ZB_FETCH_UNCHANGED,
  ZB_FETCH_FAILED,
  ZB_FETCH_BLOCKED,
  ZB_FETCH_GONE,
  ZB_FETCH_WAITS /* the host asked to be left alone for a while */
} ZbFetchOutcome;

/* Texts are borrowed when a row is added, owned where it was read. */
typedef struct {
  const char *source;
  ZbFetchKind kind;
  gint64 item; /* of an article, else 0 */
  const char *url;
  ZbTime fetched;
  gint64 milliseconds;
  ZbFetchOutcome outcome;
  int status; /* of HTTP; 0: no answer */
  const char *error, *address;
  gint64 wire_bytes, header_bytes;
  int rows, fresh; /* rows read, and those that were new; negative: not read */
  ZbSourceHealth health;
  ZbTime next_due; /* of a source */
} ZbFetch;

gboolean zb_fetch_add (ZbDb *db, const ZbFetch *fetch, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a source's rows of a span of time come to. */
typedef struct {
  char *slug;
  int checks;     /* looks at it */
  int fresh;      /* items that were new */
  ZbTime checked; /* the last look, and the last that went well; ZB_TIME_NONE: none */
  ZbTime read;
  char *state; /* after the last look: "ok", or NULL without one */
  char *error;
} ZbCoverage;

void zb_coverage_free (ZbCoverage *coverage);

/* Every source with a look in [FROM, TO), or retired before, by its slug: a table of ZbCoverage. (transfer
 * full) */
GHashTable *zb_fetch_coverage (ZbDb *db, ZbTime from, ZbTime to, GError **error);

/* Forgets rows before T, but no source's newest. */
gboolean zb_fetch_expire (ZbDb *db, ZbTime t, GError **error) G_GNUC_WARN_UNUSED_RESULT;
