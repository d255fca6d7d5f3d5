/* Any bytes as an article, with a rule and without: what comes out is UTF-8, keeps the limits and travels
   unchanged. */
#include "zhoubao/extract/page.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_page (const ZbPage *page, const ZbLimits *limits)
{
  const ZbWireLimits wire = {(gsize)limits->text_bytes * 8, 10000};
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_assert_nonnull (page->encoding);
  g_assert_true (page->text == NULL || g_utf8_validate (page->text, -1, NULL));
  g_assert_true (page->title == NULL || g_utf8_strlen (page->title, -1) <= limits->title_chars);
  zb_wire_write (&zb_page_wire, page, bytes);
  g_autoptr (ZbPage) back = zb_wire_read (&zb_page_wire, bytes->data, bytes->len, &wire, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (page->text, ==, back->text);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) input = g_bytes_new (data, size);
  g_autoptr (ZbJob) job = zb_job_new (ZB_JOB_PAGE, input, zb_time_from_rfc3339 ("2017-07-03T09:00:00Z"));
  job->url = g_strdup ("https://example.org/art/2017/6/26/art_1_2.html");
  job->zone = g_strdup ("Asia/Shanghai");
  for (int rule = 0; rule < 2; rule++) {
    g_autoptr (GError) error = NULL;
    job->article.body = rule ? g_strdup (".TRS_Editor, #zoom") : NULL;
    job->article.date = rule ? g_strdup ("meta[name=\"PubDate\"]/@content") : NULL;
    g_autoptr (ZbPage) page = zb_page_extract (job, &error);
    if (page != NULL)
      check_page (page, &job->limits);
    else
      g_assert_nonnull (error);
  }
  return 0;
}
