/* Any text as a date and as a text that holds one: no crash, no endless loop, and only bytes of the text. */
#include "zhoubao/base/dates.h"

#define YEAR_ONE G_GINT64_CONSTANT (-62136000000) /* a day before it, in seconds since 1970 */
#define YEAR_LAST G_GINT64_CONSTANT (253402500000)

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check (const ZbDate *date, gsize length)
{
  g_assert_cmpint (date->start, <=, date->end);
  g_assert_cmpint (date->end, <=, length);
  if (date->start != 0 || date->has_zone == FALSE) /* seconds since 1970 may be any number */
    g_assert_true (date->time > YEAR_ONE && date->time < YEAR_LAST);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  ZbDateContext context = {zb_time_from_rfc3339 ("2017-06-28T03:12:00Z"),
                           size % 2 == 1 ? "Asia/Shanghai" : NULL};
  ZbDate date;
  if (zb_dates_read (text, &context, &date))
    check (&date, strlen (text));
  if (zb_dates_find (text, &context, &date))
    check (&date, strlen (text));
  return 0;
}
