/* The crawler's log, written and summed up. */
#include "zhoubao/store/fetch.h"

static const char *const ADD =
    "INSERT INTO fetch (source, kind, item, url, fetched, milliseconds, outcome, status, error, address,"
    " wire_bytes, header_bytes, row_count, new_count, state, next_due)"
    " VALUES (?,?,nullif(?,0),?,?,?,?,nullif(?,0),?,?,?,?,?,?,?,?)";
static const char *const COVERAGE =
    "SELECT source, sum (outcome <> 'waits'), sum (coalesce (new_count, 0)), max (fetched),"
    " max (CASE WHEN outcome IN ('ok', 'unchanged') THEN fetched END), max (id)"
    " FROM fetch INDEXED BY fetch_by_time WHERE fetched >= ? AND fetched < ? AND kind = 'source'"
    " GROUP BY source";
static const char *const RETIRED =
    "SELECT slug, error FROM source WHERE state = 'retired' AND"
    " (SELECT max (fetched) FROM fetch WHERE source = slug AND kind = 'source') < ?";
static const char *const LAST = "SELECT state, error FROM fetch WHERE id = ?";
static const char *const EXPIRE =
    "DELETE FROM fetch WHERE fetched < ?1 AND (kind <> 'source' OR id <>"
    " (SELECT max (n.id) FROM fetch n WHERE n.source = fetch.source AND n.kind = 'source'))";

static const char *const kinds[] = {"source", "article", "clip"};
static const char *const outcomes[] = {"ok", "unchanged", "failed", "blocked", "gone", "waits"};

gboolean
zb_fetch_add (ZbDb *db, const ZbFetch *f, GError **error)
{
  /* A time is the one type whose "none" is bound as null. */
  ZbTime rows = f->rows >= 0 ? f->rows : ZB_TIME_NONE, fresh = f->fresh >= 0 ? f->fresh : ZB_TIME_NONE;
  gboolean of_source = f->kind == ZB_FETCH_SOURCE;
  return zb_db_exec (db, error, ADD, "ssistisissiittst", f->source, kinds[f->kind], f->item, f->url,
                     f->fetched, f->milliseconds, outcomes[f->outcome], (gint64)f->status, f->error,
                     f->address, f->wire_bytes, f->header_bytes, rows, fresh,
                     of_source ? zb_source_health_name (f->health) : NULL,
                     of_source ? f->next_due : ZB_TIME_NONE);
}

void
zb_coverage_free (ZbCoverage *c)
{
  g_free (c->slug);
  g_free (c->state);
  g_free (c->error);
  g_free (c);
}

static gboolean
read_last (ZbDb *db, ZbCoverage *c, gint64 id, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, LAST, "i", id);
  if (zb_query_next (q)) {
    c->state = g_strdup (zb_query_text (q, 0));
    c->error = g_strdup (zb_query_text (q, 1));
  }
  return zb_query_ok (q, error);
}

/* What is retired is asked no more, and still not read. */
static gboolean
add_retired (ZbDb *db, GHashTable *all, ZbTime from, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, RETIRED, "t", from);
  while (zb_query_next (q)) {
    ZbCoverage *c = g_new0 (ZbCoverage, 1);
    c->slug = g_strdup (zb_query_text (q, 0));
    c->checked = c->read = ZB_TIME_NONE;
    c->state = g_strdup (zb_source_health_name (ZB_SOURCE_RETIRED));
    c->error = g_strdup (zb_query_text (q, 1));
    g_hash_table_insert (all, c->slug, c);
  }
  return zb_query_ok (q, error);
}

GHashTable *
zb_fetch_coverage (ZbDb *db, ZbTime from, ZbTime to, GError **error)
{
  g_autoptr (GHashTable) all =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)zb_coverage_free);
  if (!add_retired (db, all, from, error))
    return NULL;
  g_autoptr (ZbQuery) q = zb_db_query (db, COVERAGE, "tt", from, to);
  while (zb_query_next (q)) {
    ZbCoverage *c = g_new0 (ZbCoverage, 1);
    c->slug = g_strdup (zb_query_text (q, 0));
    c->checks = (int)zb_query_int (q, 1);
    c->fresh = (int)zb_query_int (q, 2);
    c->checked = zb_query_time (q, 3);
    c->read = zb_query_time (q, 4);
    g_hash_table_replace (all, c->slug, c); /* the key too: it is the value's */
    if (!read_last (db, c, zb_query_int (q, 5), error))
      return NULL;
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&all) : NULL;
}

gboolean
zb_fetch_expire (ZbDb *db, ZbTime t, GError **error)
{
  return zb_db_exec (db, error, EXPIRE, "t", t);
}
