/* Mails that people asked for by a form: confirmations of joining, and of a changed address. */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/model/person.h"

typedef struct {
  gint64 id, person;
  gboolean change; /* of the address; else joining */
  char *address;   /* that the mail went to */
  ZbWishes wishes; /* of joining */
  ZbTime at, used; /* ZB_TIME_NONE: not yet */
} ZbMailRequest;

void zb_mail_request_free (ZbMailRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbMailRequest, zb_mail_request_free)

/* A row for the mail to ADDRESS. HASH is of its token, NETWORK a keyed hash of who asked. One that no mail
   was sent for (MAILED is FALSE) only counts against NETWORK. */
gboolean zb_mail_request_add (ZbDb *db, const ZbMailRequest *request, const char *hash, const char *network,
                              gboolean mailed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* By the hash of its token; NULL without ERROR: there is none. (transfer full) */
ZbMailRequest *zb_mail_request_find (ZbDb *db, const char *hash, GError **error);

gboolean zb_mail_request_use (ZbDb *db, gint64 id, ZbTime now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What limits are made of. */
typedef struct {
  gint64 network; /* asked from NETWORK after HOUR */
  gint64 all;     /* mailed to anybody after HOUR */
  gint64 asked;   /* asked by anybody to join after HOUR, mailed or not */
  gint64 today;   /* mailed to ADDRESS after DAY */
  gint64 silent;  /* mailed to ADDRESS at any time and never answered */
} ZbMailRequestCounts;

gboolean zb_mail_request_count (ZbDb *db, const char *address, const char *network, ZbTime now,
                                ZbMailRequestCounts *counts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Forgets who asked, a day later. */
gboolean zb_mail_request_fade (ZbDb *db, ZbTime now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
