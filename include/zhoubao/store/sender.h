/* One active sender to a database, and no sender for a copy of one (DESIGN §8).

   On this machine a lock on data/sender, which ends with the process, says who sends; between machines that
   share the folder, a lease in the database that is renewed. Each sender has an epoch; the file keeps the
   last one too. So a database that was restored from an older copy is known by its smaller epoch, one that
   was copied elsewhere by its file's identity. */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct ZbSender ZbSender;

#define ZB_SENDER_LEASE 60 /* seconds */

/* Takes the lease for DB, whose workspace has the folder DATA. Refused with ZB_ERROR_BUSY where another
   sender is at work, and ZB_ERROR_REFUSED where this is a copy, unless ADOPT says that the original sends no
   more. (transfer full) */
ZbSender *zb_sender_take (ZbDb *db, const char *data, gboolean adopt, ZbTime now, GError **error);

/* Whether the lease is still this sender's, to be asked in each transaction that lets mail go out; renews it
   where half of it has passed. ZB_ERROR_BUSY where another has taken over. */
gboolean zb_sender_check (ZbSender *sender, ZbDb *db, ZbTime now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives the lease back, and frees. */
void zb_sender_release (ZbSender *sender, ZbDb *db);
