/* Queues that are ranked once and read often. */
#include "board.h"

#include "zhoubao/store/decision.h"
#include "zhoubao/store/source_file.h"
#include "zhoubao/store/story.h"
#include "zhoubao/store/workspace.h"

#define WEEKS 3 /* are kept: the week that is worked on, and those that are looked up beside it */

typedef struct {
  ZbQueue *queue;
  ZbStoryMark mark; /* of the items when it was ranked */
  gint64 decided;   /* the newest decision that its states know */
} Sheet;

struct ZbBoard {
  GMutex lock;
  ZbWorkspace *workspace; /* its configuration and sources outlive the queues */
  GPtrArray *sources;     /* of ZbSource */
  GPtrArray *sheets;      /* of Sheet, the last asked for first */
};

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;
  g_clear_pointer (&sheet->queue, zb_queue_free);
  g_free (sheet);
}

ZbBoard *
zb_board_new (const char *directory, GError **error)
{
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (directory, error);
  g_autoptr (GPtrArray) sources = workspace != NULL ? zb_source_file_read_all (workspace, error) : NULL;
  if (sources == NULL)
    return NULL;
  ZbBoard *board = g_new0 (ZbBoard, 1);
  g_mutex_init (&board->lock);
  board->workspace = g_steal_pointer (&workspace);
  board->sources = g_steal_pointer (&sources);
  board->sheets = g_ptr_array_new_with_free_func (sheet_free);
  return board;
}

void
zb_board_free (ZbBoard *board)
{
  g_ptr_array_unref (board->sheets);
  g_ptr_array_unref (board->sources);
  zb_workspace_free (board->workspace);
  g_mutex_clear (&board->lock);
  g_free (board);
}

/* WEEK's sheet, put first; an empty one where there is none, in the place of the one unused for longest. */
static Sheet *
find_sheet (ZbBoard *board, ZbWeek week)
{
  Sheet *found = NULL;
  for (guint i = 0; i < board->sheets->len && found == NULL; i++) {
    Sheet *sheet = board->sheets->pdata[i];
    if (sheet->queue != NULL && zb_week_compare (sheet->queue->week, week) == 0)
      found = g_ptr_array_steal_index (board->sheets, i);
  }
  if (board->sheets->len >= WEEKS)
    g_ptr_array_set_size (board->sheets, WEEKS - 1);
  if (found == NULL)
    found = g_new0 (Sheet, 1);
  g_ptr_array_insert (board->sheets, 0, found);
  return found;
}

static gboolean
rank (ZbBoard *board, Sheet *sheet, ZbDb *db, ZbWeek week, GError **error)
{
  ZbStoryMark mark;
  g_autofree char *name = zb_week_name (week);
  if (!zb_story_mark (db, name, &mark, error))
    return FALSE;
  if (sheet->queue != NULL && memcmp (&mark, &sheet->mark, sizeof mark) == 0)
    return TRUE;
  g_clear_pointer (&sheet->queue, zb_queue_free);
  sheet->queue = zb_queue_new (db, board->workspace->config, board->sources, week, error);
  sheet->mark = mark;
  sheet->decided = 0;
  return sheet->queue != NULL;
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
  sheet->decided = 0;
  if (!zb_queue_read_states (sheet->queue, db, error))
    return FALSE;
  sheet->decided = latest;
  return TRUE;
}

const ZbQueue *
zb_board_take (ZbBoard *board, ZbDb *db, ZbWeek week, GError **error)
{
  g_mutex_lock (&board->lock);
  Sheet *sheet = find_sheet (board, week);
  if (rank (board, sheet, db, week, error) && read_states (sheet, db, error))
    return sheet->queue;
  g_mutex_unlock (&board->lock);
  return NULL;
}

void
zb_board_give (ZbBoard *board)
{
  g_mutex_unlock (&board->lock);
}
