/* Hosts in the store. */
#include "zhoubao/store/host.h"

static const char *const GET = "SELECT not_before, robots_fetched, robots_status, robots_etag, "
                               "robots_modified, robots FROM host WHERE origin = ?";
static const char *const PUT = "INSERT OR REPLACE INTO host (origin, not_before, robots_fetched,"
                               " robots_status, robots_etag, robots_modified, robots) VALUES (?,?,?,?,?,?,?)";

ZbHost *
zb_host_new (const char *origin)
{
  ZbHost *host = g_new0 (ZbHost, 1);
  host->origin = g_strdup (origin);
  host->not_before = host->robots_fetched = ZB_TIME_NONE;
  return host;
}

ZbHost *
zb_host_copy (const ZbHost *host)
{
  ZbHost *copy = g_new (ZbHost, 1);
  *copy = *host;
  copy->origin = g_strdup (host->origin);
  copy->robots_etag = g_strdup (host->robots_etag);
  copy->robots_modified = g_strdup (host->robots_modified);
  copy->robots = host->robots != NULL ? g_bytes_ref (host->robots) : NULL;
  return copy;
}

void
zb_host_free (ZbHost *host)
{
  g_free (host->origin);
  g_free (host->robots_etag);
  g_free (host->robots_modified);
  g_clear_pointer (&host->robots, g_bytes_unref);
  g_free (host);
}

ZbHost *
zb_host_get (ZbDb *db, const char *origin, GError **error)
{
  g_autoptr (ZbHost) host = zb_host_new (origin);
  g_autoptr (ZbQuery) q = zb_db_query (db, GET, "s", origin);
  if (zb_query_next (q)) {
    host->not_before = zb_query_time (q, 0);
    host->robots_fetched = zb_query_time (q, 1);
    host->robots_status = (int)zb_query_int (q, 2);
    host->robots_etag = g_strdup (zb_query_text (q, 3));
    host->robots_modified = g_strdup (zb_query_text (q, 4));
    host->robots = zb_query_bytes (q, 5);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&host) : NULL;
}

gboolean
zb_host_put (ZbDb *db, const ZbHost *host, GError **error)
{
  return zb_db_exec (db, error, PUT, "sttissb", host->origin, host->not_before, host->robots_fetched,
                     (gint64)host->robots_status, host->robots_etag, host->robots_modified, host->robots);
}
