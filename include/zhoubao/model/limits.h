/* Every limit that the program keeps, by name; `limits:` in zhoubao.yaml overrides one by one. */
#pragma once
#include <glib.h>

typedef struct {
  gint64 wire_bytes, decoded_bytes, ratio, ratio_after_bytes, header_bytes; /* of one fetch */
  gint64 connect_seconds, total_seconds, slow_bytes, slow_seconds, redirects;
  gint64 parse_cpu_seconds, parse_memory_bytes, parse_depth; /* of one job of a parse worker */
  gint64 entries, title_chars, text_bytes;                   /* of what is kept */
  gint64 connections, host_connections, host_gap_ms, held_bytes;
  gint64 poll_min_seconds, poll_max_seconds;
  gint64 articles; /* of one source in one crawl */
  gint64 robots_bytes, robots_seconds;
  gint64 file_bytes;    /* a file of the workspace */
  gint64 mail_bytes;    /* a message that goes out */
  gint64 csv_rows;      /* of one import */
  gint64 request_bytes; /* a form posted to `serve` */
} ZbLimits;

typedef struct {
  const char *name;
  gsize offset; /* of a gint64 in ZbLimits */
  gint64 fallback, min, max;
  const char *meaning; /* with its unit, for the manual and for errors */
} ZbLimitRow;

/* The table, ended by a row without a name. */
extern const ZbLimitRow zb_limit_rows[];

void zb_limits_init (ZbLimits *limits);

/* Sets the limit NAME; an unknown name or a value outside its bounds is an error that names both. */
gboolean zb_limits_set (ZbLimits *limits, const char *name, gint64 value,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
