/* Weights of the ranking that were learned: derived from decisions, kept so that a queue opens at once. */
#pragma once
#include "zhoubao/edge/db.h"

/* The id of the newest decision of the weeks before WEEK ("2017-W26"), 0 for none. */
gboolean zb_weights_last_decision (ZbDb *db, const char *week, gint64 *id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many decisions of the weeks before WEEK stand. */
gboolean zb_weights_decisions (ZbDb *db, const char *week, gint64 *count,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The weights (JSON) learned up to the week THROUGH from decisions up to LAST; NULL where there are none. */
gboolean zb_weights_get (ZbDb *db, const char *through, gint64 last, char **json,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_weights_put (ZbDb *db, const char *through, gint64 last, const char *json,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
