/* What other tables say of a person. */
#include "zhoubao/store/dossier.h"

static const char *const DELIVERIES =
    "SELECT m.issue, d.state, d.words, d.changed FROM delivery d JOIN mailing m ON m.id = d.mailing"
    " WHERE d.person = ? ORDER BY d.id";
static const char *const BOUNCES =
    "SELECT kind, reason, words, at FROM bounce WHERE person = ? ORDER BY at, id";
static const char *const REQUESTS =
    "SELECT kind, CASE WHEN used IS NULL THEN 'open' ELSE 'confirmed' END, address, at FROM request"
    " WHERE person = ? ORDER BY at, id";

static const char *const STAYS =
    "SELECT 'stay', event, NULL, at FROM (SELECT 'joined' AS event, joined AS at FROM stay WHERE person = ?1"
    " UNION ALL SELECT 'left', left_at FROM stay WHERE person = ?1) ORDER BY at";
static const char *const SIGN_INS =
    "SELECT 'session', 'open', NULL, created FROM member_session WHERE person = ?1 UNION ALL"
    " SELECT 'link', CASE WHEN used IS NULL THEN 'open' ELSE 'used' END, NULL, at FROM member_link"
    " WHERE person = ?1 ORDER BY 4";

static gboolean
walk (ZbDb *db, const char *sql, gint64 person, ZbDossierEach each, gpointer data, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, sql, "i", person);
  while (zb_query_next (q)) {
    ZbDossierRow row = {zb_query_text (q, 0), zb_query_text (q, 1), zb_query_text (q, 2),
                        zb_query_time (q, 3)};
    each (&row, data);
  }
  return zb_query_ok (q, error);
}

gboolean
zb_dossier_deliveries (ZbDb *db, gint64 person, ZbDossierEach each, gpointer data, GError **error)
{
  return walk (db, DELIVERIES, person, each, data, error);
}

gboolean
zb_dossier_bounces (ZbDb *db, gint64 person, ZbDossierEach each, gpointer data, GError **error)
{
  return walk (db, BOUNCES, person, each, data, error);
}

gboolean
zb_dossier_requests (ZbDb *db, gint64 person, ZbDossierEach each, gpointer data, GError **error)
{
  return walk (db, REQUESTS, person, each, data, error);
}

gboolean
zb_dossier_stays (ZbDb *db, gint64 person, ZbDossierEach each, gpointer data, GError **error)
{
  return walk (db, STAYS, person, each, data, error);
}

gboolean
zb_dossier_sign_ins (ZbDb *db, gint64 person, ZbDossierEach each, gpointer data, GError **error)
{
  return walk (db, SIGN_INS, person, each, data, error);
}
