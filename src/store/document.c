/* Evidence in the store. */
#include "zhoubao/store/document.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/digest.h"
#include "zhoubao/edge/zstd.h"

static const char *const HAS = "SELECT 1 FROM document WHERE sha256 = ?";
static const char *const ADD =
    "INSERT INTO document (sha256, url, fetched, status, address, content_type, headers, size, body)"
    " VALUES (?,?,?,?,?,?,?,?,?)";
static const char *const GET = "SELECT sha256, url, fetched, status, address, content_type, headers, body "
                               "FROM document WHERE sha256 = ?";
static const char *const WEEK =
    "SELECT DISTINCT d.sha256 FROM document d JOIN item i ON i.evidence = d.sha256"
    " WHERE (coalesce (i.published, i.fetched) >= ?1 AND coalesce (i.published, i.fetched) < ?2)"
    " OR EXISTS (SELECT 1 FROM standing s WHERE s.item = i.id AND s.week = ?3 AND s.action <> 'reject')"
    " ORDER BY d.fetched, d.sha256";
static const char *const EXPIRE =
    "DELETE FROM document WHERE fetched < ? AND sha256 NOT IN (SELECT i.evidence FROM item i"
    " JOIN decision d ON d.item = i.id AND d.action IN ('pick', 'brief') WHERE i.evidence IS NOT NULL)";

void
zb_document_free (ZbDocument *d)
{
  char *texts[] = {d->sha256, d->url, d->address, d->content_type, d->headers};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_clear_pointer (&d->body, g_bytes_unref);
  g_clear_pointer (&d->packed, g_bytes_unref);
  g_free (d);
}

gboolean
zb_document_add (ZbDb *db, const ZbDocument *d, GError **error)
{
  gint64 has = 0;
  if (!zb_db_int (db, &has, error, HAS, "s", d->sha256))
    return FALSE;
  if (has)
    return TRUE;
  gint64 size = d->body != NULL ? (gint64)g_bytes_get_size (d->body) : d->size;
  g_autoptr (GBytes) packed = d->packed != NULL ? g_bytes_ref (d->packed) : zb_zstd_pack (d->body);
  return zb_db_exec (db, error, ADD, "sstisssib", d->sha256, d->url, d->fetched, (gint64)d->status,
                     d->address, d->content_type, d->headers, size, packed);
}

static ZbDocument *
read_row (ZbQuery *q, gint64 limit, GError **error)
{
  g_autoptr (GBytes) packed = zb_query_bytes (q, 7);
  g_autoptr (GBytes) body = zb_zstd_unpack (packed, (gsize)limit, error);
  if (body == NULL)
    return NULL;
  ZbDocument *d = g_new0 (ZbDocument, 1);
  d->sha256 = g_strdup (zb_query_text (q, 0));
  d->url = g_strdup (zb_query_text (q, 1));
  d->fetched = zb_query_time (q, 2);
  d->status = (int)zb_query_int (q, 3);
  d->address = g_strdup (zb_query_text (q, 4));
  d->content_type = g_strdup (zb_query_text (q, 5));
  d->headers = g_strdup (zb_query_text (q, 6));
  d->body = g_steal_pointer (&body);
  return d;
}

ZbDocument *
zb_document_get (ZbDb *db, const char *sha256, gint64 limit, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, GET, "s", sha256);
  if (!zb_query_next (q)) {
    if (zb_query_ok (q, error))
      g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "no evidence is kept under %s", sha256);
    return NULL;
  }
  g_autoptr (ZbDocument) d = read_row (q, limit, error);
  if (d == NULL) {
    g_prefix_error (error, "evidence %s: ", sha256);
    return NULL;
  }
  g_autofree char *now = zb_sha256 (g_bytes_get_data (d->body, NULL), g_bytes_get_size (d->body));
  if (g_str_equal (now, sha256))
    return g_steal_pointer (&d);
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "evidence %s: its bytes have the hash %s", sha256, now);
  return NULL;
}

char **
zb_document_week (ZbDb *db, ZbWeek week, GTimeZone *zone, GError **error)
{
  g_autofree char *name = zb_week_name (week);
  g_autoptr (GStrvBuilder) hashes = g_strv_builder_new ();
  g_autoptr (ZbQuery) q =
      zb_db_query (db, WEEK, "tts", zb_week_start (week, zone), zb_week_end (week, zone), name);
  while (zb_query_next (q))
    g_strv_builder_add (hashes, zb_query_text (q, 0));
  return zb_query_ok (q, error) ? g_strv_builder_end (hashes) : NULL;
}

gboolean
zb_document_expire (ZbDb *db, ZbTime t, GError **error)
{
  return zb_db_exec (db, error, EXPIRE, "t", t);
}
