/* A row of an imported list: from cells to what they mean. */
#pragma once
#include "zhoubao/base/csv.h"
#include "zhoubao/model/person.h"

typedef enum {
  ZB_IMPORT_EMAIL,
  ZB_IMPORT_NAME,
  ZB_IMPORT_TIER,
  ZB_IMPORT_STATE,
  ZB_IMPORT_LANGUAGE,
  ZB_IMPORT_FORMAT,
  ZB_IMPORT_WEEKLY,
  ZB_IMPORT_LATEST,
  ZB_IMPORT_ESSAYS,
  ZB_IMPORT_ORIGIN,
  ZB_IMPORT_JOINED,
  ZB_IMPORT_LEFT,
  ZB_IMPORT_PAUSED_UNTIL,
  ZB_IMPORT_CONSENT_AT,
  ZB_IMPORT_CONSENT_TEXT,
  ZB_IMPORT_CONSENT_FROM,
  ZB_IMPORT_COLUMNS
} ZbImportColumn;

/* Where each column is, -1: absent. */
typedef struct {
  int at[ZB_IMPORT_COLUMNS];
} ZbImportColumns;

typedef enum { ZB_IMPORT_UNSAID, ZB_IMPORT_YES, ZB_IMPORT_NO } ZbImportWish;

/* Texts but ADDRESS are borrowed from the cells; NULL, UNSAID and ZB_TIME_NONE: the row does not say. */
typedef struct {
  char *address; /* owned */
  const char *name, *language, *origin, *consent_text, *consent_from;
  ZbTier tier;
  ZbPersonState state;
  gboolean has_tier, has_state;
  ZbImportWish text_only, weekly, latest, essays;
  ZbTime joined, left, paused_until, consent_at;
} ZbImportRow;

/* FALSE where HEADER names no column for the address. HEADER is changed. */
gboolean zb_import_columns_find (ZbImportColumns *columns, GPtrArray *header);

/* The address as written, or NULL. */
const char *zb_import_address (const ZbImportColumns *columns, GPtrArray *cells);

/* FALSE with ERROR: a cell does not hold what its column asks for. */
gboolean zb_import_row_read (const ZbImportColumns *columns, GPtrArray *cells, ZbImportRow *row,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
