/* OPML: what others write is read, what is written is read back. */
#include "zhoubao/store/opml.h"

#include "zhoubao/base/error.h"

static GPtrArray *
parse (const char *text, guint *passed_over)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_free);
  gboolean ok = zb_opml_parse (text, strlen (text), sources, passed_over, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  return sources;
}

static void
test_feeds_of_other_readers_are_found_at_any_depth (void)
{
  guint passed_over = 0;
  g_autoptr (GPtrArray) sources = parse (
      "<?xml version='1.0'?><opml version='1.0'><head><title>x</title></head><body>"
      "<outline text='Law'><outline text='NPC &amp; more' type='rss' xmlUrl='https://npc.example/feed/'/>"
      "<outline title='Short' text='long' xmlurl='HTTP://Feeds.Example:80/a'/></outline>"
      "<outline text='no feed' htmlUrl='https://x.example'/><outline xmlUrl='mailto:a@b'/>"
      "<outline xmlUrl='https://untitled.example/rss'/></body></opml>",
      &passed_over);
  g_assert_cmpuint (passed_over, ==, 2); /* not the folder */
  g_assert_cmpuint (sources->len, ==, 3);
  const ZbSource *first = sources->pdata[0], *second = sources->pdata[1], *third = sources->pdata[2];
  g_assert_cmpstr (first->title, ==, "NPC & more");
  g_assert_cmpstr (second->url, ==, "http://feeds.example/a");
  g_assert_cmpstr (second->title, ==, "Short");
  g_assert_cmpstr (third->title, ==, "untitled.example");
}

static void
test_what_is_written_reads_back (void)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_free);
  ZbSource *feed = zb_source_new (), *list = zb_source_new ();
  feed->title = g_strdup ("信用 <News> \"weekly\"");
  feed->url = g_strdup ("https://a.example/feed?x=1&y=2");
  feed->language = g_strdup ("zh");
  feed->level = g_strdup ("media");
  feed->region = g_strdup ("Hong Kong");
  list->kind = ZB_SOURCE_LIST;
  list->title = g_strdup ("List");
  list->url = g_strdup ("https://a.example/list");
  g_ptr_array_add (sources, feed);
  g_ptr_array_add (sources, list);
  g_autofree char *text = zb_opml_write (sources, "All & sundry");
  guint passed_over = 0;
  g_autoptr (GPtrArray) back = parse (text, &passed_over);
  g_assert_cmpuint (passed_over, ==, 1); /* a list's rules have no place in OPML */
  g_assert_cmpuint (back->len, ==, 1);
  const ZbSource *read = back->pdata[0];
  g_assert_cmpstr (read->title, ==, feed->title);
  g_assert_cmpstr (read->url, ==, feed->url);
  g_assert_cmpstr (read->language, ==, "zh");
  g_assert_cmpstr (read->level, ==, "media");
  g_assert_cmpstr (read->region, ==, "Hong Kong");
}

static void
test_what_is_no_opml_is_refused (void)
{
  const char *const bad[] = {"<rss/>", "", "plain text", "{\"a\":1}"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_free);
    guint passed_over = 0;
    g_assert_false (zb_opml_parse (bad[i], strlen (bad[i]), sources, &passed_over, &error));
    g_assert_nonnull (error);
    g_assert_cmpuint (sources->len, ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/opml/feeds_of_other_readers_are_found_at_any_depth",
                   test_feeds_of_other_readers_are_found_at_any_depth);
  g_test_add_func ("/opml/what_is_written_reads_back", test_what_is_written_reads_back);
  g_test_add_func ("/opml/what_is_no_opml_is_refused", test_what_is_no_opml_is_refused);
  return g_test_run ();
}
