/* Any bytes as a feed, with and without bodies: the result keeps the limits, is UTF-8, and travels unchanged.
 */
#include "zhoubao/extract/feed.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_entry (const ZbEntry *e, const ZbLimits *limits)
{
  if (e->title != NULL)
    g_assert_cmpint (g_utf8_strlen (e->title, -1), <=, limits->title_chars);
  if (e->content != NULL)
    g_assert_cmpuint (strlen (e->content), <=, (gsize)limits->text_bytes);
  if (e->link != NULL)
    g_assert_null (g_strstr_len (e->link, 11, "javascript:"));
}

static void
check_feed (const ZbFeed *feed, const ZbLimits *limits)
{
  const ZbWireLimits wire = {(gsize)limits->text_bytes * 8, 10000};
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_assert_nonnull (feed->format);
  g_assert_cmpuint (feed->entries->len, <=, (guint)limits->entries);
  for (guint i = 0; i < feed->entries->len; i++)
    check_entry (feed->entries->pdata[i], limits);
  zb_wire_write (&zb_feed_wire, feed, bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbFeed) back = zb_wire_read (&zb_feed_wire, bytes->data, bytes->len, &wire, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->title, ==, feed->title);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) input = g_bytes_new (data, size);
  g_autoptr (ZbJob) job = zb_job_new (ZB_JOB_FEED, input, zb_time_from_rfc3339 ("2017-07-03T09:00:00Z"));
  job->url = g_strdup ("https://example.org/feed");
  job->limits.entries = 10;
  job->limits.title_chars = 40;
  job->limits.text_bytes = 4096;
  job->limits.decoded_bytes = 1 << 20;
  for (job->bodies = ZB_BODIES_PLAIN; job->bodies <= ZB_BODIES_HTML; job->bodies++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ZbFeed) feed = zb_feed_read (job, &error);
    if (feed != NULL)
      check_feed (feed, &job->limits);
    else
      g_assert_nonnull (error);
  }
  return 0;
}
