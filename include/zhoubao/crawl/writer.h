/* What a crawl writes, by a thread and a connection of its own, many pieces to a transaction. What belongs
   together is one piece: it is in the store whole or not at all, and one that fails takes no other with it.
 */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct ZbWriter ZbWriter;

/* Writes to the database PATH. The connection is not synced at each commit, as those of people and deliveries
   are: what a power failure takes back of a crawl is fetched again. */
ZbWriter *zb_writer_new (const char *path, GError **error);
void zb_writer_free (ZbWriter *writer); /* what was not committed is dropped, without a callback */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbWriter, zb_writer_free)

/* DATA's piece is committed, or ERROR (borrowed) says why not. Called by zb_writer_dispatch. */
typedef void (*ZbWritten) (gpointer data, const GError *error);

/* Queues WORK, which is run by the thread: until DONE is called nobody else may touch what DATA holds, about
   BYTES of memory. */
void zb_writer_do (ZbWriter *writer, ZbDbWork work, gpointer data, gsize bytes, ZbWritten done);

/* Pieces queued and not yet called back, and what they hold. */
guint zb_writer_pending (ZbWriter *writer);
gsize zb_writer_held (ZbWriter *writer);

/* Readable when something is to be dispatched. */
int zb_writer_fd (ZbWriter *writer);
void zb_writer_dispatch (ZbWriter *writer);

/* Waits until every piece was called back. */
void zb_writer_finish (ZbWriter *writer);
