/* Numbered migrations: src/store/migrations/NNNN-NAME.sql, inside the program. */
#pragma once
#include "zhoubao/edge/db.h"

/* Brings DB to the newest schema, each migration in a transaction of its own; an older database is first
   copied beside itself (PATH.before-NNNN). Refused: a newer database, and a file that is no database of this
   program. */
gboolean zb_migrate (ZbDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
