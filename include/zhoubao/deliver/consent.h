/* What people do with their own subscription: asking to join, confirming, changing the address, leaving.
   Joining and a new address count only once the owner of the address has confirmed them by a mailed link. */
#pragma once
#include "zhoubao/store/person.h"
#include "zhoubao/store/request.h"
#include "zhoubao/store/workspace.h"

#define ZB_CONSENT_TEXT "2026-11"   /* version of the words beside the form */
#define ZB_CONSENT_DAYS 14          /* that a mailed link is good for */
#define ZB_CONSENT_NETWORK_HOURLY 5 /* requests an hour from one network address */
#define ZB_CONSENT_HOURLY 200       /* mails an hour in all */
#define ZB_CONSENT_EASY_HOURLY 40   /* requests an hour in all, after which work is asked for (work.h) */
#define ZB_CONSENT_UNANSWERED 3     /* mails to one address that never answers, one a day at most */

typedef struct {
  const char *address; /* as a person wrote it */
  const char *peer;    /* the network address that asks; only its keyed hash is kept, for a day */
  gint64 change;       /* the person who wants this new address; 0: somebody wants to join */
  gboolean worked;     /* the work was done (work.h) */
  ZbWishes wishes;     /* of who wants to join */
} ZbConsentForm;

/* What is to be mailed; both NULL where no mail is due, which the asker must not be told. */
typedef struct {
  char *address, *token;
} ZbConsentMail;

void zb_consent_mail_clear (ZbConsentMail *mail);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbConsentMail, zb_consent_mail_clear)

/* KEY is the workspace's "people". ZB_ERROR_INVALID: no address; ZB_ERROR_BUSY: too many from there, or too
   many in all for one who did no work; both count known and unknown addresses alike. */
gboolean zb_consent_ask (ZbDb *db, GBytes *key, const ZbConsentForm *form, ZbTime now, ZbConsentMail *mail,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The request of TOKEN, also one that was used. ZB_ERROR_NOT_FOUND: never made, or too old. (transfer full)
 */
ZbMailRequest *zb_consent_find (ZbDb *db, const char *token, ZbTime now, GError **error);

/* Does what TOKEN's request asked for; a second time changes nothing. */
gboolean zb_consent_confirm (ZbDb *db, GBytes *key, const char *token, ZbTime now,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* No more mail for PERSON. Who has left, is erased or complained stays as they are. */
gboolean zb_consent_leave (ZbDb *db, gint64 person, ZbTime now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
