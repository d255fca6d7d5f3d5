/* What answers mean: content, unchanged, gone, blocked, failed; and when to ask again. */
#include "zhoubao/crawl/answer.h"

#define NOW 1498500000 /* 2017-06-26T18:00:00Z */

static ZbHttpResponse *
answer (int status, const char *fields, const char *body)
{
  ZbHttpResponse *r = g_new0 (ZbHttpResponse, 1);
  r->status = status;
  r->headers = g_strdup (fields);
  r->body = g_bytes_new (body, strlen (body));
  return r;
}

static void
test_each_answer_has_its_outcome (void)
{
  static const struct {
    int status;
    const char *fields, *body;
    ZbFetchOutcome outcome;
    const char *words;
  } cases[] = {
      {200, "", "<rss/>", ZB_FETCH_OK, NULL},
      {304, "", "", ZB_FETCH_UNCHANGED, NULL},
      {410, "", "", ZB_FETCH_GONE, "gone for good"},
      {404, "", "Solve this captcha to log in", ZB_FETCH_FAILED, "404: not found"},
      {500, "", "captcha", ZB_FETCH_FAILED, "500"},
      {412, "", "", ZB_FETCH_BLOCKED, "needs a person"},
      {412, "", "<script>$_ts={}</script>", ZB_FETCH_BLOCKED, "$_ts"},
      {403, "cf-mitigated: challenge\r\n", "", ZB_FETCH_BLOCKED, "Cloudflare"},
      {521, "", "document.cookie='__jsl_clearance_s=1'", ZB_FETCH_BLOCKED, "__jsl_clearance"},
      {403, "", "请输入验证码", ZB_FETCH_BLOCKED, "captcha"},
      {403, "", "no", ZB_FETCH_FAILED, "403: forbidden"},
      {429, "", "", ZB_FETCH_FAILED, "429"},
      {418, "", "", ZB_FETCH_FAILED, "418"},
      {204, "", "", ZB_FETCH_FAILED, "204"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ZbHttpResponse) r = answer (cases[i].status, cases[i].fields, cases[i].body);
    g_autofree char *words = NULL;
    g_assert_cmpint (zb_answer_outcome (r, &words), ==, cases[i].outcome);
    g_test_message ("%d: %s", cases[i].status, words != NULL ? words : "");
    g_assert_true (cases[i].words == NULL ? words == NULL : strstr (words, cases[i].words) != NULL);
  }
}

static void
test_retry_after_is_read_in_both_forms (void)
{
  static const struct {
    int status;
    const char *fields;
    gint64 wait; /* -1: it says nothing */
  } cases[] = {
      {503, "Retry-After: 120\r\n", 120},
      {429, "retry-after:  5 \r\n", 5},
      {429, "Retry-After: 99999999\r\n", 86400},
      {503, "Retry-After: Mon, 26 Jun 2017 19:00:00 GMT\r\n", 3600},
      /* The server's clock is ahead by a day; the wait is what it means. */
      {503, "Date: Tue, 27 Jun 2017 18:00:00 GMT\r\nRetry-After: Tue, 27 Jun 2017 18:10:00 GMT\r\n", 600},
      {503, "Retry-After: Mon, 26 Jun 2017 17:00:00 GMT\r\n", 0},
      {503, "Retry-After: soon\r\n", -1},
      {503, "", -1},
      {200, "Retry-After: 120\r\n", -1},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ZbHttpResponse) r = answer (cases[i].status, cases[i].fields, "");
    ZbTime t = zb_answer_retry_after (r, NOW, 86400);
    g_test_message ("%s", cases[i].fields);
    g_assert_cmpint (t, ==, cases[i].wait < 0 ? ZB_TIME_NONE : NOW + cases[i].wait);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answer/each_answer_has_its_outcome", test_each_answer_has_its_outcome);
  g_test_add_func ("/answer/retry_after_is_read_in_both_forms", test_retry_after_is_read_in_both_forms);
  return g_test_run ();
}
