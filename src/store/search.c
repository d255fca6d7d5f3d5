/* Asking the index. */
#include "zhoubao/store/search.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/template.h"
#include "zhoubao/base/text.h"

#define STEP_ITEMS 5000 /* about what FTS5 gathers before it writes, so that to go in steps costs nothing */

/* The id is in the lower 28 bits of the index's row (0007-search.sql). */
#define HITS                                                                                                 \
  "SELECT i.id, i.url, i.source, i.published, highlight (item_search, 0, char (2), char (3)),"               \
  " snippet (item_search, 1, char (2), char (3), '…', 40)"                                                 \
  " FROM item_search JOIN item i ON i.id = item_search.rowid & 268435455 WHERE item_search MATCH ?1"
static const char *const COUNT = "SELECT count(*) FROM item_search WHERE item_search MATCH ?";
static const char *const NEWEST = HITS " ORDER BY item_search.rowid DESC LIMIT ?2 OFFSET ?3";
/* bm25 costs 1.7 us a match: of a word that half of the items have, only the newest matches compete. */
static const char *const RANKED =
    HITS " AND item_search.rowid >= coalesce ((SELECT rowid FROM item_search WHERE item_search MATCH ?1"
         " ORDER BY rowid DESC LIMIT 1 OFFSET 3000), 0) ORDER BY item_search.rank LIMIT ?2 OFFSET ?3";
static const char *const IDS = "SELECT rowid & 268435455 FROM item_search WHERE item_search MATCH ?1"
                               " ORDER BY rowid DESC LIMIT ?2";
static const char *const ANY = "SELECT count(*) FROM (SELECT 1 FROM search_todo LIMIT 1)";
static const char *const WAITING = "SELECT count(*) FROM search_todo";
static const char *const STEP = "SELECT max (item) FROM (SELECT item FROM search_todo ORDER BY item LIMIT ?)";
/* FTS5 takes rows in rising order many times faster. Only keys are sorted, not the texts, which would all be
   in memory for it; without a limit SQLite leaves out the order of what is not the outermost query. */
static const char *const REMOVE =
    "WITH gone AS MATERIALIZED"
    " (SELECT item FROM search_todo WHERE key IS NOT NULL AND item <= ? ORDER BY key LIMIT -1)"
    " INSERT INTO item_search (item_search, rowid, title, text) SELECT 'delete', t.key, t.title, t.text"
    " FROM gone g CROSS JOIN search_todo t ON t.item = g.item";
static const char *const ADD =
    "WITH waiting AS MATERIALIZED"
    " (SELECT key FROM search_text WHERE id IN (SELECT item FROM search_todo WHERE item <= ?)"
    " ORDER BY key LIMIT -1)"
    " INSERT INTO item_search (rowid, title, text) SELECT s.key, s.title, s.text FROM waiting w"
    " CROSS JOIN search_text s ON s.id = w.key & 268435455";
static const char *const CLEAR = "DELETE FROM search_todo WHERE item <= ?";

void
zb_search_hit_free (ZbSearchHit *hit)
{
  g_free (hit->kind);
  g_free (hit->url);
  g_free (hit->source);
  g_free (hit->title);
  g_free (hit->snippet);
  g_free (hit);
}

static gboolean
is_mark (char c)
{
  return c == ZB_SEARCH_OPEN || c == ZB_SEARCH_CLOSE;
}

/* A piece of CommonMark as plain text: emphasis, headings, brackets and addresses of links go, marks stay. */
static char *
flatten (const char *text)
{
  g_autoptr (GString) out = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p++) {
    const char *close = p[0] == ']' && p[1] == '(' ? strpbrk (p, ")\n") : NULL;
    if (p[0] == ']' && p[1] == '(') {
      if (close == NULL)
        break;
      p = close;
    } else if (*p == '\\' && g_ascii_ispunct (p[1]))
      g_string_append_c (out, *++p);
    else if (is_mark (*p) || strchr ("*_#[]`>|", *p) == NULL)
      g_string_append_c (out, *p);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* White space folded; zb_text_squeeze takes controls for white space, so the marks go round it. */
static char *
fold_space (const char *text)
{
  g_autofree char *marked = zb_search_mark (text, "\xee\x80\x82", "\xee\x80\x83");
  g_autofree char *squeezed = zb_text_squeeze (marked, -1);
  GString *out = g_string_new (squeezed);
  g_string_replace (out, "\xee\x80\x82", "\x02", 0);
  g_string_replace (out, "\xee\x80\x83", "\x03", 0);
  return g_string_free (out, FALSE);
}

static ZbSearchHit *
read_hit (ZbQuery *q)
{
  ZbSearchHit *hit = g_new0 (ZbSearchHit, 1);
  hit->kind = g_strdup ("item");
  hit->id = zb_query_int (q, 0);
  hit->url = g_strdup (zb_query_text (q, 1));
  hit->source = g_strdup (zb_query_text (q, 2));
  hit->published = zb_query_time (q, 3);
  hit->title = g_strdup (zb_query_text (q, 4));
  const char *snippet = zb_query_text (q, 5);
  g_autofree char *flat = flatten (snippet != NULL ? snippet : "");
  hit->snippet = fold_space (flat);
  return hit;
}

static gboolean
add_step (ZbDb *db, gpointer data, GError **error)
{
  gint64 last = 0;
  return zb_db_int (db, &last, error, STEP, "i", (gint64)STEP_ITEMS) &&
         zb_db_exec (db, error, REMOVE, "i", last) && zb_db_exec (db, error, ADD, "i", last) &&
         zb_db_exec (db, error, CLEAR, "i", last);
}

gboolean
zb_search_waiting (ZbDb *db, gint64 *waiting, GError **error)
{
  return zb_db_int (db, waiting, error, ANY, "") &&
         (*waiting == 0 || zb_db_int (db, waiting, error, WAITING, ""));
}

gboolean
zb_search_step (ZbDb *db, gint64 *waiting, GError **error)
{
  if (!zb_search_waiting (db, waiting, error))
    return FALSE;
  return *waiting == 0 ||
         (zb_db_transact (db, add_step, NULL, error) && zb_search_waiting (db, waiting, error));
}

gboolean
zb_search_update (ZbDb *db, GError **error)
{
  gint64 waiting = 1;
  while (waiting > 0)
    if (!zb_search_step (db, &waiting, error))
      return FALSE;
  return TRUE;
}

/* WORDS as a query, once the index is up to date. Where another process writes, or DB may only read, or all
   items wait after an upgrade, what is missing is not found yet; no reason to find nothing, nor to wait. */
static char *
prepare (ZbDb *db, const char *words, GError **error)
{
  char *query = zb_search_query (words);
  gint64 waiting = 0;
  if (query == NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' has no word to search for", words);
  else if (zb_search_waiting (db, &waiting, NULL) && waiting > 0 && waiting <= STEP_ITEMS)
    zb_ignore (zb_search_step (db, &waiting, NULL));
  return query;
}

GArray *
zb_search_item_ids (ZbDb *db, const char *words, gint64 limit, GError **error)
{
  g_autofree char *query = prepare (db, words, error);
  if (query == NULL)
    return NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ZbQuery) q = zb_db_query (db, IDS, "si", query, limit);
  while (zb_query_next (q)) {
    gint64 id = zb_query_int (q, 0);
    g_array_append_val (ids, id);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&ids) : NULL;
}

GPtrArray *
zb_search_items (ZbDb *db, const char *words, ZbSearchOrder order, gint64 offset, gint64 limit, gint64 *total,
                 GError **error)
{
  g_autofree char *query = prepare (db, words, error);
  if (query == NULL)
    return NULL;
  if (total != NULL && !zb_db_int (db, total, error, COUNT, "s", query))
    return NULL;
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_search_hit_free);
  g_autoptr (ZbQuery) q =
      zb_db_query (db, order == ZB_SEARCH_RANKED ? RANKED : NEWEST, "sii", query, limit, offset);
  while (zb_query_next (q))
    g_ptr_array_add (hits, read_hit (q));
  return zb_query_ok (q, error) ? g_steal_pointer (&hits) : NULL;
}

char *
zb_search_mark (const char *marked, const char *before, const char *after)
{
  GString *out = g_string_new (NULL);
  for (const char *p = marked; *p != '\0'; p++) {
    if (*p == ZB_SEARCH_OPEN)
      g_string_append (out, before);
    else if (*p == ZB_SEARCH_CLOSE)
      g_string_append (out, after);
    else
      g_string_append_c (out, *p);
  }
  return g_string_free (out, FALSE);
}

char *
zb_search_plain (const char *marked)
{
  return zb_search_mark (marked, "", "");
}

char *
zb_search_html (const char *marked)
{
  GString *out = g_string_new (NULL);
  for (const char *p = marked; *p != '\0';) {
    gsize n = strcspn (p, "\x02\x03");
    zb_template_escape_html (out, p, n);
    p += n;
    if (*p != '\0')
      g_string_append (out, *p++ == ZB_SEARCH_OPEN ? "<mark>" : "</mark>");
  }
  return g_string_free (out, FALSE);
}
