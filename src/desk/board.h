/* The board: the queues of the weeks that editors look at, kept by the process for all of its threads.
   Ranking 20,000 items takes seconds, so a thread of the board does it, grouping what no crawl grouped
   before: for the week that is worked on as soon as something changed, for others when they are asked for. A
   page shows what is ranked so far. Private to src/desk. */
#pragma once
#include "zhoubao/curate/queue.h"

typedef struct ZbBoard ZbBoard;

/* DIRECTORY is the workspace. (transfer full) */
ZbBoard *zb_board_new (const char *directory, GError **error);
void zb_board_free (ZbBoard *board);

typedef struct {
  const ZbQueue *queue; /* NULL: nothing of the week is ranked yet */
  gint64 serial;        /* another number whenever the week was ranked anew */
  gint64 waiting;       /* items of the week that are not in it yet; of a NULL queue, all */
  gboolean behind;      /* it is being ranked anew */
} ZbBoardView;

typedef enum {
  ZB_BOARD_AT_ONCE, /* what there is */
  ZB_BOARD_SOON     /* a short while is waited for a ranking that is not the newest */
} ZbBoardWait;

/* WEEK's queue, with what was decided as the store has it now. It is the caller's alone until zb_board_give;
   the other threads wait so long. FALSE: nothing is to be given back. */
gboolean zb_board_take (ZbBoard *board, ZbDb *db, ZbWeek week, ZbBoardWait wait, ZbBoardView *view,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void zb_board_give (ZbBoard *board);

/* The same for who can do nothing without a queue: ZB_ERROR_BUSY where none is there yet. */
const ZbQueue *zb_board_take_queue (ZbBoard *board, ZbDb *db, ZbWeek week, GError **error);
