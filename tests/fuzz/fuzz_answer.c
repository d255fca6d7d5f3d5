/* Any bytes as the head and body of an answer, parted by an empty line: an outcome comes with its words, and
   nothing is put off longer than allowed. */
#include "zhoubao/crawl/answer.h"

#include <string.h>

#define MOST 3600

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_outcome (const ZbHttpResponse *response)
{
  const ZbTime now = zb_time_from_rfc3339 ("2017-07-03T09:00:00Z");
  g_autofree char *words = NULL, *url = NULL;
  g_autoptr (GError) error = NULL;
  ZbFetchOutcome outcome = zb_answer_outcome (response, &words);
  g_assert_true ((outcome == ZB_FETCH_OK || outcome == ZB_FETCH_UNCHANGED) == (words == NULL));
  ZbTime again = zb_answer_retry_after (response, now, MOST);
  g_assert_true (again == ZB_TIME_NONE || (again >= now && again <= now + MOST));
  (void)zb_answer_challenge (response); /* either answer is right */
  if (zb_http_redirect (response, &url, &error))
    g_assert_true (url == NULL || g_str_has_prefix (url, "http"));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const int statuses[] = {200, 301, 304, 403, 429, 503};
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)size);
  const char *stop = strstr (text, "\n\n"), *body = stop != NULL ? stop + 2 : "";
  ZbHttpResponse response = {.url = (char *)"https://example.org/a/",
                             .headers =
                                 g_strndup (text, stop != NULL ? (gsize)(stop + 1 - text) : strlen (text)),
                             .body = g_bytes_new (body, strlen (body))};
  response.location = zb_http_header (&response, "Location");
  response.content_type = zb_http_header (&response, "Content-Type");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    response.status = statuses[i];
    check_outcome (&response);
  }
  g_free (response.headers);
  g_free (response.location);
  g_free (response.content_type);
  g_bytes_unref (response.body);
  return 0;
}
