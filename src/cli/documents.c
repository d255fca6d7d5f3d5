/* zhoubao documents: the laws, regulations and standards of issues/documents, found again. */
#include "documents.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/library.h"
#include "zhoubao/store/search.h"
#include "zhoubao/store/workspace.h"

static char *option_tier, **option_facets;
static int option_limit;
static gboolean option_show_facets;

/* clang-format off */
#define CHOICE                                                                                               \
  {"tier", 0, 0, G_OPTION_ARG_STRING, &option_tier, "What members of that tier see (default: all)", "TIER"}, \
  {"facet", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_facets,                                                 \
   "Only those of it, as location=hebei, issuer=NAME, year=2017; may be given again", "NAME=TERM"},          \
  {"limit", 'l', 0, G_OPTION_ARG_INT, &option_limit, "How many to show (default: all)", "N"}
/* clang-format on */

static const GOptionEntry list_options[] = {
    CHOICE,
    {"facets", 0, 0, G_OPTION_ARG_NONE, &option_show_facets, "What there is to choose by, instead", NULL},
    {NULL}};
static const GOptionEntry search_options[] = {CHOICE, {NULL}};

ZbDocumentRoom *
zb_document_room_open (const ZbCli *cli, GError **error)
{
  g_autoptr (ZbDocumentRoom) room = g_new0 (ZbDocumentRoom, 1);
  room->workspace = zb_workspace_open (cli->directory, error);
  room->db = room->workspace != NULL ? zb_workspace_database (room->workspace, error) : NULL;
  return room->db != NULL ? g_steal_pointer (&room) : NULL;
}

void
zb_document_room_close (ZbDocumentRoom *room)
{
  g_clear_pointer (&room->db, zb_db_close);
  g_clear_pointer (&room->workspace, zb_workspace_free);
  g_free (room);
}

gboolean
zb_document_room_update (const ZbCli *cli, ZbDocumentRoom *room, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  if (!zb_library_update (room->db, room->workspace->root, room->workspace->config->limits.file_bytes,
                          problems, error))
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    zb_verb_say (cli, "left out: %s\n", (const char *)problems->pdata[i]);
  return TRUE;
}

static gboolean
read_ask (ZbLibraryAsk *ask, GError **error)
{
  *ask = (ZbLibraryAsk){
      .tier = ZB_TIER_GOLD, .facets = (const char *const *)option_facets, .limit = MAX (option_limit, 0)};
  if (option_tier == NULL || zb_tier_parse (option_tier, &ask->tier))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "there is no tier '%s'", option_tier);
  return FALSE;
}

static void
write_entry (JsonBuilder *b, const ZbLibraryEntry *e)
{
  g_autofree char *snippet = e->snippet != NULL ? zb_search_plain (e->snippet) : NULL;
  json_builder_begin_object (b);
  zb_json_text (b, "slug", e->slug);
  zb_json_text (b, "title", e->title);
  zb_json_text (b, "original", e->original);
  zb_json_text (b, "pinyin", e->pinyin);
  zb_json_text (b, "number", e->number);
  zb_json_text (b, "issuer", e->issuer);
  zb_json_text (b, "status", e->status);
  zb_json_text (b, "tier", zb_tier_name (e->tier));
  zb_json_text (b, "date", e->date);
  zb_json_text (b, "signed", e->signed_on);
  zb_json_text (b, "effective", e->effective);
  zb_json_text (b, "summary", e->summary);
  zb_json_text (b, "snippet", snippet);
  json_builder_end_object (b);
}

static void
print_entry (const ZbLibraryEntry *e)
{
  zb_verb_print ("%-10s  %-6s  %s  %s\n", e->date != NULL ? e->date : "no date", zb_tier_name (e->tier),
                 e->slug, e->title);
  if (e->original != NULL)
    zb_verb_print ("    %s%s%s\n", e->original, e->number != NULL ? "  " : "",
                   e->number != NULL ? e->number : "");
  if (e->snippet != NULL && *e->snippet != '\0') {
    g_autofree char *snippet = zb_search_plain (e->snippet);
    zb_verb_print ("    %s\n", g_strdelimit (snippet, "\n", ' '));
  }
}

static gboolean
show_list (const ZbCli *cli, ZbDocumentRoom *room, const ZbLibraryAsk *ask, GError **error)
{
  gint64 total = 0;
  g_autoptr (GPtrArray) found = zb_library_list (room->db, ask, &total, error);
  if (found == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_int (b, "total", total);
  json_builder_set_member_name (b, "documents");
  json_builder_begin_array (b);
  for (guint i = 0; i < found->len; i++) {
    if (cli->json)
      write_entry (b, found->pdata[i]);
    else
      print_entry (found->pdata[i]);
  }
  json_builder_end_array (b);
  json_builder_end_object (b);
  if (cli->json)
    zb_verb_print_json (b);
  else
    zb_verb_say (cli, "%" G_GINT64_FORMAT " documents\n", total);
  return TRUE;
}

static gboolean
show_facets (const ZbCli *cli, ZbDocumentRoom *room, const ZbLibraryAsk *ask, GError **error)
{
  g_autoptr (GPtrArray) facets = zb_library_facets (room->db, ask, error);
  if (facets == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_array (b);
  for (guint i = 0; i < facets->len; i++) {
    const ZbLibraryFacet *facet = facets->pdata[i];
    if (!cli->json)
      zb_verb_print ("%5" G_GINT64_FORMAT "  %s=%s\n", facet->count, facet->facet, facet->term);
    json_builder_begin_object (b);
    zb_json_text (b, "facet", facet->facet);
    zb_json_text (b, "term", facet->term);
    zb_json_int (b, "count", facet->count);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  if (cli->json)
    zb_verb_print_json (b);
  return TRUE;
}

static gboolean
run_list (const ZbCli *cli, char **args, GError **error)
{
  ZbLibraryAsk ask;
  if (!zb_verb_args (args, 0, 0, error) || !read_ask (&ask, error))
    return FALSE;
  g_autoptr (ZbDocumentRoom) room = zb_document_room_open (cli, error);
  if (room == NULL || !zb_document_room_update (cli, room, error))
    return FALSE;
  return option_show_facets ? show_facets (cli, room, &ask, error) : show_list (cli, room, &ask, error);
}

static gboolean
run_search (const ZbCli *cli, char **args, GError **error)
{
  ZbLibraryAsk ask;
  if (!zb_verb_args (args, 1, -1, error) || !read_ask (&ask, error))
    return FALSE;
  g_autofree char *words = g_strjoinv (" ", args);
  ask.words = words;
  g_autoptr (ZbDocumentRoom) room = zb_document_room_open (cli, error);
  return room != NULL && zb_document_room_update (cli, room, error) && show_list (cli, room, &ask, error);
}

static const ZbVerb list_verb = {"list", "", "Documents, the newest first", list_options, run_list};
static const ZbVerb search_verb = {"search", "WORDS", "Full text, in Chinese and English", search_options,
                                   run_search};

/* clang-format off */
static const ZbVerb *const verbs[] = {
  &list_verb,
  &search_verb,
  &zb_verb_documents_add,
  &zb_verb_documents_import,
  NULL,
};
/* clang-format on */

const ZbVerb zb_verb_documents = {"documents", "",   "Laws, regulations and standards that members read",
                                  NULL,        NULL, verbs};
