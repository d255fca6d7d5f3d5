/* Any text as the week and the instant that an address of the desk names: what is read is written back the
 * same. */
#include "zhoubao/base/week.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)size);
  g_autoptr (GError) error = NULL;
  ZbWeek week, again;
  if (zb_week_parse (text, &week, &error)) {
    g_autofree char *name = zb_week_name (week), *date = zb_week_issue_date (week);
    g_assert_true (zb_week_parse (name, &again, NULL) && zb_week_compare (week, again) == 0);
    g_assert_true (zb_week_parse (date, &again, NULL) && zb_week_compare (week, again) == 0);
  }
  ZbTime t = zb_time_from_rfc3339 (text);
  g_autofree char *written = zb_time_to_rfc3339 (t);
  if (written != NULL)
    g_assert_cmpint (zb_time_from_rfc3339 (written), ==, t);
  return 0;
}
