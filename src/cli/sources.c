/* zhoubao sources: the list, and what the verbs below it share. */
#include "sources.h"

#include "verbs.h"
#include "zhoubao/base/romanize.h"
#include "zhoubao/base/url.h"
#include "zhoubao/store/source_state.h"

#define SLUG_MAX 40

extern const ZbVerb zb_verb_sources_add, zb_verb_sources_check, zb_verb_sources_import,
    zb_verb_sources_export;

GPtrArray *
zb_sources_named (const GPtrArray *sources, char **args, GError **error)
{
  g_autoptr (GPtrArray) named = g_ptr_array_new ();
  for (guint i = 0; args[0] == NULL && i < sources->len; i++)
    g_ptr_array_add (named, sources->pdata[i]);
  for (char **slug = args; *slug != NULL; slug++) {
    const ZbSource *source = zb_source_file_find (sources, *slug, error);
    if (source == NULL)
      return NULL;
    g_ptr_array_add (named, (gpointer)source);
  }
  return g_steal_pointer (&named);
}

const ZbSource *
zb_sources_at (const GPtrArray *sources, const char *url)
{
  g_autoptr (ZbUrl) wanted = zb_url_parse (url, NULL, NULL);
  g_autofree char *key = wanted != NULL ? zb_url_key (wanted, NULL) : NULL;
  for (guint i = 0; i < sources->len; i++) {
    const ZbSource *source = sources->pdata[i];
    g_autoptr (ZbUrl) other = zb_url_parse (source->url, NULL, NULL);
    g_autofree char *other_key = other != NULL ? zb_url_key (other, NULL) : NULL;
    if (key != NULL && g_strcmp0 (key, other_key) == 0)
      return source;
  }
  return NULL;
}

static gboolean
slug_is_taken (const GPtrArray *sources, const char *slug)
{
  for (guint i = 0; i < sources->len; i++)
    if (g_str_equal (((const ZbSource *)sources->pdata[i])->slug, slug))
      return TRUE;
  return FALSE;
}

/* Letters and digits in lower case, all else as single hyphens. */
static char *
make_slug (const char *text)
{
  g_autofree char *latin = zb_romanize (text);
  g_autofree char *ascii = g_str_to_ascii (latin, "C");
  GString *slug = g_string_new (NULL);
  for (const char *p = ascii; *p != '\0' && slug->len < SLUG_MAX; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (slug, g_ascii_tolower (*p));
    else if (*p != '\'' && slug->len > 0 && slug->str[slug->len - 1] != '-')
      g_string_append_c (slug, '-');
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);
  return g_string_free (slug, FALSE);
}

char *
zb_sources_slug (const GPtrArray *sources, const char *title, const char *url)
{
  g_autofree char *slug = make_slug (title != NULL ? title : "");
  if (*slug == '\0') {
    g_autoptr (ZbUrl) parsed = zb_url_parse (url, NULL, NULL);
    g_free (slug);
    slug = make_slug (parsed != NULL ? zb_url_host (parsed) : "source");
  }
  if (!slug_is_taken (sources, slug))
    return g_steal_pointer (&slug);
  for (int n = 2;; n++) {
    g_autofree char *numbered = g_strdup_printf ("%s-%d", slug, n);
    if (!slug_is_taken (sources, numbered))
      return g_steal_pointer (&numbered);
  }
}

/* States out of the database, where there is one: looking must not make it. */
static gboolean
read_states (ZbWorkspace *workspace, GHashTable **states, GError **error)
{
  g_autofree char *path = zb_workspace_path (workspace, "data/zhoubao.db");
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_autoptr (ZbDb) db = zb_workspace_database (workspace, error);
  *states = db != NULL ? zb_source_state_list (db, error) : NULL;
  return *states != NULL;
}

static const char *
state_name (const ZbSource *source, const ZbSourceState *state)
{
  if (source->kind == ZB_SOURCE_PERSON)
    return "person";
  return zb_source_health_name (state != NULL ? state->health : ZB_SOURCE_NEW);
}

static void
write_json (const GPtrArray *sources, GHashTable *states)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  json_builder_set_member_name (b, "sources");
  json_builder_begin_array (b);
  for (guint i = 0; i < sources->len; i++) {
    const ZbSource *s = sources->pdata[i];
    const ZbSourceState *state = states != NULL ? g_hash_table_lookup (states, s->slug) : NULL;
    json_builder_begin_object (b);
    zb_json_text (b, "slug", s->slug);
    zb_json_text (b, "title", s->title);
    zb_json_text (b, "url", s->url);
    zb_json_text (b, "kind", zb_source_kind_name (s->kind));
    zb_json_text (b, "language", s->language);
    zb_json_text (b, "level", s->level);
    zb_json_text (b, "region", s->region);
    zb_json_text (b, "state", state_name (s, state));
    zb_json_text (b, "error", state != NULL ? state->error : NULL);
    zb_json_time (b, "checked", state != NULL ? state->checked : ZB_TIME_NONE);
    zb_json_text (b, "moved_to", state != NULL ? state->moved_to : NULL);
    zb_json_text (b, "note", s->note);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

static void
print_row (const ZbSource *s, const ZbSourceState *state)
{
  const char *moved = state != NULL ? state->moved_to : NULL, *why = state != NULL ? state->error : NULL;
  zb_verb_print ("%-30s %-8s %-7s %s%s%s%s%s\n", s->slug, state_name (s, state),
                 zb_source_kind_name (s->kind), s->title, why != NULL ? "; " : "", why != NULL ? why : "",
                 moved != NULL ? "; moved to " : "", moved != NULL ? moved : "");
}

static gboolean
run_list (const ZbCli *cli, char **args, GError **error)
{
  g_autoptr (ZbWorkspace) workspace = NULL;
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (GHashTable) states = NULL;
  if (!zb_verb_args (args, 0, 0, error))
    return FALSE;
  workspace = zb_workspace_open (cli->directory, error);
  sources = workspace != NULL ? zb_source_file_read_all (workspace, error) : NULL;
  if (sources == NULL || !read_states (workspace, &states, error))
    return FALSE;
  if (cli->json) {
    write_json (sources, states);
    return TRUE;
  }
  for (guint i = 0; i < sources->len; i++) {
    const ZbSource *s = sources->pdata[i];
    const ZbSourceState *state = states != NULL ? g_hash_table_lookup (states, s->slug) : NULL;
    print_row (s, state);
  }
  return TRUE;
}

static const ZbVerb zb_verb_sources_list = {"list", "", "Every source with its state", NULL, run_list};

static const ZbVerb *const verbs[] = {
    &zb_verb_sources_list,   &zb_verb_sources_check,  &zb_verb_sources_add,
    &zb_verb_sources_import, &zb_verb_sources_export, NULL,
};

const ZbVerb zb_verb_sources = {"sources", "",   "What is read: list, check, add, import, export",
                                NULL,      NULL, verbs};
