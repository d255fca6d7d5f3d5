/* JSON out: what json-glib's builder lacks. Absent values are null, times RFC 3339 in UTC (DESIGN, plumbing's
 * JSON). */
#pragma once
#include "zhoubao/base/time.h"
#include <json-glib/json-glib.h>

/* Each sets member NAME of the object that B is in; NULL and ZB_TIME_NONE become null. */
void zb_json_text (JsonBuilder *b, const char *name, const char *value);
void zb_json_int (JsonBuilder *b, const char *name, gint64 value);
void zb_json_bool (JsonBuilder *b, const char *name, gboolean value);
void zb_json_time (JsonBuilder *b, const char *name, ZbTime t);
void zb_json_strv (JsonBuilder *b, const char *name, const char *const *values); /* NULL is [] */

/* Ends nothing: B must be complete. One line, UTF-8, a final newline. Returns: (transfer full). */
char *zb_json_to_line (JsonBuilder *b);

/* TEXT as a JSON string, for the few objects that are written so often that the builder's nodes cost more. */
void zb_json_append_quoted (GString *to, const char *text);

#define ZB_JSON_DEPTH 256u

/* Parses TEXT, of at most LIMIT bytes and ZB_JSON_DEPTH levels. Returns: (transfer full), NULL with ERROR
 * set. */
JsonNode *zb_json_parse (const char *text, gsize length, gsize limit, GError **error);

/* The value of member NAME where OBJECT has it and it is a string, or a number; else NULL, or FALLBACK. */
const char *zb_json_get_text (JsonObject *object, const char *name);
gint64 zb_json_get_int (JsonObject *object, const char *name, gint64 fallback);
