/* How the list and its mailings fare, without following any reader. */
#pragma once
#include "zhoubao/base/week.h"
#include "zhoubao/store/statistics.h"

typedef struct {
  ZbWeek week;
  gint64 joined,
      left;    /* in it; who has not confirmed has not joined, who bounced, complained or was erased left */
  gint64 list; /* on the list at its end */
} ZbWeekFigures;

typedef struct {
  GPtrArray *mailings; /* of ZbMailingFigures, the newest first */
  GArray *weeks;       /* of ZbWeekFigures, the oldest first */
} ZbStatistics;

/* The newest WEEKS mailings, and the WEEKS weeks that end with the one of NOW in ZONE. (transfer full) */
ZbStatistics *zb_statistics_new (ZbDb *db, GTimeZone *zone, guint weeks, ZbTime now, GError **error);
void zb_statistics_free (ZbStatistics *statistics);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbStatistics, zb_statistics_free)
