/* Mailings: queued in one transaction, frozen, paused and cancelled. */
#include "zhoubao/store/mailing.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/delivery.h"

static const char *const LOAD =
    "SELECT id, issue, state, created, scheduled, sha256, frozen FROM mailing WHERE issue = ?";
static const char *const GET_STATE = "SELECT state FROM mailing WHERE id = ?";
static const char *const SET_STATE = "UPDATE mailing SET state = ? WHERE issue = ? AND state <> 'cancelled'";
static const char *const INSERT = "INSERT INTO mailing (issue, created, scheduled, sha256, frozen, decision)"
                                  " VALUES (?, ?, ?, ?, ?, nullif (?, 0))";
static const char *const LAST_LATEST =
    "SELECT decision, created FROM mailing WHERE decision IS NOT NULL ORDER BY decision DESC LIMIT 1";
static const char *const ADD =
    "INSERT INTO delivery (mailing, person, address, name, text_only, message_id, due,"
    " changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
static const char *const HOLD =
    "UPDATE delivery SET state = 'held', changed = ?, words = 'cancelled' WHERE mailing ="
    " (SELECT id FROM mailing WHERE issue = ?) AND state IN ('queued', 'deferred', 'uncertain')";

/* Two looks, each into the index of its rows. */
static const char *const WAITS =
    "SELECT EXISTS (SELECT 1 FROM delivery WHERE mailing = m.id AND state IN ('queued', 'deferred'))"
    " OR EXISTS (SELECT 1 FROM delivery WHERE mailing = m.id AND state IN ('inflight', 'uncertain'))"
    " FROM mailing m WHERE issue = ?";

static const char *const state_names[] = {"open", "paused", "cancelled"};

void
zb_mailing_free (ZbMailing *mailing)
{
  g_free (mailing->issue);
  g_clear_pointer (&mailing->frozen, g_bytes_unref);
  g_free (mailing);
}

static ZbMailingState
parse_state (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (state_names[i], name) == 0)
      return (ZbMailingState)i;
  return ZB_MAILING_PAUSED; /* the schema allows no other; where in doubt, nothing goes out */
}

ZbMailing *
zb_mailing_load (ZbDb *db, const char *issue, GError **error)
{
  g_autoptr (ZbMailing) mailing = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (ZbQuery) q = zb_db_query (db, LOAD, "s", issue);
  while (zb_query_next (q)) {
    mailing = g_new0 (ZbMailing, 1);
    mailing->id = zb_query_int (q, 0);
    mailing->issue = g_strdup (zb_query_text (q, 1));
    mailing->state = parse_state (zb_query_text (q, 2));
    mailing->created = zb_query_time (q, 3);
    mailing->scheduled = zb_query_time (q, 4);
    sum = g_strdup (zb_query_text (q, 5));
    mailing->frozen = zb_query_bytes (q, 6);
  }
  if (!zb_query_ok (q, error) || mailing == NULL)
    return NULL;
  g_autofree char *now =
      zb_sha256 (g_bytes_get_data (mailing->frozen, NULL), g_bytes_get_size (mailing->frozen));
  if (!g_str_equal (now, sum)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s: the frozen mail of %s is damaged; it is not sent",
                 zb_db_path (db), issue);
    return NULL;
  }
  return g_steal_pointer (&mailing);
}

typedef struct {
  const ZbMailingDraft *draft;
  ZbMailingNext next;
  gpointer data;
  ZbTime now;
  gint64 count;
} Queue;

static gboolean
add_rows (ZbDb *db, Queue *queue, gint64 mailing, GError **error)
{
  const ZbMailingDraft *d = queue->draft;
  ZbTime due = d->scheduled != ZB_TIME_NONE ? d->scheduled : queue->now;
  g_autoptr (GError) why = NULL;
  ZbMailingPerson p = {0};
  while (queue->next (&p, queue->data, &why)) {
    g_autofree char *message_id = zb_delivery_message_id (d->key, d->issue, p.person, d->domain);
    if (!zb_db_exec (db, error, ADD, "iissistt", mailing, p.person, p.address, p.name, (gint64)p.text_only,
                     message_id, due, queue->now))
      return FALSE;
    queue->count++;
    p = (ZbMailingPerson){0};
  }
  if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  return why == NULL;
}

static gboolean
queue_all (ZbDb *db, gpointer data, GError **error)
{
  Queue *queue = data;
  const ZbMailingDraft *d = queue->draft;
  gint64 known = 0;
  if (!zb_db_int (db, &known, error, "SELECT id FROM mailing WHERE issue = ?", "s", d->issue))
    return FALSE;
  if (known != 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s has been queued before", d->issue);
    return FALSE;
  }
  g_autofree char *sum = zb_sha256 (g_bytes_get_data (d->frozen, NULL), g_bytes_get_size (d->frozen));
  return zb_db_exec (db, error, INSERT, "sttsbi", d->issue, queue->now, d->scheduled, sum, d->frozen,
                     d->decision) &&
         add_rows (db, queue, zb_db_last_id (db), error);
}

gboolean
zb_mailing_queue (ZbDb *db, const ZbMailingDraft *draft, ZbMailingNext next, gpointer data, ZbTime now,
                  gint64 *count, GError **error)
{
  Queue queue = {draft, next, data, now, 0};
  gboolean done = zb_db_transact (db, queue_all, &queue, error);
  *count = queue.count;
  return done;
}

typedef struct {
  const char *issue;
  ZbMailingState state;
  ZbTime now;
} Change;

static gboolean
check_waits (ZbDb *db, const char *issue, GError **error)
{
  gint64 waits = 1;
  if (!zb_db_int (db, &waits, error, WAITS, "s", issue))
    return FALSE;
  if (waits == 0)
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED,
                 "nothing of %s waits any more: there is nothing to cancel or to pause", issue);
  return waits != 0;
}

static gboolean
change_state (ZbDb *db, gpointer data, GError **error)
{
  Change *c = data;
  if (c->state != ZB_MAILING_OPEN && !check_waits (db, c->issue, error))
    return FALSE;
  if (!zb_db_exec (db, error, SET_STATE, "ss", state_names[c->state], c->issue))
    return FALSE;
  if (zb_db_changes (db) == 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "%s is not queued, or was cancelled", c->issue);
    return FALSE;
  }
  return c->state != ZB_MAILING_CANCELLED || zb_db_exec (db, error, HOLD, "ts", c->now, c->issue);
}

gboolean
zb_mailing_set_state (ZbDb *db, const char *issue, ZbMailingState state, ZbTime now, GError **error)
{
  Change change = {issue, state, now};
  return zb_db_transact (db, change_state, &change, error);
}

gboolean
zb_mailing_get_state (ZbDb *db, gint64 id, ZbMailingState *state, GError **error)
{
  g_autofree char *name = NULL;
  if (!zb_db_text (db, &name, error, GET_STATE, "i", id))
    return FALSE;
  *state = parse_state (name);
  return TRUE;
}

gboolean
zb_mailing_last_latest (ZbDb *db, ZbMailingMark *last, GError **error)
{
  *last = (ZbMailingMark){0};
  g_autoptr (ZbQuery) q = zb_db_query (db, LAST_LATEST, "");
  while (zb_query_next (q))
    *last = (ZbMailingMark){zb_query_int (q, 0), zb_query_time (q, 1)};
  return zb_query_ok (q, error);
}
