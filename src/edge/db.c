/* SQLite behind verbs: the only file that prepares, steps and finalizes. */
#include "zhoubao/edge/db.h"

#include "tokenizer.h"
#include "zhoubao/base/error.h"
#include <sqlite3.h>

struct ZbDb {
  sqlite3 *handle;
  char *path;
  GHashTable *statements; /* the place of SQL text to idle sqlite3_stmt */
  int depth;              /* of nested transactions */
};

struct ZbQuery {
  ZbDb *db;
  const char *sql;
  sqlite3_stmt *stmt;
  GError *error;
  gboolean done;
};

static void
set_error (ZbDb *db, GError **error)
{
  int code = sqlite3_errcode (db->handle) & 0xff;
  ZbErrorCode ours = code == SQLITE_BUSY || code == SQLITE_LOCKED ? ZB_ERROR_BUSY : ZB_ERROR_FAILED;
  /* "disk I/O error" alone does not tell a full disk from a broken one. */
  gboolean of_system = code == SQLITE_IOERR || code == SQLITE_CANTOPEN;
  int cause = of_system ? sqlite3_system_errno (db->handle) : 0;
  g_set_error (error, ZB_ERROR, ours, "%s: %s%s%s", db->path, sqlite3_errmsg (db->handle),
               cause != 0 ? ": " : "", cause != 0 ? g_strerror (cause) : "");
}

static void
finalize (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

/* Full-text search by our own tokenizer; SQLite hands its table of functions out by a bound pointer. */
static gboolean
setup_search (ZbDb *db, GError **error)
{
  fts5_api *api = NULL;
  sqlite3_stmt *stmt = NULL;
  int code = sqlite3_prepare_v2 (db->handle, "SELECT fts5(?)", -1, &stmt, NULL);
  if (code == SQLITE_OK) {
    sqlite3_bind_pointer (stmt, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step (stmt);
    code = sqlite3_finalize (stmt);
  }
  if (code == SQLITE_OK && api != NULL && zb_tokenizer_register (api) == SQLITE_OK)
    return TRUE;
  set_error (db, error);
  g_prefix_error (error, "full-text search (FTS5): ");
  return FALSE;
}

static gboolean
setup (ZbDb *db, ZbDbMode mode, GError **error)
{
  sqlite3_busy_timeout (db->handle, 10000);
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!setup_search (db, error))
    return FALSE;
  if (mode == ZB_DB_READ)
    return zb_db_script (db, "PRAGMA query_only=1;", error);
  return zb_db_script (
      db,
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=1; PRAGMA cache_size=-16384;",
      error);
}

/* SQLite counts its memory for statistics that nobody asks for, under a lock at every allocation. */
static void
configure_once (void)
{
  static gsize done;
  if (g_once_init_enter (&done))
    g_once_init_leave (&done, (gsize)sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0) + 1);
}

ZbDb *
zb_db_open (const char *path, ZbDbMode mode, GError **error)
{
  configure_once ();
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (mode == ZB_DB_CREATE ? SQLITE_OPEN_CREATE : 0);
  g_autoptr (ZbDb) db = g_new0 (ZbDb, 1);
  db->path = g_strdup (path);
  db->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, finalize);
  if (sqlite3_open_v2 (path, &db->handle, flags, NULL) != SQLITE_OK) {
    set_error (db, error);
    return NULL;
  }
  if (mode != ZB_DB_READ && sqlite3_db_readonly (db->handle, "main") == 1) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: it may only be read here, not written", path);
    return NULL;
  }
  return setup (db, mode, error) ? g_steal_pointer (&db) : NULL;
}

void
zb_db_close (ZbDb *db)
{
  g_hash_table_unref (db->statements);
  sqlite3_close (db->handle);
  g_free (db->path);
  g_free (db);
}

const char *
zb_db_path (ZbDb *db)
{
  return db->path;
}

/* Statements are found by where their SQL stands, which is a constant nearly always: to hash its text at each
   call takes longer than to compare it once. One is taken out of the cache while in use, so that the same SQL
   may be nested. */
static sqlite3_stmt *
take_statement (ZbDb *db, const char *sql, GError **error)
{
  gpointer key, stmt;
  if (g_hash_table_steal_extended (db->statements, sql, &key, &stmt)) {
    if (g_str_equal (sqlite3_sql (stmt), sql))
      return stmt;
    sqlite3_finalize (stmt);
  }
  sqlite3_stmt *fresh = NULL;
  if (sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &fresh, NULL) != SQLITE_OK) {
    set_error (db, error);
    return NULL;
  }
  return fresh;
}

static void
give_back (ZbDb *db, const char *sql, sqlite3_stmt *stmt)
{
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
  g_hash_table_replace (db->statements, (gpointer)sql, stmt);
}

/* KEEPING: what is bound stays as it is until the statement is done. */
typedef enum { NOT_KEEPING, KEEPING } Keeping;

static void
bind_bytes (sqlite3_stmt *stmt, int at, GBytes *bytes, Keeping keeping)
{
  gsize size = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  if (bytes == NULL)
    sqlite3_bind_null (stmt, at);
  else
    sqlite3_bind_blob64 (stmt, at, size > 0 ? data : "", size,
                         keeping == KEEPING ? SQLITE_STATIC : SQLITE_TRANSIENT);
}

static void
bind_all (sqlite3_stmt *stmt, const char *types, va_list args, Keeping keeping)
{
  g_assert ((int)strlen (types) == sqlite3_bind_parameter_count (stmt));
  for (int at = 1; types[at - 1] != '\0'; at++) {
    switch (types[at - 1]) {
    case 'i':
      sqlite3_bind_int64 (stmt, at, va_arg (args, gint64));
      break;
    case 'd':
      sqlite3_bind_double (stmt, at, va_arg (args, double));
      break;
    case 's':
      sqlite3_bind_text (stmt, at, va_arg (args, const char *), -1,
                         keeping == KEEPING ? SQLITE_STATIC : SQLITE_TRANSIENT);
      break;
    case 'b':
      bind_bytes (stmt, at, va_arg (args, GBytes *), keeping);
      break;
    case 't': {
      ZbTime t = va_arg (args, ZbTime);
      if (t == ZB_TIME_NONE)
        sqlite3_bind_null (stmt, at);
      else
        sqlite3_bind_int64 (stmt, at, t);
      break;
    }
    default:
      g_assert_not_reached ();
    }
  }
}

static ZbQuery *
query_new (ZbDb *db, const char *sql, const char *types, va_list args, Keeping keeping)
{
  ZbQuery *q = g_new0 (ZbQuery, 1);
  q->db = db;
  q->sql = sql;
  q->stmt = take_statement (db, sql, &q->error);
  if (q->stmt != NULL)
    bind_all (q->stmt, types, args, keeping);
  return q;
}

ZbQuery *
zb_db_query (ZbDb *db, const char *sql, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  ZbQuery *q = query_new (db, sql, types, args, NOT_KEEPING);
  va_end (args);
  return q;
}

gboolean
zb_query_next (ZbQuery *q)
{
  if (q->error != NULL || q->done)
    return FALSE;
  int code = sqlite3_step (q->stmt);
  if (code == SQLITE_ROW)
    return TRUE;
  q->done = TRUE;
  if (code != SQLITE_DONE)
    set_error (q->db, &q->error);
  return FALSE;
}

gboolean
zb_query_ok (ZbQuery *q, GError **error)
{
  if (q->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&q->error));
  return FALSE;
}

gint64
zb_query_int (ZbQuery *q, int column)
{
  return sqlite3_column_int64 (q->stmt, column);
}

double
zb_query_double (ZbQuery *q, int column)
{
  return sqlite3_column_double (q->stmt, column);
}

ZbTime
zb_query_time (ZbQuery *q, int column)
{
  return zb_query_is_null (q, column) ? ZB_TIME_NONE : zb_query_int (q, column);
}

gboolean
zb_query_is_null (ZbQuery *q, int column)
{
  return sqlite3_column_type (q->stmt, column) == SQLITE_NULL;
}

const char *
zb_query_text (ZbQuery *q, int column)
{
  return (const char *)sqlite3_column_text (q->stmt, column);
}

GBytes *
zb_query_bytes (ZbQuery *q, int column)
{
  if (zb_query_is_null (q, column))
    return NULL;
  const void *data = sqlite3_column_blob (q->stmt, column);
  return g_bytes_new (data, (gsize)sqlite3_column_bytes (q->stmt, column));
}

void
zb_query_free (ZbQuery *q)
{
  if (q->stmt != NULL)
    give_back (q->db, q->sql, q->stmt);
  g_clear_error (&q->error);
  g_free (q);
}

gboolean
zb_db_exec (ZbDb *db, GError **error, const char *sql, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  g_autoptr (ZbQuery) q = query_new (db, sql, types, args, KEEPING);
  va_end (args);
  while (zb_query_next (q))
    ;
  return zb_query_ok (q, error);
}

gboolean
zb_db_script (ZbDb *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (db, error);
  return FALSE;
}

gboolean
zb_db_int (ZbDb *db, gint64 *out, GError **error, const char *sql, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  g_autoptr (ZbQuery) q = query_new (db, sql, types, args, KEEPING);
  va_end (args);
  if (zb_query_next (q))
    *out = zb_query_int (q, 0);
  return zb_query_ok (q, error);
}

gboolean
zb_db_text (ZbDb *db, char **out, GError **error, const char *sql, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  g_autoptr (ZbQuery) q = query_new (db, sql, types, args, KEEPING);
  va_end (args);
  if (zb_query_next (q)) {
    g_autofree char *before = *out; /* which may be bound */
    *out = g_strdup (zb_query_text (q, 0));
  }
  return zb_query_ok (q, error);
}

gboolean
zb_db_begin (ZbDb *db, GError **error)
{
  gboolean ok = zb_db_script (db, db->depth == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT nested", error);
  db->depth += ok;
  return ok;
}

gboolean
zb_db_commit (ZbDb *db, GError **error)
{
  g_assert (db->depth > 0);
  if (!zb_db_script (db, db->depth == 1 ? "COMMIT" : "RELEASE nested", error)) {
    zb_db_rollback (db);
    return FALSE;
  }
  db->depth--;
  return TRUE;
}

void
zb_db_rollback (ZbDb *db)
{
  g_assert (db->depth > 0);
  db->depth--;
  /* Some errors (a full disk) have rolled back already; then this one says so, and nothing is lost by it. */
  zb_ignore (zb_db_script (db, db->depth == 0 ? "ROLLBACK" : "ROLLBACK TO nested; RELEASE nested", NULL));
}

gboolean
zb_db_transact (ZbDb *db, ZbDbWork work, gpointer data, GError **error)
{
  if (!zb_db_begin (db, error))
    return FALSE;
  if (work (db, data, error))
    return zb_db_commit (db, error);
  zb_db_rollback (db);
  return FALSE;
}

gint64
zb_db_last_id (ZbDb *db)
{
  return sqlite3_last_insert_rowid (db->handle);
}

gint64
zb_db_changes (ZbDb *db)
{
  return sqlite3_changes64 (db->handle);
}

gboolean
zb_db_checkpoint (ZbDb *db, GError **error)
{
  return zb_db_script (db, "PRAGMA wal_checkpoint (PASSIVE)", error);
}

gboolean
zb_db_backup (ZbDb *db, const char *path, GError **error)
{
  return zb_db_exec (db, error, "VACUUM INTO ?", "s", path);
}
