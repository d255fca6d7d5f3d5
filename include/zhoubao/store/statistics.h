/* Sums over deliveries, bounces and people. Nothing here is known of a reader but what the ledger and the
   list hold: no pixel, no link that is counted. */
#pragma once
#include "zhoubao/edge/db.h"

/* What became of one mailing. */
typedef struct {
  char *issue; /* 2017-W26 */
  ZbTime queued;
  gint64 to;           /* messages in all, those of nobody to send to left out */
  gint64 delivered;    /* taken by a server, and nothing came back */
  gint64 waiting;      /* queued, on their way or deferred */
  gint64 deferred;     /* of these, those that a server asked to try later */
  gint64 bounced;      /* refused for good, by the server or by mail */
  gint64 complained;   /* of the delivered, those that were called unwanted */
  gint64 unknown;      /* uncertain or held */
  gint64 joined, left; /* from this mailing to the next, by deliver/statistics */
} ZbMailingFigures;

void zb_mailing_figures_free (ZbMailingFigures *figures);

/* Those of the newest MOST mailings, the newest first. (transfer full) */
GPtrArray *zb_statistics_mailings (ZbDb *db, gint64 most, GError **error);

/* Calls EACH for everybody who was ever on the list: when they joined, and left (ZB_TIME_NONE: not yet). */
typedef void (*ZbStayEach) (ZbTime joined, ZbTime left, gpointer data);
gboolean zb_statistics_stays (ZbDb *db, ZbStayEach each, gpointer data,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
