/* Sessions of editors: signing in, and the limit on guessing. */
#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/editor.h"

static const char *const FAILURES = "SELECT count(*) FROM attempt WHERE who = ? AND at > ?";
static const char *const FAIL = "INSERT INTO attempt (who, at) VALUES (?, ?)";
static const char *const TAKE_BACK =
    "DELETE FROM attempt WHERE rowid = (SELECT max (rowid) FROM attempt WHERE who = ? AND at = ?)";
static const char *const FORGET = "DELETE FROM attempt WHERE at <= ?";
static const char *const FIND = "SELECT id, password FROM editor WHERE name = ?";
static const char *const OPEN = "INSERT INTO session (hash, editor, created, used) VALUES (?1, ?2, ?3, ?3)";
static const char *const EXPIRE = "DELETE FROM session WHERE used <= ?";
static const char *const WHO =
    "SELECT e.id, e.name, e.role, e.created, s.used FROM session s JOIN editor e ON e.id = s.editor"
    " WHERE s.hash = ? AND s.used > ?";
static const char *const USE = "UPDATE session SET used = ?2 WHERE hash = ?1";
static const char *const CLOSE = "DELETE FROM session WHERE hash = ?";

#define FAILURES_A_MINUTE 5
#define TOUCH_SECONDS 60 /* how exactly the last use is kept */

static char *
hash_token (const char *token)
{
  return zb_sha256 (token, strlen (token));
}

static gboolean
is_limited (ZbDb *db, const char *who, ZbTime now, gboolean *limited, GError **error)
{
  gint64 failures = 0;
  if (!zb_db_int (db, &failures, error, FAILURES, "st", who, now - 60))
    return FALSE;
  *limited |= failures >= FAILURES_A_MINUTE;
  return TRUE;
}

typedef struct {
  const char *name_key, *peer;
  ZbTime now;
} Try;

/* A try counts as failed before the password is looked at, which takes long: others that come meanwhile must
   find it. */
static gboolean
note_try (ZbDb *db, gpointer data, GError **error)
{
  const Try *try = data;
  gboolean limited = FALSE;
  if (!is_limited (db, try->name_key, try->now, &limited, error) ||
      !is_limited (db, try->peer, try->now, &limited, error))
    return FALSE;
  if (limited) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_BUSY, "too many failed attempts: try again in a minute");
    return FALSE;
  }
  return zb_db_exec (db, error, FORGET, "t", try->now - 3600) &&
         zb_db_exec (db, error, FAIL, "st", try->name_key, try->now) &&
         zb_db_exec (db, error, FAIL, "st", try->peer, try->now);
}

static gboolean
take_back (ZbDb *db, const Try *try, GError **error)
{
  return zb_db_exec (db, error, TAKE_BACK, "st", try->name_key, try->now) &&
         zb_db_exec (db, error, TAKE_BACK, "st", try->peer, try->now);
}

/* The editor's id where the password is right, else 0; the same time either way. */
static gboolean
check_password (ZbDb *db, const char *name, const char *password, gint64 *editor, GError **error)
{
  g_autofree char *hash = NULL;
  gint64 id = 0;
  g_autoptr (ZbQuery) q = zb_db_query (db, FIND, "s", name);
  if (zb_query_next (q)) {
    id = zb_query_int (q, 0);
    hash = g_strdup (zb_query_text (q, 1));
  }
  if (!zb_query_ok (q, error))
    return FALSE;
  if (hash == NULL)
    zb_password_waste (password);
  *editor = hash != NULL && zb_password_matches (hash, password) ? id : 0;
  return TRUE;
}

gboolean
zb_session_open (ZbDb *db, const char *name, const char *password, const char *peer, ZbTime now, char **token,
                 GError **error)
{
  gint64 editor = 0;
  g_autofree char *folded = g_utf8_casefold (name, -1), *name_key = g_strconcat ("name:", folded, NULL);
  Try try = {name_key, peer, now};
  if (!zb_db_transact (db, note_try, &try, error) || !check_password (db, name, password, &editor, error))
    return FALSE;
  if (editor == 0) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED, "name or password is wrong");
    return FALSE;
  }
  if (!take_back (db, &try, error))
    return FALSE;
  g_autofree char *secret = zb_secret_token (32), *hash = hash_token (secret);
  if (!zb_db_exec (db, error, EXPIRE, "t", now - ZB_SESSION_IDLE) ||
      !zb_db_exec (db, error, OPEN, "sit", hash, editor, now))
    return FALSE;
  *token = g_steal_pointer (&secret);
  return TRUE;
}

ZbEditor *
zb_session_editor (ZbDb *db, const char *token, ZbTime now, GError **error)
{
  g_autofree char *hash = hash_token (token);
  g_autoptr (ZbEditor) editor = NULL;
  ZbTime used = now;
  g_autoptr (ZbQuery) q = zb_db_query (db, WHO, "st", hash, now - ZB_SESSION_IDLE);
  if (zb_query_next (q)) {
    editor = g_new0 (ZbEditor, 1);
    editor->id = zb_query_int (q, 0);
    editor->name = g_strdup (zb_query_text (q, 1));
    zb_role_parse (zb_query_text (q, 2), &editor->role);
    editor->created = zb_query_time (q, 3);
    used = zb_query_time (q, 4);
  }
  if (!zb_query_ok (q, error))
    return NULL;
  if (editor != NULL && now - used >= TOUCH_SECONDS && !zb_db_exec (db, error, USE, "st", hash, now))
    return NULL;
  return g_steal_pointer (&editor);
}

gboolean
zb_session_close (ZbDb *db, const char *token, GError **error)
{
  g_autofree char *hash = hash_token (token);
  return zb_db_exec (db, error, CLOSE, "s", hash);
}
