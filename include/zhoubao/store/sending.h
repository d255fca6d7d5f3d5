/* Mailings that somebody asked the desk to send. The row is there before anything else is done, so that
   whatever a crash leaves undone is gone on with. */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct {
  char *issue; /* 2017-W26 */
  ZbTime asked;
  char *asked_by;
  ZbTime ended;  /* everything is settled; ZB_TIME_NONE: not yet */
  char *trouble; /* why it stopped, until somebody asks again; or NULL */
  ZbTime moved;  /* when a message of it last changed its state, or ASKED */
} ZbSending;

void zb_sending_free (ZbSending *sending);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbSending, zb_sending_free)

/* Asks for ISSUE, once more where it ended in trouble, with a line in the audit. */
gboolean zb_sending_ask (ZbDb *db, const char *issue, const char *who, ZbTime now,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* NULL without ERROR: nobody asked. (transfer full) */
ZbSending *zb_sending_get (ZbDb *db, const char *issue, GError **error);

/* Those that have neither ended nor trouble, of ZbSending. (transfer full) */
GPtrArray *zb_sending_list_open (ZbDb *db, GError **error);

/* Everything is settled, or it stops for TROUBLE. */
gboolean zb_sending_end (ZbDb *db, const char *issue, const char *trouble, ZbTime now,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
