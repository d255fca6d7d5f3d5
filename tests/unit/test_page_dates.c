/* The day on which a page was published, on a labelled set: fixtures/dates holds pages as sites of many kinds
   and languages write them, each with its address and its date (or -) in the first line. */
#include "zhoubao/extract/page.h"

#define RIGHT_OF_100 95

typedef struct {
  guint pages, days, instants;
} Score;

/* "<!-- URL DATE -->"; the rest of TEXT is the page. */
static char **
read_label (char *text, const char **page)
{
  char *end = strchr (text, '\n');
  g_assert_nonnull (end);
  *end = '\0';
  *page = end + 1;
  return g_strsplit (text, " ", -1);
}

static ZbTime
published (const char *page, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (page, strlen (page));
  g_autoptr (ZbJob) job = zb_job_new (ZB_JOB_PAGE, bytes, zb_time_from_rfc3339 ("2024-03-10T06:00:00Z"));
  job->url = g_strdup (url);
  job->content_type = g_strdup ("text/html; charset=utf-8");
  g_autoptr (ZbPage) read = zb_page_extract (job, &error);
  g_assert_no_error (error);
  return read->published;
}

/* The day on which GOT lies for those who wrote WANT, which is RFC 3339 with an offset. */
static gboolean
is_same_day (const char *want, ZbTime got)
{
  g_autoptr (GDateTime) there = g_date_time_new_from_iso8601 (want, NULL);
  g_autoptr (GDateTime) utc = got != ZB_TIME_NONE ? g_date_time_new_from_unix_utc (got) : NULL;
  if (there == NULL || utc == NULL)
    return there == NULL && utc == NULL;
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, g_date_time_get_timezone (there));
  g_autofree char *day = g_date_time_format (there, "%F"), *other = g_date_time_format (local, "%F");
  return g_str_equal (day, other);
}

static void
add_page (Score *score, const char *path)
{
  g_autofree char *text = NULL;
  const char *page;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) label = read_label (text, &page);
  g_assert_cmpuint (g_strv_length (label), ==, 4);
  const char *want = label[2];
  ZbTime got = published (page, label[1]);
  g_autofree char *said = zb_time_to_rfc3339 (got);
  gboolean none = g_str_equal (want, "-");
  gboolean exact = none ? got == ZB_TIME_NONE : got == zb_time_from_rfc3339 (want);
  score->pages++;
  score->days += is_same_day (want, got);
  score->instants += exact;
  if (!exact)
    g_test_message ("%s: %s, not %s", path, said, want);
}

static void
test_the_day_of_nearly_every_page_is_found (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("ZB_FIXTURES"), "dates", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  Score score = {0};
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    add_page (&score, path);
  }
  g_test_message ("%u pages: %u days, %u instants", score.pages, score.days, score.instants);
  g_assert_cmpuint (score.pages, >=, 40);
  g_assert_cmpuint (score.days * 100, >=, score.pages * RIGHT_OF_100);
  g_assert_cmpuint (score.instants * 100, >=, score.pages * RIGHT_OF_100);
}

static void
test_places_where_a_date_is_easily_missed (void)
{
#define TEXT                                                                                                 \
  "<p>The ministry said on Monday that companies which have repaid their debts may ask to be taken off the " \
  "list, and that courts must answer within ten days, as the trials of earlier years had shown.</p>"
  static const struct {
    const char *page, *url, *want;
  } pages[] = {
      /* the first words of all */
      {"2017-06-23 " TEXT TEXT, NULL, "2017-06-23"},
      {"<h1>Of the lists</h1>2017-06-23" TEXT, NULL, "2017-06-23"},
      /* in an element that is named for the buttons beside it */
      {"<h1>Of the lists</h1><div class='share-row'><p class='date'>23 June 2017</p></div>" TEXT
       "<p class='date'>2 May 2017</p>",
       NULL, "2017-06-23"},
      /* an aside of the article's own */
      {"<article itemscope><h1>Of the lists</h1>" TEXT TEXT
       "<aside><time itemprop='datePublished' datetime='2017-06-23'>then</time></aside></article>",
       NULL, "2017-06-23"},
      {"<article itemscope><h1>Of the lists</h1>" TEXT TEXT
       "</article><aside itemscope><time itemprop='datePublished' datetime='2017-06-23'>other</time></aside>",
       NULL, "-"},
      /* only the page's own address has it */
      {"<link rel='canonical' href='https://news.example.org/2017/06/23/lists.html'><h1>Of the "
       "lists</h1>" TEXT,
       "https://news.example.org/?p=7", "2017-06-23"},
      /* the day of a change, before a day without a year beside another story */
      {"<meta itemprop='dateUpdate' content='2017-06-23 10:00:00'><h1>Of the lists</h1>" TEXT
       "<ul><li><span class='info-date'>02-28</span></li></ul>",
       NULL, "2017-06-23"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autofree char *said = zb_time_to_rfc3339 (published (pages[i].page, pages[i].url));
    g_autofree char *day = said != NULL ? g_strndup (said, 10) : g_strdup ("-");
    g_test_message ("%s", pages[i].page);
    g_assert_cmpstr (day, ==, pages[i].want);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page_dates/the_day_of_nearly_every_page_is_found",
                   test_the_day_of_nearly_every_page_is_found);
  g_test_add_func ("/page_dates/places_where_a_date_is_easily_missed",
                   test_places_where_a_date_is_easily_missed);
  return g_test_run ();
}
