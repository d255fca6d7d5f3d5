/* Sums over deliveries, bounces and people. */
#include "zhoubao/store/statistics.h"

#include "zhoubao/base/error.h"

#define NEWEST "(SELECT id, issue, created FROM mailing ORDER BY created DESC, id DESC LIMIT ?1) m"
#define UNKEPT " NOT EXISTS (SELECT 1 FROM mailing_sum s WHERE s.mailing = m.id)"
/* In the words of the partial indexes, which tell it without a look at every row. */
#define SETTLED                                                                                              \
  " NOT EXISTS (SELECT 1 FROM delivery d WHERE d.mailing = m.id AND d.state IN ('queued', 'deferred'))"      \
  " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.mailing = m.id AND d.state IN ('inflight', "            \
  "'uncertain'))"
/* A hard bounce counts once for a delivery, whether the server said so or a mail that came later. */
#define TO "count (d.id)"
#define DELIVERED "sum (d.state = 'sent' AND h.delivery IS NULL)"
#define WAITING "sum (d.state IN ('queued', 'inflight', 'deferred')), sum (d.state = 'deferred')"
#define ENDED                                                                                                \
  "sum (d.state = 'failed' OR h.delivery IS NOT NULL), sum (c.delivery IS NOT NULL),"                        \
  " sum (d.state IN ('uncertain', 'held') AND h.delivery IS NULL)"
#define ROWS                                                                                                 \
  " JOIN delivery d ON d.mailing = m.id AND d.state <> 'suppressed'"                                         \
  " LEFT JOIN bounce h ON h.delivery = d.id AND h.kind = 'hard'"                                             \
  " LEFT JOIN bounce c ON c.delivery = d.id AND c.kind = 'complaint'"
static const char *const UNKEPT_SETTLED = "SELECT count (*) FROM " NEWEST " WHERE" UNKEPT " AND" SETTLED;
static const char *const KEEP =
    "INSERT INTO mailing_sum (mailing, addressed, delivered, bounced, complained, unknown)"
    " SELECT m.id, " TO ", " DELIVERED ", " ENDED " FROM " NEWEST ROWS " WHERE" UNKEPT " AND" SETTLED
    " GROUP BY m.id";
static const char *const MAILINGS =
    "SELECT m.issue, m.created AS at, m.id AS id, s.addressed, s.delivered, 0, 0, s.bounced, s.complained,"
    " s.unknown FROM " NEWEST " JOIN mailing_sum s ON s.mailing = m.id UNION ALL"
    " SELECT m.issue, m.created, m.id, " TO ", " DELIVERED ", " WAITING ", " ENDED " FROM " NEWEST ROWS
    " WHERE" UNKEPT " GROUP BY m.id ORDER BY at DESC, id DESC";
/* Who was imported as one who had left was never on the list. */
static const char *const STAYS =
    "SELECT joined, left_at FROM person WHERE state <> 'pending' AND (left_at IS NULL OR left_at > joined)"
    " UNION ALL SELECT joined, left_at FROM stay";

void
zb_mailing_figures_free (ZbMailingFigures *figures)
{
  g_free (figures->issue);
  g_free (figures);
}

/* Whatever is settled is summed once. Where it cannot be kept, as the disk is full, it is summed at each
 * look.
 */
static void
keep_sums (ZbDb *db, gint64 most)
{
  gint64 some = 0;
  if (zb_db_int (db, &some, NULL, UNKEPT_SETTLED, "i", most) && some > 0)
    zb_ignore (zb_db_exec (db, NULL, KEEP, "i", most));
}

GPtrArray *
zb_statistics_mailings (ZbDb *db, gint64 most, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_mailing_figures_free);
  keep_sums (db, most);
  g_autoptr (ZbQuery) q = zb_db_query (db, MAILINGS, "i", most);
  while (zb_query_next (q)) {
    ZbMailingFigures *f = g_new0 (ZbMailingFigures, 1);
    *f = (ZbMailingFigures){.issue = g_strdup (zb_query_text (q, 0)),
                            .queued = zb_query_time (q, 1),
                            .to = zb_query_int (q, 3),
                            .delivered = zb_query_int (q, 4),
                            .waiting = zb_query_int (q, 5),
                            .deferred = zb_query_int (q, 6),
                            .bounced = zb_query_int (q, 7),
                            .complained = zb_query_int (q, 8),
                            .unknown = zb_query_int (q, 9)};
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
