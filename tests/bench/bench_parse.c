/* Bench: made-up feeds of 50 entries, parsed in the worker processes of a pool, beside the least that could
   be done (libxml2's push SAX in one thread, 16 KiB at a time, fields kept) and beside sfeed, a process a
   feed as it is meant. Prints one line a figure: NAME VALUE UNIT. Arguments: how many
   feeds, and what to measure if not all of it. */
#include "zhoubao/extract/feed.h"

#include "zhoubao/extract/pool.h"
#include "zhoubao/extract/worker.h"
#include <gio/gio.h>
#include <libxml/parser.h>
#include <unistd.h>

#define ENTRIES 50u
#define PARAGRAPHS 12u
#define CHUNK 16384

static const char *const sentences[] = {
    "The commission asks for comments on the draft until the end of July, and will answer them in public.",
    "国家发展改革委就社会信用体系建设有关工作征求意见，反馈截止时间为七月底。",
    "A list of enterprises that break the rules for good reason is kept by the office &amp; its branches.",
    "失信被执行人名单信息将通过信用信息共享平台向社会公布，并实施联合惩戒。",
    "See <a href=\"/notices/2017/6/26.html\">the notice</a>, its <b>annexes</b> and the earlier one&nbsp;of "
    "May.",
};

static char *
make_body (guint seed)
{
  GString *body = g_string_new (NULL);
  for (guint i = 0; i < PARAGRAPHS; i++)
    g_string_append_printf (body, "<p class=\"text\">%s %s</p>\n", sentences[(seed + i) % 5],
                            sentences[(seed * 7 + i * 3) % 5]);
  return g_string_free (body, FALSE);
}

static void
append_rss (GString *out, guint feed, guint i)
{
  g_autofree char *body = make_body (feed + i);
  g_autofree char *escaped = g_markup_escape_text (body, -1);
  g_string_append_printf (
      out,
      "<item><title>Notice %u of %u 关于公开征求意见的通知</title>\n<link>https://e%u.example.org/n/%u"
      "</link><guid isPermaLink=\"false\">e%u-%u</guid>\n<pubDate>Mon, 26 Jun 2017 08:%02u:00 "
      "+0800</pubDate><dc:creator>An editor</dc:creator><category>credit</category>\n",
      i, feed, feed, i, feed, i, i % 60);
  if (feed % 2 == 0)
    g_string_append_printf (out, "<content:encoded><![CDATA[%s]]></content:encoded></item>\n", body);
  else
    g_string_append_printf (out, "<description>%s</description></item>\n", escaped);
}

static void
append_atom (GString *out, guint feed, guint i)
{
  g_autofree char *body = make_body (feed + i), *escaped = g_markup_escape_text (body, -1);
  g_string_append_printf (
      out,
      "<entry><id>tag:example.org,2017:%u-%u</id><title>Notice %u of %u 关于公开征求意见的通知</title>\n"
      "<link rel=\"alternate\" type=\"text/html\" href=\"https://e%u.example.org/n/%u\"/>\n"
      "<published>2017-06-26T08:%02u:00+08:00</published><updated>2017-06-26T08:%02u:00+08:00</updated>"
      "<author><name>An editor</name></author>\n<content type=\"html\">%s</content></entry>\n",
      feed, i, i, feed, feed, i, i % 60, i % 60, escaped);
}

/* Two in three are RSS, one Atom; three in a hundred are in GB18030. */
static GBytes *
make_feed (guint n)
{
  gboolean atom = n % 3 == 2, chinese = n % 100 >= 97;
  g_autoptr (GString) out = g_string_new (NULL);
  g_string_append_printf (out, "<?xml version=\"1.0\" encoding=\"%s\"?>\n", chinese ? "gb18030" : "utf-8");
  g_string_append (
      out, atom
               ? "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Feed</title>"
               : "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                 "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Feed</title>\n");
  for (guint i = 0; i < ENTRIES; i++)
    (atom ? append_atom : append_rss) (out, n, i);
  g_string_append (out, atom ? "</feed>\n" : "</channel></rss>\n");
  gsize length;
  char *bytes =
      chinese ? g_convert (out->str, (gssize)out->len, "GB18030", "UTF-8", NULL, &length, NULL) : NULL;
  return bytes != NULL ? g_bytes_new_take (bytes, length) : g_bytes_new (out->str, out->len);
}

/* The limit: what is kept is the text of every element below an entry, of which some are fields. */
typedef struct {
  GString *text;
  GPtrArray *kept;
  guint entries, depth;
} Least;

static void
least_start (void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
             const xmlChar **namespaces, int n, int n_defaulted, const xmlChar **attributes)
{
  Least *l = user;
  gboolean entry = strcmp ((const char *)name, "item") == 0 || strcmp ((const char *)name, "entry") == 0;
  l->entries += entry;
  l->depth += entry || l->depth > 0;
  g_string_truncate (l->text, 0);
}

static void
least_end (void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  Least *l = user;
  if (l->depth > 1)
    g_ptr_array_add (l->kept, g_strndup (l->text->str, l->text->len));
  l->depth -= l->depth > 0;
}

static void
least_text (void *user, const xmlChar *text, int length)
{
  Least *l = user;
  if (l->depth > 1)
    g_string_append_len (l->text, (const char *)text, length);
}

static guint
parse_least (GBytes *feed)
{
  xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                           .startElementNs = least_start,
                           .endElementNs = least_end,
                           .characters = least_text,
                           .cdataBlock = least_text};
  Least l = {g_string_new (NULL), g_ptr_array_new_with_free_func (g_free), 0, 0};
  gsize length;
  const char *data = g_bytes_get_data (feed, &length);
  xmlParserCtxtPtr parser = xmlCreatePushParserCtxt (&handler, &l, data, 4, NULL);
  for (gsize at = 4; at < length; at += CHUNK)
    xmlParseChunk (parser, data + at, (int)MIN (CHUNK, length - at), 0);
  xmlParseChunk (parser, data, 0, 1);
  xmlFreeParserCtxt (parser);
  g_string_free (l.text, TRUE);
  g_ptr_array_unref (l.kept);
  return l.entries;
}

static guint
run_least (GPtrArray *feeds)
{
  guint n = 0;
  for (guint i = 0; i < feeds->len; i++)
    n += parse_least (feeds->pdata[i]);
  return n;
}

static ZbJob *
job_for (GBytes *feed, gboolean bodies)
{
  ZbJob *job = zb_job_new (ZB_JOB_FEED, feed, zb_time_from_rfc3339 ("2017-07-03T09:00:00Z"));
  job->bodies = bodies;
  job->url = g_strdup ("https://example.org/feed");
  return job;
}

static guint
run_here (GPtrArray *feeds)
{
  guint n = 0;
  for (guint i = 0; i < feeds->len; i++) {
    g_autoptr (ZbJob) job = job_for (feeds->pdata[i], FALSE);
    g_autoptr (ZbFeed) feed = zb_feed_read (job, NULL);
    n += feed != NULL ? feed->entries->len : 0;
  }
  return n;
}

static void
count (ZbResult *result, gpointer data)
{
  *(guint *)data += result->feed != NULL ? result->feed->entries->len : 0;
  zb_result_free (result);
}

static guint
run_pool (GPtrArray *feeds, guint workers, gboolean bodies)
{
  g_autoptr (ZbPool) pool = zb_pool_new (workers, NULL);
  GPollFD fds[8];
  guint n = 0;
  for (guint i = 0; i < feeds->len; i++)
    zb_pool_submit (pool, job_for (feeds->pdata[i], bodies), count, &n);
  while (zb_pool_pending (pool) > 0) {
    guint open = zb_pool_poll_fds (pool, fds, G_N_ELEMENTS (fds));
    g_poll (fds, open, zb_pool_timeout_ms (pool));
    zb_pool_dispatch (pool);
  }
  return n;
}

static guint
run_one_worker (GPtrArray *feeds)
{
  return run_pool (feeds, 1, FALSE);
}

static guint
run_two_workers (GPtrArray *feeds)
{
  return run_pool (feeds, 2, FALSE);
}

static guint
run_bodies (GPtrArray *feeds)
{
  return run_pool (feeds, 2, TRUE);
}

/* sfeed(1): the feed on standard input, a line an entry on standard output. */
static guint
run_sfeed (GPtrArray *feeds)
{
  guint n = 0;
  for (guint i = 0; i < feeds->len; i++) {
    g_autoptr (GSubprocess) process = g_subprocess_new (
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "sfeed", NULL);
    g_autoptr (GBytes) lines = NULL;
    if (process == NULL || !g_subprocess_communicate (process, feeds->pdata[i], NULL, &lines, NULL, NULL))
      return 0;
    gsize length;
    const char *text = g_bytes_get_data (lines, &length);
    for (gsize at = 0; at < length; at++)
      n += text[at] == '\n';
  }
  return n;
}

typedef struct {
  const char *name;
  guint (*run) (GPtrArray *feeds);
  guint times; /* of which the best counts: what others do on the machine is not ours */
} Measure;

static const Measure measures[] = {
    {"libxml2_push_sax", run_least, 3},         {"in_process", run_here, 3},
    {"one_worker", run_one_worker, 3},          {"two_workers", run_two_workers, 3},
    {"two_workers_with_bodies", run_bodies, 1}, {"sfeed_process_a_feed", run_sfeed, 1},
};

static double
measure (const Measure *m, GPtrArray *feeds, double limit)
{
  double best = G_MAXDOUBLE;
  guint n = 0;
  for (guint i = 0; i < m->times; i++) {
    gint64 start = g_get_monotonic_time ();
    n = m->run (feeds);
    best = MIN (best, (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  }
  g_print ("parse_%s_%u %.3f s", m->name, feeds->len, best);
  if (limit > 0)
    g_print (" (%.2f times the limit)", best / limit);
  g_print ("\n");
  if (n != feeds->len * ENTRIES)
    g_printerr ("bench_parse: %s read %u entries of %u\n", m->name, n, feeds->len * ENTRIES);
  return best;
}

int
main (int argc, char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], "worker"))
    return zb_worker_run (STDIN_FILENO, STDIN_FILENO, argv + 2, NULL) ? 0 : 1;
  guint n = argc > 1 ? (guint)g_ascii_strtoull (argv[1], NULL, 10) : 1000;
  g_autoptr (GPtrArray) feeds = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gsize bytes = 0;
  for (guint i = 0; i < n; i++) {
    g_ptr_array_add (feeds, make_feed (i));
    bytes += g_bytes_get_size (feeds->pdata[i]);
  }
  g_print ("parse_input_%u %.1f MB\n", n, (double)bytes / 1e6);
  double limit = 0;
  g_autofree char *sfeed = g_find_program_in_path ("sfeed");
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++) {
    const Measure *m = &measures[i];
    if ((argc > 2 && !g_str_equal (argv[2], m->name)) || (m->run == run_sfeed && sfeed == NULL))
      continue;
    double best = measure (m, feeds, limit);
    limit = m->run == run_least ? best : limit;
  }
  return 0;
}
