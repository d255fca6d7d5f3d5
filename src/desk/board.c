/* Queues that are ranked behind the pages and read often. */
#include "board.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/romanize.h"
#include "zhoubao/crawl/lock.h"
#include "zhoubao/curate/cluster.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/source_file.h"
#include "zhoubao/store/story.h"
#include "zhoubao/store/working_week.h"
#include "zhoubao/store/workspace.h"

#define WEEKS 3        /* are kept: the week that is worked on, and those that are looked up beside it */
#define LOOK_SECONDS 5 /* between two looks at what a crawl brought */
#define REST 2 /* a long ranking is followed by a rest of one such part of it: others use the machine too */
/* How long a page waits for a ranking: a week of the usual size is there in that time, of a flood no page
   waits. */
#define USUAL_ITEMS 500
#define USUAL_WAIT (2 * G_TIME_SPAN_SECOND)
#define FLOOD_WAIT (30 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  ZbWeek week;
  ZbQueue *queue;   /* NULL: not ranked yet */
  ZbStoryMark mark; /* of the items when it was ranked */
  gint64 newest;    /* item that it knows */
  gint64 decided;   /* the newest decision that its states know */
  gint64 serial;
  gboolean wanted;
  char *trouble; /* why it could not be ranked, or NULL */
} Sheet;

struct ZbBoard {
  ZbWorkspace *workspace; /* its configuration and sources outlive the queues; read only */
  GPtrArray *sources;     /* of ZbSource */
  GThread *ranker;
  GMutex lock;       /* of all below */
  GCond asked, done; /* wakes the ranker; and who waits for it */
  GPtrArray *sheets; /* of Sheet, the last asked for first */
  gint64 serial;
  gboolean stopping;
};

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;
  g_clear_pointer (&sheet->queue, zb_queue_free);
  g_free (sheet->trouble);
  g_free (sheet);
}

static Sheet *
look_up (ZbBoard *board, ZbWeek week)
{
  for (guint i = 0; i < board->sheets->len; i++) {
    Sheet *sheet = board->sheets->pdata[i];
    if (zb_week_compare (sheet->week, week) == 0)
      return sheet;
  }
  return NULL;
}

/* WEEK's sheet, put first; an empty one where there is none, in the place of the one unused for longest. */
static Sheet *
find_sheet (ZbBoard *board, ZbWeek week)
{
  Sheet *sheet = look_up (board, week);
  if (sheet != NULL) {
    guint at = 0;
    g_ptr_array_find (board->sheets, sheet, &at);
    g_ptr_array_steal_index (board->sheets, at);
  } else {
    sheet = g_new0 (Sheet, 1);
    sheet->week = week;
    if (board->sheets->len >= WEEKS)
      g_ptr_array_set_size (board->sheets, WEEKS - 1);
  }
  g_ptr_array_insert (board->sheets, 0, sheet);
  return sheet;
}

/* What one ranking needs and makes. */
typedef struct {
  ZbWeek week;
  ZbQueue *queue;
  ZbStoryMark mark, known; /* of the store; of the queue that there is already */
  gint64 newest, decided;
} Ranking;

static gboolean
read_mark (ZbDb *db, ZbWeek week, ZbStoryMark *mark, GError **error)
{
  g_autofree char *name = zb_week_name (week);
  return zb_story_mark (db, name, mark, error);
}

/* A crawl that goes on groups what it brings itself, all of it together. Its lock is tried only where there
   is something to do, for a crawl that starts in that moment would be told that another goes on. */
static gboolean
group (ZbBoard *board, ZbDb *db, GError **error)
{
  ZbTime first, last;
  g_autoptr (GError) busy = NULL;
  if (!zb_story_pending (db, &first, &last, error))
    return FALSE;
  if (first == ZB_TIME_NONE)
    return TRUE;
  g_autoptr (ZbCrawlLock) lock = zb_crawl_lock (board->workspace, &busy);
  gboolean idle = lock != NULL;
  g_clear_pointer (&lock, zb_crawl_unlock);
  return !idle || zb_cluster_run (db, board->workspace->config, zb_time_now (), NULL, error);
}

static gint64
newest_of (const ZbQueue *queue)
{
  gint64 newest = 0;
  for (guint i = 0; i < queue->stories->len; i++) {
    const GPtrArray *items = ((ZbStory *)queue->stories->pdata[i])->items;
    for (guint j = 0; j < items->len; j++)
      newest = MAX (newest, ((ZbQueueItem *)items->pdata[j])->item->id);
  }
  return newest;
}

/* The mark is read first: what comes in between makes another ranking. The queue stays NULL where the known
   one is the newest. */
static gboolean
rank (ZbBoard *board, ZbDb *db, Ranking *r, GError **error)
{
  if (!group (board, db, error) || !read_mark (db, r->week, &r->mark, error))
    return FALSE;
  if (memcmp (&r->mark, &r->known, sizeof r->mark) == 0)
    return TRUE;
  if (!zb_decision_latest (db, &r->decided, error))
    return FALSE;
  r->queue = zb_queue_new (db, board->workspace->config, board->sources, r->week, error);
  r->newest = r->queue != NULL ? newest_of (r->queue) : 0;
  return r->queue != NULL;
}

/* The lock is held. ERROR (transfer full) is why it failed, or NULL. The queue that is replaced comes back in
   R: to free it takes long. */
static void
put (ZbBoard *board, Ranking *r, GError *error)
{
  Sheet *sheet = look_up (board, r->week);
  if (sheet != NULL) {
    g_clear_pointer (&sheet->trouble, g_free);
    sheet->trouble = error != NULL ? g_strdup (error->message) : NULL;
  }
  if (sheet != NULL && r->queue != NULL) {
    ZbQueue *before = sheet->queue;
    sheet->queue = r->queue;
    r->queue = before;
    sheet->mark = r->mark;
    sheet->newest = r->newest;
    sheet->decided = r->decided;
    sheet->serial = ++board->serial;
  }
  g_clear_error (&error);
  g_cond_broadcast (&board->done);
}

/* The lock is held, but not while it ranks. */
static void
rank_one (ZbBoard *board, ZbDb *db, Sheet *sheet)
{
  GError *error = NULL;
  Ranking r = {.week = sheet->week, .known = sheet->mark};
  sheet->wanted = FALSE;
  g_mutex_unlock (&board->lock);
  gint64 start = g_get_monotonic_time ();
  if (!rank (board, db, &r, &error))
    g_printerr ("zhoubao serve: ranking: %s\n", error->message);
  gint64 took = g_get_monotonic_time () - start;
  g_mutex_lock (&board->lock);
  put (board, &r, error);
  g_mutex_unlock (&board->lock);
  g_clear_pointer (&r.queue, zb_queue_free);
  g_mutex_lock (&board->lock);
  gint64 until = g_get_monotonic_time () + took / REST;
  while (took > USUAL_WAIT / 4 && !board->stopping && g_cond_wait_until (&board->asked, &board->lock, until))
    ;
}

static Sheet *
next_wanted (const ZbBoard *board)
{
  for (guint i = 0; i < board->sheets->len; i++)
    if (((Sheet *)board->sheets->pdata[i])->wanted)
      return board->sheets->pdata[i];
  return NULL;
}

/* The week that is worked on is ranked before anybody asks. The lock is held. */
static void
want_working_week (ZbBoard *board, ZbDb *db)
{
  ZbWeek week;
  if (!zb_working_week (board->workspace, db, zb_time_now (), &week, NULL))
    return;
  Sheet *sheet = look_up (board, week);
  (sheet != NULL ? sheet : find_sheet (board, week))->wanted = TRUE;
}

static gpointer
run_ranker (gpointer data)
{
  ZbBoard *board = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDb) db = zb_workspace_database (board->workspace, &error);
  if (db == NULL) {
    g_printerr ("zhoubao serve: ranking: %s\n", error->message);
    return NULL;
  }
  g_free (zb_romanize ("周報")); /* opens ICU's readings, which takes longer than a page may */
  g_mutex_lock (&board->lock);
  while (!board->stopping) {
    Sheet *sheet = next_wanted (board);
    gint64 until = g_get_monotonic_time () + LOOK_SECONDS * G_TIME_SPAN_SECOND;
    if (sheet != NULL)
      rank_one (board, db, sheet);
    else if (!g_cond_wait_until (&board->asked, &board->lock, until))
      want_working_week (board, db);
  }
  g_mutex_unlock (&board->lock);
  return NULL;
}

ZbBoard *
zb_board_new (const char *directory, GError **error)
{
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (directory, error);
  g_autoptr (GPtrArray) sources = workspace != NULL ? zb_source_file_read_all (workspace, error) : NULL;
  g_autoptr (ZbDb) db = sources != NULL ? zb_workspace_database (workspace, error) : NULL;
  if (db == NULL)
    return NULL;
  ZbBoard *board = g_new0 (ZbBoard, 1);
  g_mutex_init (&board->lock);
  g_cond_init (&board->asked);
  g_cond_init (&board->done);
  board->workspace = g_steal_pointer (&workspace);
  board->sources = g_steal_pointer (&sources);
  board->sheets = g_ptr_array_new_with_free_func (sheet_free);
  want_working_week (board, db);
  board->ranker = g_thread_new ("ranker", run_ranker, board);
  return board;
}

void
zb_board_free (ZbBoard *board)
{
  g_mutex_lock (&board->lock);
  board->stopping = TRUE;
  g_cond_broadcast (&board->asked);
  g_mutex_unlock (&board->lock);
  g_thread_join (board->ranker);
  g_ptr_array_unref (board->sheets);
  g_ptr_array_unref (board->sources);
  zb_workspace_free (board->workspace);
  g_cond_clear (&board->asked);
  g_cond_clear (&board->done);
  g_mutex_clear (&board->lock);
  g_free (board);
}

/* The number is read before the states: what is decided in between is read again next time. */
static gboolean
read_states (Sheet *sheet, ZbDb *db, GError **error)
{
  gint64 latest = 0;
  if (!zb_decision_latest (db, &latest, error))
    return FALSE;
  if (latest == sheet->decided)
    return TRUE;
  sheet->decided = -1;
  if (!zb_queue_read_states (sheet->queue, db, error))
    return FALSE;
  sheet->decided = latest;
  return TRUE;
}

/* What of the week the store has. */
typedef struct {
  ZbStoryMark mark;
  gint64 all, waiting;
} Store;

static gboolean
read_store (ZbBoard *board, ZbDb *db, const Sheet *sheet, Store *store, GError **error)
{
  GTimeZone *zone = board->workspace->config->zone;
  return read_mark (db, sheet->week, &store->mark, error) &&
         zb_story_count (db, zb_week_start (sheet->week, zone), zb_week_end (sheet->week, zone),
                         sheet->newest, &store->all, &store->waiting, error);
}

static gboolean
is_behind (const Sheet *sheet, const Store *store)
{
  return sheet->queue == NULL || memcmp (&sheet->mark, &store->mark, sizeof store->mark) != 0;
}

/* Waiting gives the lock away: the sheet may be another one then. NULL with ERROR set. */
static Sheet *
wait_for (ZbBoard *board, ZbDb *db, ZbWeek week, Store *store, GError **error)
{
  gint64 until = g_get_monotonic_time () + (store->all <= USUAL_ITEMS ? USUAL_WAIT : FLOOD_WAIT);
  Sheet *sheet = find_sheet (board, week);
  gint64 serial = sheet->serial;
  while (sheet->serial == serial && sheet->trouble == NULL &&
         g_cond_wait_until (&board->done, &board->lock, until))
    sheet = find_sheet (board, week);
  sheet = find_sheet (board, week);
  return read_store (board, db, sheet, store, error) ? sheet : NULL;
}

static gboolean
show (Sheet *sheet, ZbDb *db, const Store *store, ZbBoardView *view, GError **error)
{
  if (sheet->queue == NULL && sheet->trouble != NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "this week could not be ranked: %s", sheet->trouble);
    return FALSE;
  }
  *view = (ZbBoardView){sheet->queue, sheet->serial, store->waiting, is_behind (sheet, store)};
  return sheet->queue == NULL || read_states (sheet, db, error);
}

gboolean
zb_board_take (ZbBoard *board, ZbDb *db, ZbWeek week, ZbBoardWait wait, ZbBoardView *view, GError **error)
{
  Store store;
  g_mutex_lock (&board->lock);
  Sheet *sheet = find_sheet (board, week);
  if (!read_store (board, db, sheet, &store, error))
    sheet = NULL;
  if (sheet != NULL && is_behind (sheet, &store)) {
    sheet->wanted = TRUE;
    g_cond_broadcast (&board->asked);
    sheet = wait == ZB_BOARD_SOON ? wait_for (board, db, week, &store, error) : sheet;
  }
  if (sheet != NULL && show (sheet, db, &store, view, error))
    return TRUE;
  g_mutex_unlock (&board->lock);
  return FALSE;
}

void
zb_board_give (ZbBoard *board)
{
  g_mutex_unlock (&board->lock);
}

const ZbQueue *
zb_board_take_queue (ZbBoard *board, ZbDb *db, ZbWeek week, GError **error)
{
  ZbBoardView view;
  if (!zb_board_take (board, db, week, ZB_BOARD_SOON, &view, error))
    return NULL;
  if (view.queue != NULL)
    return view.queue;
  zb_board_give (board);
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_BUSY, "the week is being ranked: try again in a moment");
  return NULL;
}
