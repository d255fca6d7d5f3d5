/* zhoubao crawl: looks at the sources that are due, or at those named. */
#include "newsroom.h"
#include "progress.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/crawl/lock.h"
#include "zhoubao/crawl/run.h"
#include "zhoubao/curate/cluster.h"
#include "zhoubao/store/document.h"
#include "zhoubao/store/source_file.h"

#define DAY 86400
#define LOG_DAYS 400 /* the log is kept for more than a year of weeks */

#define FLOOD 3000 /* new items */

static gboolean option_all;

static const GOptionEntry options[] = {
    {"all", 0, 0, G_OPTION_ARG_NONE, &option_all, "All sources, also those that are not due", NULL}, {NULL}};

typedef struct {
  const ZbCli *cli;
  ZbProgress *bar;
  GHashTable *told; /* slug to ZbJsonLine */
  guint looked, failed, fresh;
  char *first_failure;
} Telling;

/* What JSON says of a source; kept until all are done, for the order is that of the files. */
typedef struct {
  const ZbSource *source;
  const char *state;
  int status, fresh, rows;
  char *error, *warning, *moved_to;
  ZbTime next_due;
} JsonLine;

static void
json_line_free (gpointer data)
{
  JsonLine *line = data;
  g_free (line->error);
  g_free (line->warning);
  g_free (line->moved_to);
  g_free (line);
}

static void
keep_for_json (Telling *t, const ZbCrawlLine *line)
{
  JsonLine *kept = g_new (JsonLine, 1);
  *kept = (JsonLine){line->source,
                     zb_source_health_name (line->health),
                     line->status,
                     MAX (line->fresh, 0),
                     line->rows,
                     g_strdup (line->error),
                     g_strdup (line->warning),
                     g_strdup (line->moved_to),
                     line->next_due};
  g_hash_table_insert (t->told, line->source->slug, kept);
}

static char *
describe (const ZbCrawlLine *line)
{
  g_autoptr (GString) words = g_string_new (NULL);
  if (line->error != NULL)
    g_string_append (words, line->error);
  else if (line->outcome == ZB_FETCH_UNCHANGED)
    g_string_append (words, "unchanged");
  else
    g_string_append_printf (words, "%d new of %d", MAX (line->fresh, 0), line->rows);
  if (line->error != NULL && line->fresh > 0)
    g_string_append_printf (words, "; %d new all the same", line->fresh);
  if (line->warning != NULL)
    g_string_append_printf (words, "; %s", line->warning);
  if (line->moved_to != NULL)
    g_string_append_printf (words, "; moved to %s", line->moved_to);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
on_line (const ZbCrawlLine *line, gpointer data)
{
  Telling *t = data;
  g_autofree char *words = describe (line);
  t->looked++;
  if (line->outcome == ZB_FETCH_FAILED) {
    t->failed++;
    if (t->first_failure == NULL)
      t->first_failure = g_strdup_printf ("%s: %s", line->source->slug, line->error);
  }
  keep_for_json (t, line);
  zb_progress_clear (t->bar);
  if (t->cli->json)
    zb_verb_say (t->cli, "%-24s %-8s %s\n", line->source->slug, zb_source_health_name (line->health), words);
  else
    zb_verb_print ("%-24s %-8s %s\n", line->source->slug, zb_source_health_name (line->health), words);
}

static void
on_progress (const ZbCrawlProgress *p, gpointer data)
{
  Telling *t = data;
  g_autofree char *words = g_strdup_printf ("%u/%u sources, %u/%u articles", p->done, p->total,
                                            p->articles_done, p->articles_total);
  zb_progress_set (t->bar, p->done + p->articles_done, p->total + p->articles_total, words);
}

static void
write_json_line (JsonBuilder *b, const JsonLine *line)
{
  json_builder_begin_object (b);
  zb_json_text (b, "slug", line->source->slug);
  zb_json_text (b, "state", line->state);
  if (line->status > 0)
    zb_json_int (b, "status", line->status);
  else
    zb_json_text (b, "status", NULL);
  zb_json_int (b, "new", line->fresh);
  if (line->rows >= 0)
    zb_json_int (b, "rows", line->rows);
  else
    zb_json_text (b, "rows", NULL);
  zb_json_text (b, "error", line->error);
  zb_json_text (b, "warning", line->warning);
  zb_json_text (b, "moved_to", line->moved_to);
  zb_json_time (b, "next_due", line->next_due);
  json_builder_end_object (b);
}

static void
print_json (const Telling *t, const GPtrArray *sources, double seconds)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  json_builder_set_member_name (b, "sources");
  json_builder_begin_array (b);
  for (guint i = 0; i < sources->len; i++) {
    const ZbSource *source = sources->pdata[i];
    const JsonLine *line = g_hash_table_lookup (t->told, source->slug);
    if (line != NULL)
      write_json_line (b, line);
  }
  json_builder_end_array (b);
  zb_json_int (b, "new", t->fresh);
  json_builder_set_member_name (b, "seconds");
  json_builder_add_double_value (b, seconds);
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

/* A person's source has nothing to ask: it has its line at once. */
static void
tell_person (Telling *t, const ZbSource *source)
{
  on_line (&(ZbCrawlLine){.source = source,
                          .health = ZB_SOURCE_BLOCKED,
                          .outcome = ZB_FETCH_BLOCKED,
                          .rows = -1,
                          .fresh = -1,
                          .error = "needs a person: filled with zhoubao clip",
                          .next_due = ZB_TIME_NONE},
           t);
}

/* The sources named, or all: an array that borrows from the newsroom's. */
static GPtrArray *
choose (ZbNewsroom *room, char **names, Telling *t, GError **error)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  for (guint i = 0; *names == NULL && i < room->sources->len; i++)
    if (((ZbSource *)room->sources->pdata[i])->kind != ZB_SOURCE_PERSON)
      g_ptr_array_add (chosen, room->sources->pdata[i]);
  for (; *names != NULL; names++) {
    const ZbSource *source = zb_source_file_find (room->sources, *names, error);
    if (source == NULL)
      return NULL;
    if (source->kind == ZB_SOURCE_PERSON)
      tell_person (t, source);
    else if (!g_ptr_array_find (chosen, source, NULL))
      g_ptr_array_add (chosen, (gpointer)source);
  }
  return g_steal_pointer (&chosen);
}

static void
say_when (const ZbCli *cli, const ZbNewsroom *room, ZbTime next)
{
  g_autofree char *when = zb_time_to_rfc3339 (next);
  if (room->sources->len == 0)
    zb_verb_say (cli, "There are no sources yet: add one with zhoubao sources add URL.\n");
  else if (when != NULL)
    zb_verb_say (cli, "Nothing is due before %s; name sources, or use --all, to look at once.\n", when);
}

static gboolean
clean_up (const ZbCli *cli, ZbNewsroom *room, GError **error)
{
  gint64 days = room->workspace->config->keep_days;
  return (days <= 0 || zb_document_expire (room->db, cli->now - days * DAY, error)) &&
         zb_fetch_expire (room->db, cli->now - (gint64)LOG_DAYS * DAY, error);
}

/* A flood, as of a thousand sources' first crawl, is grouped by the first look at the queue: likeness takes
   far longer than fetching. */
static gboolean
group (const ZbCli *cli, ZbNewsroom *room, guint fresh, GError **error)
{
  return fresh == 0 || fresh > FLOOD ||
         zb_cluster_run (room->db, room->workspace->config, cli->now, NULL, error);
}

static gboolean
crawl (const ZbCli *cli, ZbNewsroom *room, const GPtrArray *chosen, gboolean named, Telling *t,
       GError **error)
{
  g_autoptr (GRand) random = g_rand_new ();
  ZbCrawl crawl = {.config = room->workspace->config,
                   .db = room->db,
                   .sources = chosen,
                   .known = named ? NULL : room->sources,
                   .now = cli->now,
                   .random = random,
                   .line = on_line,
                   .progress = on_progress,
                   .data = t};
  return zb_crawl_run (&crawl, &t->fresh, error) && group (cli, room, t->fresh, error) &&
         clean_up (cli, room, error);
}

static void
telling_clear (Telling *t)
{
  g_clear_pointer (&t->bar, zb_progress_free);
  g_clear_pointer (&t->told, g_hash_table_unref);
  g_free (t->first_failure);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Telling, telling_clear)

static gboolean
report (const ZbCli *cli, Telling *t, const GPtrArray *sources, double seconds, GError **error)
{
  g_clear_pointer (&t->bar, zb_progress_free);
  if (cli->json)
    print_json (t, sources, seconds);
  if (t->looked > 0)
    zb_verb_say (cli, "%u new in %u source%s, %.1f s\n", t->fresh, t->looked, t->looked == 1 ? "" : "s",
                 seconds);
  if (t->failed == 0)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%u of %u sources could not be read; %s", t->failed,
               t->looked, t->first_failure);
  return FALSE;
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_autoptr (ZbNewsroom) room = zb_newsroom_open (cli, error);
  g_autoptr (ZbCrawlLock) lock = room != NULL ? zb_crawl_lock (room->workspace, error) : NULL;
  if (lock == NULL)
    return FALSE;
  g_auto (Telling) t = {.cli = cli, .bar = zb_progress_new (cli)};
  t.told = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, json_line_free);
  gint64 start = g_get_monotonic_time ();
  ZbTime next = ZB_TIME_NONE;
  gboolean by_time = *args == NULL && !option_all;
  g_autoptr (GPtrArray) chosen = by_time ? zb_crawl_due (room->db, room->sources, cli->now, &next, error)
                                         : choose (room, args, &t, error);
  if (chosen == NULL || !crawl (cli, room, chosen, *args != NULL, &t, error))
    return FALSE;
  if (by_time && chosen->len == 0)
    say_when (cli, room, next);
  return report (cli, &t, room->sources, (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC, error);
}

const ZbVerb zb_verb_crawl = {"crawl", "[SOURCE…]", "Look at the sources that are due, or at those named",
                              options, run};
