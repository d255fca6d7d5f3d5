/* One open transaction, committed when it is old or large enough. */
#include "zhoubao/crawl/batch.h"

#include "zhoubao/base/error.h"

#define MOST_PIECES 64
#define MOST_US (200 * 1000)

struct ZbBatch {
  ZbDb *db;
  gboolean open;
  guint pieces;
  gint64 since;
};

ZbBatch *
zb_batch_new (ZbDb *db)
{
  /* What a power failure takes back of a crawl is fetched again. A failure to set it costs time only. */
  zb_ignore (zb_db_script (db, "PRAGMA synchronous=NORMAL", NULL));
  ZbBatch *batch = g_new0 (ZbBatch, 1);
  batch->db = db;
  return batch;
}

void
zb_batch_free (ZbBatch *batch)
{
  if (batch->open)
    zb_db_rollback (batch->db);
  g_free (batch);
}

ZbDb *
zb_batch_db (ZbBatch *batch)
{
  return batch->db;
}

gboolean
zb_batch_do (ZbBatch *batch, ZbDbWork work, gpointer data, GError **error)
{
  if (!batch->open && !zb_db_begin (batch->db, error))
    return FALSE;
  if (!batch->open)
    batch->since = g_get_monotonic_time ();
  batch->open = TRUE;
  batch->pieces++;
  return zb_db_transact (batch->db, work, data, error);
}

gboolean
zb_batch_commit (ZbBatch *batch, gboolean force, gboolean *committed, GError **error)
{
  gboolean due = force || batch->pieces >= MOST_PIECES || g_get_monotonic_time () - batch->since > MOST_US;
  *committed = FALSE;
  if (!batch->open || !due)
    return TRUE;
  batch->open = FALSE;
  batch->pieces = 0;
  *committed = TRUE;
  return zb_db_commit (batch->db, error);
}
