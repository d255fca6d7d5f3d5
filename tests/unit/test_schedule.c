/* When a source is looked at again, and what is learnt of its rhythm and its rows. */
#include "zhoubao/crawl/schedule.h"

#include "zhoubao/crawl/health.h"

#define NOW 1498500000
#define HOUR 3600
#define DAY 86400

static ZbLimits limits;

static void
test_backoff_doubles_and_ends_at_the_limit (void)
{
  g_assert_cmpint (zb_schedule_backoff (1, &limits, 0.5), ==, 900);
  g_assert_cmpint (zb_schedule_backoff (2, &limits, 0.5), ==, 1800);
  g_assert_cmpint (zb_schedule_backoff (4, &limits, 0.5), ==, 7200);
  g_assert_cmpint (zb_schedule_backoff (9, &limits, 0.5), ==, DAY);
  g_assert_cmpint (zb_schedule_backoff (1000000, &limits, 0.5), ==, DAY);
  g_assert_cmpint (zb_schedule_backoff (0, &limits, 0.5), ==, 900);
}

static void
test_chance_spreads_within_the_limits (void)
{
  gint64 low = zb_schedule_backoff (3, &limits, 0), high = zb_schedule_backoff (3, &limits, 1);
  g_assert_cmpint (low, ==, 2700);
  g_assert_cmpint (high, ==, 4500);
  g_assert_cmpint (zb_schedule_backoff (1, &limits, 0), ==, 900); /* never sooner than poll_min_seconds */
}

static void
test_the_interval_follows_the_sources_rhythm (void)
{
  g_autoptr (ZbSourceState) s = zb_source_state_new ("a", "http://a/");
  s->last_new = NOW;
  s->rhythm = 2 * HOUR;
  g_assert_cmpint (zb_schedule_interval (s, &limits, NOW, 0.5), ==, HOUR);
  s->rhythm = 60; /* a wire service */
  g_assert_cmpint (zb_schedule_interval (s, &limits, NOW, 0.5), ==, 900);
  s->rhythm = 30.0 * DAY; /* a court */
  g_assert_cmpint (zb_schedule_interval (s, &limits, NOW, 0.5), ==, DAY);
  s->rhythm = 2 * HOUR; /* silent since */
  g_assert_cmpint (zb_schedule_interval (s, &limits, NOW + 2 * DAY, 0.5), ==, 6 * HOUR);
}

static void
test_the_rhythm_is_learnt_from_dates_and_then_from_the_clock (void)
{
  g_autoptr (ZbSourceState) s = zb_source_state_new ("a", "http://a/");
  zb_schedule_learn (s, NOW, 11, 10 * DAY, 11);
  g_assert_cmpfloat (s->rhythm, ==, DAY);
  g_assert_cmpint (s->last_new, ==, NOW);
  zb_schedule_learn (s, NOW + 2 * DAY, 1, 0, 0); /* one new item after two days */
  g_assert_cmpfloat_with_epsilon (s->rhythm, 0.7 * DAY + 0.3 * 2 * DAY, 1);
}

static void
test_silence_is_measured_by_the_rhythm (void)
{
  g_autoptr (ZbSourceState) s = zb_source_state_new ("a", "http://a/");
  g_assert_false (zb_schedule_is_quiet (s, NOW));
  s->last_new = NOW;
  s->rhythm = HOUR;
  g_assert_false (zb_schedule_is_quiet (s, NOW + 6 * DAY));
  g_assert_true (zb_schedule_is_quiet (s, NOW + 8 * DAY));
  s->rhythm = 5.0 * DAY;
  g_assert_false (zb_schedule_is_quiet (s, NOW + 14 * DAY));
  g_assert_true (zb_schedule_is_quiet (s, NOW + 16 * DAY));
}

static void
test_what_is_retired_is_never_due (void)
{
  g_autoptr (ZbSourceState) s = zb_source_state_new ("a", "http://a/");
  g_assert_true (zb_schedule_is_due (s, NOW));
  s->next_due = NOW + 1;
  g_assert_false (zb_schedule_is_due (s, NOW));
  g_assert_true (zb_schedule_is_due (s, NOW + 1));
  s->health = ZB_SOURCE_RETIRED;
  g_assert_false (zb_schedule_is_due (s, NOW + 1));
}

static void
assert_problem (ZbSourceKind kind, double rows_usual, double dates_usual, int rows, int dated,
                const char *expected)
{
  g_autoptr (ZbSource) source = zb_source_new ();
  g_autoptr (ZbSourceState) s = zb_source_state_new ("a", "http://a/");
  source->kind = kind;
  source->list.date = g_strdup ("span");
  s->rows_usual = rows_usual;
  s->dates_usual = dates_usual;
  g_autofree char *problem = zb_health_problem (source, s, rows, dated);
  g_assert_cmpstr (problem, ==, expected);
}

static void
test_no_rows_are_never_no_news (void)
{
  assert_problem (ZB_SOURCE_LIST, 20.3, 1, 0, 0, "0 rows where 20 are usual");
  assert_problem (ZB_SOURCE_FEED, 0.6, 1, 0, 0, "0 rows where 1 are usual");
  assert_problem (ZB_SOURCE_LIST, 0, 0, 0, 0, "0 rows: its rule finds nothing in the page");
  assert_problem (ZB_SOURCE_FEED, 0, 0, 0, 0, NULL); /* a new feed may be empty */
  assert_problem (ZB_SOURCE_LIST, 20, 1, 4, 4, NULL);
}

static void
test_missing_dates_are_noticed (void)
{
  assert_problem (ZB_SOURCE_LIST, 20, 0.95, 20, 0, "dates missing: 20 rows, none with a date");
  assert_problem (ZB_SOURCE_LIST, 0, 0, 20, 0, "dates missing: 20 rows, none with a date");
  assert_problem (ZB_SOURCE_LIST, 20, 0.95, 20, 1, NULL);
  assert_problem (ZB_SOURCE_LIST, 20, 0, 20, 0, NULL); /* it never had any */
  assert_problem (ZB_SOURCE_LIST, 20, 0.95, 2, 0, NULL);
}

static void
test_what_is_usual_is_learnt (void)
{
  g_autoptr (ZbSourceState) s = zb_source_state_new ("a", "http://a/");
  zb_health_learn (s, 20, 20);
  g_assert_cmpfloat (s->rows_usual, ==, 20);
  g_assert_cmpfloat (s->dates_usual, ==, 1);
  zb_health_learn (s, 10, 0);
  g_assert_cmpfloat_with_epsilon (s->rows_usual, 17, 0.01);
  g_assert_cmpfloat_with_epsilon (s->dates_usual, 0.7, 0.01);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zb_limits_init (&limits);
#define ADD(name) g_test_add_func ("/schedule/" #name, test_##name)
  ADD (backoff_doubles_and_ends_at_the_limit);
  ADD (chance_spreads_within_the_limits);
  ADD (the_interval_follows_the_sources_rhythm);
  ADD (the_rhythm_is_learnt_from_dates_and_then_from_the_clock);
  ADD (silence_is_measured_by_the_rhythm);
  ADD (what_is_retired_is_never_due);
  ADD (no_rows_are_never_no_news);
  ADD (missing_dates_are_noticed);
  ADD (what_is_usual_is_learnt);
  return g_test_run ();
}
