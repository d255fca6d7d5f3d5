/* The database's own checks. */
#include "zhoubao/store/health.h"

static const char *const CHECK = "PRAGMA quick_check (1)";
static const char *const NEWEST = "SELECT max (coalesce ((SELECT max (changed) FROM delivery), 0), coalesce "
                                  "((SELECT max (changed) FROM person), 0),"
                                  " coalesce ((SELECT max (at) FROM audit), 0))";

gboolean
zb_health_integrity (ZbDb *db, char **words, GError **error)
{
  return zb_db_text (db, words, error, CHECK, "");
}

gboolean
zb_health_newest (ZbDb *db, ZbTime *at, GError **error)
{
  gint64 newest = 0;
  if (!zb_db_int (db, &newest, error, NEWEST, ""))
    return FALSE;
  *at = newest;
  return TRUE;
}
