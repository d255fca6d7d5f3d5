/* Stories: items that tell of one event within days of each other. */
#pragma once
#include "zhoubao/model/config.h"
#include "zhoubao/store/item.h"

/* Gives every item without a story the story of its likest neighbour of the days around it, or a new one; no
   transaction is held while they are compared. GROUPED (may be NULL) gets how many were placed. */
gboolean zb_cluster_run (ZbDb *db, const ZbConfig *config, ZbTime now, gint64 *grouped,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Groups ITEMS (of ZbItem, in the order of their time) without a store: a new array with a story's number for
   each, from 0. The same rule as above. (transfer full) */
GArray *zb_cluster_group (const GPtrArray *items, const ZbConfig *config);

/* Puts the items of one story in reading order: the original notice first (of an official document, or the
   highest level, or the earliest), reprints after it. LEVEL_OF gives the rank of a source's level, small is
   high. */
void zb_cluster_order (GPtrArray *items, int (*level_of) (const char *slug, gpointer data), gpointer data);
