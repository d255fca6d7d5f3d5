/* The table of limits (DESIGN §7). */
#include "zhoubao/model/limits.h"

#include "zhoubao/base/error.h"

#define KIB 1024LL
#define MIB (1024 * KIB)
#define ROW(field, fallback, min, max, meaning)                                                              \
  {                                                                                                          \
#field, G_STRUCT_OFFSET(ZbLimits, field), fallback, min, max, meaning                                    \
  }

/* clang-format off */
const ZbLimitRow zb_limit_rows[] = {
  ROW (wire_bytes, 5 * MIB, KIB, 256 * MIB, "bytes of one answer on the wire"),
  ROW (decoded_bytes, 10 * MIB, KIB, 512 * MIB, "bytes of one answer once unpacked"),
  ROW (ratio, 25, 2, 10000, "unpacked bytes per byte on the wire"),
  ROW (ratio_after_bytes, 64 * KIB, 0, 256 * MIB, "unpacked bytes below which the ratio is not looked at"),
  ROW (header_bytes, 64 * KIB, KIB, MIB, "bytes of the header fields of one answer"),
  ROW (connect_seconds, 10, 1, 300, "seconds to connect"),
  ROW (total_seconds, 30, 1, 3600, "seconds for one answer in all"),
  ROW (slow_bytes, 1000, 0, 1000000, "bytes a second below which an answer is too slow"),
  ROW (slow_seconds, 10, 1, 600, "seconds that an answer may be that slow"),
  ROW (redirects, 5, 0, 20, "redirects followed"),
  ROW (parse_cpu_seconds, 2, 1, 60, "seconds of processor time to parse one document"),
  ROW (parse_memory_bytes, 256 * MIB, 64 * MIB, 4096 * MIB, "bytes of memory to parse one document"),
  ROW (parse_depth, 256, 16, 4096, "levels of nesting in one document"),
  ROW (entries, 200, 1, 10000, "newest entries read of one feed or list"),
  ROW (title_chars, 500, 20, 5000, "characters of a title"),
  ROW (text_bytes, MIB, KIB, 16 * MIB, "bytes of a text"),
  ROW (connections, 64, 1, 1024, "connections of the crawler in all"),
  ROW (host_connections, 1, 1, 16, "connections of the crawler to one host"),
  ROW (host_gap_ms, 1000, 0, 600000, "milliseconds between two requests to one host"),
  ROW (held_bytes, 48 * MIB, MIB, 4096 * MIB, "bytes of answers in memory beyond which large ones are ended"),
  ROW (poll_min_seconds, 15 * 60, 1, 86400, "seconds between two looks at a source, at the least"),
  ROW (poll_max_seconds, 86400, 60, 30 * 86400, "seconds between two looks at a source, at the most"),
  ROW (articles, 25, 0, 1000, "articles fetched for one source in one crawl; the others follow in the next"),
  ROW (robots_bytes, 500 * KIB, KIB, 10 * MIB, "bytes read of a robots.txt"),
  ROW (robots_seconds, 86400, 60, 7 * 86400, "seconds for which a robots.txt is kept"),
  ROW (file_bytes, 4 * MIB, KIB, 64 * MIB, "bytes of one file of the workspace"),
  ROW (mail_bytes, 100000, 10000, 10 * MIB, "bytes of one message"),
  ROW (csv_rows, 1000000, 1, 10000000, "rows of one import"),
  ROW (request_bytes, 2 * MIB, KIB, 64 * MIB, "bytes of one form sent to the web desk"),
  {NULL}
};
/* clang-format on */

void
zb_limits_init (ZbLimits *limits)
{
  for (const ZbLimitRow *row = zb_limit_rows; row->name != NULL; row++)
    G_STRUCT_MEMBER (gint64, limits, row->offset) = row->fallback;
}

gboolean
zb_limits_set (ZbLimits *limits, const char *name, gint64 value, GError **error)
{
  for (const ZbLimitRow *row = zb_limit_rows; row->name != NULL; row++) {
    if (!g_str_equal (row->name, name))
      continue;
    if (value < row->min || value > row->max) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID,
                   "limit %s is %" G_GINT64_FORMAT ", outside %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                   " (%s)",
                   name, value, row->min, row->max, row->meaning);
      return FALSE;
    }
    G_STRUCT_MEMBER (gint64, limits, row->offset) = value;
    return TRUE;
  }
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "there is no limit named '%s'", name);
  return FALSE;
}
