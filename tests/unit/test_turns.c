/* Turns at hosts: so many at once, a gap between two, robots.txt before all. */
#include "zhoubao/crawl/turns.h"

#define SECOND (1000 * 1000)

static GString *given; /* one letter a turn */

static void
take (gpointer data)
{
  g_string_append (given, data);
}

static void
wait_for (ZbTurns *turns, const char *origin, gboolean first, const char *letter)
{
  zb_turns_wait (turns, origin, first, take, (gpointer)letter);
}

static void
assert_given (const char *letters)
{
  g_assert_cmpstr (given->str, ==, letters);
}

static void
test_a_host_is_asked_once_at_a_time_with_a_gap (void)
{
  g_autoptr (ZbTurns) turns = zb_turns_new (1, 1000);
  g_string_truncate (given, 0);
  wait_for (turns, "http://a:80", FALSE, "a");
  wait_for (turns, "http://a:80", FALSE, "b");
  g_assert_cmpint (zb_turns_next (turns, 5), ==, 0);
  g_assert_cmpuint (zb_turns_give (turns, 5, 10), ==, 1);
  assert_given ("a");
  g_assert_cmpint (zb_turns_next (turns, 5), ==, -1); /* until "a" is done */
  zb_turns_end (turns, "http://a:80", FALSE, 2 * SECOND);
  g_assert_cmpint (zb_turns_next (turns, 2 * SECOND), ==, SECOND);
  g_assert_cmpuint (zb_turns_give (turns, 2 * SECOND + 999999, 10), ==, 0);
  g_assert_cmpuint (zb_turns_give (turns, 3 * SECOND, 10), ==, 1);
  assert_given ("ab");
}

static void
test_the_gap_holds_for_whoever_comes_later (void)
{
  g_autoptr (ZbTurns) turns = zb_turns_new (1, 1000);
  g_string_truncate (given, 0);
  wait_for (turns, "http://a:80", FALSE, "a");
  zb_turns_give (turns, 5, 10);
  zb_turns_end (turns, "http://a:80", FALSE, 10);
  wait_for (turns, "http://a:80", FALSE, "b");
  g_assert_cmpuint (zb_turns_give (turns, 20, 10), ==, 0);
  g_assert_cmpuint (zb_turns_give (turns, SECOND + 10, 10), ==, 1);
}

static void
test_hosts_do_not_wait_for_each_other (void)
{
  g_autoptr (ZbTurns) turns = zb_turns_new (1, 1000);
  g_string_truncate (given, 0);
  wait_for (turns, "http://a:80", FALSE, "a");
  wait_for (turns, "http://a:80", FALSE, "b");
  wait_for (turns, "http://c:80", FALSE, "c");
  wait_for (turns, "http://a:81", FALSE, "d");
  g_assert_cmpuint (zb_turns_give (turns, 5, 10), ==, 3);
  assert_given ("acd");
}

static void
test_no_more_are_given_than_there_is_room (void)
{
  g_autoptr (ZbTurns) turns = zb_turns_new (1, 0);
  g_string_truncate (given, 0);
  wait_for (turns, "http://a:80", FALSE, "a");
  wait_for (turns, "http://b:80", FALSE, "b");
  wait_for (turns, "http://c:80", FALSE, "c");
  g_assert_cmpuint (zb_turns_give (turns, 5, 2), ==, 2);
  g_assert_cmpuint (zb_turns_give (turns, 5, 0), ==, 0);
  g_assert_cmpuint (zb_turns_give (turns, 5, 2), ==, 1);
  assert_given ("abc");
}

static void
test_robots_go_first_and_make_no_gap (void)
{
  g_autoptr (ZbTurns) turns = zb_turns_new (1, 1000);
  g_string_truncate (given, 0);
  wait_for (turns, "http://a:80", FALSE, "a");
  wait_for (turns, "http://a:80", TRUE, "r");
  g_assert_cmpuint (zb_turns_give (turns, 5, 10), ==, 1);
  zb_turns_end (turns, "http://a:80", TRUE, 10);
  g_assert_cmpuint (zb_turns_give (turns, 10, 10), ==, 1);
  assert_given ("ra");
}

static void
test_a_host_that_gave_leave_is_asked_before_others (void)
{
  g_autoptr (ZbTurns) turns = zb_turns_new (1, 1000);
  g_string_truncate (given, 0);
  wait_for (turns, "http://a:80", TRUE, "r");
  wait_for (turns, "http://b:80", FALSE, "b");
  wait_for (turns, "http://c:80", FALSE, "c");
  g_assert_cmpuint (zb_turns_give (turns, 5, 1), ==, 1);
  zb_turns_end (turns, "http://a:80", TRUE, 10);
  wait_for (turns, "http://a:80", FALSE, "a");
  g_assert_cmpuint (zb_turns_give (turns, 10, 10), ==, 3);
  assert_given ("rabc");
}

static void
test_a_host_may_want_a_longer_gap (void)
{
  g_autoptr (ZbTurns) turns = zb_turns_new (1, 1000);
  g_string_truncate (given, 0);
  zb_turns_set_gap (turns, "http://a:80", 5000);
  wait_for (turns, "http://a:80", FALSE, "a");
  wait_for (turns, "http://a:80", FALSE, "b");
  zb_turns_give (turns, 5, 10);
  zb_turns_end (turns, "http://a:80", FALSE, 10);
  g_assert_cmpint (zb_turns_next (turns, 10), ==, 5 * SECOND);
}

static void
test_two_at_once_where_two_are_allowed (void)
{
  g_autoptr (ZbTurns) turns = zb_turns_new (2, 0);
  g_string_truncate (given, 0);
  wait_for (turns, "http://a:80", FALSE, "a");
  wait_for (turns, "http://a:80", FALSE, "b");
  wait_for (turns, "http://a:80", FALSE, "c");
  g_assert_cmpuint (zb_turns_give (turns, 5, 10), ==, 2);
  zb_turns_end (turns, "http://a:80", FALSE, 10);
  g_assert_cmpuint (zb_turns_give (turns, 10, 10), ==, 1);
  assert_given ("abc");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  given = g_string_new (NULL);
#define ADD(name) g_test_add_func ("/turns/" #name, test_##name)
  ADD (a_host_is_asked_once_at_a_time_with_a_gap);
  ADD (the_gap_holds_for_whoever_comes_later);
  ADD (hosts_do_not_wait_for_each_other);
  ADD (no_more_are_given_than_there_is_room);
  ADD (robots_go_first_and_make_no_gap);
  ADD (a_host_that_gave_leave_is_asked_before_others);
  ADD (a_host_may_want_a_longer_gap);
  ADD (two_at_once_where_two_are_allowed);
  int status = g_test_run ();
  g_string_free (given, TRUE);
  return status;
}
