/* Importing a list of subscribers: CSV with the columns of an export (email, name, tier, state, language,
   format, weekly, …) in any order, of which only email is required. UTF-8, GB18030 or marked UTF-16. */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct {
  gint64 rows, added;
  gint64 changed; /* were there: name, tier, language or format is new, they want less, or have left */
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
   suppressed is never revived; who is there keeps their state and wishes, but a row that says left, or
   paused, or "no" to a kind of mail, is followed; their history (joined, consent) stays what it was. */
gboolean zb_import (ZbDb *db, GBytes *csv, const ZbImportOptions *options, ZbImportSummary *summary,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
