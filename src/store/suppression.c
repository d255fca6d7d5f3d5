/* The rows of suppression. */
#include "zhoubao/store/suppression.h"

#include "zhoubao/base/mailbox.h"
#include "zhoubao/edge/secret.h"

#define HASH_BYTES 20

static const char *const ADD =
    "INSERT INTO suppression (kind, value, reason, at, note) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
static const char *const REMOVE = "DELETE FROM suppression WHERE kind = ? AND value = ?";
/* Three looks into the index; with OR or IN the whole table would be read. */
static const char *const FIND =
    "SELECT reason FROM suppression WHERE kind = 'address' AND value = ?"
    " UNION ALL SELECT reason FROM suppression WHERE kind = 'domain' AND value = ?"
    " UNION ALL SELECT reason FROM suppression WHERE kind = 'hash' AND value = ? LIMIT 1";

static const char *const reason_names[ZB_SUPPRESSED_REASONS] = {"left", "bounced", "complained", "erased",
                                                                "editor"};

const char *
zb_suppression_reason_name (ZbSuppressionReason reason)
{
  return reason_names[reason];
}

static char *
hash_of (GBytes *key, const char *address_key)
{
  const char *fields[] = {"suppression", address_key, NULL};
  return zb_secret_tag (key, HASH_BYTES, fields);
}

static const char *
kind_of (const char *address)
{
  return strchr (address, '@') != NULL ? "address" : "domain";
}

gboolean
zb_suppression_add (ZbDb *db, const char *address, ZbSuppressionReason reason, const char *note, ZbTime now,
                    GError **error)
{
  g_autofree char *value = zb_mailbox_key (address);
  return zb_db_exec (db, error, ADD, "sssts", kind_of (address), value, reason_names[reason], now, note);
}

gboolean
zb_suppression_add_hash (ZbDb *db, GBytes *key, const char *address, ZbTime now, GError **error)
{
  g_autofree char *value = zb_mailbox_key (address), *hash = hash_of (key, value);
  return zb_db_exec (db, error, ADD, "sssts", "hash", hash, reason_names[ZB_SUPPRESSED_ERASED], now, NULL) &&
         zb_db_exec (db, error, REMOVE, "ss", "address", value);
}

gboolean
zb_suppression_remove (ZbDb *db, GBytes *key, const char *address, gboolean *removed, GError **error)
{
  g_autofree char *value = zb_mailbox_key (address), *hash = key != NULL ? hash_of (key, value) : NULL;
  if (!zb_db_exec (db, error, REMOVE, "ss", kind_of (address), value))
    return FALSE;
  gint64 count = zb_db_changes (db);
  if (hash != NULL && !zb_db_exec (db, error, REMOVE, "ss", "hash", hash))
    return FALSE;
  count += hash != NULL ? zb_db_changes (db) : 0;
  if (removed != NULL)
    *removed = count > 0;
  return TRUE;
}

/* As one of the names above, which are static. */
static const char *
static_name (const char *name)
{
  for (guint i = 0; i < ZB_SUPPRESSED_REASONS; i++)
    if (g_strcmp0 (reason_names[i], name) == 0)
      return reason_names[i];
  return NULL;
}

gboolean
zb_suppression_find (ZbDb *db, GBytes *key, const char *address, const char **reason, GError **error)
{
  g_autofree char *value = zb_mailbox_key (address), *hash = key != NULL ? hash_of (key, value) : NULL;
  g_autofree char *name = NULL;
  gboolean ok = zb_db_text (db, &name, error, FIND, "sss", value, zb_mailbox_domain (value), hash);
  *reason = static_name (name);
  return ok;
}
