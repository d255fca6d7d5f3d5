/* The crawler's log, and how sources fare. */
#include "zhoubao/store/fetch.h"

#include "zhoubao/store/host.h"
#include "zhoubao/store/migrate.h"
#include "zhoubao/store/wanted.h"

#define NOW 1498500000
#define DAY 86400

static ZbDb *
open_store (void)
{
  g_autoptr (GError) error = NULL;
  ZbDb *db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_true (zb_migrate (db, &error));
  return db;
}

static void
log_look (ZbDb *db, const char *source, ZbTime at, ZbFetchOutcome outcome, int fresh)
{
  g_autoptr (GError) error = NULL;
  ZbFetch f = {.source = source,
               .url = "http://example.org/",
               .fetched = at,
               .outcome = outcome,
               .status = 200,
               .rows = fresh,
               .fresh = fresh,
               .health = outcome == ZB_FETCH_FAILED ? ZB_SOURCE_BROKEN : ZB_SOURCE_OK,
               .error = outcome == ZB_FETCH_FAILED ? "answers 500" : NULL,
               .next_due = at + 900};
  g_assert_true (zb_fetch_add (db, &f, &error));
  g_assert_no_error (error);
}

static void
test_a_state_comes_back_with_the_logs_times (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (ZbSourceState) s = zb_source_state_get (db, "ndrc", "http://a/", NULL);
  g_assert_cmpint (s->health, ==, ZB_SOURCE_NEW);
  g_assert_cmpint (s->next_due, ==, ZB_TIME_NONE);
  s->health = ZB_SOURCE_QUIET;
  s->etag = g_strdup ("\"a\"");
  s->rows_usual = 20.5;
  s->last_new = NOW;
  g_assert_true (zb_source_state_put (db, s, NULL));
  log_look (db, "ndrc", NOW, ZB_FETCH_OK, 3);
  log_look (db, "ndrc", NOW + 60, ZB_FETCH_UNCHANGED, 0);
  g_autoptr (ZbSourceState) back = zb_source_state_get (db, "ndrc", "http://a/", NULL);
  g_assert_true (zb_source_state_same (s, back));
  g_assert_cmpint (back->checked, ==, NOW + 60);
  g_assert_cmpint (back->next_due, ==, NOW + 960);
  g_autoptr (GHashTable) all = zb_source_state_list (db, NULL);
  g_assert_true (zb_source_state_same (s, g_hash_table_lookup (all, "ndrc")));
}

static void
test_another_address_is_another_source (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (ZbSourceState) s = zb_source_state_new ("ndrc", "http://a/");
  s->etag = g_strdup ("\"a\"");
  g_assert_true (zb_source_state_put (db, s, NULL));
  g_autoptr (ZbSourceState) moved = zb_source_state_get (db, "ndrc", "http://b/", NULL);
  g_assert_null (moved->etag);
  g_assert_cmpint (moved->health, ==, ZB_SOURCE_NEW);
}

static void
test_coverage_tells_what_was_not_seen (void)
{
  g_autoptr (ZbDb) db = open_store ();
  log_look (db, "good", NOW - DAY, ZB_FETCH_OK, 5);
  log_look (db, "good", NOW, ZB_FETCH_OK, 3);
  log_look (db, "good", NOW + 60, ZB_FETCH_UNCHANGED, 0);
  log_look (db, "bad", NOW, ZB_FETCH_OK, 1);
  log_look (db, "bad", NOW + 60, ZB_FETCH_FAILED, -1);
  g_autoptr (GHashTable) all = zb_fetch_coverage (db, NOW, NOW + DAY, NULL);
  const ZbCoverage *good = g_hash_table_lookup (all, "good"), *bad = g_hash_table_lookup (all, "bad");
  g_assert_cmpuint (g_hash_table_size (all), ==, 2);
  g_assert_cmpint (good->checks, ==, 2);
  g_assert_cmpint (good->fresh, ==, 3);
  g_assert_cmpstr (good->state, ==, "ok");
  g_assert_cmpstr (bad->state, ==, "broken");
  g_assert_cmpstr (bad->error, ==, "answers 500");
  g_assert_cmpint (bad->read, ==, NOW);
  g_assert_cmpint (bad->checked, ==, NOW + 60);
}

static void
test_the_newest_row_of_a_source_is_never_forgotten (void)
{
  g_autoptr (ZbDb) db = open_store ();
  gint64 n = 0;
  log_look (db, "a", NOW, ZB_FETCH_OK, 1);
  log_look (db, "a", NOW + 1, ZB_FETCH_OK, 1);
  log_look (db, "b", NOW, ZB_FETCH_OK, 1);
  g_assert_true (zb_fetch_expire (db, NOW + DAY, NULL));
  g_assert_true (zb_db_int (db, &n, NULL, "SELECT count(*) FROM fetch", ""));
  g_assert_cmpint (n, ==, 2);
}

static void
want (ZbDb *db, gint64 item, const char *url, ZbTime published)
{
  ZbWanted wanted = {item, (char *)"a", (char *)url, published};
  g_assert_true (zb_wanted_add (db, &wanted, NULL));
}

static void
test_articles_are_wanted_newest_first_and_not_for_ever (void)
{
  g_autoptr (ZbDb) db = open_store ();
  want (db, 1, "http://a/old", NOW - DAY);
  want (db, 2, "http://a/new", NOW);
  want (db, 3, "http://a/undated", ZB_TIME_NONE);
  g_autoptr (GPtrArray) all = zb_wanted_list (db, "a", 10, NULL);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (((ZbWanted *)all->pdata[0])->url, ==, "http://a/new");
  g_assert_true (zb_wanted_done (db, 2, NULL));
  for (int i = 0; i < ZB_WANTED_TRIES; i++)
    g_assert_true (zb_wanted_missed (db, 3, NULL));
  g_autoptr (GPtrArray) left = zb_wanted_list (db, "a", 10, NULL);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpstr (((ZbWanted *)left->pdata[0])->url, ==, "http://a/old");
}

static void
test_a_host_is_remembered (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (ZbHost) host = zb_host_get (db, "http://a:80", NULL);
  g_assert_cmpint (host->robots_fetched, ==, ZB_TIME_NONE);
  host->robots_fetched = NOW;
  host->robots_status = 200;
  host->robots = g_bytes_new ("User-agent: *", 13);
  g_assert_true (zb_host_put (db, host, NULL));
  g_autoptr (ZbHost) back = zb_host_get (db, "http://a:80", NULL);
  g_assert_cmpint (back->robots_status, ==, 200);
  g_assert_true (g_bytes_equal (back->robots, host->robots));
  g_assert_cmpint (back->not_before, ==, ZB_TIME_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/fetch/" #name, test_##name)
  ADD (a_state_comes_back_with_the_logs_times);
  ADD (another_address_is_another_source);
  ADD (coverage_tells_what_was_not_seen);
  ADD (the_newest_row_of_a_source_is_never_forgotten);
  ADD (articles_are_wanted_newest_first_and_not_for_ever);
  ADD (a_host_is_remembered);
  return g_test_run ();
}
