/* What asking for a mail with a link is, whether to join the list or to sign in. */
#pragma once
#include "zhoubao/deliver/consent.h"

#define ZB_ASKING_TOKEN_BYTES 20

/* One request, as the function that judges and keeps it sees it. */
typedef struct {
  GBytes *key;
  const ZbConsentForm *form;
  ZbTime now;
  const char *address; /* as it goes over the wire */
  char *token;         /* to be set: what the link has */
  gboolean mailed;     /* to be set: whether a mail goes out */
} ZbAsking;

/* Calls ASK with a ZbAsking for FORM in one transaction of DB; MAIL gets what is to be mailed, if anything.
 */
gboolean zb_asking_run (ZbDb *db, ZbDbWork ask, GBytes *key, const ZbConsentForm *form, ZbTime now,
                        ZbConsentMail *mail, GError **error);

/* The name of the network that FORM came from, which only KEY can make. (transfer full) */
char *zb_asking_network (const ZbAsking *asking);

/* FALSE with ZB_ERROR_BUSY where COUNT requests of one network are MOST or more. */
gboolean zb_asking_check (gint64 count, gint64 most, GError **error);
