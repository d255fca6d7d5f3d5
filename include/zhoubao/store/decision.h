/* Decisions of editors: append-only; the last word that was not undone counts. */
#pragma once
#include "zhoubao/base/week.h"
#include "zhoubao/edge/db.h"
#include "zhoubao/model/item.h"

typedef enum { ZB_PICK, ZB_BRIEF, ZB_REJECT } ZbAction;

typedef struct {
  gint64 item;
  ZbWeek week;
  ZbAction action;
  int slot;             /* 1 to 3 for ZB_PICK, else 0 */
  const char *why;      /* or NULL */
  const char *editor;   /* name, or "cli" */
  const char *features; /* JSON, or NULL */
  ZbTime decided;
  gint64 batch; /* 0, or what zb_decision_batch gave: those of one batch are taken back together */
} ZbDecision;

/* Adds D, whose item must exist. A pick takes the slot from whichever item held it in that week, and an item
   that is picked for another slot moves; taking the pick back gives the slot to whom it was taken from. */
gboolean zb_decision_add (ZbDb *db, const ZbDecision *d, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A number for what is decided together; call it in the transaction that adds the decisions. */
gboolean zb_decision_batch (ZbDb *db, gint64 *batch, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes back the newest decision of WEEK that stands, with all of its batch; of EDITOR alone unless NULL.
   ITEM gets its item, and WHAT a few words for people ("pick of item 12 for slot 1"). ZB_ERROR_NOT_FOUND
   where nothing stands. */
gboolean zb_decision_undo (ZbDb *db, ZbWeek week, const char *editor, ZbTime now, gint64 *item, char **what,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What zb_decision_undo would take back: its item, or 0 where there is nothing, and its words as above. */
gboolean zb_decision_newest (ZbDb *db, ZbWeek week, const char *editor, gint64 *item, char **what,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What stands for ITEM; SLOT (may be NULL) gets the slot of a pick, else 0. */
gboolean zb_decision_state (ZbDb *db, gint64 item, ZbItemState *state, int *slot,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Who decided what stands for ITEM, and when; EDITOR stays NULL where nothing does. (transfer full) */
gboolean zb_decision_by (ZbDb *db, gint64 item, char **editor, ZbTime *decided,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  gint64 item;
  ZbItemState state; /* never ZB_STATE_OPEN */
  int slot;          /* of a pick */
} ZbVerdict;

/* What stands for the items from FIRST to LAST, those alone on which something does: an array of ZbVerdict.
   (transfer full) */
GArray *zb_decision_verdicts (ZbDb *db, gint64 first, gint64 last, GError **error);

/* A number that is another whenever something was decided or taken back. */
gboolean zb_decision_latest (ZbDb *db, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The items that hold the slots of WEEK; 0 for an empty one. */
gboolean zb_decision_slots (ZbDb *db, ZbWeek week, gint64 items[3], GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The items of WEEK in the state of ACTION, oldest decision first: an array of gint64. (transfer full) */
GArray *zb_decision_list (ZbDb *db, ZbWeek week, ZbAction action, GError **error);

/* An item that editors picked or briefed. */
typedef struct {
  gint64 item;
  char *week; /* 2017-W26 */
} ZbMark;

/* The items whose pick or brief stands by a decision after AFTER and up to UPTO, not before SINCE, and did
   not stand at AFTER; the newest item first, of ZbMark. (transfer full) */
GPtrArray *zb_decision_marks (ZbDb *db, gint64 after, gint64 upto, ZbTime since, GError **error);

/* Who picked or briefed the item at URL for WEEK, and when: the last such decision that was not taken back.
   EDITOR stays NULL where there is none. (transfer full) */
gboolean zb_decision_maker (ZbDb *db, ZbWeek week, const char *url, char **editor, ZbTime *decided,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
