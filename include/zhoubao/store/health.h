/* What the database says of its own health. */
#pragma once
#include "zhoubao/edge/db.h"

/* "ok", or what SQLite finds broken, one line. (out) (transfer full) */
gboolean zb_health_integrity (ZbDb *db, char **words, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The latest instant that was written down; 0 in a new database. */
gboolean zb_health_newest (ZbDb *db, ZbTime *at, GError **error) G_GNUC_WARN_UNUSED_RESULT;
