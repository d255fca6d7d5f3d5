/* How members sign in: links that were mailed, and sessions. Rules are in deliver/members.h. */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct {
  const char *hash;        /* of the token in the mail */
  const char *address_key; /* of the address that was asked for (base/mailbox.h) */
  gint64 person;           /* 0: no mail is sent, the row only counts against who asked */
  const char *network;     /* keyed hash of who asked */
  ZbTime at;
} ZbMemberLink;

gboolean zb_member_link_add (ZbDb *db, const ZbMemberLink *link, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What limits are made of: asked by NETWORK, mailed to ADDRESS_KEY, mailed to anybody, each after SINCE. */
typedef struct {
  gint64 network, address, all;
} ZbMemberLinkCounts;

gboolean zb_member_link_count (ZbDb *db, const ZbMemberLink *link, ZbTime since, ZbMemberLinkCounts *counts,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Forgets links made before SINCE. */
gboolean zb_member_link_fade (ZbDb *db, ZbTime since, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whose link HASH is, made after SINCE and not used; *PERSON 0: nobody's. */
gboolean zb_member_link_find (ZbDb *db, const char *hash, ZbTime since, gint64 *person,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_member_link_use (ZbDb *db, const char *hash, ZbTime now,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean zb_member_session_add (ZbDb *db, const char *hash, gint64 person, ZbTime now,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whose session HASH is, used after SINCE; that it is used NOW is noted once an hour. *PERSON 0: nobody's. */
gboolean zb_member_session_find (ZbDb *db, const char *hash, ZbTime since, ZbTime now, gint64 *person,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_member_session_end (ZbDb *db, const char *hash, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Forgets sessions last used before SINCE. */
gboolean zb_member_session_fade (ZbDb *db, ZbTime since, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends all of PERSON: links and sessions. */
gboolean zb_member_forget (ZbDb *db, gint64 person, GError **error) G_GNUC_WARN_UNUSED_RESULT;
