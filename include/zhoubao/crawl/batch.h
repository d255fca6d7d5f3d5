/* Writes of a crawl, many to a transaction: what belongs together is one piece that is in the store whole or
   not at all, and a piece that fails takes no other with it. */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct ZbBatch ZbBatch;

/* Borrows DB, a connection for the crawl alone: it is no longer synced at each commit, as those of people and
   deliveries are. */
ZbBatch *zb_batch_new (ZbDb *db);
void zb_batch_free (ZbBatch *batch); /* what was not committed is rolled back */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbBatch, zb_batch_free)

ZbDb *zb_batch_db (ZbBatch *batch); /* for reading */

/* Runs WORK as one piece. */
gboolean zb_batch_do (ZbBatch *batch, ZbDbWork work, gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Commits where something is open and either FORCE or it is time to: others want to write, too. COMMITTED is
   TRUE where something was. */
gboolean zb_batch_commit (ZbBatch *batch, gboolean force, gboolean *committed,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
