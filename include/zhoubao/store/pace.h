/* Rates that outlive a restart: rows of pace, one per relay or recipient domain. */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct {
  double tokens; /* messages that may go at once */
  double filled; /* when that was true, in seconds since 1970 */
  double pause;  /* the last pause in seconds */
  double until;  /* no message before */
} ZbPaceRow;

/* Calls EACH for every row. */
typedef void (*ZbPaceEach) (const char *name, const ZbPaceRow *row, gpointer data);
gboolean zb_pace_row_each (ZbDb *db, ZbPaceEach each, gpointer data,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_pace_row_write (ZbDb *db, const char *name, const ZbPaceRow *row,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
