/* What editors decide on stories, one by one or many at once, and taking it back. */
#include "routes.h"

#include "stale.h"
#include "zhoubao/base/error.h"
#include "zhoubao/curate/queue.h"
#include "zhoubao/store/decision.h"

/* Back to the view of the queue that the form was in, at ITEM. Only what a query of ours looks like is
   followed. */
static gboolean
go_back (ZbVisit *visit, ZbWeek week, gint64 item)
{
  const char *back = zb_request_field (visit->request, "back");
  g_autofree char *name = zb_week_name (week);
  gboolean ours =
      back != NULL && *back != '\0' && strlen (back) < 2000 &&
      strspn (back, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%=&") == strlen (back);
  return zb_visit_go (visit, "/desk/queue?%s%s#item-%" G_GINT64_FORMAT,
                      ours ? "" : "week=", ours ? back : name, item);
}

static gboolean
read_action (const char *text, ZbAction *action, GError **error)
{
  static const char *const names[] = {"pick", "brief", "reject"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], text)) {
      *action = (ZbAction)i;
      return TRUE;
    }
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is nothing that can be decided", text);
  return FALSE;
}

static gboolean
read_decision (ZbVisit *visit, ZbDecision *d, GError **error)
{
  const char *slot = zb_request_field (visit->request, "slot"),
             *given = zb_request_field (visit->request, "action");
  const char *action = given == NULL && slot != NULL ? "pick" : zb_visit_need (visit, "action", error);
  const char *item = action != NULL ? zb_visit_need (visit, "item", error) : NULL;
  if (item == NULL || !read_action (action, &d->action, error) || !zb_visit_number (item, &d->item, error) ||
      !zb_visit_week (visit, &d->week, error))
    return FALSE;
  d->slot = d->action == ZB_PICK && slot != NULL ? (int)g_ascii_strtoll (slot, NULL, 10) : 0;
  if (d->action == ZB_PICK && (d->slot < 1 || d->slot > 3)) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_USAGE, "an issue has slots 1, 2 and 3");
    return FALSE;
  }
  d->why = zb_request_field (visit->request, "why");
  d->editor = visit->editor->name;
  d->decided = visit->now;
  return TRUE;
}

/* Rejecting the original rejects its reprints too; it comes last itself, so that the view returns to it. What
 * was picked or briefed of it stays. */
static gboolean
reject_story (ZbDb *db, const ZbStory *story, const ZbDecision *d, GError **error)
{
  for (guint i = story->items->len; i-- > 0;) {
    const ZbQueueItem *q = story->items->pdata[i];
    ZbDecision other = *d;
    other.item = q->item->id;
    if ((q->state == ZB_STATE_OPEN || i == 0) && !zb_decision_add (db, &other, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
decide (ZbDb *db, const ZbQueue *queue, const ZbDecision *asked, GError **error)
{
  ZbDecision d = *asked;
  const ZbStory *story = zb_queue_story_of (queue, d.item);
  g_autofree char *features = story != NULL ? zb_queue_features_json (queue, story) : NULL;
  d.features = features;
  gboolean whole =
      story != NULL && d.action == ZB_REJECT && ((ZbQueueItem *)story->items->pdata[0])->item->id == d.item;
  return whole ? reject_story (db, story, &d, error) : zb_decision_add (db, &d, error);
}

/* A form's decisions: all of them, or none; and so taken back. */
typedef struct {
  const ZbQueue *queue;
  GArray *decisions; /* of ZbDecision */
} Deciding;

static gboolean
decide_all (ZbDb *db, gpointer data, GError **error)
{
  const Deciding *deciding = data;
  gint64 batch = 0;
  if (!zb_decision_batch (db, &batch, error))
    return FALSE;
  for (guint i = 0; i < deciding->decisions->len; i++) {
    ZbDecision *d = &g_array_index (deciding->decisions, ZbDecision, i);
    d->batch = batch;
    if (!decide (db, deciding->queue, d, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
carry_out (ZbVisit *visit, ZbWeek week, GArray *decisions, GError **error)
{
  const ZbQueue *queue = zb_board_take_queue (visit->board, visit->room->db, week, error);
  if (queue == NULL)
    return FALSE;
  Deciding deciding = {queue, decisions};
  gboolean ok = zb_db_transact (visit->room->db, decide_all, &deciding, error);
  zb_board_give (visit->board);
  return ok;
}

/* A rejected story leaves the view: the reader goes on at the one after it. */
static gint64
next_of (ZbVisit *visit, const ZbDecision *d)
{
  const char *next = zb_request_field (visit->request, "next");
  gint64 item = 0;
  return d->action == ZB_REJECT && zb_visit_number (next, &item, NULL) ? item : d->item;
}

gboolean
zb_page_decide (ZbVisit *visit, GError **error)
{
  ZbDecision d = {0};
  gboolean stale = FALSE;
  g_autoptr (GArray) decisions = g_array_new (FALSE, FALSE, sizeof d);
  if (!read_decision (visit, &d, error) || !zb_stale_check (visit, &d, &stale, error))
    return FALSE;
  if (stale)
    return TRUE;
  g_array_append_val (decisions, d);
  return carry_out (visit, d.week, decisions, error) && go_back (visit, d.week, next_of (visit, &d));
}

gboolean
zb_page_undo (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  gint64 item = 0;
  g_autofree char *what = NULL;
  if (!zb_visit_week (visit, &week, error) ||
      !zb_decision_undo (visit->room->db, week, visit->editor->name, visit->now, &item, &what, error))
    return FALSE;
  return go_back (visit, week, item);
}

gboolean
zb_page_reject (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  gboolean stale = FALSE;
  g_auto (GStrv) marks = zb_request_fields (visit->request, "item");
  g_autoptr (GArray) decisions = g_array_new (FALSE, FALSE, sizeof (ZbDecision));
  if (!zb_visit_week (visit, &week, error) || !zb_stale_check_marks (visit, week, marks, &stale, error))
    return FALSE;
  if (stale)
    return TRUE;
  for (char **mark = marks; *mark != NULL; mark++) {
    const char *seen = NULL;
    ZbDecision d = {.week = week, .action = ZB_REJECT, .editor = visit->editor->name, .decided = visit->now};
    if (!zb_stale_unmark (*mark, &d.item, &seen, error))
      return FALSE;
    g_array_append_val (decisions, d);
  }
  return carry_out (visit, week, decisions, error) && go_back (visit, week, 0);
}
