/* The thread of the ledger: what several connections ask for at the same time becomes one transaction. */
#include "ledger_private.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/deliver/bounces.h"
#include "zhoubao/store/mailing.h"
#include <semaphore.h>

#define LOOK_SECONDS 1.0     /* between two looks at what other processes want */
#define GATHER_SECONDS 0.005 /* a commit is never put off for longer */
#define FULL_TRIES 5         /* a disk that is full gets this many tries before the ledger stops */
#define CLOCK_SLACK 10.0     /* seconds between the start of the program and of the ledger, at most */

typedef enum { ASK_NEXT, ASK_BEGIN, ASK_END } Kind;

/* One call of a connection, which waits for ANSWERED. */
typedef struct {
  Kind kind;
  sem_t answered;
  guint relay;
  ZbDelivery *delivery;
  const ZbSmtpResult *result;
  double deadline;    /* of ASK_NEXT, on the monotonic clock */
  gboolean want_next; /* of ASK_END */
  /* answers */
  ZbLedgerAnswer answer;
  ZbDelivery *row;
  gboolean go;
  ZbDeliveryState after;
} Ask;

struct ZbLedger {
  GThread *thread;
  GMutex lock; /* of inbox, status, closing, stopped and failure */
  GCond work;
  GPtrArray *inbox;
  gboolean closing, stopped, asleep;
  GError *failure;
  ZbLedgerStatus status;
  /* the thread's own */
  ZbDb *db;
  ZbSender *sender;
  ZbLedgerRows rows;
  GPtrArray *waiting; /* ASK_NEXT that could not be answered yet */
  gboolean broken;    /* the store refused a step: no further one is tried */
  ZbLedgerStatus counted;
  gboolean ended; /* stopped or paused: no more rows */
  double base, started, looked;
  double commit; /* seconds that the last commit took */
  guint quorum;  /* asks in the inbox that are worth a commit; under the lock */
};

static double
monotonic (void)
{
  return (double)g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* NOW has whole seconds: at each restart they would give a bucket up to a second's worth too much. Where it
   is the clock's, the clock is asked again. */
static double
exact (ZbTime now)
{
  double clock = (double)g_get_real_time () / G_USEC_PER_SEC, given = (double)now;
  return clock >= given && clock < given + CLOCK_SLACK ? clock : given;
}

static double
now_of (ZbLedger *l)
{
  return l->base + monotonic () - l->started;
}

static void
fail (ZbLedger *l, GError *error)
{
  l->broken = TRUE;
  g_mutex_lock (&l->lock);
  l->stopped = TRUE;
  if (l->failure == NULL)
    l->failure = error;
  else
    g_error_free (error);
  g_mutex_unlock (&l->lock);
}

/* What the server said of the message becomes what the row is told. 5xx to MAIL is about us, not about the
   recipient: the row stays as it was. */
static ZbDeliveryState
state_of (const ZbSmtpResult *r)
{
  static const ZbDeliveryState states[] = {[ZB_SMTP_SENT] = ZB_DELIVERY_SENT,
                                           [ZB_SMTP_DEFERRED] = ZB_DELIVERY_DEFERRED,
                                           [ZB_SMTP_FAILED] = ZB_DELIVERY_FAILED,
                                           [ZB_SMTP_UNCERTAIN] = ZB_DELIVERY_UNCERTAIN,
                                           [ZB_SMTP_NOT_SENT] = ZB_DELIVERY_QUEUED};
  return r->outcome == ZB_SMTP_FAILED && r->stage == ZB_SMTP_AT_MAIL ? ZB_DELIVERY_QUEUED
                                                                     : states[r->outcome];
}

static gboolean
is_untouched (const Ask *ask)
{
  return ask->result->outcome == ZB_SMTP_NOT_SENT && ask->result->stage <= ZB_SMTP_AT_CONNECT;
}

/* A delivery that failed by the recipient's server counts as a bounce does. */
static gboolean
write_refusal (ZbLedger *l, const Ask *ask, ZbTime now, GError **error)
{
  const ZbSmtpResult *r = ask->result;
  g_auto (ZbBouncesResult) result = {0};
  if (ask->after != ZB_DELIVERY_FAILED || r->stage < ZB_SMTP_AT_RCPT || r->code == 0)
    return TRUE;
  g_autofree char *words = g_strdup_printf ("%d %s", r->code, r->words);
  ZbRefusal refusal = {
      .status = r->status, .words = words, .command = r->stage == ZB_SMTP_AT_RCPT ? "RCPT" : "DATA"};
  return zb_bounces_refused (l->db, ask->delivery->id, &refusal, now, &result, error);
}

static gboolean
write_end (ZbLedger *l, Ask *ask, ZbTime now, GError **error)
{
  const ZbSmtpResult *r = ask->result;
  const char *relay = l->rows.relays[ask->relay].name + strlen ("relay:");
  ZbDeliveryReply reply = {ask->delivery->id, state_of (r), relay, r->code, r->status, r->words};
  ask->after = ask->delivery->state;
  if (is_untouched (ask) || ask->delivery->state == ZB_DELIVERY_SUPPRESSED)
    return TRUE;
  return zb_delivery_end (l->db, &reply, now, &ask->after, error) && write_refusal (l, ask, now, error);
}

static gboolean
write_begin (ZbLedger *l, Ask *ask, ZbTime now, GError **error)
{
  const char *relay = l->rows.relays[ask->relay].name + strlen ("relay:");
  gboolean done = zb_delivery_begin (l->db, ask->delivery->id, relay, now, &ask->go, error);
  ask->after = ask->go ? ZB_DELIVERY_INFLIGHT : ZB_DELIVERY_SUPPRESSED;
#ifdef ZB_LEDGER_FAULT
  /* The kill test's own program: "sent" is written before the end mark, as some do, and people are lost. */
  ZbDeliveryReply reply = {ask->delivery->id, ZB_DELIVERY_SENT, relay, 250, NULL, "written too early"};
  done = done && (!ask->go || zb_delivery_end (l->db, &reply, now, NULL, error));
#endif
  return done;
}

static gboolean
write_batch (ZbLedger *l, GPtrArray *batch, GError **error)
{
  ZbTime now = (ZbTime)now_of (l);
  if (!zb_db_begin (l->db, error))
    return FALSE;
  gboolean done = zb_sender_check (l->sender, l->db, now, error) && zb_pace_save (l->rows.pace, l->db, error);
  for (guint i = 0; done && i < batch->len; i++) {
    Ask *ask = batch->pdata[i];
    done = ask->kind == ASK_BEGIN ? write_begin (l, ask, now, error) : write_end (l, ask, now, error);
  }
  if (done)
    return zb_db_commit (l->db, error);
  zb_db_rollback (l->db);
  return FALSE;
}

/* A reply that is not on disk may become a second copy, so a full disk gets a little time. */
static gboolean
write_patiently (ZbLedger *l, GPtrArray *batch, GError **error)
{
  for (guint try = 1;; try++) {
    g_autoptr (GError) why = NULL;
    if (write_batch (l, batch, &why))
      return TRUE;
    if (try == FULL_TRIES || !g_error_matches (why, ZB_ERROR, ZB_ERROR_FAILED)) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
    g_usleep (200 * 1000);
  }
}

static void
note_domain (ZbLedger *l, const Ask *ask, double now)
{
  const ZbSmtpResult *r = ask->result;
  if (r->outcome != ZB_SMTP_SENT && r->outcome != ZB_SMTP_DEFERRED)
    return;
  g_autofree char *name = g_strconcat ("domain:", zb_mailbox_domain (ask->delivery->address), NULL);
  if (r->outcome == ZB_SMTP_SENT)
    zb_pace_ease (l->rows.pace, name, now);
  else if (r->status != NULL && g_str_has_prefix (r->status, "4.7."))
    zb_pace_slow (l->rows.pace, name, now);
}

/* What is on disk now shows in the counts; then the connection may go on. */
static void
settle (ZbLedger *l, Ask *ask)
{
  double now = now_of (l);
  ZbDeliveryState before = ask->delivery->state;
  if (ask->kind == ASK_END) {
    Relay *relay = &l->rows.relays[ask->relay];
    l->rows.out--;
    if (!is_untouched (ask)) {
      relay->ended++;
      relay->last = now;
    } else if (before != ZB_DELIVERY_SUPPRESSED)
      zb_ledger_rows_return (&l->rows, ask->delivery);
    note_domain (l, ask, now);
  }
  l->counted.counts[before]--;
  l->counted.counts[ask->after]++;
  l->counted.done += ask->kind == ASK_END && ask->after != before;
  ask->delivery->state = ask->after;
}

static ZbDelivery *
pick (ZbLedger *l, guint relay, double *wait)
{
  g_autoptr (GError) error = NULL;
  *wait = ZB_LEDGER_NEVER;
  ZbDelivery *row = l->ended ? NULL : zb_ledger_rows_pick (&l->rows, relay, now_of (l), wait, &error);
  if (error != NULL)
    fail (l, g_steal_pointer (&error));
  return row;
}

static void
commit_batch (ZbLedger *l, GPtrArray *batch)
{
  g_autoptr (GError) error = NULL;
  double wait;
  double began = monotonic ();
  gboolean done = !l->broken && write_patiently (l, batch, &error);
  l->commit = monotonic () - began;
  if (error != NULL)
    fail (l, g_steal_pointer (&error));
  for (guint i = 0; i < batch->len; i++) {
    Ask *ask = batch->pdata[i];
    if (done)
      settle (l, ask);
    else
      ask->go = FALSE;
    if (ask->want_next && l->waiting->len == 0)
      ask->row = pick (l, ask->relay, &wait);
    sem_post (&ask->answered);
  }
}

/* FALSE while ASK has to wait; then WAIT has the seconds. */
static gboolean
answer_next (ZbLedger *l, Ask *ask, double *wait)
{
  ask->row = pick (l, ask->relay, wait);
  if (ask->row == NULL && *wait != ZB_LEDGER_NEVER && monotonic () < ask->deadline)
    return FALSE;
  ask->answer = ask->row != NULL ? ZB_LEDGER_ROW : *wait == ZB_LEDGER_NEVER ? ZB_LEDGER_END : ZB_LEDGER_LATER;
  sem_post (&ask->answered);
  return TRUE;
}

/* Answers whoever can be answered; how long to sleep at most. */
static double
serve_waiting (ZbLedger *l)
{
  double sleep = LOOK_SECONDS;
  for (guint i = 0; i < l->waiting->len;) {
    Ask *ask = l->waiting->pdata[i];
    double wait, left = ask->deadline - monotonic ();
    if (answer_next (l, ask, &wait)) {
      g_ptr_array_remove_index (l->waiting, i);
      continue;
    }
    sleep = MIN (sleep, MAX (MIN (wait, left), 0.001));
    i++;
  }
  return sleep;
}

/* Pausing is written by other processes. */
static void
look_around (ZbLedger *l)
{
  g_autoptr (GError) error = NULL;
  ZbMailingState state = ZB_MAILING_OPEN;
  if (monotonic () - l->looked < LOOK_SECONDS)
    return;
  l->looked = monotonic ();
  if (!zb_mailing_get_state (l->db, l->rows.mailing, &state, &error)) {
    fail (l, g_steal_pointer (&error));
    return;
  }
  l->counted.paused = state != ZB_MAILING_OPEN;
}

/* A commit costs the same for one connection as for all: while only a few have asked, the others that are
   under way are waited for, though no longer than twice what the last commit took; not for the few that may
   be waiting for a slow server. */
static void
gather (ZbLedger *l)
{
  gint64 until = g_get_monotonic_time () + (gint64)(MIN (l->commit * 2, GATHER_SECONDS) * G_USEC_PER_SEC);
  l->quorum = l->rows.out - l->rows.out / 8;
  while (l->inbox->len > 0 && l->inbox->len < l->quorum && !l->closing &&
         g_cond_wait_until (&l->work, &l->lock, until))
    ;
  l->quorum = 1;
}

static GPtrArray *
take_inbox (ZbLedger *l, double sleep, gboolean *closing)
{
  gint64 until = g_get_monotonic_time () + (gint64)(sleep * G_USEC_PER_SEC);
  g_mutex_lock (&l->lock);
  l->status = l->counted;
  l->asleep = TRUE;
  while (l->inbox->len == 0 && !l->closing && g_cond_wait_until (&l->work, &l->lock, until))
    ;
  gather (l);
  l->asleep = FALSE;
  GPtrArray *inbox = l->inbox;
  l->inbox = g_ptr_array_new ();
  *closing = l->closing;
  l->ended = l->stopped || l->counted.paused;
  g_mutex_unlock (&l->lock);
  return inbox;
}

static gpointer
run (gpointer data)
{
  ZbLedger *l = data;
  gboolean closing = FALSE;
  double sleep = LOOK_SECONDS;
  while (!closing) {
    g_autoptr (GPtrArray) inbox = take_inbox (l, sleep, &closing);
    g_autoptr (GPtrArray) batch = g_ptr_array_new ();
    for (guint i = 0; i < inbox->len; i++) {
      Ask *ask = inbox->pdata[i];
      g_ptr_array_add (ask->kind == ASK_NEXT ? l->waiting : batch, ask);
    }
    if (batch->len > 0)
      commit_batch (l, batch);
    look_around (l);
    sleep = serve_waiting (l);
  }
  return NULL;
}

/* Hands ASK over and waits for the answer. */
static void
ask_and_wait (ZbLedger *l, Ask *ask)
{
  sem_init (&ask->answered, 0, 0);
  g_mutex_lock (&l->lock);
  g_ptr_array_add (l->inbox, ask);
  if (l->asleep && l->inbox->len >= l->quorum)
    g_cond_signal (&l->work);
  g_mutex_unlock (&l->lock);
  while (sem_wait (&ask->answered) != 0)
    ; /* a signal */
  sem_destroy (&ask->answered);
}

ZbLedgerAnswer
zb_ledger_next (ZbLedger *ledger, guint relay, double patience, ZbDelivery **out)
{
  Ask ask = {.kind = ASK_NEXT, .relay = relay};
  ask.deadline = patience < 0 ? ZB_LEDGER_UNTIL_END : monotonic () + patience;
  ask_and_wait (ledger, &ask);
  *out = ask.row;
  return ask.answer;
}

gboolean
zb_ledger_begin (ZbLedger *ledger, ZbDelivery *delivery, guint relay)
{
  Ask ask = {.kind = ASK_BEGIN, .relay = relay, .delivery = delivery};
  ask_and_wait (ledger, &ask);
#ifdef ZB_LEDGER_FAULT
  g_usleep (20 * 1000); /* a slow network, so that the fault shows at once */
#endif
  return ask.go;
}

void
zb_ledger_end (ZbLedger *ledger, ZbDelivery *delivery, guint relay, const ZbSmtpResult *result,
               ZbDelivery **next)
{
  Ask ask = {
      .kind = ASK_END, .relay = relay, .delivery = delivery, .result = result, .want_next = next != NULL};
  ask_and_wait (ledger, &ask);
  if (next != NULL)
    *next = ask.row;
}

void
zb_ledger_stop (ZbLedger *ledger, const char *why)
{
  g_mutex_lock (&ledger->lock);
  ledger->stopped = TRUE;
  if (why != NULL && ledger->failure == NULL)
    ledger->failure = g_error_new_literal (ZB_ERROR, ZB_ERROR_FAILED, why);
  g_cond_signal (&ledger->work);
  g_mutex_unlock (&ledger->lock);
}

void
zb_ledger_drop_relay (ZbLedger *ledger, guint relay)
{
  g_mutex_lock (&ledger->lock);
  g_atomic_int_set (&ledger->rows.relays[relay].given_up, TRUE);
  g_cond_signal (&ledger->work);
  g_mutex_unlock (&ledger->lock);
}

void
zb_ledger_status (ZbLedger *ledger, ZbLedgerStatus *status)
{
  g_mutex_lock (&ledger->lock);
  *status = ledger->status;
  g_mutex_unlock (&ledger->lock);
}

static void
ledger_free (ZbLedger *l)
{
  ZbDelivery *d;
  while ((d = g_queue_pop_head (&l->rows.rows)) != NULL)
    zb_delivery_free (d);
  for (guint i = 0; i < l->rows.n_relays; i++)
    g_free (l->rows.relays[i].name);
  g_free (l->rows.relays);
  g_clear_pointer (&l->rows.pace, zb_pace_free);
  g_ptr_array_unref (l->inbox);
  g_ptr_array_unref (l->waiting);
  g_clear_error (&l->failure);
  g_mutex_clear (&l->lock);
  g_cond_clear (&l->work);
  g_free (l);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbLedger, ledger_free)

static ZbLedger *
ledger_new (ZbDb *db, ZbSender *sender, const ZbLedgerOptions *o)
{
  ZbLedger *l = g_new0 (ZbLedger, 1);
  g_mutex_init (&l->lock);
  g_cond_init (&l->work);
  l->inbox = g_ptr_array_new ();
  l->waiting = g_ptr_array_new ();
  l->db = db;
  l->sender = sender;
  l->base = exact (o->now);
  l->started = monotonic ();
  l->rows = (ZbLedgerRows){.db = db, .mailing = o->mailing, .config = o->config, .wait = o->wait};
  g_queue_init (&l->rows.rows);
  l->rows.n_relays = o->n_relays;
  l->rows.relays = g_new0 (Relay, o->n_relays);
  for (guint i = 0; i < o->n_relays; i++) {
    l->rows.relays[i].name = g_strconcat ("relay:", o->relays[i].name, NULL);
    l->rows.relays[i].weight = o->relays[i].weight;
    l->rows.relays[i].rate = o->relays[i].rate;
  }
  return l;
}

ZbLedger *
zb_ledger_open (ZbDb *db, ZbSender *sender, const ZbLedgerOptions *options, GError **error)
{
  gint64 recovered = 0;
  g_autoptr (ZbLedger) l = ledger_new (db, sender, options);
  l->rows.pace = zb_pace_open (db, error);
  if (l->rows.pace == NULL || !zb_ledger_rows_warm (&l->rows, (double)options->now, error) ||
      !zb_delivery_recover (db, options->mailing, options->now, &recovered, error) ||
      !zb_delivery_count (db, options->mailing, l->counted.counts, NULL, error))
    return NULL;
  l->status = l->counted;
  l->thread = g_thread_new ("ledger", run, l);
  return g_steal_pointer (&l);
}

gboolean
zb_ledger_close (ZbLedger *ledger, GError **error)
{
  g_autoptr (ZbLedger) l = ledger;
  g_mutex_lock (&l->lock);
  l->closing = TRUE;
  g_cond_signal (&l->work);
  g_mutex_unlock (&l->lock);
  g_thread_join (l->thread);
  if (l->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&l->failure));
  return FALSE;
}
