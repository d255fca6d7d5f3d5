/* The writing thread: takes pieces from a queue, commits, and hands them back through a second one. */
#include "zhoubao/crawl/writer.h"

#include "zhoubao/base/error.h"
#include <sys/eventfd.h>
#include <unistd.h>

#define MOST_PIECES 128      /* in one transaction */
#define MOST_US (200 * 1000) /* that others wait for their turn to write */
#define GATHER_PIECES 48     /* that a transaction is begun with, if they come soon */
#define GATHER_US 5000       /* between looks whether more have come */
#define GATHER_WAITS 6
#define CACHE "-8000"           /* KiB of pages; new items touch many indexes */
#define CHECKPOINT_PAGES "8000" /* pages of a crawl are written again and again: rarely is enough */

typedef struct {
  ZbDbWork work;
  gpointer data;
  gsize bytes;
  ZbWritten done;
  GError *error;
} Piece;

struct ZbWriter {
  ZbDb *db; /* the thread's, once it runs */
  GThread *thread;
  GAsyncQueue *todo, *finished; /* of Piece */
  Piece end;                    /* in the queue, it ends the thread */
  guint pending;
  gsize held; /* bytes of the pending */
  int fd;
};

static void
piece_free (Piece *piece)
{
  g_clear_error (&piece->error);
  g_free (piece);
}

/* Hands the pieces of a transaction back; ERROR (transfer full) where it was not committed. */
static void
hand_back (ZbWriter *w, GPtrArray *open, GError *error)
{
  for (guint i = 0; i < open->len; i++) {
    Piece *piece = open->pdata[i];
    piece->error = error != NULL ? g_error_copy (error) : NULL;
    g_async_queue_push (w->finished, piece);
  }
  g_clear_error (&error);
  guint64 one = 1;
  /* It can only fail by being full, and then it is readable already. */
  zb_ignore (write (w->fd, &one, sizeof one) == sizeof one);
}

/* A commit writes each page of an index that it touched, and the items of one feed touch as many as those of
   twenty: so a transaction waits before it begins, as long as more pieces come. Nobody else waits for it. */
static void
gather (ZbWriter *w)
{
  int before = -1, n = g_async_queue_length (w->todo);
  for (int waits = 0; waits < GATHER_WAITS && n > before && n < GATHER_PIECES; waits++) {
    g_usleep (GATHER_US);
    before = n;
    n = g_async_queue_length (w->todo);
  }
}

/* Runs FIRST and what comes in meanwhile, as long as nothing fails; OPEN gets the pieces. Returns: the piece
   that is to come next, the end perhaps, or NULL. */
static Piece *
run_pieces (ZbWriter *w, Piece *first, GPtrArray *open, GError **error)
{
  gint64 since = g_get_monotonic_time ();
  Piece *piece = first;
  while (piece != NULL && piece != &w->end && open->len < MOST_PIECES &&
         g_get_monotonic_time () - since < MOST_US) {
    g_ptr_array_add (open, piece);
    if (!piece->work (w->db, piece->data, error))
      return NULL;
    piece = g_async_queue_try_pop (w->todo);
  }
  return piece;
}

/* One transaction that begins with FIRST. Returns: as above. */
static Piece *
write_batch (ZbWriter *w, Piece *first)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  GError *error = NULL;
  gather (w);
  if (!zb_db_begin (w->db, &error)) {
    g_ptr_array_add (open, first);
    hand_back (w, open, error);
    return NULL;
  }
  Piece *next = run_pieces (w, first, open, &error);
  if (error != NULL)
    zb_db_rollback (w->db);
  else
    zb_ignore (zb_db_commit (w->db, &error)); /* told to each piece */
  hand_back (w, open, error);
  return next;
}

static gpointer
write_all (gpointer data)
{
  ZbWriter *w = data;
  Piece *piece = NULL;
  do {
    if (piece == NULL)
      piece = g_async_queue_pop (w->todo);
    if (piece != &w->end)
      piece = write_batch (w, piece);
  } while (piece != &w->end);
  return NULL;
}

ZbWriter *
zb_writer_new (const char *path, GError **error)
{
  g_autoptr (ZbDb) db = zb_db_open (path, ZB_DB_WRITE, error);
  if (db == NULL ||
      !zb_db_script (db,
                     "PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=" CACHE
                     "; PRAGMA wal_autocheckpoint=" CHECKPOINT_PAGES,
                     error))
    return NULL;
  ZbWriter *w = g_new0 (ZbWriter, 1);
  w->db = g_steal_pointer (&db);
  w->todo = g_async_queue_new ();
  w->finished = g_async_queue_new ();
  w->fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  g_assert (w->fd >= 0); /* only for want of descriptors, of which a program with 64 connections has plenty */
  w->thread = g_thread_new ("writer", write_all, w);
  return w;
}

void
zb_writer_free (ZbWriter *w)
{
  g_async_queue_push_front (w->todo, &w->end);
  g_thread_join (w->thread);
  for (Piece *piece = g_async_queue_try_pop (w->todo); piece != NULL; piece = g_async_queue_try_pop (w->todo))
    piece_free (piece);
  for (Piece *piece = g_async_queue_try_pop (w->finished); piece != NULL;
       piece = g_async_queue_try_pop (w->finished))
    piece_free (piece);
  g_async_queue_unref (w->todo);
  g_async_queue_unref (w->finished);
  zb_db_close (w->db);
  close (w->fd);
  g_free (w);
}

void
zb_writer_do (ZbWriter *writer, ZbDbWork work, gpointer data, gsize bytes, ZbWritten done)
{
  Piece *piece = g_new0 (Piece, 1);
  *piece = (Piece){work, data, bytes, done, NULL};
  writer->pending++;
  writer->held += bytes;
  g_async_queue_push (writer->todo, piece);
}

guint
zb_writer_pending (ZbWriter *writer)
{
  return writer->pending;
}

gsize
zb_writer_held (ZbWriter *writer)
{
  return writer->held;
}

int
zb_writer_fd (ZbWriter *writer)
{
  return writer->fd;
}

void
zb_writer_dispatch (ZbWriter *writer)
{
  guint64 n;
  zb_ignore (read (writer->fd, &n, sizeof n) == sizeof n); /* nothing to read is fine */
  for (Piece *piece = g_async_queue_try_pop (writer->finished); piece != NULL;
       piece = g_async_queue_try_pop (writer->finished)) {
    writer->pending--;
    writer->held -= piece->bytes;
    piece->done (piece->data, piece->error);
    piece_free (piece);
  }
}

void
zb_writer_finish (ZbWriter *writer)
{
  GPollFD fd = {writer->fd, G_IO_IN, 0};
  while (writer->pending > 0) {
    g_poll (&fd, 1, -1);
    zb_writer_dispatch (writer);
  }
}
