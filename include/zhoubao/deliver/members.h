/* Members: subscribers with a tier, who read the documents of issues/documents up to it. They sign in by a
   mailed link, without a password; a member who no longer gets the newsletter may still read. */
#pragma once
#include "zhoubao/deliver/consent.h"

#define ZB_MEMBER_LINK_MINUTES 30  /* that a mailed link is good for, once */
#define ZB_MEMBER_SESSION_DAYS 30  /* without a visit, after which a session is over */
#define ZB_MEMBER_NETWORK_HOURLY 5 /* requests an hour from one network address */
#define ZB_MEMBER_ADDRESS_HOURLY 3 /* mails an hour to one address */
#define ZB_MEMBER_HOURLY 200       /* mails an hour in all */

/* Gives WHO (address or number) TIER; none ends the membership and every session. */
gboolean zb_members_set_tier (ZbDb *db, const char *who, ZbTier tier, ZbTime now,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ADDRESS, as a person wrote it, wants to sign in from the network address PEER. MAIL holds NULL where no
   mail is due (no member, or too many already), which the asker must not be told. KEY is the workspace's
   "people". ZB_ERROR_INVALID: no address; ZB_ERROR_BUSY: too many from there, known and unknown alike. */
gboolean zb_members_ask (ZbDb *db, GBytes *key, const ZbConsentForm *form, ZbTime now, ZbConsentMail *mail,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether LINK may be used; changes nothing. ZB_ERROR_NOT_FOUND: never made, used, or too old. */
gboolean zb_members_check (ZbDb *db, const char *link, ZbTime now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Uses LINK, once, and opens a session, whose secret *TOKEN is for the cookie alone. */
gboolean zb_members_enter (ZbDb *db, const char *link, ZbTime now, char **token,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The member whose session TOKEN opens, with the tier that they have now; NULL without ERROR where it opens
   none. (transfer full) */
ZbPerson *zb_members_session (ZbDb *db, const char *token, ZbTime now, GError **error);

gboolean zb_members_leave (ZbDb *db, const char *token, GError **error) G_GNUC_WARN_UNUSED_RESULT;
