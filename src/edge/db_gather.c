/* A VFS over the system's own. Writes that follow on one another are kept back; every other call, to the
   database or to its log, first writes what was kept, and tells its failure; only to read the one while the
   other's bytes are kept changes nothing for anybody. What ends a transaction is never kept back, for readers
   are shown it by a barrier, which cannot fail; nor can the pages of a checkpoint be lost, which ends with a
   sync (synchronous must not be OFF). So what is still kept when a lock is given up is of a transaction that
   was taken back. */
#include "db_gather.h"

#include <glib.h>
#include <sqlite3.h>

#define ROOM (64 * 1024)
/* Bytes of a frame's head in the log; at 4 the database's size where it ends a transaction. */
#define FRAME_HEAD 24

typedef struct {
  sqlite3_file *file; /* that the kept bytes are for, or NULL */
  sqlite3_int64 at;
  int length;
  guint8 bytes[ROOM];
} Kept;

typedef struct {
  sqlite3_file base;
  Kept *kept; /* the database's, which its log shares; NULL: neither of the two */
  gboolean is_log, ends;
  sqlite3_file *real; /* behind this struct */
} File;

static sqlite3_vfs *
system_vfs (void)
{
  static sqlite3_vfs *real;
  if (g_once_init_enter (&real))
    g_once_init_leave (&real, sqlite3_vfs_find (NULL));
  return real;
}

static int
flush (Kept *kept)
{
  if (kept == NULL || kept->file == NULL)
    return SQLITE_OK;
  int code = kept->file->pMethods->xWrite (kept->file, kept->bytes, kept->length, kept->at);
  if (code == SQLITE_OK)
    kept->file = NULL; /* else the next call fails as well */
  return code;
}

/* The call NAME of the real file, once nothing is kept back. */
#define PASS(name, ...)                                                                                      \
  File *f = (File *)file;                                                                                    \
  int code = flush (f->kept);                                                                                \
  return code != SQLITE_OK ? code : f->real->pMethods->name (f->real, ##__VA_ARGS__)

/* A checkpoint reads from the log and writes to the database in turns. */
static int
pass_read (sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
  File *f = (File *)file;
  int code = f->kept != NULL && f->kept->file == f->real ? flush (f->kept) : SQLITE_OK;
  return code != SQLITE_OK ? code : f->real->pMethods->xRead (f->real, to, n, at);
}

static int
pass_write (sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
  PASS (xWrite, from, n, at);
}

static int
pass_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  PASS (xTruncate, size);
}

static int
pass_sync (sqlite3_file *file, int flags)
{
  PASS (xSync, flags);
}

static int
pass_size (sqlite3_file *file, sqlite3_int64 *size)
{
  PASS (xFileSize, size);
}

static int
pass_lock (sqlite3_file *file, int lock)
{
  PASS (xLock, lock);
}

/* Nobody is to wait for a lock because a disk is full. */
static void
let_go (Kept *kept)
{
  if (flush (kept) != SQLITE_OK)
    kept->file = NULL;
}

static int
pass_unlock (sqlite3_file *file, int lock)
{
  let_go (((File *)file)->kept);
  PASS (xUnlock, lock);
}

static int
pass_check_lock (sqlite3_file *file, int *locked)
{
  PASS (xCheckReservedLock, locked);
}

static int
pass_control (sqlite3_file *file, int op, void *argument)
{
  PASS (xFileControl, op, argument);
}

static int
pass_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
  PASS (xShmMap, page, size, extend, memory);
}

static int
pass_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  let_go (((File *)file)->kept);
  PASS (xShmLock, offset, n, flags);
}

static int
pass_shm_unmap (sqlite3_file *file, int remove)
{
  PASS (xShmUnmap, remove);
}

static int
pass_fetch (sqlite3_file *file, sqlite3_int64 at, int n, void **memory)
{
  PASS (xFetch, at, n, memory);
}

static int
pass_unfetch (sqlite3_file *file, sqlite3_int64 at, void *memory)
{
  PASS (xUnfetch, at, memory);
}

static void
pass_barrier (sqlite3_file *file)
{
  File *f = (File *)file;
  f->real->pMethods->xShmBarrier (f->real);
}

static int
pass_sector_size (sqlite3_file *file)
{
  File *f = (File *)file;
  return f->real->pMethods->xSectorSize (f->real);
}

static int
pass_characteristics (sqlite3_file *file)
{
  File *f = (File *)file;
  return f->real->pMethods->xDeviceCharacteristics (f->real);
}

/* Whether what is written ends a transaction: the last frame's head, and the page that follows it. */
static gboolean
ends_transaction (File *f, const guint8 *from, int n)
{
  gboolean before = f->ends;
  f->ends = f->is_log && n == FRAME_HEAD && (from[4] | from[5] | from[6] | from[7]) != 0;
  return before || f->ends;
}

static int
gather (sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
  File *f = (File *)file;
  Kept *kept = f->kept;
  if (kept == NULL || n > ROOM || ends_transaction (f, from, n))
    return pass_write (file, from, n, at);
  gboolean follows = kept->file == f->real && kept->at + kept->length == at && kept->length + n <= ROOM;
  int code = follows ? SQLITE_OK : flush (kept);
  if (code != SQLITE_OK)
    return code;
  if (!follows) {
    kept->file = f->real;
    kept->at = at;
    kept->length = 0;
  }
  memcpy (kept->bytes + kept->length, from, (gsize)n);
  kept->length += n;
  return SQLITE_OK;
}

static int
close_file (sqlite3_file *file)
{
  File *f = (File *)file;
  int code = flush (f->kept), closed = f->real->pMethods->xClose (f->real);
  if (!f->is_log)
    g_free (f->kept);
  return code != SQLITE_OK ? code : closed;
}

static const sqlite3_io_methods methods = {
    .iVersion = 3,
    .xClose = close_file,
    .xRead = pass_read,
    .xWrite = gather,
    .xTruncate = pass_truncate,
    .xSync = pass_sync,
    .xFileSize = pass_size,
    .xLock = pass_lock,
    .xUnlock = pass_unlock,
    .xCheckReservedLock = pass_check_lock,
    .xFileControl = pass_control,
    .xSectorSize = pass_sector_size,
    .xDeviceCharacteristics = pass_characteristics,
    .xShmMap = pass_shm_map,
    .xShmLock = pass_shm_lock,
    .xShmBarrier = pass_barrier,
    .xShmUnmap = pass_shm_unmap,
    .xFetch = pass_fetch,
    .xUnfetch = pass_unfetch,
};

static int
open_file (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
  File *f = (File *)file;
  *f = (File){.real = (sqlite3_file *)(f + 1), .is_log = (flags & SQLITE_OPEN_WAL) != 0};
  int code = system_vfs ()->xOpen (system_vfs (), name, f->real, flags, out);
  if (f->real->pMethods == NULL)
    return code;
  f->base.pMethods = &methods;
  if (flags & SQLITE_OPEN_MAIN_DB)
    f->kept = g_new0 (Kept, 1);
  else if (f->is_log)
    f->kept = ((File *)sqlite3_database_file_object (name))->kept;
  return code;
}

const char *
zb_db_gather (void)
{
  static sqlite3_vfs vfs;
  static gsize once;
  if (g_once_init_enter (&once)) {
    vfs = *system_vfs ();
    vfs.zName = "zhoubao-gather";
    vfs.szOsFile = (int)sizeof (File) + system_vfs ()->szOsFile;
    vfs.xOpen = open_file;
    g_once_init_leave (&once, (gsize)sqlite3_vfs_register (&vfs, 0) + 1);
  }
  return vfs.zName;
}
