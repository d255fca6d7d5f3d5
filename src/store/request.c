/* The rows of mails that forms asked for. */
#include "zhoubao/store/request.h"

#include "zhoubao/base/mailbox.h"

#define HOUR 3600
#define DAY (24 * HOUR)

/* A row without a mail is used the moment it is made. */
static const char ADD[] = "INSERT INTO request (kind, person, address_key, address, token, network, at, used,"
                          " weekly, latest, essays) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char FIND[] = "SELECT id, person, kind = 'change', address, at, used, weekly, latest, essays "
                           "FROM request WHERE token = ?";
static const char USE[] = "UPDATE request SET used = ? WHERE id = ?";
static const char FADE[] = "UPDATE request SET network = NULL WHERE network IS NOT NULL AND at < ?";
static const char COUNT_NETWORK[] = "SELECT count(*) FROM request WHERE at > ? AND network = ?";
static const char COUNT_ALL[] = "SELECT count(*) FROM request WHERE at > ? AND used IS NOT at";
static const char COUNT_ASKED[] = "SELECT count(*) FROM request WHERE at > ? AND kind = 'subscribe'";
static const char COUNT_TODAY[] =
    "SELECT count(*) FROM request WHERE address_key = ? AND at > ? AND used IS NOT at";
static const char COUNT_SILENT[] = "SELECT count(*) FROM request WHERE address_key = ? AND used IS NULL";

void
zb_mail_request_free (ZbMailRequest *request)
{
  g_free (request->address);
  g_free (request);
}

gboolean
zb_mail_request_add (ZbDb *db, const ZbMailRequest *r, const char *hash, const char *network, gboolean mailed,
                     GError **error)
{
  g_autofree char *key = zb_mailbox_key (r->address);
  return zb_db_exec (db, error, ADD, "sissssttiii", r->change ? "change" : "subscribe", r->person, key,
                     r->address, hash, network, r->at, mailed ? ZB_TIME_NONE : r->at,
                     (gint64)r->wishes.weekly, (gint64)r->wishes.latest, (gint64)r->wishes.essays);
}

ZbMailRequest *
zb_mail_request_find (ZbDb *db, const char *hash, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, FIND, "s", hash);
  g_autoptr (ZbMailRequest) r = NULL;
  if (zb_query_next (q)) {
    r = g_new0 (ZbMailRequest, 1);
    r->id = zb_query_int (q, 0);
    r->person = zb_query_int (q, 1);
    r->change = zb_query_int (q, 2) != 0;
    r->address = g_strdup (zb_query_text (q, 3));
    r->at = zb_query_time (q, 4);
    r->used = zb_query_time (q, 5);
    r->wishes = (ZbWishes){zb_query_int (q, 6) != 0, zb_query_int (q, 7) != 0, zb_query_int (q, 8) != 0};
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&r) : NULL;
}

gboolean
zb_mail_request_use (ZbDb *db, gint64 id, ZbTime now, GError **error)
{
  return zb_db_exec (db, error, USE, "ti", now, id);
}

gboolean
zb_mail_request_count (ZbDb *db, const char *address, const char *network, ZbTime now, ZbMailRequestCounts *c,
                       GError **error)
{
  g_autofree char *key = zb_mailbox_key (address);
  *c = (ZbMailRequestCounts){0};
  return zb_db_int (db, &c->network, error, COUNT_NETWORK, "ts", now - HOUR, network) &&
         zb_db_int (db, &c->all, error, COUNT_ALL, "t", now - HOUR) &&
         zb_db_int (db, &c->asked, error, COUNT_ASKED, "t", now - HOUR) &&
         zb_db_int (db, &c->today, error, COUNT_TODAY, "st", key, now - DAY) &&
         zb_db_int (db, &c->silent, error, COUNT_SILENT, "s", key);
}

gboolean
zb_mail_request_fade (ZbDb *db, ZbTime now, GError **error)
{
  return zb_db_exec (db, error, FADE, "t", now - DAY);
}
