/* The lease of the one sender, and how a copied database is known. */
#include "zhoubao/store/sender.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const READ = "SELECT instance, epoch, holder, machine, expires FROM sender";
static const char *const READ_EPOCH = "SELECT epoch FROM sender";
static const char *const TAKE =
    "INSERT INTO sender (id, instance, epoch, holder, machine, expires) VALUES (1, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET instance = excluded.instance, epoch = excluded.epoch,"
    " holder = excluded.holder, machine = excluded.machine, expires = excluded.expires";
static const char *const RENEW = "UPDATE sender SET expires = ? WHERE epoch = ?";
static const char *const RELEASE = "UPDATE sender SET holder = NULL, expires = NULL WHERE epoch = ?";

struct ZbSender {
  int lock; /* data/sender, locked */
  char *path;
  gint64 epoch;
  ZbTime expires;
};

/* What the database and the file each say; "-" and -1 where they say nothing. */
typedef struct {
  char *instance, *holder, *machine;
  gint64 epoch, inode;
  ZbTime expires;
} Mark;

static void
mark_clear (Mark *mark)
{
  g_free (mark->instance);
  g_free (mark->holder);
  g_free (mark->machine);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mark, mark_clear)

/* Which machine this is; "-" where it does not say. */
static char *
machine_name (void)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents ("/etc/machine-id", &text, NULL, NULL) || *g_strstrip (text) == '\0')
    return g_strdup ("-");
  g_autofree char *sum = zb_sha256 (text, strlen (text)); /* the id itself is a secret of the machine's */
  return g_strndup (sum, 16);
}

static gboolean
read_database (ZbDb *db, Mark *mark, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, READ, "");
  mark->epoch = -1;
  while (zb_query_next (q)) {
    mark->instance = g_strdup (zb_query_text (q, 0));
    mark->epoch = zb_query_int (q, 1);
    mark->holder = g_strdup (zb_query_text (q, 2));
    mark->machine = g_strdup (zb_query_text (q, 3));
    mark->expires = zb_query_time (q, 4);
  }
  return zb_query_ok (q, error);
}

/* The file's one line: instance, epoch, inode of the database, machine. */
static void
read_file (int fd, Mark *mark)
{
  char text[256];
  gssize got = pread (fd, text, sizeof text - 1, 0);
  text[MAX (got, 0)] = '\0';
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  mark->epoch = mark->inode = -1;
  if (g_strv_length (words) < 4)
    return;
  mark->instance = g_strdup (words[0]);
  mark->epoch = g_ascii_strtoll (words[1], NULL, 10);
  mark->inode = g_ascii_strtoll (words[2], NULL, 10);
  mark->machine = g_strdup (words[3]);
}

static gboolean
write_file (ZbSender *sender, const Mark *mark, GError **error)
{
  g_autofree char *line = g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
                                           mark->instance, mark->epoch, mark->inode, mark->machine);
  gsize length = strlen (line);
  if (pwrite (sender->lock, line, length, 0) == (gssize)length &&
      ftruncate (sender->lock, (off_t)length) == 0 && fsync (sender->lock) == 0)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: cannot write: %s", sender->path, g_strerror (errno));
  return FALSE;
}

static const char *
find_copy (const Mark *database, const Mark *file, const Mark *now)
{
  if (database->instance == NULL && file->instance == NULL)
    return NULL; /* nobody has sent from here yet */
  if (database->instance == NULL || file->instance == NULL ||
      !g_str_equal (database->instance, file->instance))
    return "this database does not belong to this folder";
  if (database->epoch < file->epoch)
    return "this database is older than the last time that mail was sent from here";
  if (file->inode != now->inode)
    return "this database is a copy of the one that mail was sent from";
  if (!g_str_equal (file->machine, "-") && !g_str_equal (now->machine, "-") &&
      !g_str_equal (file->machine, now->machine))
    return "mail was last sent from another machine";
  return NULL;
}

static gboolean
refuse_copy (const Mark *database, const Mark *file, const Mark *now, gboolean adopt, GError **error)
{
  const char *why = adopt ? NULL : find_copy (database, file, now);
  if (why == NULL)
    return TRUE;
  g_set_error (
      error, ZB_ERROR, ZB_ERROR_REFUSED,
      "nothing is sent: %s, so mail might go out twice (if the original sends no more: send --adopt)", why);
  return FALSE;
}

static gboolean
refuse_second (const Mark *database, const Mark *now, ZbTime at, GError **error)
{
  if (database->holder == NULL || g_strcmp0 (database->machine, now->machine) == 0 || database->expires <= at)
    return TRUE; /* on this machine the lock has shown that the holder is gone */
  g_set_error (error, ZB_ERROR, ZB_ERROR_BUSY,
               "another sender is at work on another machine (%s); its lease ends in %" G_GINT64_FORMAT " s",
               database->holder, (gint64)(database->expires - at));
  return FALSE;
}

/* Inside a transaction, so that of two machines one reads what the other wrote. */
static gboolean
take_lease (ZbSender *sender, ZbDb *db, gboolean adopt, ZbTime at, Mark *now, GError **error)
{
  g_auto (Mark) database = {0}, file = {0};
  read_file (sender->lock, &file);
  if (!read_database (db, &database, error) || !refuse_copy (&database, &file, now, adopt, error) ||
      !refuse_second (&database, now, at, error))
    return FALSE;
  now->instance = adopt || database.instance == NULL ? zb_secret_token (10) : g_strdup (database.instance);
  now->epoch = MAX (MAX (database.epoch, file.epoch), 0) + 1;
  sender->epoch = now->epoch;
  sender->expires = at + ZB_SENDER_LEASE;
  return zb_db_exec (db, error, TAKE, "sisst", now->instance, now->epoch, now->holder, now->machine,
                     sender->expires);
}

static gboolean
open_lock (ZbSender *sender, GError **error)
{
  sender->lock = open (sender->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (sender->lock >= 0 && flock (sender->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno == EWOULDBLOCK)
    g_set_error (error, ZB_ERROR, ZB_ERROR_BUSY,
                 "another sender is at work in this workspace; nothing is sent twice");
  else
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: cannot lock: %s", sender->path, g_strerror (errno));
  return FALSE;
}

static void
sender_free (ZbSender *sender)
{
  if (sender->lock >= 0)
    close (sender->lock);
  g_free (sender->path);
  g_free (sender);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbSender, sender_free)

ZbSender *
zb_sender_take (ZbDb *db, const char *data, gboolean adopt, ZbTime now, GError **error)
{
  g_autoptr (ZbSender) sender = g_new0 (ZbSender, 1);
  g_auto (Mark) mark = {0};
  struct stat st;
  sender->lock = -1;
  sender->path = g_build_filename (data, "sender", NULL);
  if (!open_lock (sender, error))
    return NULL;
  mark.machine = machine_name ();
  mark.holder = g_strdup_printf ("process %d on %s", (int)getpid (), g_get_host_name ());
  mark.inode = stat (zb_db_path (db), &st) == 0 ? (gint64)st.st_ino : -1;
  if (!zb_db_begin (db, error))
    return NULL;
  if (!take_lease (sender, db, adopt, now, &mark, error)) {
    zb_db_rollback (db);
    return NULL;
  }
  /* The database first: were the file ahead of it, a crash in between would look like an older copy. */
  if (!zb_db_commit (db, error) || !write_file (sender, &mark, error))
    return NULL;
  return g_steal_pointer (&sender);
}

gboolean
zb_sender_check (ZbSender *sender, ZbDb *db, ZbTime now, GError **error)
{
  gint64 epoch = 0;
  if (!zb_db_int (db, &epoch, error, READ_EPOCH, ""))
    return FALSE;
  if (epoch != sender->epoch) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_BUSY, "another sender has taken over; this one stops");
    return FALSE;
  }
  if (now + ZB_SENDER_LEASE / 2 < sender->expires)
    return TRUE;
  sender->expires = now + ZB_SENDER_LEASE;
  return zb_db_exec (db, error, RENEW, "ti", sender->expires, sender->epoch);
}

void
zb_sender_release (ZbSender *sender, ZbDb *db)
{
  /* The lock ends with the process in any case; a lease that is not given back runs out. */
  zb_ignore (zb_db_exec (db, NULL, RELEASE, "i", sender->epoch));
  sender_free (sender);
}
