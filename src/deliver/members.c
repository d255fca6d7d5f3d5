/* Members sign in by mail. */
#include "zhoubao/deliver/members.h"

#include "asking.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/deliver/subscribers.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/member.h"
#include "zhoubao/store/suppression.h"

#define HOUR 3600
#define DAY (24 * HOUR)

static char *
hash_token (const char *token)
{
  g_autofree char *lower = g_ascii_strdown (token, -1);
  return zb_sha256 (lower, strlen (lower));
}

typedef struct {
  const char *who;
  ZbTier tier;
  ZbTime now;
} Tiering;

static gboolean
set_tier (ZbDb *db, gpointer data, GError **error)
{
  const Tiering *t = data;
  g_autoptr (ZbPerson) person = zb_subscribers_get (db, t->who, error);
  if (person == NULL)
    return FALSE;
  person->tier = t->tier;
  return zb_person_save (db, person, t->now, error) &&
         (t->tier != ZB_TIER_NONE || zb_member_forget (db, person->id, error));
}

gboolean
zb_members_set_tier (ZbDb *db, const char *who, ZbTier tier, ZbTime now, GError **error)
{
  Tiering tiering = {who, tier, now};
  return zb_db_transact (db, set_tier, &tiering, error);
}

/* Leaving the list does not end a membership; an address that is dead or complained gets nothing. */
static gboolean
find_member (ZbDb *db, const ZbAsking *a, gint64 *id, GError **error)
{
  g_autoptr (GError) failed = NULL;
  const char *suppressed = NULL;
  g_autoptr (ZbPerson) person = zb_person_find (db, a->address, &failed);
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (!zb_suppression_find (db, a->key, a->address, &suppressed, error))
    return FALSE;
  gboolean writable =
      suppressed == NULL || g_str_equal (suppressed, zb_suppression_reason_name (ZB_SUPPRESSED_LEFT));
  gboolean member = person != NULL && person->tier != ZB_TIER_NONE && person->state != ZB_PERSON_BOUNCED &&
                    person->state != ZB_PERSON_COMPLAINED && person->state != ZB_PERSON_ERASED;
  *id = member && writable ? person->id : 0;
  return TRUE;
}

static gboolean
ask (ZbDb *db, gpointer data, GError **error)
{
  ZbAsking *a = data;
  g_autofree char *network = zb_asking_network (a), *token = zb_secret_token (ZB_ASKING_TOKEN_BYTES);
  g_autofree char *hash = hash_token (token), *address_key = zb_mailbox_key (a->address);
  ZbMemberLink link = {hash, address_key, 0, network, a->now};
  ZbMemberLinkCounts counts;
  if (!zb_member_link_fade (db, a->now - DAY, error) ||
      !zb_member_session_fade (db, a->now - ZB_MEMBER_SESSION_DAYS * DAY, error) ||
      !zb_member_link_count (db, &link, a->now - HOUR, &counts, error) ||
      !zb_asking_check (counts.network, ZB_MEMBER_NETWORK_HOURLY, error))
    return FALSE;
  if (counts.address < ZB_MEMBER_ADDRESS_HOURLY && counts.all < ZB_MEMBER_HOURLY &&
      !find_member (db, a, &link.person, error))
    return FALSE;
  a->mailed = link.person != 0;
  a->token = g_steal_pointer (&token);
  return zb_member_link_add (db, &link, error);
}

gboolean
zb_members_ask (ZbDb *db, GBytes *key, const ZbConsentForm *form, ZbTime now, ZbConsentMail *mail,
                GError **error)
{
  return zb_asking_run (db, ask, key, form, now, mail, error);
}

static gboolean
find_link (ZbDb *db, const char *hash, ZbTime now, gint64 *person, GError **error)
{
  if (!zb_member_link_find (db, hash, now - ZB_MEMBER_LINK_MINUTES * 60, person, error))
    return FALSE;
  if (*person == 0)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_NOT_FOUND,
                         "this link is not good any more: ask for a new one");
  return *person != 0;
}

gboolean
zb_members_check (ZbDb *db, const char *link, ZbTime now, GError **error)
{
  gint64 person = 0;
  g_autofree char *hash = hash_token (link);
  return find_link (db, hash, now, &person, error);
}

typedef struct {
  const char *link;
  ZbTime now;
  char *token;
} Entering;

static gboolean
enter (ZbDb *db, gpointer data, GError **error)
{
  Entering *e = data;
  gint64 person = 0;
  g_autofree char *link = hash_token (e->link), *token = zb_secret_token (ZB_ASKING_TOKEN_BYTES),
                  *hash = hash_token (token);
  if (!find_link (db, link, e->now, &person, error) || !zb_member_link_use (db, link, e->now, error) ||
      !zb_member_session_add (db, hash, person, e->now, error))
    return FALSE;
  e->token = g_steal_pointer (&token);
  return TRUE;
}

gboolean
zb_members_enter (ZbDb *db, const char *link, ZbTime now, char **token, GError **error)
{
  Entering entering = {link, now, NULL};
  gboolean entered = zb_db_transact (db, enter, &entering, error);
  g_autofree char *secret = entering.token;
  if (entered)
    *token = g_steal_pointer (&secret);
  return entered;
}

ZbPerson *
zb_members_session (ZbDb *db, const char *token, ZbTime now, GError **error)
{
  gint64 id = 0;
  g_autofree char *hash = hash_token (token);
  if (!zb_member_session_find (db, hash, now - ZB_MEMBER_SESSION_DAYS * DAY, now, &id, error) || id == 0)
    return NULL;
  g_autoptr (ZbPerson) person = zb_person_load (db, id, error);
  return person != NULL && person->tier != ZB_TIER_NONE ? g_steal_pointer (&person) : NULL;
}

gboolean
zb_members_leave (ZbDb *db, const char *token, GError **error)
{
  g_autofree char *hash = hash_token (token);
  return zb_member_session_end (db, hash, error);
}
