/* Comma-separated values (RFC 4180), as spreadsheets write them. */
#pragma once
#include <glib.h>

typedef struct ZbCsv ZbCsv;

/* Reads DATA, which must outlive it and be UTF-8: a byte order mark is left out, line ends of any kind are
   taken, fields may be quoted and then hold line ends. The separator is the first of , ; or tab in the first
   row. */
ZbCsv *zb_csv_new (const char *data, gsize length);
void zb_csv_free (ZbCsv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbCsv, zb_csv_free)

/* The next row that is not empty: an array of char *, borrowed until the next call; NULL at the end. A field
   is limited to 64 KiB and a row to 1000 fields; what is more is left out. */
GPtrArray *zb_csv_next (ZbCsv *csv);

/* The line, from 1, that the row began in, and whether a quote was not closed, or had text after it. */
guint zb_csv_line (const ZbCsv *csv);
gboolean zb_csv_is_broken (const ZbCsv *csv);

/* How far it has come, in bytes of DATA. */
gsize zb_csv_offset (const ZbCsv *csv);

/* Appends VALUE (NULL is empty) quoted where needed, after a comma unless FIRST. A spreadsheet would run a
   field that begins with = + - @ as a formula, so it gets a ' before it, which zb_csv_plain takes off. */
void zb_csv_append (GString *out, const char *value, gboolean first);

/* VALUE without the ' of zb_csv_append, and without blanks at its ends. Returns: borrowed from VALUE, which
   is changed. */
char *zb_csv_plain (char *value);
