/* Learned weights. */
#include "zhoubao/store/weights.h"

static const char *const LAST = "SELECT coalesce (max (id), 0) FROM decision WHERE week < ?";
static const char *const DECISIONS = "SELECT count (*) FROM standing WHERE week < ?";
static const char *const GET = "SELECT json FROM weights WHERE through = ? AND last_decision = ?";
static const char *const PUT =
    "INSERT OR REPLACE INTO weights (through, last_decision, json) VALUES (?, ?, ?)";

gboolean
zb_weights_last_decision (ZbDb *db, const char *week, gint64 *id, GError **error)
{
  *id = 0;
  return zb_db_int (db, id, error, LAST, "s", week);
}

gboolean
zb_weights_decisions (ZbDb *db, const char *week, gint64 *count, GError **error)
{
  *count = 0;
  return zb_db_int (db, count, error, DECISIONS, "s", week);
}

gboolean
zb_weights_get (ZbDb *db, const char *through, gint64 last, char **json, GError **error)
{
  *json = NULL;
  return zb_db_text (db, json, error, GET, "si", through, last);
}

gboolean
zb_weights_put (ZbDb *db, const char *through, gint64 last, const char *json, GError **error)
{
  return zb_db_exec (db, error, PUT, "sis", through, last, json);
}
