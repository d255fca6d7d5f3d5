/* Words looked up in the parts of the index, pages in theirs. */
#include "zhoubao/publish/lookup.h"

#include "part.h"
#include "search_words.h"
#include "zhoubao/base/words.h"
#include "zhoubao/render/context.h"

#define MOST_PAGES 50u
#define MOST_WORDS 20u
#define FIELDS 6 /* id, path, title, date, day, summary */

/* A token of the query; all must be on a page. */
typedef struct {
  char *token;
  gboolean prefix; /* a single Han character begins many pairs */
} Term;

static void
term_free (gpointer data)
{
  g_free (((Term *)data)->token);
  g_free (data);
}

typedef struct {
  GPtrArray *terms; /* of Term */
  gsize last_end;   /* where the last pair ended: its second character is no term of its own */
} Query;

static gboolean
add_term (const ZbWord *word, gpointer data)
{
  Query *query = data;
  gboolean second = word->kind == ZB_WORD_LAST_HAN && query->last_end == word->end && word->start > 0;
  query->last_end = word->kind == ZB_WORD_PAIR ? word->end : 0;
  if (second || !zb_words_is_searched (word))
    return TRUE;
  Term *term = g_new0 (Term, 1);
  term->token = g_strdup (word->text);
  term->prefix = word->kind == ZB_WORD_LAST_HAN;
  g_ptr_array_add (query->terms, term);
  return query->terms->len < MOST_WORDS;
}

/* The lines of a part; none where there is no such part. (transfer full) */
static char **
read_part (const char *public, const char *name)
{
  g_autofree char *path = zb_part_path (name), *file = g_build_filename (public, path, NULL), *script = NULL;
  if (!g_file_get_contents (file, &script, NULL, NULL))
    script = NULL;
  g_autofree char *lines = zb_part_read (script);
  return g_strsplit (lines, "\n", -1);
}

/* Ids of the pages that have TERM. (transfer full) */
static GHashTable *
pages_of (const char *public, const Term *term)
{
  char name[ZB_PART_NAME];
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  zb_part_of (term->token, name);
  g_auto (GStrv) lines = read_part (public, name);
  for (char **line = lines; *line != NULL; line++) {
    char *tab = strchr (*line, '\t');
    if (tab == NULL)
      continue;
    *tab = '\0';
    if (!(term->prefix ? g_str_has_prefix (*line, term->token) : g_str_equal (*line, term->token)))
      continue;
    g_auto (GStrv) ids = g_strsplit (tab + 1, " ", -1);
    for (char **id = ids; *id != NULL; id++)
      g_hash_table_add (found, g_strdup (*id));
  }
  return found;
}

static gboolean
is_in_none (gpointer key, gpointer value, gpointer other)
{
  (void)value;
  return !g_hash_table_contains (other, key);
}

/* Ids of the pages that have every term; empty without terms. (transfer full) */
static GHashTable *
pages_of_all (const char *public, const GPtrArray *terms)
{
  GHashTable *found = terms->len > 0 ? pages_of (public, terms->pdata[0])
                                     : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 1; i < terms->len; i++) {
    g_autoptr (GHashTable) more = pages_of (public, terms->pdata[i]);
    g_hash_table_foreach_remove (found, is_in_none, more);
  }
  return found;
}

static int
compare_pages (gconstpointer a, gconstpointer b)
{
  char *const *x = *(char **const *)a, *const *y = *(char **const *)b;
  int by_date = strcmp (y[3], x[3]);
  return by_date != 0 ? by_date : strcmp (x[1], y[1]);
}

/* Rows of the pages found, newest first. (transfer full) */
static GPtrArray *
find (const char *public, const char *words)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (term_free);
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  Query query = {terms, 0};
  (void)zb_words_each (words, -1, add_term, &query);
  g_autoptr (GHashTable) ids = pages_of_all (public, terms);
  for (const char *letter = "0123456789abcdefghijklmnopqrstuvwxyz"; *letter != '\0'; letter++) {
    g_autofree char *name = g_strdup_printf ("p-%c", *letter);
    g_auto (GStrv) lines = g_hash_table_size (ids) > 0 ? read_part (public, name) : NULL;
    for (char **line = lines; line != NULL && *line != NULL; line++) {
      g_auto (GStrv) row = g_strsplit (*line, "\t", FIELDS);
      if (g_strv_length (row) == FIELDS && g_hash_table_contains (ids, row[0]))
        g_ptr_array_add (pages, g_steal_pointer (&row));
    }
  }
  g_ptr_array_sort (pages, compare_pages);
  return pages;
}

static char *
status_of (guint count)
{
  if (count == 0)
    return g_strdup ("Nothing found.");
  return count > MOST_PAGES ? g_strdup_printf ("%u pages, the newest %u", count, MOST_PAGES)
                            : g_strdup_printf ("%u page%s", count, count == 1 ? "" : "s");
}

static void
build_results (ZbView *b, const GPtrArray *pages, const char *root)
{
  zb_view_set_member_name (b, "results");
  zb_view_begin_array (b);
  for (guint i = 0; i < pages->len && i < MOST_PAGES; i++) {
    char **row = pages->pdata[i];
    g_autofree char *href = g_strconcat (root, row[1], NULL);
    zb_view_begin_object (b);
    zb_view_text (b, "href", href);
    zb_view_text (b, "title", row[2]);
    zb_view_text (b, "day", row[4]);
    zb_view_text (b, "summary", row[5]);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

char *
zb_lookup_page (ZbRenderer *renderer, const char *public, const char *query, GError **error)
{
  const ZbPageHead head = {.kind = "search", .path = "search/", .title = "Search"};
  g_autoptr (ZbView) b = zb_context_new (renderer, &head, error);
  if (b == NULL)
    return NULL;
  g_autoptr (GPtrArray) pages = query != NULL ? find (public, query) : g_ptr_array_new ();
  g_autofree char *root = zb_context_root (head.path),
                  *status = query != NULL ? status_of (pages->len) : NULL;
  zb_view_text (b, "query", query);
  zb_view_text (b, "status", status);
  build_results (b, pages, root);
  return zb_context_render (renderer, &b, "search", NULL, error);
}
