/* SQLite: opening, migrations' needs, and the verbs of every query. A ZbDb belongs to one thread.

   Values are bound from TYPES, one letter each: i gint64 · d double · s const char * · b GBytes * · t ZbTime.
   NULL and ZB_TIME_NONE are bound as NULL. SQL must be a constant: statements are cached by its place. */
#pragma once
#include "zhoubao/base/time.h"

typedef struct ZbDb ZbDb;
typedef struct ZbQuery ZbQuery;

typedef enum { ZB_DB_CREATE, ZB_DB_WRITE, ZB_DB_READ } ZbDbMode;

/* Opens PATH with WAL, foreign keys, a busy time-out of 10 s and synchronous=FULL. (transfer full) */
ZbDb *zb_db_open (const char *path, ZbDbMode mode, GError **error);
void zb_db_close (ZbDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbDb, zb_db_close)
const char *zb_db_path (ZbDb *db);

/* One statement, its rows thrown away. */
gboolean zb_db_exec (ZbDb *db, GError **error, const char *sql, const char *types,
                     ...) G_GNUC_WARN_UNUSED_RESULT;

/* Several statements in one text, as in a migration; nothing is bound. */
gboolean zb_db_script (ZbDb *db, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The first column of the first row. Without a row *OUT stays as it was. TEXT: (transfer full). */
gboolean zb_db_int (ZbDb *db, gint64 *out, GError **error, const char *sql, const char *types,
                    ...) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_db_text (ZbDb *db, char **out, GError **error, const char *sql, const char *types,
                     ...) G_GNUC_WARN_UNUSED_RESULT;

/* Rows:  g_autoptr (ZbQuery) q = zb_db_query (db, SQL, "is", id, slug);
          while (zb_query_next (q))
            use (zb_query_text (q, 0));
          if (!zb_query_ok (q, error))
            return FALSE;
   An error anywhere (bad SQL included) ends the loop and is kept until zb_query_ok. Columns count from 0;
   text and bytes are borrowed until the next row. */
ZbQuery *zb_db_query (ZbDb *db, const char *sql, const char *types, ...);
gboolean zb_query_next (ZbQuery *q);
gboolean zb_query_ok (ZbQuery *q, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 zb_query_int (ZbQuery *q, int column);
double zb_query_double (ZbQuery *q, int column);
ZbTime zb_query_time (ZbQuery *q, int column);
gboolean zb_query_is_null (ZbQuery *q, int column);
const char *zb_query_text (ZbQuery *q, int column); /* NULL for NULL */
GBytes *zb_query_bytes (ZbQuery *q, int column);    /* (transfer full), NULL for NULL */
void zb_query_free (ZbQuery *q);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbQuery, zb_query_free)

/* BEGIN IMMEDIATE; nested calls are savepoints. Every begin is ended by one commit or rollback. */
gboolean zb_db_begin (ZbDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_db_commit (ZbDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void zb_db_rollback (ZbDb *db);

/* Runs WORK(DB, DATA) inside a transaction: commits where it returns TRUE, rolls back where FALSE. */
typedef gboolean (*ZbDbWork) (ZbDb *db, gpointer data, GError **error);
gboolean zb_db_transact (ZbDb *db, ZbDbWork work, gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gint64 zb_db_last_id (ZbDb *db);
gint64 zb_db_changes (ZbDb *db);

/* Moves what was committed from the log into the database, as far as nobody is in the way. */
gboolean zb_db_checkpoint (ZbDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes a consistent copy to PATH, which must not exist (VACUUM INTO). */
gboolean zb_db_backup (ZbDb *db, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
