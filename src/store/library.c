/* Asking the index of documents. */
#include "zhoubao/store/library.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/json.h"
#include "zhoubao/store/post_file.h"
#include "zhoubao/store/search.h"

/* ?1 is the tier of who asks, ?2 a JSON list of [facet, term], ?3 a query of FTS5 or NULL. */
#define CHOSEN                                                                                               \
  " l.tier <= ?1 AND NOT EXISTS (SELECT 1 FROM json_each (?2) f WHERE NOT EXISTS"                            \
  " (SELECT 1 FROM library_facet x WHERE x.library = l.id AND x.facet = json_extract (f.value, '$[0]')"      \
  " AND x.term = json_extract (f.value, '$[1]')))"
#define FOUND " AND (?3 IS NULL OR l.id IN (SELECT rowid FROM library_search WHERE library_search MATCH ?3))"
#define ENTRY                                                                                                \
  "SELECT l.slug, l.title, l.original, l.pinyin, l.number, l.issuer, l.language, l.summary, l.status,"       \
  " l.date, l.signed, l.effective, l.tier, "

static const char *const COUNT = "SELECT count(*) FROM library l WHERE" CHOSEN FOUND;
static const char *const NEWEST = ENTRY "NULL FROM library l WHERE ?3 IS NULL AND" CHOSEN
                                        " ORDER BY l.date DESC, l.slug LIMIT ?4 OFFSET ?5";
static const char *const RANKED =
    ENTRY "snippet (library_search, 3, char (2), char (3), '…', 40)"
          " FROM library_search JOIN library l ON l.id = library_search.rowid"
          " WHERE library_search MATCH ?3 AND" CHOSEN " ORDER BY library_search.rank LIMIT ?4 OFFSET ?5";
static const char *const FACETS =
    "SELECT t.facet, t.term, count(*) FROM library_facet t JOIN library l ON l.id = t.library WHERE" CHOSEN
        FOUND " GROUP BY t.facet, t.term ORDER BY t.facet, count(*) DESC, t.term";

void
zb_library_entry_free (ZbLibraryEntry *e)
{
  char *texts[] = {e->slug,    e->title,  e->original, e->pinyin,    e->number,    e->issuer, e->language,
                   e->summary, e->status, e->date,     e->signed_on, e->effective, e->snippet};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (e);
}

static void
facet_free (gpointer data)
{
  ZbLibraryFacet *facet = data;
  g_free (facet->facet);
  g_free (facet->term);
  g_free (facet);
}

/* The list of [facet, term] that CHOSEN takes. */
static char *
facets_to_json (const char *const *facets, GError **error)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_array (b);
  for (; facets != NULL && *facets != NULL; facets++) {
    const char *equals = strchr (*facets, '=');
    if (equals == NULL || equals == *facets || equals[1] == '\0') {
      g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is no facet such as location=hebei", *facets);
      return NULL;
    }
    g_autofree char *name = g_strndup (*facets, (gsize)(equals - *facets));
    json_builder_begin_array (b);
    json_builder_add_string_value (b, name);
    json_builder_add_string_value (b, equals + 1);
    json_builder_end_array (b);
  }
  json_builder_end_array (b);
  return zb_json_to_line (b);
}

typedef struct {
  char *facets, *query; /* QUERY is NULL where no words are asked for */
} Question;

static void
question_clear (Question *question)
{
  g_free (question->facets);
  g_free (question->query);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static gboolean
read_question (const ZbLibraryAsk *ask, Question *question, GError **error)
{
  gboolean words = ask->words != NULL && *ask->words != '\0';
  question->facets = facets_to_json (ask->facets, error);
  question->query = words ? zb_search_query (ask->words) : NULL;
  if (question->facets != NULL && words && question->query == NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' has no word to search for", ask->words);
  return question->facets != NULL && (!words || question->query != NULL);
}

static ZbLibraryEntry *
read_entry (ZbQuery *q)
{
  ZbLibraryEntry *e = g_new0 (ZbLibraryEntry, 1);
  char **texts[] = {&e->slug,     &e->title,   &e->original, &e->pinyin, &e->number,    &e->issuer,
                    &e->language, &e->summary, &e->status,   &e->date,   &e->signed_on, &e->effective};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (zb_query_text (q, (int)i));
  e->tier = (ZbTier)zb_query_int (q, 12);
  e->snippet = g_strdup (zb_query_text (q, 13));
  return e;
}

GPtrArray *
zb_library_list (ZbDb *db, const ZbLibraryAsk *ask, gint64 *total, GError **error)
{
  g_auto (Question) question = {NULL};
  gint64 tier = ask->tier;
  if (!read_question (ask, &question, error) ||
      (total != NULL && !zb_db_int (db, total, error, COUNT, "iss", tier, question.facets, question.query)))
    return NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_library_entry_free);
  g_autoptr (ZbQuery) q =
      zb_db_query (db, question.query != NULL ? RANKED : NEWEST, "issii", tier, question.facets,
                   question.query, ask->limit > 0 ? ask->limit : (gint64)-1, ask->offset);
  while (zb_query_next (q))
    g_ptr_array_add (found, read_entry (q));
  return zb_query_ok (q, error) ? g_steal_pointer (&found) : NULL;
}

GPtrArray *
zb_library_facets (ZbDb *db, const ZbLibraryAsk *ask, GError **error)
{
  g_auto (Question) question = {NULL};
  if (!read_question (ask, &question, error))
    return NULL;
  g_autoptr (GPtrArray) facets = g_ptr_array_new_with_free_func (facet_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, FACETS, "iss", (gint64)ask->tier, question.facets, question.query);
  while (zb_query_next (q)) {
    ZbLibraryFacet *facet = g_new0 (ZbLibraryFacet, 1);
    facet->facet = g_strdup (zb_query_text (q, 0));
    facet->term = g_strdup (zb_query_text (q, 1));
    facet->count = zb_query_int (q, 2);
    g_ptr_array_add (facets, facet);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&facets) : NULL;
}

char *
zb_library_path (const char *root, const char *slug, GError **error)
{
  if (*slug != '\0' && *slug != '.' && strpbrk (slug, " /\\?#%&<>\"'") == NULL &&
      g_utf8_validate (slug, -1, NULL)) {
    g_autofree char *name = g_strconcat (slug, ".md", NULL);
    return g_build_filename (root, "issues", "documents", name, NULL);
  }
  g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no document '%s'", slug);
  return NULL;
}

ZbPost *
zb_library_read (const char *root, const char *slug, ZbTier tier, gint64 file_limit, GError **error)
{
  g_autofree char *path = zb_library_path (root, slug, error);
  if (path == NULL)
    return NULL;
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no document '%s'", slug);
    return NULL;
  }
  g_autoptr (ZbPost) post = zb_post_file_read (ZB_POST_DOCUMENT, path, file_limit, error);
  if (post == NULL || zb_post_tier (post) <= tier)
    return g_steal_pointer (&post);
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "this document is for members of the tier %s",
               zb_tier_name (zb_post_tier (post)));
  return NULL;
}
