/* A host's robots.txt: from the store, from the network, and what its absence means (RFC 9309 §2.3). */
#include "site.h"

#include "zhoubao/base/error.h"

static void
read_robots (ZbSite *site, const ZbConfig *config, const char *agent)
{
  gsize length = 0;
  g_clear_pointer (&site->robots, zb_robots_free);
  if (site->row->robots == NULL)
    return;
  const char *text = g_bytes_get_data (site->row->robots, &length);
  site->robots =
      zb_robots_parse (text != NULL ? text : "", length, (gsize)config->limits.robots_bytes, agent);
}

ZbSite *
zb_site_new (ZbDb *db, const char *origin, const ZbConfig *config, const char *agent, ZbTime now,
             GError **error)
{
  ZbHost *row = zb_host_get (db, origin, error);
  if (row == NULL)
    return NULL;
  ZbSite *site = g_new0 (ZbSite, 1);
  site->origin = g_strdup (origin);
  site->row = row;
  site->waiting = g_ptr_array_new ();
  ZbTime asked = row->robots_fetched;
  if (asked == ZB_TIME_NONE || asked > now || now - asked >= config->limits.robots_seconds)
    return site;
  site->state = ZB_SITE_KNOWN;
  read_robots (site, config, agent);
  return site;
}

void
zb_site_free (ZbSite *site)
{
  zb_host_free (site->row);
  g_clear_pointer (&site->robots, zb_robots_free);
  g_ptr_array_unref (site->waiting);
  g_free (site->refusal);
  g_free (site->origin);
  g_free (site);
}

static gboolean
put_row (ZbDb *db, gpointer row, GError **error)
{
  return zb_host_put (db, row, error);
}

/* A row that could not be kept is asked for again: no reason to end the crawl. */
static void
on_kept (gpointer row, const GError *error)
{
  zb_host_free (row);
}

static void
keep (const ZbSite *site, ZbWriter *writer)
{
  gsize bytes = site->row->robots != NULL ? g_bytes_get_size (site->row->robots) : 0;
  zb_writer_do (writer, put_row, zb_host_copy (site->row), bytes, on_kept);
}

static void
keep_answer (ZbHost *row, const ZbHttpResponse *r, ZbTime now)
{
  row->robots_fetched = now;
  if (r->status == 304)
    return;
  row->robots_status = r->status;
  g_free (row->robots_etag);
  g_free (row->robots_modified);
  g_clear_pointer (&row->robots, g_bytes_unref);
  gboolean there = r->status >= 200 && r->status < 300;
  row->robots_etag = there ? g_strdup (r->etag) : NULL;
  row->robots_modified = there ? g_strdup (r->last_modified) : NULL;
  row->robots = there ? g_bytes_ref (r->body) : NULL;
}

void
zb_site_set_robots (ZbSite *site, ZbWriter *writer, const ZbHttpResponse *r, const GError *problem,
                    const ZbConfig *config, const char *agent, ZbTime now)
{
  site->state = ZB_SITE_KNOWN;
  if (r == NULL) {
    gboolean nobody = g_error_matches (problem, ZB_ERROR, ZB_ERROR_NOT_FOUND) ||
                      g_error_matches (problem, ZB_ERROR, ZB_ERROR_REFUSED); /* not even asked */
    site->refusal =
        g_strconcat (nobody ? "" : "robots.txt cannot be had, which means no: ", problem->message, NULL);
    return;
  }
  if (r->status >= 500 || r->status == 429) { /* unreachable; 429 is no word on what may be read, either */
    site->refusal = g_strdup_printf ("robots.txt answers %d, which means no", r->status);
    return;
  }
  keep_answer (site->row, r, now);
  read_robots (site, config, agent);
  keep (site, writer);
}

gboolean
zb_site_allows (const ZbSite *site, const ZbUrl *url, GError **error)
{
  if (site->refusal != NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_FAILED, site->refusal);
    return FALSE;
  }
  if (site->robots == NULL || zb_robots_allowed (site->robots, url))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "robots.txt of %s forbids %s", site->origin,
               zb_url_path (url));
  return FALSE;
}

void
zb_site_hold (ZbSite *site, ZbWriter *writer, ZbTime t)
{
  site->row->not_before = t;
  keep (site, writer);
}

gint64
zb_site_gap_ms (const ZbSite *site, const ZbLimits *limits)
{
  double wanted = site->robots != NULL ? zb_robots_crawl_delay (site->robots) : -1;
  double most = (double)limits->total_seconds;
  return MAX (limits->host_gap_ms, (gint64)(CLAMP (wanted, 0, most) * 1000));
}
