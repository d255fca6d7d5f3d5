/* Importing a list of subscribers: CSV with the columns email, name, tier, state, language in any order, of
   which only email is required. UTF-8 or GB18030. */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct {
  gint64 rows, added;
  gint64 changed; /* were there: name, tier or language is new, or they have left */
  gint64 same;    /* were there, nothing is new */
  gint64 refused;
} ZbImportSummary;

/* A row that was refused: the line that it began in, its address as written (may be ""), and why. */
typedef void (*ZbImportRefused) (guint line, const char *address, const char *why, gpointer data);

/* OF bytes, DONE are read. */
typedef void (*ZbImportProgress) (gsize done, gsize of, gpointer data);

typedef struct {
  GBytes *key;     /* the workspace's "people" */
  gint64 max_rows; /* limits.csv_rows */
  ZbTime now;
  gboolean dry_run; /* nothing is kept */
  ZbImportRefused refused;
  ZbImportProgress progress; /* or NULL */
  gpointer data;
} ZbImportOptions;

/* All or nothing, in one transaction: rows that are refused are reported and left out, an error (no column
   email, too many rows, a full disk) undoes the whole. Who left, bounced, complained, was erased or is
   suppressed is never revived; who is there keeps their state, but a row that says left, or paused, is
   followed. */
gboolean zb_import (ZbDb *db, GBytes *csv, const ZbImportOptions *options, ZbImportSummary *summary,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
