/* The rows of deliveries and the steps of their way. */
#include "zhoubao/store/delivery.h"

#include "zhoubao/store/person.h"
#include "zhoubao/store/reader.h"

#define HOUR 3600
#define GIVE_UP_HOURS 48
#define GIVE_UP (GIVE_UP_HOURS * HOUR)
#define GIVEN_UP "given up after " G_STRINGIFY (GIVE_UP_HOURS) " hours: "
#define LOSSES 5 /* connections lost in a row before a row waits as if it had been refused */

#define COLUMNS "SELECT id, person, address, name, message_id, text_only, state, due FROM delivery "
static const char *const TAKEN = "SELECT count(*) FROM delivery WHERE state IN ('sent', 'uncertain', 'held') "
                                 "AND attempt > 0 AND changed >= ?";
static const char *const LIST_DUE =
    COLUMNS "WHERE mailing = ? AND state IN ('queued', 'deferred') AND due <= ? AND (due, id) > (?, ?)"
            " ORDER BY due, id LIMIT ?";
/* An index of some rows is used only where its own condition stands in the query. */
#define OPEN_INDEX "INDEXED BY delivery_open"
#define OPEN_ROWS "state IN ('inflight', 'uncertain')"
static const char *const LIST_UNCERTAIN =
    COLUMNS OPEN_INDEX " WHERE mailing = ? AND " OPEN_ROWS
                       " AND state = 'uncertain' AND again = 0 AND due <= ? ORDER BY due, id LIMIT ?";
static const char *const COUNT = "SELECT state, count (*) FROM delivery WHERE mailing = ? GROUP BY state";
static const char *const NEXT_DUE =
    "SELECT min (due) FROM delivery WHERE mailing = ? AND state IN ('queued', 'deferred')";
static const char *const EACH =
    "SELECT address, message_id, changed, attempt, code, status, words FROM delivery"
    " WHERE mailing = ? AND state = ? ORDER BY id";
static const char *const RELEASE = "UPDATE delivery SET state = 'queued', again = 0, refused = 0, lost = 0, "
                                   "first = NULL, due = ?, changed = ?"
                                   " WHERE mailing = ? AND state = 'held'";
static const char *const RECOVER =
    "UPDATE delivery " OPEN_INDEX
    " SET state = CASE WHEN again > 0 THEN 'held' ELSE 'uncertain' END, changed = ?,"
    " due = ?, words = 'the sender was stopped while the message was under way'"
    " WHERE mailing = ? AND " OPEN_ROWS " AND state = 'inflight'";
static const char *const BEGIN =
    "UPDATE delivery SET again = again + (state = 'uncertain'), state = 'inflight', attempt = attempt + 1,"
    " relay = ?, changed = ? WHERE id = ? AND state IN ('queued', 'deferred', 'uncertain')";
static const char *const READ_PERSON =
    "SELECT d.person, d.address, m.issue FROM delivery d JOIN mailing m ON m.id = d.mailing WHERE d.id = ?";
static const char *const SUPPRESS =
    "UPDATE delivery SET state = 'suppressed', changed = ? WHERE id = ? AND state"
    " IN ('queued', 'deferred', 'uncertain')";
static const char *const MOVE =
    "UPDATE delivery SET address = ? WHERE person = ? AND state IN ('queued', 'deferred')";
static const char *const READ_TRIES = "SELECT refused, lost, again, first, state FROM delivery WHERE id = ?";
static const char *const END =
    "UPDATE delivery SET state = ?, refused = ?, lost = ?, first = ?, due = coalesce (?, due), changed = ?,"
    " relay = ?, code = nullif (?, 0), status = ?, words = ? WHERE id = ?";
static const char *const FIND = "SELECT id FROM delivery WHERE message_id = ?";
static const char *const FORGET =
    "UPDATE delivery SET address = '', name = NULL, words = NULL, changed = ?, state = CASE WHEN state IN"
    " ('queued', 'deferred', 'uncertain', 'held') THEN 'suppressed' ELSE state END WHERE person = ?";

/* Sums are kept of mailings in which nothing waits; of those, only these two steps move a row. */
static const char *const UNSUM = "DELETE FROM mailing_sum WHERE mailing = ?";
static const char *const UNSUM_HELD = "DELETE FROM mailing_sum WHERE mailing IN"
                                      " (SELECT mailing FROM delivery WHERE person = ? AND state = 'held')";

static const char *const state_names[ZB_DELIVERY_STATES] = {"queued", "inflight",  "sent", "deferred",
                                                            "failed", "uncertain", "held", "suppressed"};

const char *
zb_delivery_state_name (ZbDeliveryState state)
{
  return state_names[state];
}

static ZbDeliveryState
parse_state (const char *name)
{
  for (guint i = 0; i < ZB_DELIVERY_STATES; i++)
    if (g_strcmp0 (state_names[i], name) == 0)
      return (ZbDeliveryState)i;
  return ZB_DELIVERY_HELD; /* the schema allows no other */
}

void
zb_delivery_free (ZbDelivery *d)
{
  g_free (d->address);
  g_free (d->name);
  g_free (d->message_id);
  g_free (d);
}

static GPtrArray *
read_rows (ZbQuery *q, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_delivery_free);
  while (zb_query_next (q)) {
    ZbDelivery *d = g_new0 (ZbDelivery, 1);
    g_ptr_array_add (rows, d);
    d->id = zb_query_int (q, 0);
    d->person = zb_query_int (q, 1);
    d->address = g_strdup (zb_query_text (q, 2));
    d->name = g_strdup (zb_query_text (q, 3));
    d->message_id = g_strdup (zb_query_text (q, 4));
    d->text_only = zb_query_int (q, 5) != 0;
    d->state = parse_state (zb_query_text (q, 6));
    d->due = zb_query_time (q, 7);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&rows) : NULL;
}

GPtrArray *
zb_delivery_list_due (ZbDb *db, gint64 mailing, ZbTime now, gint64 limit, ZbDeliveryCursor *cursor,
                      GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST_DUE, "ititi", mailing, now, cursor->due, cursor->id, limit);
  GPtrArray *rows = read_rows (q, error);
  if (rows != NULL && rows->len > 0) {
    const ZbDelivery *last = rows->pdata[rows->len - 1];
    *cursor = (ZbDeliveryCursor){last->due, last->id};
  }
  return rows;
}

GPtrArray *
zb_delivery_list_uncertain (ZbDb *db, gint64 mailing, ZbTime now, gint64 limit, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST_UNCERTAIN, "iti", mailing, now, limit);
  return read_rows (q, error);
}

gboolean
zb_delivery_taken_since (ZbDb *db, ZbTime since, gint64 *count, GError **error)
{
  return zb_db_int (db, count, error, TAKEN, "t", since);
}

gboolean
zb_delivery_next_due (ZbDb *db, gint64 mailing, ZbTime *due, GError **error)
{
  gint64 next = 0;
  if (!zb_db_int (db, &next, error, NEXT_DUE, "i", mailing))
    return FALSE;
  *due = next != 0 ? next : ZB_TIME_NONE;
  return TRUE;
}

gboolean
zb_delivery_count (ZbDb *db, gint64 mailing, gint64 counts[ZB_DELIVERY_STATES], ZbTime *next_due,
                   GError **error)
{
  ZbTime next;
  memset (counts, 0, sizeof *counts * ZB_DELIVERY_STATES);
  g_autoptr (ZbQuery) q = zb_db_query (db, COUNT, "i", mailing);
  while (zb_query_next (q))
    counts[parse_state (zb_query_text (q, 0))] = zb_query_int (q, 1);
  return zb_query_ok (q, error) &&
         zb_delivery_next_due (db, mailing, next_due != NULL ? next_due : &next, error);
}

gboolean
zb_delivery_each (ZbDb *db, gint64 mailing, ZbDeliveryState state, ZbDeliveryEach each, gpointer data,
                  GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, EACH, "is", mailing, state_names[state]);
  while (zb_query_next (q)) {
    ZbDeliveryReport row = {zb_query_text (q, 0), zb_query_text (q, 1),     zb_query_time (q, 2),
                            zb_query_int (q, 3),  (int)zb_query_int (q, 4), zb_query_text (q, 5),
                            zb_query_text (q, 6)};
    each (&row, data);
  }
  return zb_query_ok (q, error);
}

gboolean
zb_delivery_release (ZbDb *db, gint64 mailing, ZbTime now, gint64 *count, GError **error)
{
  gboolean done = zb_db_exec (db, error, UNSUM, "i", mailing) &&
                  zb_db_exec (db, error, RELEASE, "tti", now, now, mailing);
  *count = done ? zb_db_changes (db) : 0;
  return done;
}

gboolean
zb_delivery_recover (ZbDb *db, gint64 mailing, ZbTime now, gint64 *count, GError **error)
{
  gboolean done = zb_db_exec (db, error, RECOVER, "tti", now, now, mailing);
  *count = done ? zb_db_changes (db) : 0;
  return done;
}

gboolean
zb_delivery_begin (ZbDb *db, gint64 id, const char *relay, ZbTime now, gboolean *go, GError **error)
{
  gint64 person = 0;
  gboolean wanted = FALSE;
  g_autofree char *address = NULL, *edition = NULL;
  g_autoptr (ZbQuery) q = zb_db_query (db, READ_PERSON, "i", id);
  while (zb_query_next (q)) {
    person = zb_query_int (q, 0);
    address = g_strdup (zb_query_text (q, 1));
    edition = g_strdup (zb_query_text (q, 2));
  }
  *go = FALSE;
  if (!zb_query_ok (q, error) || !zb_person_may_get (db, person, address, go, error) ||
      (*go && !zb_reader_wants (db, person, zb_edition_kind (edition), &wanted, error)))
    return FALSE;
  *go = *go && wanted;
  if (!*go)
    return zb_db_exec (db, error, SUPPRESS, "ti", now, id);
  if (!zb_db_exec (db, error, BEGIN, "sti", relay, now, id))
    return FALSE;
  *go = zb_db_changes (db) == 1;
  return TRUE;
}

ZbTime
zb_delivery_gap (gint64 n)
{
  static const ZbTime minutes[] = {5, 10, 20, 40, 60, 120, 180, 240};
  return 60 * minutes[CLAMP (n, 1, (gint64)G_N_ELEMENTS (minutes)) - 1];
}

/* What a row has been through. */
typedef struct {
  gint64 refused, lost, again;
  ZbTime first, due;
  ZbDeliveryState state;
} Tries;

static ZbDeliveryState
put_off (Tries *t, ZbTime now)
{
  t->refused++;
  t->lost = 0;
  if (t->first == ZB_TIME_NONE)
    t->first = now;
  t->due = now + zb_delivery_gap (t->refused);
  return t->due > t->first + GIVE_UP ? ZB_DELIVERY_FAILED : ZB_DELIVERY_DEFERRED;
}

static ZbDeliveryState
settle (Tries *t, ZbDeliveryState reply, ZbTime now)
{
  switch (reply) {
  case ZB_DELIVERY_DEFERRED:
    return put_off (t, now);
  case ZB_DELIVERY_QUEUED: /* lost before the end mark: as it was, but behind those that wait */
    t->lost++;
    t->due = now + (t->lost < LOSSES ? 1 : zb_delivery_gap (t->lost - LOSSES + 1));
    return t->state;
  case ZB_DELIVERY_UNCERTAIN:
    return t->again > 0 ? ZB_DELIVERY_HELD : ZB_DELIVERY_UNCERTAIN;
  default:
    return reply;
  }
}

gboolean
zb_delivery_end (ZbDb *db, const ZbDeliveryReply *reply, ZbTime now, ZbDeliveryState *state, GError **error)
{
  Tries t = {.due = ZB_TIME_NONE};
  g_autoptr (ZbQuery) q = zb_db_query (db, READ_TRIES, "i", reply->id);
  while (zb_query_next (q)) {
    t.refused = zb_query_int (q, 0);
    t.lost = zb_query_int (q, 1);
    t.again = zb_query_int (q, 2);
    t.first = zb_query_time (q, 3);
    t.state = parse_state (zb_query_text (q, 4));
  }
  if (!zb_query_ok (q, error))
    return FALSE;
  ZbDeliveryState after = settle (&t, reply->state, now);
  gboolean given_up = reply->state == ZB_DELIVERY_DEFERRED && after == ZB_DELIVERY_FAILED;
  g_autofree char *words = g_strconcat (given_up ? GIVEN_UP : "", reply->words, NULL);
  if (state != NULL)
    *state = after;
  return zb_db_exec (db, error, END, "siitttsissi", state_names[after], t.refused, t.lost, t.first, t.due,
                     now, reply->relay, (gint64)reply->code, reply->status, words, reply->id);
}

gboolean
zb_delivery_find (ZbDb *db, const char *message_id, gint64 *id, GError **error)
{
  *id = 0;
  return zb_db_int (db, id, error, FIND, "s", message_id);
}

gboolean
zb_delivery_move (ZbDb *db, gint64 person, const char *address, GError **error)
{
  return zb_db_exec (db, error, MOVE, "si", address, person);
}

gboolean
zb_delivery_forget (ZbDb *db, gint64 person, ZbTime now, GError **error)
{
  return zb_db_exec (db, error, UNSUM_HELD, "i", person) && zb_db_exec (db, error, FORGET, "ti", now, person);
}
