/* Bringing the index of documents to what the files say. */
#include "zhoubao/base/error.h"
#include "zhoubao/edge/markdown.h"
#include "zhoubao/store/library.h"
#include "zhoubao/store/post_file.h"
#include <gio/gio.h>
#include <sys/stat.h>

static const char *const KNOWN = "SELECT slug, id, modified, size FROM library";
static const char *const ADD =
    "INSERT INTO library (slug, modified, size, tier, title, original, pinyin, number, issuer, language,"
    " summary, status, date, signed, effective) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char *const ADD_FACET =
    "INSERT OR IGNORE INTO library_facet (library, facet, term) VALUES (?, ?, ?)";
static const char *const ADD_TEXT =
    "INSERT INTO library_search (rowid, title, original, facts, body) VALUES (?, ?, ?, ?, ?)";
static const char *const DROP = "DELETE FROM library WHERE id = ?";
static const char *const DROP_TEXT = "DELETE FROM library_search WHERE rowid = ?";

typedef struct {
  gint64 id, modified, size;
} Known;

typedef struct {
  char *slug, *path;
  gint64 modified, size;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;
  g_free (found->slug);
  g_free (found->path);
  g_free (found);
}

typedef struct {
  const char *root;
  GHashTable *known;  /* slug to Known */
  GPtrArray *changed; /* of Found: new, or another time or size */
  gint64 file_limit;
  GPtrArray *problems;
} Change;

const char *
zb_library_date (const ZbPost *post)
{
  return post->signed_on != NULL ? post->signed_on : post->effective != NULL ? post->effective : post->date;
}

static gboolean
read_known (ZbDb *db, GHashTable *known, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, KNOWN, "");
  while (zb_query_next (q)) {
    Known *row = g_new0 (Known, 1);
    row->id = zb_query_int (q, 1);
    row->modified = zb_query_int (q, 2);
    row->size = zb_query_int (q, 3);
    g_hash_table_insert (known, g_strdup (zb_query_text (q, 0)), row);
  }
  return zb_query_ok (q, error);
}

/* What is unchanged leaves KNOWN; what stays there afterwards is to be dropped. */
static void
look_at (const char *folder, const char *name, Change *change)
{
  struct stat st;
  g_autofree char *path = g_build_filename (folder, name, NULL), *slug = g_strndup (name, strlen (name) - 3);
  if (stat (path, &st) != 0 || !S_ISREG (st.st_mode))
    return;
  gint64 modified = (gint64)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
  const Known *row = g_hash_table_lookup (change->known, slug);
  if (row != NULL && row->modified == modified && row->size == st.st_size) {
    g_hash_table_remove (change->known, slug);
    return;
  }
  Found *found = g_new0 (Found, 1);
  *found = (Found){g_steal_pointer (&slug), g_steal_pointer (&path), modified, st.st_size};
  g_ptr_array_add (change->changed, found);
}

static gboolean
look (ZbDb *db, Change *change, GError **error)
{
  g_hash_table_remove_all (change->known);
  g_ptr_array_set_size (change->changed, 0);
  if (!read_known (db, change->known, error))
    return FALSE;
  g_autofree char *folder = g_build_filename (change->root, "issues", "documents", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL); /* a workspace may have none */
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (*name != '.' && g_str_has_suffix (name, ".md") && g_ascii_strcasecmp (name, "README.md") != 0)
      look_at (folder, name, change);
  return TRUE;
}

static gboolean
add_facet (ZbDb *db, gint64 id, const char *facet, const char *term, GError **error)
{
  return term == NULL || zb_db_exec (db, error, ADD_FACET, "iss", id, facet, term);
}

static gboolean
add_facets (ZbDb *db, gint64 id, const ZbPost *post, GError **error)
{
  const char *date = zb_library_date (post);
  g_autofree char *year = date != NULL ? g_strndup (date, 4) : NULL;
  if (!add_facet (db, id, "issuer", post->issuer, error) ||
      !add_facet (db, id, "status", post->status, error) || !add_facet (db, id, "year", year, error) ||
      !add_facet (db, id, "tier", zb_tier_name (zb_post_tier (post)), error))
    return FALSE;
  for (guint i = 0; i < post->topics->len; i++) {
    const ZbTopic *topic = post->topics->pdata[i];
    for (char **term = topic->terms; *term != NULL; term++)
      if (!add_facet (db, id, topic->facet, *term, error))
        return FALSE;
  }
  return TRUE;
}

static gboolean
add_post (ZbDb *db, const Found *found, const ZbPost *p, GError **error)
{
  if (!zb_db_exec (db, error, ADD, "siiisssssssssss", found->slug, found->modified, found->size,
                   (gint64)zb_post_tier (p), p->title, p->original, p->pinyin, p->number, p->issuer,
                   p->language, p->summary, p->status, zb_library_date (p), p->signed_on, p->effective))
    return FALSE;
  gint64 id = zb_db_last_id (db);
  g_autofree char *body = zb_markdown_plain (p->body != NULL ? p->body : "", ZB_MARKDOWN_PLAIN),
                  *facts =
                      g_strdup_printf ("%s\n%s\n%s\n%s", p->number != NULL ? p->number : "",
                                       p->issuer != NULL ? p->issuer : "", p->pinyin != NULL ? p->pinyin : "",
                                       p->summary != NULL ? p->summary : "");
  return zb_db_exec (db, error, ADD_TEXT, "issss", id, p->title, p->original, facts, body) &&
         add_facets (db, id, p, error);
}

/* Looks again, now that nobody else writes. A broken file leaves the index: its tier is not known any more.
 */
static gboolean
apply (ZbDb *db, gpointer data, GError **error)
{
  Change *change = data;
  GHashTableIter iter;
  gpointer row;
  if (!look (db, change, error))
    return FALSE;
  g_hash_table_iter_init (&iter, change->known);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (!zb_db_exec (db, error, DROP_TEXT, "i", ((Known *)row)->id) ||
        !zb_db_exec (db, error, DROP, "i", ((Known *)row)->id))
      return FALSE;
  for (guint i = 0; i < change->changed->len; i++) {
    const Found *found = change->changed->pdata[i];
    g_autoptr (GError) broken = NULL;
    g_autoptr (ZbPost) post = zb_post_file_read (ZB_POST_DOCUMENT, found->path, change->file_limit, &broken);
    if (post != NULL && !add_post (db, found, post, error))
      return FALSE;
    if (post == NULL && change->problems != NULL)
      g_ptr_array_add (change->problems, g_strdup (broken->message));
  }
  return TRUE;
}

gboolean
zb_library_update (ZbDb *db, const char *root, gint64 file_limit, GPtrArray *problems, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (found_free);
  Change change = {root, known, changed, file_limit, problems};
  if (!look (db, &change, error))
    return FALSE;
  if (changed->len == 0 && g_hash_table_size (known) == 0)
    return TRUE;
  return zb_db_transact (db, apply, &change, error);
}
