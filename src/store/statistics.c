/* Sums over deliveries, bounces and people. */
#include "zhoubao/store/statistics.h"

/* A hard bounce counts once for a delivery, whether the server said so or a mail that came later. */
static const char *const MAILINGS =
    "SELECT m.issue, m.created, count (d.id), sum (d.state = 'sent' AND h.delivery IS NULL),"
    " sum (d.state IN ('queued', 'inflight', 'deferred')), sum (d.state = 'deferred'),"
    " sum (d.state = 'failed' OR h.delivery IS NOT NULL), sum (c.delivery IS NOT NULL),"
    " sum (d.state IN ('uncertain', 'held') AND h.delivery IS NULL)"
    " FROM (SELECT * FROM mailing ORDER BY created DESC, id DESC LIMIT ?) m"
    " JOIN delivery d ON d.mailing = m.id AND d.state <> 'suppressed'"
    " LEFT JOIN bounce h ON h.delivery = d.id AND h.kind = 'hard'"
    " LEFT JOIN bounce c ON c.delivery = d.id AND c.kind = 'complaint'"
    " GROUP BY m.id ORDER BY m.created DESC, m.id DESC";
/* Who was imported as one who had left was never on the list. */
static const char *const STAYS =
    "SELECT joined, left_at FROM person WHERE state <> 'pending' AND (left_at IS NULL OR left_at > joined)";

void
zb_mailing_figures_free (ZbMailingFigures *figures)
{
  g_free (figures->issue);
  g_free (figures);
}

GPtrArray *
zb_statistics_mailings (ZbDb *db, gint64 most, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_mailing_figures_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, MAILINGS, "i", most);
  while (zb_query_next (q)) {
    ZbMailingFigures *f = g_new0 (ZbMailingFigures, 1);
    *f = (ZbMailingFigures){.issue = g_strdup (zb_query_text (q, 0)),
                            .queued = zb_query_time (q, 1),
                            .to = zb_query_int (q, 2),
                            .delivered = zb_query_int (q, 3),
                            .waiting = zb_query_int (q, 4),
                            .deferred = zb_query_int (q, 5),
                            .bounced = zb_query_int (q, 6),
                            .complained = zb_query_int (q, 7),
                            .unknown = zb_query_int (q, 8)};
    g_ptr_array_add (all, f);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&all) : NULL;
}

gboolean
zb_statistics_stays (ZbDb *db, ZbStayEach each, gpointer data, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, STAYS, "");
  while (zb_query_next (q))
    each (zb_query_time (q, 0), zb_query_time (q, 1), data);
  return zb_query_ok (q, error);
}
