/* How sources fare, in the store. */
#include "zhoubao/store/source_state.h"

#define COLUMNS                                                                                              \
  "s.slug, s.url, s.state, s.error, s.failures, s.moved_to, s.etag, s.modified, s.digest, s.rows_usual,"     \
  " s.dates_usual, s.rhythm, s.first_fetched, s.last_new, f.fetched, f.next_due"
#define WITH_LOG                                                                                             \
  " FROM source s LEFT JOIN fetch f ON f.id ="                                                               \
  " (SELECT max (id) FROM fetch WHERE source = s.slug AND kind = 'source')"

static const char *const LIST = "SELECT " COLUMNS WITH_LOG;
static const char *const GET = "SELECT " COLUMNS WITH_LOG " WHERE s.slug = ? AND s.url = ?";
static const char *const PUT =
    "INSERT OR REPLACE INTO source (slug, url, state, error, failures, moved_to, etag, modified, digest,"
    " rows_usual, dates_usual, rhythm, first_fetched, last_new) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

static const char *const health_names[] = {"new", "ok", "quiet", "broken", "blocked", "retired"};

const char *
zb_source_health_name (ZbSourceHealth health)
{
  return health_names[health];
}

static ZbSourceHealth
read_health (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (health_names); i++)
    if (g_strcmp0 (health_names[i], name) == 0)
      return (ZbSourceHealth)i;
  return ZB_SOURCE_NEW;
}

ZbSourceState *
zb_source_state_new (const char *slug, const char *url)
{
  ZbSourceState *s = g_new0 (ZbSourceState, 1);
  s->slug = g_strdup (slug);
  s->url = g_strdup (url);
  s->first_fetched = s->last_new = s->checked = s->next_due = ZB_TIME_NONE;
  return s;
}

/* Where each text is, so that copying, comparing and freeing agree. */
static const gsize texts[] = {
    G_STRUCT_OFFSET (ZbSourceState, slug),   G_STRUCT_OFFSET (ZbSourceState, url),
    G_STRUCT_OFFSET (ZbSourceState, error),  G_STRUCT_OFFSET (ZbSourceState, moved_to),
    G_STRUCT_OFFSET (ZbSourceState, etag),   G_STRUCT_OFFSET (ZbSourceState, last_modified),
    G_STRUCT_OFFSET (ZbSourceState, digest),
};

ZbSourceState *
zb_source_state_copy (const ZbSourceState *state)
{
  ZbSourceState *s = g_new (ZbSourceState, 1);
  *s = *state;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, s, texts[i]) = g_strdup (G_STRUCT_MEMBER (char *, state, texts[i]));
  return s;
}

void
zb_source_state_free (ZbSourceState *s)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, s, texts[i]));
  g_free (s);
}

gboolean
zb_source_state_same (const ZbSourceState *a, const ZbSourceState *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (G_STRUCT_MEMBER (char *, a, texts[i]), G_STRUCT_MEMBER (char *, b, texts[i])) != 0)
      return FALSE;
  return a->health == b->health && a->failures == b->failures && a->rows_usual == b->rows_usual &&
         a->dates_usual == b->dates_usual && a->rhythm == b->rhythm && a->first_fetched == b->first_fetched &&
         a->last_new == b->last_new;
}

static ZbSourceState *
read_row (ZbQuery *q)
{
  ZbSourceState *s = zb_source_state_new (zb_query_text (q, 0), zb_query_text (q, 1));
  s->health = read_health (zb_query_text (q, 2));
  s->error = g_strdup (zb_query_text (q, 3));
  s->failures = (int)zb_query_int (q, 4);
  s->moved_to = g_strdup (zb_query_text (q, 5));
  s->etag = g_strdup (zb_query_text (q, 6));
  s->last_modified = g_strdup (zb_query_text (q, 7));
  s->digest = g_strdup (zb_query_text (q, 8));
  s->rows_usual = zb_query_double (q, 9);
  s->dates_usual = zb_query_double (q, 10);
  s->rhythm = zb_query_double (q, 11);
  s->first_fetched = zb_query_time (q, 12);
  s->last_new = zb_query_time (q, 13);
  s->checked = zb_query_time (q, 14);
  s->next_due = zb_query_time (q, 15);
  return s;
}

GHashTable *
zb_source_state_list (ZbDb *db, GError **error)
{
  g_autoptr (GHashTable) all =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)zb_source_state_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST, "");
  while (zb_query_next (q)) {
    ZbSourceState *s = read_row (q);
    g_hash_table_insert (all, s->slug, s);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&all) : NULL;
}

ZbSourceState *
zb_source_state_get (ZbDb *db, const char *slug, const char *url, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, GET, "ss", slug, url);
  g_autoptr (ZbSourceState) state = zb_query_next (q) ? read_row (q) : zb_source_state_new (slug, url);
  return zb_query_ok (q, error) ? g_steal_pointer (&state) : NULL;
}

gboolean
zb_source_state_put (ZbDb *db, const ZbSourceState *s, GError **error)
{
  return zb_db_exec (db, error, PUT, "ssssissssdddtt", s->slug, s->url, health_names[s->health], s->error,
                     (gint64)s->failures, s->moved_to, s->etag, s->last_modified, s->digest, s->rows_usual,
                     s->dates_usual, s->rhythm, s->first_fetched, s->last_new);
}
