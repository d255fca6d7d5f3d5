/* The board: the queues of the weeks that editors look at, kept by the process for all of its threads, for
   ranking 20,000 items takes seconds. Private to src/desk. */
#pragma once
#include "zhoubao/curate/queue.h"

typedef struct ZbBoard ZbBoard;

/* DIRECTORY is the workspace. (transfer full) */
ZbBoard *zb_board_new (const char *directory, GError **error);
void zb_board_free (ZbBoard *board);

/* WEEK's queue as the store has it now. It is the caller's alone until zb_board_give; the other threads wait
   so long. NULL with ERROR set: nothing is to be given back. */
const ZbQueue *zb_board_take (ZbBoard *board, ZbDb *db, ZbWeek week, GError **error);
void zb_board_give (ZbBoard *board);
