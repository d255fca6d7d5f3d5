/* Any bytes as a page that is looked through for feeds and lists: what is proposed can be used. */
#include "zhoubao/base/url.h"
#include "zhoubao/edge/selector.h"
#include "zhoubao/extract/find.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_selector (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbSelector) selector = text != NULL ? zb_selector_new (text, &error) : NULL;
  g_assert_no_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (ZbJob) job = zb_job_new (ZB_JOB_FIND, bytes, zb_time_from_rfc3339 ("2023-06-28T00:00:00Z"));
  job->url = g_strdup ("https://news.example/a/index.html");
  g_autoptr (ZbFound) found = zb_find (job, NULL);
  for (guint i = 0; found != NULL && i < found->feeds->len; i++) {
    g_autoptr (ZbUrl) url = zb_url_parse (((ZbFeedLink *)found->feeds->pdata[i])->url, NULL, NULL);
    g_assert_nonnull (url);
  }
  for (guint i = 0; found != NULL && i < found->proposals->len; i++) {
    const ZbProposal *p = found->proposals->pdata[i];
    g_assert_cmpint (p->dated, <=, p->rows);
    check_selector (p->rule.item);
    check_selector (p->rule.link);
    check_selector (p->rule.title);
    check_selector (p->rule.date);
  }
  return 0;
}
