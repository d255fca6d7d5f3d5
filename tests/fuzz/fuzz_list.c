/* Any bytes as a list page, by rules of every engine: rows have a link and a title, and no link comes twice.
 */
#include "zhoubao/extract/list.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* item, link, title, date, link_pattern, fragment, url_template */
static const ZbListRule rules[] = {
    {.item = "ul li", .link = "a/@href", .title = "a/@title", .date = "span"},
    {.link_pattern = "t(\\d{8})_\\d+\\.html"},
    {.item = "data.rows", .link = "url", .title = "docTitle", .date = "publishDate"},
    {.item = "data.rows", .title = "docTitle", .url_template = "/cn/view.html?id={docId}"},
    {.fragment = "data.html", .item = "li", .link = "a/@href"},
    {.fragment = "record", .item = "li"},
};

static void
check_rows (const ZbFeed *feed)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < feed->entries->len; i++) {
    const ZbEntry *entry = feed->entries->pdata[i];
    g_assert_nonnull (entry->link);
    g_assert_true (entry->title != NULL && g_utf8_validate (entry->title, -1, NULL));
    g_assert_true (g_hash_table_add (seen, entry->link));
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) input = g_bytes_new (data, size);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ZbJob) job = zb_job_new (ZB_JOB_LIST, input, zb_time_from_rfc3339 ("2017-07-03T09:00:00Z"));
    g_autoptr (ZbSource) source = zb_source_new ();
    job->url = g_strdup ("https://example.org/list/index.html");
    source->list = rules[i];
    zb_job_set_source (job, source);
    memset (&source->list, 0, sizeof source->list); /* borrowed above */
    g_autoptr (ZbFeed) feed = zb_list_extract (job, &error);
    if (feed != NULL)
      check_rows (feed);
    else
      g_assert_nonnull (error);
  }
  return 0;
}
