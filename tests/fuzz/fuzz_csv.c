/* Any bytes as CSV; and what is written of them is read back the same. */
#include "zhoubao/base/csv.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_row (GPtrArray *row)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean same = TRUE;
  for (guint i = 0; i < row->len; i++)
    zb_csv_append (out, row->pdata[i], i == 0);
  if (out->len == 0)
    return; /* one empty cell is no row */
  g_autoptr (ZbCsv) csv = zb_csv_new (out->str, out->len);
  GPtrArray *again = zb_csv_next (csv);
  /* An unquoted first row may hold other separators, which then win: only rows of commas are compared. */
  for (guint i = 0; i < row->len; i++)
    same = same && strpbrk (row->pdata[i], ";\t\xef") == NULL;
  if (again == NULL || !same)
    return;
  g_assert_cmpuint (again->len, ==, row->len);
  g_assert_false (zb_csv_is_broken (csv));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (ZbCsv) csv = zb_csv_new ((const char *)data, size);
  GPtrArray *row;
  guint line = 0;
  while ((row = zb_csv_next (csv)) != NULL) {
    g_assert_cmpuint (zb_csv_line (csv), >, line);
    line = zb_csv_line (csv);
    g_assert_cmpuint (zb_csv_offset (csv), <=, size);
    check_row (row);
  }
  return 0;
}
