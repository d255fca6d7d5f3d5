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
    "SELECT e.id, e.name, e.role, e.created FROM session s JOIN editor e ON e.id = s.editor"
    " WHERE s.hash = ? AND s.used > ?";
static const char *const DUE = "SELECT 1 FROM session WHERE hash = ? AND used <= ?";
static const char *const USE = "UPDATE session SET used = ?2 WHERE hash = ?1";
static const char *const CLOSE = "DELETE FROM session WHERE hash = ?";

/* A guesser is known by an address, and five a minute from there are enough for whoever has only mistyped. A
   name alone is no such mark: were it limited as strictly, anybody who knows an editor's name could keep that
   editor out from anywhere. So a name by itself is limited only where many addresses guess at it together,
   far above what one person's mistakes come to; fifty a minute are of no use against a password of ten
   characters. */
#define FAILURES_A_MINUTE 5
#define NAME_FAILURES_A_MINUTE 50
#define TOUCH_SECONDS 60 /* how exactly the last use is kept */

static char *
hash_token (const char *token)
{
  return zb_sha256 (token, strlen (token));
}

/* Whom a try is counted for, and how many failures are borne. */
typedef struct {
  const char *who;
  gint64 most;
} Count;

typedef struct {
  Count counts[3]; /* the name from this address, the address, the name from anywhere */
  ZbTime now;
} Try;

static gboolean
check_limits (ZbDb *db, const Try *try, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (try->counts); i++) {
    gint64 failures = 0;
    if (!zb_db_int (db, &failures, error, FAILURES, "st", try->counts[i].who, try->now - 60))
      return FALSE;
    if (failures >= try->counts[i].most) {
      g_set_error_literal (error, ZB_ERROR, ZB_ERROR_BUSY, "too many failed attempts: try again in a minute");
      return FALSE;
    }
  }
  return TRUE;
}

/* A try counts as failed before the password is looked at, which takes long: others that come meanwhile must
   find it. */
static gboolean
note_try (ZbDb *db, gpointer data, GError **error)
{
  const Try *try = data;
  if (!check_limits (db, try, error) || !zb_db_exec (db, error, FORGET, "t", try->now - 3600))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (try->counts); i++)
    if (!zb_db_exec (db, error, FAIL, "st", try->counts[i].who, try->now))
      return FALSE;
  return TRUE;
}

static gboolean
take_back (ZbDb *db, gpointer data, GError **error)
{
  const Try *try = data;
  for (guint i = 0; i < G_N_ELEMENTS (try->counts); i++)
    if (!zb_db_exec (db, error, TAKE_BACK, "st", try->counts[i].who, try->now))
      return FALSE;
  return TRUE;
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
  g_autofree char *folded = g_utf8_casefold (name, -1), *anywhere = g_strconcat ("name:", folded, NULL),
                  *here = g_strconcat (peer, " ", anywhere, NULL);
  Try try = {{{here, FAILURES_A_MINUTE}, {peer, FAILURES_A_MINUTE}, {anywhere, NAME_FAILURES_A_MINUTE}}, now};
  if (!zb_db_transact (db, note_try, &try, error) || !check_password (db, name, password, &editor, error))
    return FALSE;
  if (editor == 0) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED, "name or password is wrong");
    return FALSE;
  }
  if (!zb_db_transact (db, take_back, &try, error))
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
  g_autoptr (ZbQuery) q = zb_db_query (db, WHO, "st", hash, now - ZB_SESSION_IDLE);
  if (zb_query_next (q)) {
    editor = g_new0 (ZbEditor, 1);
    editor->id = zb_query_int (q, 0);
    editor->name = g_strdup (zb_query_text (q, 1));
    zb_role_parse (zb_query_text (q, 2), &editor->role);
    editor->created = zb_query_time (q, 3);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&editor) : NULL;
}

gboolean
zb_session_touch (ZbDb *db, const char *token, ZbTime now, gboolean *longer, GError **error)
{
  g_autofree char *hash = hash_token (token);
  gint64 due = 0;
  if (!zb_db_int (db, &due, error, DUE, "st", hash, now - TOUCH_SECONDS))
    return FALSE;
  *longer = due != 0;
  return !*longer || zb_db_exec (db, error, USE, "st", hash, now);
}

gboolean
zb_session_close (ZbDb *db, const char *token, GError **error)
{
  g_autofree char *hash = hash_token (token);
  return zb_db_exec (db, error, CLOSE, "s", hash);
}
