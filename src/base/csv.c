/* A reader that walks bytes once, and a writer. */
#include "zhoubao/base/csv.h"

#include <string.h>

#define FIELD_MAX (64 << 10)
#define FIELDS_MAX 1000
#define FORMULA_STARTS "=+-@\t\r"

struct ZbCsv {
  const char *at, *start, *end;
  char separator;
  guint line, row_line;
  gboolean broken;
  GPtrArray *fields;
  GString *field;
};

static char
find_separator (const char *data, const char *end)
{
  for (const char *p = data; p < end && *p != '\n' && *p != '\r'; p++)
    if (*p == ',' || *p == ';' || *p == '\t')
      return *p;
  return ',';
}

ZbCsv *
zb_csv_new (const char *data, gsize length)
{
  ZbCsv *csv = g_new0 (ZbCsv, 1);
  gboolean mark = length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0;
  csv->start = data;
  csv->at = data + (mark ? 3 : 0);
  csv->end = data + length;
  csv->separator = find_separator (csv->at, csv->end);
  csv->line = 1;
  csv->fields = g_ptr_array_new_with_free_func (g_free);
  csv->field = g_string_new (NULL);
  return csv;
}

void
zb_csv_free (ZbCsv *csv)
{
  g_ptr_array_unref (csv->fields);
  g_string_free (csv->field, TRUE);
  g_free (csv);
}

static void
put (ZbCsv *csv, char c)
{
  if (csv->field->len < FIELD_MAX && c != '\0')
    g_string_append_c (csv->field, c);
}

/* A line end at AT counts once, be it CR, LF or both; AT moves past it. */
static void
pass_line_end (ZbCsv *csv)
{
  csv->at += *csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n' ? 2 : 1;
  csv->line++;
}

static gboolean
at_line_end (const ZbCsv *csv)
{
  return csv->at < csv->end && (*csv->at == '\n' || *csv->at == '\r');
}

static void
read_quoted (ZbCsv *csv)
{
  csv->at++;
  while (csv->at < csv->end) {
    if (at_line_end (csv)) {
      put (csv, '\n');
      pass_line_end (csv);
    } else if (*csv->at != '"') {
      put (csv, *csv->at++);
    } else if (csv->at + 1 < csv->end && csv->at[1] == '"') {
      put (csv, '"');
      csv->at += 2;
    } else {
      csv->at++;
      return;
    }
  }
  csv->broken = TRUE; /* never closed */
}

static void
read_field (ZbCsv *csv)
{
  g_string_truncate (csv->field, 0);
  if (csv->at < csv->end && *csv->at == '"') {
    read_quoted (csv);
    csv->broken = csv->broken || (csv->at < csv->end && *csv->at != csv->separator && !at_line_end (csv));
  }
  while (csv->at < csv->end && *csv->at != csv->separator && !at_line_end (csv))
    put (csv, *csv->at++);
  if (csv->fields->len < FIELDS_MAX)
    g_ptr_array_add (csv->fields, g_strndup (csv->field->str, csv->field->len));
}

static void
read_row (ZbCsv *csv)
{
  g_ptr_array_set_size (csv->fields, 0);
  csv->broken = FALSE;
  csv->row_line = csv->line;
  read_field (csv);
  while (csv->at < csv->end && *csv->at == csv->separator) {
    csv->at++;
    read_field (csv);
  }
  if (csv->at < csv->end)
    pass_line_end (csv);
}

GPtrArray *
zb_csv_next (ZbCsv *csv)
{
  while (csv->at < csv->end) {
    read_row (csv);
    const char *first = g_ptr_array_index (csv->fields, 0);
    if (csv->fields->len > 1 || *first != '\0')
      return csv->fields;
  }
  return NULL;
}

guint
zb_csv_line (const ZbCsv *csv)
{
  return csv->row_line;
}

gboolean
zb_csv_is_broken (const ZbCsv *csv)
{
  return csv->broken;
}

gsize
zb_csv_offset (const ZbCsv *csv)
{
  return (gsize)(csv->at - csv->start);
}

/* Whether VALUE begins as a formula does, also behind quotes, so that what is guarded is told from what only
   looks like it. */
static gboolean
is_formula (const char *value)
{
  value += strspn (value, "'");
  return *value != '\0' && strchr (FORMULA_STARTS, *value) != NULL;
}

void
zb_csv_append (GString *out, const char *value, gboolean first)
{
  if (!first)
    g_string_append_c (out, ',');
  if (value == NULL)
    return;
  gboolean formula = is_formula (value);
  if (!formula && strpbrk (value, ",;\"\r\n\t") == NULL) {
    g_string_append (out, value);
    return;
  }
  g_string_append (out, formula ? "\"'" : "\"");
  for (const char *p = value; *p != '\0'; p++)
    g_string_append (out, *p == '"' ? "\"\"" : (char[]){*p, '\0'});
  g_string_append_c (out, '"');
}

char *
zb_csv_plain (char *value)
{
  char *plain = g_strstrip (value);
  return plain[0] == '\'' && is_formula (plain) ? plain + 1 : plain;
}
