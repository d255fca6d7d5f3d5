/* zhoubao sources check: every source's offline page, read as the site's would be, without network. */
#include "sources.h"

#include "verbs.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"

#define PAGE_BYTES (8 << 20)

void
zb_source_check_free (ZbSourceCheck *check)
{
  g_free (check->error);
  g_free (check);
}

/* Takes ERROR. */
static ZbSourceCheck *
check_new (const ZbSource *source, const char *state, char *error)
{
  ZbSourceCheck *check = g_new0 (ZbSourceCheck, 1);
  *check = (ZbSourceCheck){source, state, -1, -1, error};
  return check;
}

ZbJob *
zb_sources_job (const ZbSource *source, GBytes *bytes, ZbTime now)
{
  ZbJob *job = zb_job_new (source->kind == ZB_SOURCE_FEED ? ZB_JOB_FEED : ZB_JOB_LIST, bytes, now);
  zb_job_set_source (job, source);
  return job;
}

/* feeds/pages/SLUG.html and its kind; NULL where there is none. */
static char *
find_page (ZbWorkspace *workspace, const char *slug)
{
  static const char *const suffixes[] = {"html", "json", "xml"};
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *below = g_strdup_printf ("feeds/pages/%s.%s", slug, suffixes[i]);
    g_autofree char *path = zb_workspace_path (workspace, below);
    if (g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&path);
  }
  return NULL;
}

/* The rows expected; *ROWS is NULL where nothing is said of them. */
static gboolean
read_expected (ZbWorkspace *workspace, const char *slug, JsonNode **root, JsonArray **rows, GError **error)
{
  g_autofree char *below = g_strdup_printf ("feeds/pages/%s.expected.json", slug);
  g_autofree char *path = zb_workspace_path (workspace, below), *text = NULL;
  gsize length = 0;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  *root = zb_json_parse (text, length, PAGE_BYTES, error);
  if (*root == NULL) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (*root) ? json_node_get_object (*root) : NULL;
  JsonNode *entries = object != NULL ? json_object_get_member (object, "entries") : NULL;
  if (entries == NULL || !JSON_NODE_HOLDS_ARRAY (entries)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s: there is no list of 'entries'", path);
    return FALSE;
  }
  *rows = json_node_get_array (entries);
  return TRUE;
}

static char *
canonical_link (const char *link, const ZbSource *source)
{
  g_autoptr (ZbUrl) url = link != NULL ? zb_url_parse (link, NULL, NULL) : NULL;
  return url != NULL ? zb_url_canonical (url, (const char *const *)source->drop_params) : NULL;
}

/* What differs between a row and the one expected, or NULL. */
static char *
compare_row (const ZbSource *source, guint number, const ZbEntry *entry, JsonNode *node)
{
  JsonObject *want = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (want == NULL)
    return g_strdup_printf ("row %u expected is not an object", number);
  g_autofree char *link = canonical_link (entry->link, source),
                  *published = zb_time_to_rfc3339 (entry->published);
  struct {
    const char *name, *got;
  } parts[] = {{"title", entry->title}, {"link", link}, {"published", published}};
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    const char *expected = zb_json_get_text (want, parts[i].name);
    if (g_strcmp0 (parts[i].got, expected) != 0)
      return g_strdup_printf ("row %u: %s is %s, not %s", number, parts[i].name,
                              parts[i].got != NULL ? parts[i].got : "missing",
                              expected != NULL ? expected : "missing");
  }
  return NULL;
}

static char *
compare_rows (const ZbSource *source, const GPtrArray *entries, JsonArray *want)
{
  guint n = want != NULL ? json_array_get_length (want) : 0;
  if (entries->len == 0)
    return n > 0 ? g_strdup_printf ("0 rows where %u are expected", n) : g_strdup ("no rows");
  for (guint i = 0; want != NULL && i < MIN (n, entries->len); i++) {
    char *problem = compare_row (source, i + 1, entries->pdata[i], json_array_get_element (want, i));
    if (problem != NULL)
      return problem;
  }
  return want != NULL && n != entries->len
             ? g_strdup_printf ("%u rows where %u are expected", entries->len, n)
             : NULL;
}

static ZbSourceCheck *
check_page (ZbWorkspace *workspace, const ZbSource *source, const char *path, ZbPool *pool, ZbTime now,
            GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *want = NULL;
  if (!g_file_get_contents (path, &text, &length, error) ||
      !read_expected (workspace, source->slug, &root, &want, error))
    return NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  g_autoptr (ZbResult) result = zb_pool_call (pool, zb_sources_job (source, bytes, now), error);
  if (result == NULL)
    return NULL;
  g_autofree char *problem = compare_rows (source, result->feed->entries, want);
  const ZbEntry *first = problem == NULL ? result->feed->entries->pdata[0] : NULL;
  ZbSourceArticle article = {workspace,
                             source,
                             root != NULL ? json_node_get_object (root) : NULL,
                             first != NULL ? first->link : NULL,
                             pool,
                             now};
  if (problem == NULL && !zb_sources_check_article (&article, &problem, error))
    return NULL;
  ZbSourceCheck *check = check_new (source, problem != NULL ? "broken" : "ok", g_strdup (problem));
  check->rows = (int)result->feed->entries->len;
  check->expected = want != NULL ? (int)json_array_get_length (want) : -1;
  return check;
}

ZbSourceCheck *
zb_sources_check_offline (ZbWorkspace *workspace, const ZbSource *source, ZbPool *pool, ZbTime now)
{
  g_autoptr (GError) error = NULL;
  if (source->kind == ZB_SOURCE_PERSON)
    return check_new (source, "person", NULL);
  g_autofree char *path = find_page (workspace, source->slug);
  if (path == NULL)
    return check_new (source, "missing",
                      g_strdup_printf ("there is no feeds/pages/%s.html, .json or .xml", source->slug));
  ZbSourceCheck *check = check_page (workspace, source, path, pool, now, &error);
  return check != NULL ? check : check_new (source, "broken", zb_error_line (error->message));
}

static void
write_check (JsonBuilder *b, const ZbSourceCheck *c)
{
  json_builder_begin_object (b);
  zb_json_text (b, "slug", c->source->slug);
  zb_json_text (b, "state", c->state);
  if (c->rows >= 0)
    zb_json_int (b, "rows", c->rows);
  else
    zb_json_text (b, "rows", NULL);
  zb_json_text (b, "error", c->error);
  json_builder_end_object (b);
}

gboolean
zb_sources_report (const ZbCli *cli, const GPtrArray *checks, GError **error)
{
  guint broken = 0, ok = 0, persons = 0;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  json_builder_set_member_name (b, "sources");
  json_builder_begin_array (b);
  for (guint i = 0; i < checks->len; i++) {
    const ZbSourceCheck *c = checks->pdata[i];
    broken += g_str_equal (c->state, "broken") ? 1 : 0;
    ok += g_str_equal (c->state, "ok") ? 1 : 0;
    persons += c->source->kind == ZB_SOURCE_PERSON ? 1 : 0;
    write_check (b, c);
    if (cli->json)
      continue;
    g_autofree char *rows =
        c->rows >= 0 ? g_strdup_printf ("%d row%s", c->rows, c->rows == 1 ? "" : "s") : g_strdup ("");
    zb_verb_print ("%-30s %-8s %s\n", c->source->slug, c->state, c->error != NULL ? c->error : rows);
  }
  json_builder_end_array (b);
  zb_json_bool (b, "ok", broken == 0);
  json_builder_end_object (b);
  if (cli->json)
    zb_verb_print_json (b);
  else
    zb_verb_say (cli, "%u of %u sources are ok, %u for a person\n", ok, checks->len - persons, persons);
  if (broken > 0)
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%u of %u sources cannot be read", broken, checks->len);
  return broken == 0;
}

static gboolean option_live;

static const GOptionEntry options[] = {
    {"live", 0, 0, G_OPTION_ARG_NONE, &option_live, "Ask the sites, and compare with what is usual", NULL},
    {NULL}};

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (cli->directory, error);
  g_autoptr (GPtrArray) sources = workspace != NULL ? zb_source_file_read_all (workspace, error) : NULL;
  g_autoptr (GPtrArray) named = sources != NULL ? zb_sources_named (sources, args, error) : NULL;
  if (named == NULL)
    return FALSE;
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_check_free);
  if (option_live)
    return zb_sources_check_live (workspace, named, cli->now, checks, error) &&
           zb_sources_report (cli, checks, error);
  for (guint i = 0; i < named->len; i++)
    g_ptr_array_add (checks, zb_sources_check_offline (workspace, named->pdata[i], pool, cli->now));
  return zb_sources_report (cli, checks, error);
}

const ZbVerb zb_verb_sources_check = {"check", "[SOURCE…]",
                                      "Read the offline pages, or with --live the sites", options, run};
