/* Decisions of editors. */
#include "zhoubao/store/decision.h"

#include "zhoubao/base/error.h"

static const char *const ADD =
    "INSERT INTO decision (item, week, action, slot, why, editor, decided, features, batch)"
    " VALUES (?, ?, ?, nullif (?, 0), ?, ?, ?, ?, nullif (?, 0))";
static const char *const UNDO = "INSERT INTO decision (item, week, action, editor, decided, undoes)"
                                " SELECT item, week, 'undo', ?, ?, id FROM decision WHERE id = ?";
static const char *const UNDO_BATCH = "INSERT INTO decision (item, week, action, editor, decided, undoes)"
                                      " SELECT item, week, 'undo', ?, ?, id FROM standing WHERE batch = ?";
static const char *const BATCH = "SELECT coalesce (max (id), 0) + 1 FROM decision";
static const char *const NEWEST =
    "SELECT id, item, action, slot, coalesce (batch, 0) FROM standing WHERE week = ?1"
    " AND (?2 IS NULL OR editor = ?2) ORDER BY id DESC LIMIT 1";
static const char *const STATE = "SELECT action, slot FROM verdict WHERE item = ?";
static const char *const BY = "SELECT editor, decided FROM verdict WHERE item = ?";
static const char *const VERDICTS = "SELECT item, action, slot FROM verdict WHERE item BETWEEN ? AND ?";
static const char *const LATEST = "SELECT coalesce (max (id), 0) FROM decision";
static const char *const SLOTS = "SELECT slot, item FROM verdict WHERE week = ? AND action = 'pick'";
static const char *const LIST = "SELECT item FROM verdict WHERE week = ? AND action = ? ORDER BY id";
static const char *const MAKER = "SELECT v.editor, v.decided FROM standing v JOIN item i ON i.id = v.item"
                                 " WHERE v.week = ? AND i.url = ? AND v.action IN ('pick', 'brief')"
                                 " ORDER BY v.id DESC LIMIT 1";

static const char *const MARKS =
    "SELECT v.item, v.week FROM verdict v JOIN item i ON i.id = v.item"
    " WHERE v.id > ?1 AND v.id <= ?2 AND v.decided >= ?3 AND v.action IN ('pick', 'brief')"
    " AND NOT EXISTS (SELECT 1 FROM decision s WHERE s.action IN ('pick', 'brief') AND s.id ="
    " (SELECT max (d.id) FROM decision d WHERE d.item = v.item AND d.id <= ?1 AND d.action <> 'undo'"
    " AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id AND u.id <= ?1)))"
    " ORDER BY coalesce (i.published, i.fetched) DESC, i.id DESC";

static const char *const action_names[] = {"pick", "brief", "reject"};

static gboolean
undo_one (ZbDb *db, gint64 id, const char *editor, ZbTime now, GError **error)
{
  return zb_db_exec (db, error, UNDO, "sti", editor, now, id);
}

static gboolean
add_inside (ZbDb *db, gpointer data, GError **error)
{
  const ZbDecision *d = data;
  g_autofree char *week = zb_week_name (d->week);
  gint64 exists = 0;
  if (!zb_db_int (db, &exists, error, "SELECT 1 FROM item WHERE id = ?", "i", d->item))
    return FALSE;
  if (!exists) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no item %" G_GINT64_FORMAT, d->item);
    return FALSE;
  }
  return zb_db_exec (db, error, ADD, "ississtsi", d->item, week, action_names[d->action], (gint64)d->slot,
                     d->why, d->editor, d->decided, d->features, d->batch);
}

gboolean
zb_decision_add (ZbDb *db, const ZbDecision *d, GError **error)
{
  g_assert ((d->action == ZB_PICK) == (d->slot >= 1 && d->slot <= 3));
  return zb_db_transact (db, add_inside, (gpointer)d, error);
}

gboolean
zb_decision_batch (ZbDb *db, gint64 *batch, GError **error)
{
  return zb_db_int (db, batch, error, BATCH, "");
}

/* The newest decision that stands. */
typedef struct {
  gint64 id, item, batch, slot; /* ID 0: none */
  char *action;
} Newest;

static void
newest_clear (Newest *newest)
{
  g_free (newest->action);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Newest, newest_clear)

static gboolean
read_newest (ZbDb *db, ZbWeek week, const char *editor, Newest *newest, GError **error)
{
  g_autofree char *name = zb_week_name (week);
  g_autoptr (ZbQuery) q = zb_db_query (db, NEWEST, "ss", name, editor);
  if (zb_query_next (q)) {
    newest->id = zb_query_int (q, 0);
    newest->item = zb_query_int (q, 1);
    newest->action = g_strdup (zb_query_text (q, 2));
    newest->slot = zb_query_int (q, 3);
    newest->batch = zb_query_int (q, 4);
  }
  return zb_query_ok (q, error);
}

gboolean
zb_decision_newest (ZbDb *db, ZbWeek week, const char *editor, gint64 *item, char **what, GError **error)
{
  g_auto (Newest) newest = {0};
  if (!read_newest (db, week, editor, &newest, error))
    return FALSE;
  *item = newest.item;
  if (newest.slot != 0)
    *what = g_strdup_printf ("%s for slot %d", newest.action, (int)newest.slot);
  else
    *what = g_strdup (newest.action);
  return TRUE;
}

typedef struct {
  ZbWeek week;
  const char *editor;
  ZbTime now;
  gint64 item;
  char *what;
} Undo;

static gboolean
undo_inside (ZbDb *db, gpointer data, GError **error)
{
  Undo *undo = data;
  g_auto (Newest) newest = {0};
  const char *editor = undo->editor != NULL ? undo->editor : "cli";
  if (!read_newest (db, undo->week, undo->editor, &newest, error))
    return FALSE;
  if (newest.id == 0) {
    g_autofree char *week = zb_week_name (undo->week);
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is nothing to undo in %s", week);
    return FALSE;
  }
  undo->item = newest.item;
  undo->what = newest.slot == 0 ? g_strdup_printf ("%s of item %" G_GINT64_FORMAT, newest.action, undo->item)
                                : g_strdup_printf ("%s of item %" G_GINT64_FORMAT " for slot %d",
                                                   newest.action, undo->item, (int)newest.slot);
  return newest.batch != 0 ? zb_db_exec (db, error, UNDO_BATCH, "sti", editor, undo->now, newest.batch)
                           : undo_one (db, newest.id, editor, undo->now, error);
}

gboolean
zb_decision_undo (ZbDb *db, ZbWeek week, const char *editor, ZbTime now, gint64 *item, char **what,
                  GError **error)
{
  Undo undo = {week, editor, now, 0, NULL};
  gboolean ok = zb_db_transact (db, undo_inside, &undo, error);
  *item = undo.item;
  *what = ok ? g_steal_pointer (&undo.what) : NULL;
  g_free (undo.what);
  return ok;
}

/* The state that the row's action, in column AT, leaves its item in. */
static ZbItemState
read_state (ZbQuery *q, int at)
{
  static const ZbItemState states[] = {ZB_STATE_PICKED, ZB_STATE_BRIEFED, ZB_STATE_REJECTED};
  for (guint i = 0; i < G_N_ELEMENTS (action_names); i++)
    if (g_str_equal (zb_query_text (q, at), action_names[i]))
      return states[i];
  return ZB_STATE_OPEN;
}

gboolean
zb_decision_state (ZbDb *db, gint64 item, ZbItemState *state, int *slot, GError **error)
{
  *state = ZB_STATE_OPEN;
  int held = 0;
  g_autoptr (ZbQuery) q = zb_db_query (db, STATE, "i", item);
  if (zb_query_next (q)) {
    *state = read_state (q, 0);
    held = (int)zb_query_int (q, 1);
  }
  if (slot != NULL)
    *slot = held;
  return zb_query_ok (q, error);
}

gboolean
zb_decision_by (ZbDb *db, gint64 item, char **editor, ZbTime *decided, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, BY, "i", item);
  if (zb_query_next (q)) {
    *editor = g_strdup (zb_query_text (q, 0));
    *decided = zb_query_time (q, 1);
  }
  return zb_query_ok (q, error);
}

GArray *
zb_decision_verdicts (ZbDb *db, gint64 first, gint64 last, GError **error)
{
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (ZbVerdict));
  g_autoptr (ZbQuery) q = zb_db_query (db, VERDICTS, "ii", first, last);
  while (zb_query_next (q)) {
    ZbVerdict v = {zb_query_int (q, 0), read_state (q, 1), (int)zb_query_int (q, 2)};
    g_array_append_val (verdicts, v);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&verdicts) : NULL;
}

gboolean
zb_decision_latest (ZbDb *db, gint64 *id, GError **error)
{
  return zb_db_int (db, id, error, LATEST, "");
}

gboolean
zb_decision_slots (ZbDb *db, ZbWeek week, gint64 items[3], GError **error)
{
  g_autofree char *name = zb_week_name (week);
  memset (items, 0, 3 * sizeof *items);
  g_autoptr (ZbQuery) q = zb_db_query (db, SLOTS, "s", name);
  while (zb_query_next (q)) {
    gint64 slot = zb_query_int (q, 0);
    g_assert (slot >= 1 && slot <= 3);
    items[slot - 1] = zb_query_int (q, 1);
  }
  return zb_query_ok (q, error);
}

GArray *
zb_decision_list (ZbDb *db, ZbWeek week, ZbAction action, GError **error)
{
  g_autofree char *name = zb_week_name (week);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST, "ss", name, action_names[action]);
  while (zb_query_next (q)) {
    gint64 item = zb_query_int (q, 0);
    g_array_append_val (items, item);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&items) : NULL;
}

gboolean
zb_decision_maker (ZbDb *db, ZbWeek week, const char *url, char **editor, ZbTime *decided, GError **error)
{
  g_autofree char *name = zb_week_name (week);
  g_autoptr (ZbQuery) q = zb_db_query (db, MAKER, "ss", name, url);
  if (zb_query_next (q)) {
    *editor = g_strdup (zb_query_text (q, 0));
    *decided = zb_query_time (q, 1);
  }
  return zb_query_ok (q, error);
}

static void
mark_free (gpointer data)
{
  ZbMark *mark = data;
  g_free (mark->week);
  g_free (mark);
}

GPtrArray *
zb_decision_marks (ZbDb *db, gint64 after, gint64 upto, ZbTime since, GError **error)
{
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (mark_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, MARKS, "iii", after, upto, since);
  while (zb_query_next (q)) {
    ZbMark *mark = g_new0 (ZbMark, 1);
    *mark = (ZbMark){zb_query_int (q, 0), g_strdup (zb_query_text (q, 1))};
    g_ptr_array_add (marks, mark);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&marks) : NULL;
}
