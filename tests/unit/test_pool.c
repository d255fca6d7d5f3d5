/* Worker processes: what they answer, and that each way of dying costs one document. This program is its own
   worker; it brings its own kinds of jobs, which take the place of those in src/extract/kinds.c. */
#include "zhoubao/base/error.h"
#include "zhoubao/extract/pool.h"
#include "zhoubao/extract/worker.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile guint spin;

/* The document says what to do. */
static gboolean
act (const ZbJob *job, ZbResult *result, GError **error)
{
  gsize length;
  const char *word = g_bytes_get_data (job->input, &length);
  g_autofree char *verb = g_strndup (word, MIN (length, 20));
  ZbPage *page = result->page = zb_page_new ();
  page->title = g_utf8_strup (verb, -1);
  page->language = g_strdup_printf ("%" G_GSIZE_FORMAT, length);
  page->canonical = g_strdup (job->url);
  if (g_str_equal (verb, "crash"))
    raise (SIGSEGV);
  while (g_str_equal (verb, "loop"))
    spin++;
  for (guint i = 0; g_str_equal (verb, "swell") && i < 4096; i++)
    memset (g_malloc (1 << 20), 1, 1 << 20);
  if (g_str_equal (verb, "connect"))
    spin += (guint)socket (AF_INET, SOCK_STREAM, 0);
  if (g_str_equal (verb, "open"))
    page->text = g_strdup (open ("/etc/passwd", O_RDONLY) < 0 ? g_strerror (errno) : "opened");
  if (g_str_equal (verb, "zone")) {
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (job->zone);
    page->text = g_strdup (zone != NULL ? g_time_zone_get_identifier (zone) : "none");
  }
  if (g_str_equal (verb, "refuse"))
    return g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "no\nthanks"), FALSE;
  if (g_str_equal (verb, "other"))
    page->text = g_strndup (g_bytes_get_data (job->other, NULL), g_bytes_get_size (job->other));
  return TRUE;
}

static const ZbKind test_kind = {"page", G_STRUCT_OFFSET (ZbResult, page), &zb_page_wire, act};

const ZbKind *
zb_kind (ZbJobKind kind)
{
  return &test_kind;
}

const ZbKind *
zb_kind_named (const char *name)
{
  return &test_kind;
}

static ZbJob *
job_new (const char *word)
{
  g_autoptr (GBytes) bytes = g_bytes_new (word, strlen (word));
  ZbJob *job = zb_job_new (ZB_JOB_PAGE, bytes, 0);
  job->limits.parse_cpu_seconds = 1;
  job->limits.parse_memory_bytes = 64 << 20;
  return job;
}

static void
test_a_job_goes_there_and_back (void)
{
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  g_autoptr (GError) error = NULL;
  ZbJob *job = job_new ("other");
  job->url = g_strdup ("https://example.org/?q=信用");
  job->other = g_bytes_new_static ("second", 6);
  g_autoptr (ZbResult) result = zb_pool_call (pool, job, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->page->title, ==, "OTHER");
  g_assert_cmpstr (result->page->canonical, ==, "https://example.org/?q=信用");
  g_assert_cmpstr (result->page->text, ==, "second");
  g_assert_cmpint (result->page->published, ==, ZB_TIME_NONE);
}

static void
test_ten_megabytes_arrive_whole (void)
{
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  g_autoptr (GError) error = NULL;
  gsize length = 10 << 20;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (length), length);
  g_autoptr (ZbResult) result = zb_pool_call (pool, zb_job_new (ZB_JOB_PAGE, bytes, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->page->language, ==, "10485760");
}

/* One worker: what dies must not take the next job along. */
static void
assert_dies_alone (const char *word, ZbErrorCode code, const char *words)
{
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_pool_call (pool, job_new (word), &error));
  g_assert_error (error, ZB_ERROR, (int)code);
  g_assert_cmpstr (error->message, ==, words);
  g_clear_error (&error);
  g_autoptr (ZbResult) result = zb_pool_call (pool, job_new ("fine"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->page->title, ==, "FINE");
}

static void
test_an_error_keeps_code_and_words (void)
{
  assert_dies_alone ("refuse", ZB_ERROR_LIMIT, "no thanks");
}

#if !defined(__SANITIZE_ADDRESS__)
static void
test_a_crash_costs_one_document (void)
{
  assert_dies_alone ("crash", ZB_ERROR_INVALID, "parser crashed (signal 11)");
}

static void
test_memory_is_bounded (void)
{
  assert_dies_alone ("swell", ZB_ERROR_LIMIT, "took over 64 MiB to parse");
}

static void
test_a_socket_ends_the_worker (void)
{
  assert_dies_alone ("connect", ZB_ERROR_REFUSED, "parser tried what it may not do, and was ended");
}
#endif

/* Where others want the processor too, the clock may end a loop before it has had its own second. */
static void
assert_loop_was_ended (const GError *error)
{
  g_assert_error (error, ZB_ERROR, ZB_ERROR_LIMIT);
  if (!g_str_equal (error->message, "took over 10 s to parse"))
    g_assert_cmpstr (error->message, ==, "took over 1 s of processor time to parse");
}

static void
test_a_loop_is_ended_by_its_processor_time (void)
{
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_pool_call (pool, job_new ("loop"), &error));
  assert_loop_was_ended (error);
  g_clear_error (&error);
  g_autoptr (ZbResult) result = zb_pool_call (pool, job_new ("fine"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->page->title, ==, "FINE");
}

static void
test_files_are_out_of_reach (void)
{
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  g_autoptr (ZbResult) result = zb_pool_call (pool, job_new ("open"), NULL);
  g_assert_cmpstr (result->page->text, ==, g_strerror (EACCES));
}

static void
test_zones_are_at_hand (void)
{
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  const char *zones[] = {"Asia/Shanghai", "Asia/Tokyo", "Asia/Shanghai"};
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++) {
    ZbJob *job = job_new ("zone");
    job->zone = g_strdup (zones[i]);
    g_autoptr (ZbResult) result = zb_pool_call (pool, job, NULL);
    g_assert_cmpstr (result->page->text, ==, zones[i]);
  }
}

typedef struct {
  guint good, bad;
} Tally;

static void
count (ZbResult *result, gpointer data)
{
  Tally *tally = data;
  tally->good += result->error == NULL;
  tally->bad += result->error != NULL;
  zb_result_free (result);
}

static void
test_many_jobs_over_several_workers (void)
{
  g_autoptr (ZbPool) pool = zb_pool_new (3, NULL);
  Tally tally = {0};
  GPollFD fds[3];
  for (guint i = 0; i < 200; i++)
    zb_pool_submit (pool, job_new (i % 50 == 7 ? "refuse" : "fine"), count, &tally);
  g_assert_cmpuint (zb_pool_pending (pool), ==, 200);
  while (zb_pool_pending (pool) > 0) {
    guint n = zb_pool_poll_fds (pool, fds, G_N_ELEMENTS (fds));
    g_assert_cmpuint (n, >, 0);
    g_poll (fds, n, zb_pool_timeout_ms (pool));
    zb_pool_dispatch (pool);
  }
  g_assert_cmpuint (tally.good, ==, 196);
  g_assert_cmpuint (tally.bad, ==, 4);
  g_assert_cmpint (zb_pool_timeout_ms (pool), ==, -1);
}

static void
test_a_forked_worker_is_locked_in_too (void)
{
  g_autoptr (ZbPool) pool = zb_pool_new_forking ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbResult) result = zb_pool_call (pool, job_new ("open"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->page->text, ==, g_strerror (EACCES));
  g_assert_null (zb_pool_call (pool, job_new ("loop"), &error));
  assert_loop_was_ended (error);
}

static void
test_a_program_that_is_not_there (void)
{
  g_autoptr (ZbPool) pool = zb_pool_new (1, "/nonexistent/zhoubao");
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_pool_call (pool, job_new ("fine"), &error));
  g_assert_nonnull (strstr (error->message, "cannot start a parse worker"));
}

static void
test_a_program_that_is_no_worker (void)
{
  g_autoptr (ZbPool) pool = zb_pool_new (1, "/bin/false");
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_pool_call (pool, job_new ("fine"), &error));
  g_assert_cmpstr (error->message, ==, "parser ended by itself (status 1)");
}

int
main (int argc, char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], "worker"))
    return zb_worker_run (STDIN_FILENO, STDIN_FILENO, argv + 2, NULL) ? 0 : 1;
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/pool/" #name, test_##name)
  ADD (a_job_goes_there_and_back);
  ADD (ten_megabytes_arrive_whole);
  ADD (an_error_keeps_code_and_words);
#if !defined(__SANITIZE_ADDRESS__)
  ADD (a_crash_costs_one_document);
  ADD (memory_is_bounded);
  ADD (a_socket_ends_the_worker);
#endif
  ADD (a_loop_is_ended_by_its_processor_time);
  ADD (files_are_out_of_reach);
  ADD (zones_are_at_hand);
  ADD (many_jobs_over_several_workers);
  ADD (a_forked_worker_is_locked_in_too);
  ADD (a_program_that_is_not_there);
  ADD (a_program_that_is_no_worker);
  return g_test_run ();
}
