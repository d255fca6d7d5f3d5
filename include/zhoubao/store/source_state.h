/* How a source fares: the row of the table source that belongs to the slug of a source file. */
#pragma once
#include "zhoubao/edge/db.h"

typedef enum {
  ZB_SOURCE_NEW,     /* never asked, or its address was changed */
  ZB_SOURCE_OK,      /* read well, and brings news in its usual rhythm */
  ZB_SOURCE_QUIET,   /* read well, but silent for longer than is usual */
  ZB_SOURCE_BROKEN,  /* it could not be read; asked again with growing gaps */
  ZB_SOURCE_BLOCKED, /* needs a person: a challenge, a captcha, robots.txt */
  ZB_SOURCE_RETIRED  /* it said 410 Gone: not asked again until its address is changed, or it is named */
} ZbSourceHealth;

const char *zb_source_health_name (ZbSourceHealth health); /* "ok" */

typedef struct {
  char *slug, *url;
  ZbSourceHealth health;
  char *error; /* in words, where it is broken, blocked or retired */
  int failures;
  char *moved_to, *etag, *last_modified, *digest;
  double rows_usual, dates_usual; /* of a good answer: rows, and the share of them with a date */
  double rhythm;                  /* seconds between two new items; 0: not known yet */
  ZbTime first_fetched, last_new;
  ZbTime checked, next_due; /* from the log; ZB_TIME_NONE: never, at once */
} ZbSourceState;

/* As of a source never asked. (transfer full) */
ZbSourceState *zb_source_state_new (const char *slug, const char *url);
ZbSourceState *zb_source_state_copy (const ZbSourceState *state);
void zb_source_state_free (ZbSourceState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbSourceState, zb_source_state_free)

/* Whether both would be the same row. */
gboolean zb_source_state_same (const ZbSourceState *a, const ZbSourceState *b);

/* Every row by its slug: a table of ZbSourceState. (transfer full) */
GHashTable *zb_source_state_list (ZbDb *db, GError **error);

/* The state of SLUG; with another URL than the one known, or without a row, as never asked. (transfer full)
 */
ZbSourceState *zb_source_state_get (ZbDb *db, const char *slug, const char *url, GError **error);

/* Writes the row; checked and next_due belong to the log (store/fetch.h). */
gboolean zb_source_state_put (ZbDb *db, const ZbSourceState *state, GError **error) G_GNUC_WARN_UNUSED_RESULT;
