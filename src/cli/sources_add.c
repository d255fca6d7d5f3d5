/* zhoubao sources add: looks at a page, finds its feed or a rule that reads its list, shows the rows, and
 * writes the source down. What was fetched for that is the source's first crawl: nothing is asked for twice.
 */
#include "sources.h"

#include "verbs.h"
#include "visits.h"
#include "zhoubao/base/day.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/language.h"
#include "zhoubao/base/url.h"
#include "zhoubao/crawl/lock.h"
#include "zhoubao/crawl/run.h"
#include <glib/gstdio.h>

#define FAMILY "added"
#define ROWS_SHOWN 10

static char *option_slug, *option_title, *option_level, *option_region;
static gboolean option_dry_run, option_person;

static const GOptionEntry options[] = {
    {"slug", 0, 0, G_OPTION_ARG_STRING, &option_slug, "Name it SLUG (default: made from its title)", "SLUG"},
    {"title", 0, 0, G_OPTION_ARG_STRING, &option_title, "Call it TITLE (default: what it calls itself)",
     "TITLE"},
    {"level", 0, 0, G_OPTION_ARG_STRING, &option_level,
     "central, provincial, sub-provincial, court, media or research", "LEVEL"},
    {"region", 0, 0, G_OPTION_ARG_STRING, &option_region, "What it reports on", "REGION"},
    {"person", 0, 0, G_OPTION_ARG_NONE, &option_person, "It is filled by clipping: do not ask it", NULL},
    {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &option_dry_run, "Show what would be added", NULL},
    {NULL}};

typedef struct {
  const ZbCli *cli;
  ZbWorkspace *workspace;
  ZbDb *db;
  GPtrArray *sources; /* of ZbSource: known */
  ZbVisits *visits;
  ZbPool *pool;
  ZbSource *source;         /* being made */
  ZbHttpResponse *response; /* that it was read from, or NULL */
  ZbFeed *feed;             /* its rows, or NULL */
} Adding;

static void
adding_clear (Adding *a)
{
  g_clear_pointer (&a->feed, zb_feed_free);
  g_clear_pointer (&a->response, zb_http_response_free);
  g_clear_pointer (&a->source, zb_source_free);
  g_clear_pointer (&a->pool, zb_pool_free);
  g_clear_pointer (&a->visits, zb_visits_free);
  g_clear_pointer (&a->sources, g_ptr_array_unref);
  g_clear_pointer (&a->db, zb_db_close);
  g_clear_pointer (&a->workspace, zb_workspace_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Adding, adding_clear)

static void
set_text (char **to, const char *from)
{
  char *copy = g_strdup (from);
  g_free (*to);
  *to = copy;
}

static ZbResult *
read_response (Adding *a, ZbJobKind kind, const ZbListRule *rule, GError **error)
{
  ZbJob *job = zb_job_new (kind, a->response->body, a->cli->now);
  job->url = g_strdup (a->response->url);
  job->content_type = g_strdup (a->response->content_type);
  job->limits = a->workspace->config->limits;
  job->zone = g_strdup (a->workspace->config->timezone);
  if (rule != NULL) {
    set_text (&job->list.item, rule->item);
    set_text (&job->list.link, rule->link);
    set_text (&job->list.title, rule->title);
    set_text (&job->list.date, rule->date);
    set_text (&job->list.link_pattern, rule->link_pattern);
  }
  return zb_pool_call (a->pool, job, error);
}

static gboolean
fetch (Adding *a, const char *url, GError **error)
{
  g_clear_pointer (&a->response, zb_http_response_free);
  a->response = zb_visits_get (a->visits, url, error);
  return a->response != NULL;
}

/* Whether what was fetched is a feed. */
static gboolean
take_feed (Adding *a)
{
  g_autoptr (ZbResult) result = read_response (a, ZB_JOB_FEED, NULL, NULL);
  if (result == NULL)
    return FALSE;
  a->feed = g_steal_pointer (&result->feed);
  a->source->kind = ZB_SOURCE_FEED;
  set_text (&a->source->url, a->response->url);
  set_text (&a->source->title, a->feed->title);
  set_text (&a->source->language, a->feed->language);
  return TRUE;
}

static gboolean
take_named_feed (Adding *a, const ZbFound *found)
{
  g_autoptr (ZbHttpResponse) page = g_steal_pointer (&a->response);
  for (guint i = 0; i < found->feeds->len; i++) {
    const ZbFeedLink *link = found->feeds->pdata[i];
    g_autoptr (GError) error = NULL;
    if (fetch (a, link->url, &error) && take_feed (a)) {
      for (guint k = i + 1; k < found->feeds->len; k++)
        zb_verb_say (a->cli, "it has another feed: %s\n", ((ZbFeedLink *)found->feeds->pdata[k])->url);
      return TRUE;
    }
    zb_verb_say (a->cli, "%s\n", error != NULL ? error->message : "it names a feed that is none");
  }
  g_clear_pointer (&a->response, zb_http_response_free);
  a->response = g_steal_pointer (&page);
  return FALSE;
}

/* The first proposal that the list reader can follow. */
static gboolean
take_list (Adding *a, const ZbFound *found)
{
  for (guint i = 0; i < found->proposals->len; i++) {
    const ZbProposal *p = found->proposals->pdata[i];
    g_autoptr (ZbResult) result = read_response (a, ZB_JOB_LIST, &p->rule, NULL);
    if (result == NULL || result->feed->entries->len == 0)
      continue;
    a->feed = g_steal_pointer (&result->feed);
    a->source->kind = ZB_SOURCE_LIST;
    set_text (&a->source->url, a->response->url);
    set_text (&a->source->title, found->title);
    set_text (&a->source->language, found->language);
    set_text (&a->source->list.item, p->rule.item);
    set_text (&a->source->list.link, p->rule.link);
    set_text (&a->source->list.title, p->rule.title);
    set_text (&a->source->list.date, p->rule.date);
    set_text (&a->source->list.link_pattern, p->rule.link_pattern);
    return TRUE;
  }
  return FALSE;
}

static gboolean
discover (Adding *a, const char *url, GError **error)
{
  if (!fetch (a, url, error))
    return FALSE;
  if (take_feed (a))
    return TRUE;
  g_autoptr (ZbResult) result = read_response (a, ZB_JOB_FIND, NULL, error);
  if (result == NULL)
    return FALSE;
  if (take_named_feed (a, result->found) || take_list (a, result->found))
    return TRUE;
  g_set_error (
      error, ZB_ERROR, ZB_ERROR_NOT_FOUND,
      "%s names no feed and holds no list that can be told from its menus; write a rule for it into feeds/",
      url);
  return FALSE;
}

/* "zh" of zh-CN; by the rows' titles where nothing true is said. */
static void
settle_language (Adding *a)
{
  g_autoptr (GString) titles = g_string_new (NULL);
  for (guint i = 0; a->feed != NULL && i < a->feed->entries->len && titles->len < 4000; i++) {
    const ZbEntry *entry = a->feed->entries->pdata[i];
    g_string_append_printf (titles, "%s\n", entry->title != NULL ? entry->title : "");
  }
  const char *tag = zb_language_of (titles->str, (gssize)titles->len, a->source->language);
  g_free (a->source->language);
  a->source->language = g_str_equal (tag, "und") ? NULL : g_strndup (tag, strcspn (tag, "-"));
}

static gboolean
check_new (const GPtrArray *sources, const char *url, GError **error)
{
  const ZbSource *known = zb_sources_at (sources, url);
  if (known == NULL)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s is read already, as %s (%s:%d)", url, known->slug,
               known->file, known->line);
  return FALSE;
}

static void
settle_names (Adding *a)
{
  ZbSource *s = a->source;
  if (option_title != NULL)
    set_text (&s->title, option_title);
  if (s->title == NULL || *s->title == '\0') {
    g_autoptr (ZbUrl) url = zb_url_parse (s->url, NULL, NULL);
    set_text (&s->title, url != NULL ? zb_url_host (url) : s->url);
  }
  s->slug = option_slug != NULL ? g_strdup (option_slug) : zb_sources_slug (a->sources, s->title, s->url);
  s->level = g_strdup (option_level);
  s->region = g_strdup (option_region);
  settle_language (a);
}

/* Writes the source down and reads the file again: what the rest of the program could not read must not stay.
 */
static gboolean
write_down (Adding *a, GError **error)
{
  g_autofree char *path = zb_workspace_path (a->workspace, "feeds/" FAMILY ".yaml"), *before = NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_get_contents (path, &before, NULL, error))
    return FALSE;
  if (!zb_source_file_append (a->workspace, FAMILY, a->source, error))
    return FALSE;
  g_autoptr (GPtrArray) all = zb_source_file_read_all (a->workspace, error);
  if (all != NULL)
    return TRUE;
  if (before == NULL)
    zb_ignore (g_unlink (path) == 0); /* the error that is told says more */
  else
    zb_ignore (g_file_set_contents (path, before, -1, NULL)); /* likewise */
  return FALSE;
}

/* The answer that is there becomes the first look; articles wait for the next crawl. */
static gboolean
take_in (Adding *a, guint *fresh, GError **error)
{
  g_autoptr (ZbCrawlLock) lock = a->response != NULL ? zb_crawl_lock (a->workspace, error) : NULL;
  if (lock == NULL)
    return a->response == NULL;
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GHashTable) answers =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)zb_http_response_free);
  g_autoptr (GRand) random = g_rand_new ();
  g_ptr_array_add (one, a->source);
  g_hash_table_insert (answers, a->source->slug, g_steal_pointer (&a->response));
  ZbCrawl crawl = {.config = a->workspace->config,
                   .db = a->db,
                   .sources = one,
                   .now = a->cli->now,
                   .random = random,
                   .lists_only = TRUE,
                   .answers = answers};
  return zb_crawl_run (&crawl, fresh, error);
}

static void
show_json (const Adding *a, guint fresh)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "slug", a->source->slug);
  zb_json_text (b, "title", a->source->title);
  zb_json_text (b, "url", a->source->url);
  zb_json_text (b, "kind", zb_source_kind_name (a->source->kind));
  zb_json_text (b, "language", a->source->language);
  zb_json_text (b, "item", a->source->list.item);
  zb_json_text (b, "file", option_dry_run ? NULL : "feeds/" FAMILY ".yaml");
  zb_json_int (b, "new", fresh);
  json_builder_set_member_name (b, "rows");
  json_builder_begin_array (b);
  for (guint i = 0; a->feed != NULL && i < a->feed->entries->len; i++) {
    const ZbEntry *entry = a->feed->entries->pdata[i];
    json_builder_begin_object (b);
    zb_json_text (b, "title", entry->title);
    zb_json_text (b, "link", entry->link);
    zb_json_time (b, "published", entry->published);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

static void
show_text (const Adding *a, guint fresh)
{
  guint rows = a->feed != NULL ? a->feed->entries->len : 0;
  zb_verb_print ("%s: %s, %s\n", a->source->slug, zb_source_kind_name (a->source->kind), a->source->url);
  if (a->source->list.item != NULL)
    zb_verb_print ("rows by %s\n", a->source->list.item);
  for (guint i = 0; i < MIN (rows, ROWS_SHOWN); i++) {
    const ZbEntry *entry = a->feed->entries->pdata[i];
    g_autofree char *day = zb_day_of_time (entry->published, a->workspace->config->zone);
    zb_verb_print ("  %-10s %s\n", day != NULL ? day : "no date",
                   entry->title != NULL ? entry->title : entry->link);
  }
  if (rows > ROWS_SHOWN)
    zb_verb_print ("  … %u rows in all\n", rows);
  if (!option_dry_run)
    zb_verb_print ("written to feeds/" FAMILY ".yaml; %u new items\n", fresh);
}

static gboolean
open_all (Adding *a, GError **error)
{
  a->workspace = zb_workspace_open (a->cli->directory, error);
  a->sources = a->workspace != NULL ? zb_source_file_read_all (a->workspace, error) : NULL;
  a->db = a->sources != NULL ? zb_workspace_database (a->workspace, error) : NULL;
  a->visits = a->db != NULL ? zb_visits_new (a->workspace->config, a->db, a->cli->now, error) : NULL;
  a->pool = zb_pool_new (1, NULL);
  a->source = zb_source_new ();
  return a->visits != NULL;
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_auto (Adding) a = {cli};
  guint fresh = 0;
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  g_autoptr (ZbUrl) url = zb_url_parse (args[0], NULL, error);
  if (url == NULL || !open_all (&a, error) || !check_new (a.sources, zb_url_href (url), error))
    return FALSE;
  a.source->url = g_strdup (zb_url_href (url));
  a.source->kind = ZB_SOURCE_PERSON;
  if (!option_person &&
      (!discover (&a, zb_url_href (url), error) || !check_new (a.sources, a.source->url, error)))
    return FALSE;
  settle_names (&a);
  if (!option_dry_run && (!write_down (&a, error) || !take_in (&a, &fresh, error)))
    return FALSE;
  if (cli->json)
    show_json (&a, fresh);
  else
    show_text (&a, fresh);
  return TRUE;
}

const ZbVerb zb_verb_sources_add = {
    "add", "URL", "Find the feed or the list of a page, and read it from now on", options, run};
