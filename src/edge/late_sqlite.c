/* SQLite's functions, see base/late.h. */
#include "zhoubao/base/late.h"

#include <sqlite3.h>

#define LIBRARY "libsqlite3.so.0"
#define LATE(type, name, parameters, arguments) ZB_LATE (LIBRARY, return, type, name, parameters, arguments)

typedef void (*Release) (void *);
typedef int (*Row) (void *, int, char **, char **);

/* With the one kind of argument that we give: a number. */
int (sqlite3_config) (int option, ...)
{
  static __typeof__ (&(sqlite3_config)) real;
  va_list rest;
  if (g_once_init_enter (&real))
    g_once_init_leave (&real, (__typeof__ (real))zb_late_symbol (LIBRARY, "sqlite3_config"));
  va_start (rest, option);
  int value = va_arg (rest, int);
  va_end (rest);
  return real (option, value);
}

/* The same: a number, and where to tell it. */
int (sqlite3_db_config) (sqlite3 *db, int option, ...)
{
  static __typeof__ (&(sqlite3_db_config)) real;
  va_list rest;
  if (g_once_init_enter (&real))
    g_once_init_leave (&real, (__typeof__ (real))zb_late_symbol (LIBRARY, "sqlite3_db_config"));
  va_start (rest, option);
  int value = va_arg (rest, int), *told = va_arg (rest, int *);
  va_end (rest);
  return real (db, option, value, told);
}

LATE (int, sqlite3_open_v2, (const char *file, sqlite3 **db, int flags, const char *vfs),
      (file, db, flags, vfs))
LATE (int, sqlite3_close, (sqlite3 * db), (db))
LATE (int, sqlite3_busy_timeout, (sqlite3 * db, int milliseconds), (db, milliseconds))
LATE (int, sqlite3_extended_result_codes, (sqlite3 * db, int on), (db, on))
LATE (int, sqlite3_db_readonly, (sqlite3 * db, const char *name), (db, name))
LATE (int, sqlite3_exec, (sqlite3 * db, const char *sql, Row row, void *data, char **message),
      (db, sql, row, data, message))
LATE (int, sqlite3_errcode, (sqlite3 * db), (db))
LATE (const char *, sqlite3_errmsg, (sqlite3 * db), (db))
LATE (int, sqlite3_system_errno, (sqlite3 * db), (db))
LATE (sqlite3_int64, sqlite3_changes64, (sqlite3 * db), (db))
LATE (sqlite3_int64, sqlite3_last_insert_rowid, (sqlite3 * db), (db))

LATE (int, sqlite3_prepare_v2,
      (sqlite3 * db, const char *sql, int length, sqlite3_stmt **statement, const char **rest),
      (db, sql, length, statement, rest))
LATE (int, sqlite3_prepare_v3,
      (sqlite3 * db, const char *sql, int length, unsigned flags, sqlite3_stmt **statement,
       const char **rest),
      (db, sql, length, flags, statement, rest))
LATE (int, sqlite3_step, (sqlite3_stmt * statement), (statement))
LATE (int, sqlite3_reset, (sqlite3_stmt * statement), (statement))
LATE (int, sqlite3_finalize, (sqlite3_stmt * statement), (statement))
LATE (const char *, sqlite3_sql, (sqlite3_stmt * statement), (statement))

LATE (int, sqlite3_clear_bindings, (sqlite3_stmt * statement), (statement))
LATE (int, sqlite3_bind_parameter_count, (sqlite3_stmt * statement), (statement))
LATE (int, sqlite3_bind_null, (sqlite3_stmt * statement, int n), (statement, n))
LATE (int, sqlite3_bind_int64, (sqlite3_stmt * statement, int n, sqlite3_int64 value), (statement, n, value))
LATE (int, sqlite3_bind_double, (sqlite3_stmt * statement, int n, double value), (statement, n, value))
LATE (int, sqlite3_bind_text,
      (sqlite3_stmt * statement, int n, const char *text, int length, Release release),
      (statement, n, text, length, release))
LATE (int, sqlite3_bind_blob64,
      (sqlite3_stmt * statement, int n, const void *bytes, sqlite3_uint64 length, Release release),
      (statement, n, bytes, length, release))
LATE (int, sqlite3_bind_pointer,
      (sqlite3_stmt * statement, int n, void *value, const char *kind, Release release),
      (statement, n, value, kind, release))

LATE (int, sqlite3_column_type, (sqlite3_stmt * statement, int n), (statement, n))
LATE (int, sqlite3_column_bytes, (sqlite3_stmt * statement, int n), (statement, n))
LATE (sqlite3_int64, sqlite3_column_int64, (sqlite3_stmt * statement, int n), (statement, n))
LATE (double, sqlite3_column_double, (sqlite3_stmt * statement, int n), (statement, n))
LATE (const unsigned char *, sqlite3_column_text, (sqlite3_stmt * statement, int n), (statement, n))
LATE (const void *, sqlite3_column_blob, (sqlite3_stmt * statement, int n), (statement, n))
