/* zhoubao search: full text, in Chinese and English. */
#include "verbs.h"

#include "progress.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/romanize.h"
#include "zhoubao/store/search.h"
#include "zhoubao/store/workspace.h"
#include <unistd.h>

#define SHOWN 20

static gboolean option_newest;
static int option_limit = SHOWN, option_offset;

static const GOptionEntry options[] = {
    {"newest", 'n', 0, G_OPTION_ARG_NONE, &option_newest, "Newest first (default: best match first)", NULL},
    {"limit", 'l', 0, G_OPTION_ARG_INT, &option_limit, "How many to show (default: 20)", "N"},
    {"offset", 0, 0, G_OPTION_ARG_INT, &option_offset, "How many to leave out before", "N"},
    {NULL}};

static void
print_json (GPtrArray *hits, gint64 total)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_int (b, "total", total);
  json_builder_set_member_name (b, "results");
  json_builder_begin_array (b);
  for (guint i = 0; i < hits->len; i++) {
    const ZbSearchHit *hit = g_ptr_array_index (hits, i);
    g_autofree char *title = zb_search_plain (hit->title), *snippet = zb_search_plain (hit->snippet);
    json_builder_begin_object (b);
    zb_json_text (b, "kind", hit->kind);
    zb_json_int (b, "id", hit->id);
    zb_json_text (b, "title", title);
    zb_json_text (b, "url", hit->url);
    zb_json_text (b, "source", hit->source);
    zb_json_time (b, "published", hit->published);
    zb_json_text (b, "snippet", snippet);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

static void
print_text (GPtrArray *hits, gint64 total)
{
  gboolean colour = isatty (STDOUT_FILENO) && g_getenv ("NO_COLOR") == NULL;
  const char *before = colour ? "\033[1m" : "", *after = colour ? "\033[0m" : "";
  for (guint i = 0; i < hits->len; i++) {
    const ZbSearchHit *hit = g_ptr_array_index (hits, i);
    g_autofree char *plain = zb_search_plain (hit->title), *pinyin = zb_romanize_title (plain);
    g_autofree char *title = zb_search_mark (hit->title, before, after);
    g_autofree char *snippet = zb_search_mark (hit->snippet, before, after);
    g_autofree char *time = zb_time_to_rfc3339 (hit->published);
    zb_verb_print ("%" G_GINT64_FORMAT "  %.10s  %s\n", hit->id, time != NULL ? time : "no date   ", title);
    if (pinyin != NULL)
      zb_verb_print ("    %s\n", pinyin);
    if (*snippet != '\0')
      zb_verb_print ("    %s\n", snippet);
    zb_verb_print ("    %s\n", hit->url);
  }
  zb_verb_print ("%" G_GINT64_FORMAT " found\n", total);
}

/* After an upgrade that reads words otherwise all items wait for the index. Where another process writes,
   what is there is searched. */
static void
index_waiting (const ZbCli *cli, ZbDb *db)
{
  gint64 total = 0, left = 0;
  g_autoptr (ZbProgress) bar = zb_progress_new (cli);
  gboolean ok = zb_search_waiting (db, &total, NULL);
  for (left = total; ok && left > 0;) {
    zb_progress_set (bar, (guint)(total - MIN (left, total)), (guint)total,
                     "items put into the search index");
    ok = zb_search_step (db, &left, NULL);
  }
  if (left > 0 && !cli->quiet) {
    zb_progress_clear (bar);
    g_printerr ("%" G_GINT64_FORMAT " items are not in the search index yet: another process writes.\n",
                left);
  }
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, -1, error))
    return FALSE;
  if (option_limit < 1 || option_offset < 0) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_USAGE, "--limit is at least 1 and --offset at least 0");
    return FALSE;
  }
  gint64 total = 0;
  g_autofree char *words = g_strjoinv (" ", args);
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (cli->directory, error);
  g_autoptr (ZbDb) db = workspace != NULL ? zb_workspace_database (workspace, error) : NULL;
  if (db == NULL)
    return FALSE;
  index_waiting (cli, db);
  ZbSearchOrder order = option_newest ? ZB_SEARCH_NEWEST : ZB_SEARCH_RANKED;
  g_autoptr (GPtrArray) hits = zb_search_items (db, words, order, option_offset, option_limit, &total, error);
  if (hits == NULL)
    return FALSE;
  if (cli->json)
    print_json (hits, total);
  else
    print_text (hits, total);
  return TRUE;
}

const ZbVerb zb_verb_search = {"search", "WORDS", "Search titles and texts, Chinese and English", options,
                               run};
