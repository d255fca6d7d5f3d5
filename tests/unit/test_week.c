/* The editorial week: names, bounds and dates written out. */
#include "zhoubao/base/week.h"

#include "zhoubao/base/error.h"

static void
test_the_week_of_the_design (void)
{
  g_autoptr (GError) error = NULL;
  ZbWeek w, by_date;
  g_assert_true (zb_week_parse ("2017-W26", &w, &error));
  g_assert_true (zb_week_parse ("2017-07-03", &by_date, &error));
  g_assert_cmpint (zb_week_compare (w, by_date), ==, 0);
  g_autofree char *name = zb_week_name (w), *date = zb_week_issue_date (w), *day = zb_week_issue_day (w),
                  *period = zb_week_period (w);
  g_assert_cmpstr (name, ==, "2017-W26");
  g_assert_cmpstr (date, ==, "2017-07-03");
  g_assert_cmpstr (day, ==, "3rd July 2017");
  g_assert_cmpstr (period, ==, "26th June to 2nd July 2017");
}

static void
test_bounds_are_in_the_newsletters_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  ZbWeek w = {2017, 26};
  g_assert_cmpint (zb_week_start (w, zone), ==, zb_time_from_rfc3339 ("2017-06-25T16:00:00Z"));
  g_assert_cmpint (zb_week_end (w, zone), ==, zb_time_from_rfc3339 ("2017-07-02T16:00:00Z"));
  g_assert_cmpint (zb_week_compare (zb_week_of (zb_week_end (w, zone) - 1, zone), w), ==, 0);
  g_assert_cmpint (zb_week_of (zb_week_end (w, zone), zone).week, ==, 27);
}

static void
test_a_week_over_new_year (void)
{
  g_autofree char *period = zb_week_period ((ZbWeek){2020, 53});
  g_assert_cmpstr (period, ==, "28th December 2020 to 3rd January 2021");
  ZbWeek next = zb_week_add ((ZbWeek){2020, 53}, 1);
  g_assert_cmpint (next.year, ==, 2021);
  g_assert_cmpint (next.week, ==, 1);
}

static void
test_what_is_no_week_is_refused (void)
{
  const char *bad[] = {"2017-W54",   "2019-W53",  "2017-W00", "2017-07-04",
                       "2017-13-01", "yesterday", "",         "2017-W26x"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    ZbWeek w;
    g_assert_false (zb_week_parse (bad[i], &w, &error));
    g_assert_error (error, ZB_ERROR, ZB_ERROR_USAGE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/week/the_week_of_the_design", test_the_week_of_the_design);
  g_test_add_func ("/week/bounds_are_in_the_newsletters_zone", test_bounds_are_in_the_newsletters_zone);
  g_test_add_func ("/week/a_week_over_new_year", test_a_week_over_new_year);
  g_test_add_func ("/week/what_is_no_week_is_refused", test_what_is_no_week_is_refused);
  return g_test_run ();
}
