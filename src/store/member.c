/* Rows of sign-in links and sessions of members. */
#include "zhoubao/store/member.h"

#define TOUCH_SECONDS 3600 /* how exactly the last use is kept */

static const char *const ADD_LINK =
    "INSERT INTO member_link (hash, address_key, person, network, at) VALUES (?, ?, nullif (?, 0), ?, ?)";
static const char *const COUNT_NETWORK = "SELECT count(*) FROM member_link WHERE at > ? AND network = ?";
static const char *const COUNT_ADDRESS =
    "SELECT count(*) FROM member_link WHERE at > ? AND person IS NOT NULL AND address_key = ?";
static const char *const COUNT_ALL = "SELECT count(*) FROM member_link WHERE at > ? AND person IS NOT NULL";
static const char *const FADE_LINKS = "DELETE FROM member_link WHERE at <= ?";
static const char *const FIND_LINK =
    "SELECT person FROM member_link WHERE hash = ? AND at > ? AND used IS NULL AND person IS NOT NULL";
static const char *const USE_LINK = "UPDATE member_link SET used = ? WHERE hash = ? AND used IS NULL";
static const char *const ADD_SESSION =
    "INSERT INTO member_session (hash, person, created, used) VALUES (?1, ?2, ?3, ?3)";
static const char *const FIND_SESSION = "SELECT person, used FROM member_session WHERE hash = ? AND used > ?";
static const char *const USE_SESSION = "UPDATE member_session SET used = ? WHERE hash = ?";
static const char *const END_SESSION = "DELETE FROM member_session WHERE hash = ?";
static const char *const FADE_SESSIONS = "DELETE FROM member_session WHERE used <= ?";
static const char *const FORGET_LINKS = "DELETE FROM member_link WHERE person = ?";
static const char *const FORGET_SESSIONS = "DELETE FROM member_session WHERE person = ?";

gboolean
zb_member_link_add (ZbDb *db, const ZbMemberLink *link, GError **error)
{
  return zb_db_exec (db, error, ADD_LINK, "ssist", link->hash, link->address_key, link->person, link->network,
                     link->at);
}

gboolean
zb_member_link_count (ZbDb *db, const ZbMemberLink *link, ZbTime since, ZbMemberLinkCounts *counts,
                      GError **error)
{
  *counts = (ZbMemberLinkCounts){0};
  return zb_db_int (db, &counts->network, error, COUNT_NETWORK, "ts", since, link->network) &&
         zb_db_int (db, &counts->address, error, COUNT_ADDRESS, "ts", since, link->address_key) &&
         zb_db_int (db, &counts->all, error, COUNT_ALL, "t", since);
}

gboolean
zb_member_link_fade (ZbDb *db, ZbTime since, GError **error)
{
  return zb_db_exec (db, error, FADE_LINKS, "t", since);
}

gboolean
zb_member_link_find (ZbDb *db, const char *hash, ZbTime since, gint64 *person, GError **error)
{
  *person = 0;
  return zb_db_int (db, person, error, FIND_LINK, "st", hash, since);
}

gboolean
zb_member_link_use (ZbDb *db, const char *hash, ZbTime now, GError **error)
{
  return zb_db_exec (db, error, USE_LINK, "ts", now, hash);
}

gboolean
zb_member_session_add (ZbDb *db, const char *hash, gint64 person, ZbTime now, GError **error)
{
  return zb_db_exec (db, error, ADD_SESSION, "sit", hash, person, now);
}

gboolean
zb_member_session_find (ZbDb *db, const char *hash, ZbTime since, ZbTime now, gint64 *person, GError **error)
{
  ZbTime used = now;
  *person = 0;
  g_autoptr (ZbQuery) q = zb_db_query (db, FIND_SESSION, "st", hash, since);
  if (zb_query_next (q)) {
    *person = zb_query_int (q, 0);
    used = zb_query_time (q, 1);
  }
  return zb_query_ok (q, error) &&
         (now - used < TOUCH_SECONDS || zb_db_exec (db, error, USE_SESSION, "ts", now, hash));
}

gboolean
zb_member_session_end (ZbDb *db, const char *hash, GError **error)
{
  return zb_db_exec (db, error, END_SESSION, "s", hash);
}

gboolean
zb_member_session_fade (ZbDb *db, ZbTime since, GError **error)
{
  return zb_db_exec (db, error, FADE_SESSIONS, "t", since);
}

gboolean
zb_member_forget (ZbDb *db, gint64 person, GError **error)
{
  return zb_db_exec (db, error, FORGET_LINKS, "i", person) &&
         zb_db_exec (db, error, FORGET_SESSIONS, "i", person);
}
