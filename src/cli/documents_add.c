/* zhoubao documents add and import: new files in issues/documents, by hand, of files, or of items. */
#include "documents.h"
#include "newsroom.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/romanize.h"
#include "zhoubao/extract/pool.h"
#include "zhoubao/render/context.h"
#include "zhoubao/store/config.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/library.h"
#include "zhoubao/store/post_file.h"
#include <gio/gio.h>

static char *option_title, *option_original, *option_number, *option_issuer, *option_url, *option_signed,
    *option_effective, *option_status, *option_language, *option_summary, *option_tier, *option_slug,
    **option_topics;
static gboolean option_replace;

#define TEXT_OPTION(name, variable, help, value)                                                             \
  {                                                                                                          \
    name, 0, 0, G_OPTION_ARG_STRING, &variable, help, value                                                  \
  }

/* clang-format off */
static const GOptionEntry add_options[] = {
  TEXT_OPTION ("title", option_title, "Its title in the newsletter's language", "TITLE"),
  TEXT_OPTION ("original", option_original, "Its title in its own language; pinyin is made of it", "TITLE"),
  TEXT_OPTION ("number", option_number, "Document number", "NUMBER"),
  TEXT_OPTION ("issuer", option_issuer, "Who issued it", "NAME"),
  TEXT_OPTION ("url", option_url, "Where it was published", "URL"),
  TEXT_OPTION ("signed", option_signed, "As 2017-07-03", "DATE"),
  TEXT_OPTION ("effective", option_effective, "As 2017-07-03", "DATE"),
  TEXT_OPTION ("status", option_status, "draft, in force, amended or repealed", "STATUS"),
  TEXT_OPTION ("language", option_language, "Of the text, if it is not the newsletter's", "LANGUAGE"),
  TEXT_OPTION ("summary", option_summary, "One sentence", "TEXT"),
  TEXT_OPTION ("tier", option_tier, "Whose members may read it: none (everybody), bronze, silver or gold", "TIER"),
  TEXT_OPTION ("slug", option_slug, "Name of its file and page (default: made of the title)", "SLUG"),
  {"topic", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_topics, "As location=hebei; may be given again", "FACET=TERM"},
  {NULL}
};
static const GOptionEntry import_options[] = {
  TEXT_OPTION ("tier", option_tier, "Whose members may read them, where they do not say it", "TIER"),
  {"replace", 0, 0, G_OPTION_ARG_NONE, &option_replace, "Write over documents of the same name", NULL},
  {NULL}
};
/* clang-format on */

static gboolean
add_topics (ZbPost *post, GError **error)
{
  for (char **topic = option_topics; topic != NULL && *topic != NULL; topic++) {
    const char *equals = strchr (*topic, '=');
    if (equals == NULL || equals == *topic || equals[1] == '\0') {
      g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is no topic such as location=hebei", *topic);
      return FALSE;
    }
    g_autofree char *facet = g_strndup (*topic, (gsize)(equals - *topic));
    zb_topics_add (post->topics, facet, equals + 1);
  }
  return TRUE;
}

/* Writes POST under its slug; what is written is first read as any file is, so that a wrong date or tier is
   an error and not a broken file. */
static gboolean
put (const ZbCli *cli, ZbWorkspace *workspace, const ZbPost *post, GError **error)
{
  g_autofree char *path = zb_library_path (workspace->root, post->slug, error);
  if (path == NULL)
    return FALSE;
  if (!option_replace && g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s is there already", path);
    return FALSE;
  }
  g_autofree char *text = zb_post_file_format (post);
  g_autoptr (ZbPost) read = zb_post_file_parse (ZB_POST_DOCUMENT, path, text, strlen (text), error);
  if (read == NULL || !zb_post_file_write (path, post, error))
    return FALSE;
  zb_verb_print ("%s\n", path);
  return TRUE;
}

/* The first line "# Title" of a text without front matter. */
static void
fill_from_options (ZbPost *post)
{
  const struct {
    char **member, *value;
  } texts[] = {{&post->title, option_title},
               {&post->original, option_original},
               {&post->number, option_number},
               {&post->issuer, option_issuer},
               {&post->url, option_url},
               {&post->signed_on, option_signed},
               {&post->effective, option_effective},
               {&post->status, option_status},
               {&post->language, option_language},
               {&post->summary, option_summary},
               {&post->tier, option_tier}};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].value != NULL) {
      g_free (*texts[i].member);
      *texts[i].member = g_strdup (texts[i].value);
    }
  if (post->original != NULL && post->pinyin == NULL)
    post->pinyin = zb_romanize_title (post->original);
}

static gboolean
run_add (const ZbCli *cli, char **args, GError **error)
{
  gsize length = 0;
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  if (option_title == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_USAGE, "--title is missing");
    return FALSE;
  }
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (cli->directory, error);
  g_autofree char *body = workspace != NULL
                              ? zb_config_read_file (g_str_equal (args[0], "-") ? "/dev/stdin" : args[0],
                                                     workspace->config->limits.file_bytes, &length, error)
                              : NULL;
  if (body == NULL)
    return FALSE;
  g_autofree char *slug = option_slug != NULL ? g_strdup (option_slug) : zb_context_file_slug (option_title);
  g_autoptr (ZbPost) post = zb_post_new (ZB_POST_DOCUMENT, slug);
  fill_from_options (post);
  post->body = g_steal_pointer (&body);
  return add_topics (post, error) && put (cli, workspace, post, error);
}

static char *
day_of (ZbTime t, GTimeZone *zone)
{
  if (t == ZB_TIME_NONE)
    return NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);
  return g_date_time_format (at, "%Y-%m-%d");
}

/* What is known of an official document becomes the head of its file. */
typedef struct {
  const char *title, *url, *language, *number, *issuer, *text;
  ZbTime published, signed_on, effective;
} Facts;

static ZbPost *
post_of (const Facts *facts, const ZbConfig *config, GError **error)
{
  if (facts->text == NULL || facts->title == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "it has no text to import");
    return NULL;
  }
  g_autofree char *slug = zb_context_file_slug (facts->title);
  ZbPost *post = zb_post_new (ZB_POST_DOCUMENT, slug);
  post->title = g_strdup (facts->title);
  post->pinyin = zb_romanize_title (facts->title);
  post->original = post->pinyin != NULL ? g_strdup (facts->title) : NULL;
  post->language = g_strdup (facts->language);
  post->number = g_strdup (facts->number);
  post->issuer = g_strdup (facts->issuer);
  post->url = g_strdup (facts->url);
  post->date = day_of (facts->published, config->zone);
  post->signed_on = day_of (facts->signed_on, config->zone);
  post->effective = day_of (facts->effective, config->zone);
  post->tier = g_strdup (option_tier);
  post->body = g_strdup (facts->text);
  return post;
}

static ZbPost *
read_item (ZbDocumentRoom *room, const char *name, GError **error)
{
  gint64 id = 0;
  g_autoptr (ZbItem) item = zb_newsroom_item (name, &id, error) ? zb_item_get (room->db, id, error) : NULL;
  if (item == NULL)
    return NULL;
  Facts facts = {item->title, item->url,       item->language,  item->number,   item->issuer,
                 item->text,  item->published, item->signed_on, item->effective};
  return post_of (&facts, room->workspace->config, error);
}

/* A saved page: parsed in a worker, as what is fetched. */
static ZbPost *
read_page (const ZbCli *cli, ZbDocumentRoom *room, const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  if (file == NULL)
    return NULL;
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (file);
  g_autoptr (ZbJob) job = zb_job_new (ZB_JOB_PAGE, bytes, cli->now);
  job->zone = g_strdup (room->workspace->config->timezone);
  job->limits = room->workspace->config->limits;
  g_autoptr (ZbPool) pool = zb_pool_new_forking ();
  g_autoptr (ZbResult) result = zb_pool_call (pool, g_steal_pointer (&job), error);
  if (result == NULL)
    return NULL;
  const ZbPage *page = result->page;
  const ZbDocumentFacts *d = &page->document;
  Facts facts = {page->title,    page->canonical, page->language, d->number,   d->issuer,
                 page->markdown, page->published, d->signed_on,   d->effective};
  return post_of (&facts, room->workspace->config, error);
}

static ZbPost *
read_markdown (ZbDocumentRoom *room, const char *path, GError **error)
{
  ZbPost *post =
      zb_post_file_read (ZB_POST_DOCUMENT, path, room->workspace->config->limits.file_bytes, error);
  if (post != NULL && post->tier == NULL)
    post->tier = g_strdup (option_tier);
  return post;
}

static gboolean
import_one (const ZbCli *cli, ZbDocumentRoom *room, const char *name, GError **error)
{
  gboolean number = *name != '\0' && strspn (name, "0123456789") == strlen (name);
  g_autoptr (ZbPost) post = number                           ? read_item (room, name, error)
                            : g_str_has_suffix (name, ".md") ? read_markdown (room, name, error)
                                                             : read_page (cli, room, name, error);
  if (post != NULL && put (cli, room->workspace, post, error))
    return TRUE;
  if (!g_str_has_prefix ((*error)->message, name))
    g_prefix_error (error, "%s: ", name);
  return FALSE;
}

/* One bad file does not keep the others out. */
static gboolean
run_import (const ZbCli *cli, char **args, GError **error)
{
  ZbTier tier;
  guint bad = 0;
  if (!zb_verb_args (args, 1, -1, error))
    return FALSE;
  if (option_tier != NULL && !zb_tier_parse (option_tier, &tier)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "there is no tier '%s'", option_tier);
    return FALSE;
  }
  g_autoptr (ZbDocumentRoom) room = zb_document_room_open (cli, error);
  if (room == NULL)
    return FALSE;
  for (char **name = args; *name != NULL; name++) {
    g_autoptr (GError) why = NULL;
    if (import_one (cli, room, *name, &why))
      continue;
    if (g_strv_length (args) == 1) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
    bad++;
    zb_verb_say (cli, "left out: %s\n", why->message);
  }
  if (bad > 0)
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%u of %u were left out", bad, g_strv_length (args));
  return bad == 0;
}

const ZbVerb zb_verb_documents_add = {"add", "FILE|- --title TITLE", "A new document of a text in CommonMark",
                                      add_options, run_add};
const ZbVerb zb_verb_documents_import = {"import", "FILE|ITEM…",
                                         "Documents of Markdown files, saved pages, or crawled items",
                                         import_options, run_import};
