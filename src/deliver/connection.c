/* One connection to a relay: takes rows from the ledger, has them sent, and rests when the relay fails. */
#include "send_private.h"

#include "zhoubao/base/error.h"

#define IN_SESSION 1.5 /* seconds that a session waits for its next message */
#define REST_MS 250    /* after the first failure; doubles */
#define FAILURES 5     /* in a row, and a relay is given up for this run */

typedef struct {
  ZbSendRun *run;
  ZbLine *line;
  ZbDelivery *row; /* given by the ledger, not ended */
  ZbEnvelope envelope;
  char *refusal; /* the relay's words where it refuses our MAIL FROM */
} Connection;

static void
end_row (Connection *c, const ZbSmtpResult *result, gboolean go_on)
{
  g_autoptr (ZbDelivery) ended = g_steal_pointer (&c->row);
  zb_ledger_end (c->run->ledger, ended, c->line->number, result, go_on ? &c->row : NULL);
  zb_envelope_clear (&c->envelope);
}

/* The relay does its work: earlier failures are forgotten. */
static void
note_success (ZbLine *line)
{
  g_mutex_lock (&line->lock);
  line->failures = 0;
  g_mutex_unlock (&line->lock);
}

static void
on_result (const ZbSmtpMessage *message, const ZbSmtpResult *result, gpointer data)
{
  Connection *c = data;
  gboolean refused = result->outcome == ZB_SMTP_FAILED && result->stage == ZB_SMTP_AT_MAIL;
  if (refused && c->refusal == NULL)
    c->refusal = g_strdup_printf ("MAIL FROM was refused: %d %s", result->code, result->words);
  if (!refused && result->code != 0 && result->code != 421)
    note_success (c->line);
  end_row (c, result, result->code != 0 && result->code != 421 && !refused);
}

static gboolean
on_commit (const ZbSmtpMessage *message, gpointer data)
{
  Connection *c = data;
  return zb_ledger_begin (c->run->ledger, c->row, c->line->number);
}

static void
fail_row (Connection *c, const char *words)
{
  ZbSmtpResult result = {.outcome = ZB_SMTP_FAILED, .stage = ZB_SMTP_AT_CHECK, .words = words};
  end_row (c, &result, FALSE);
}

/* Fills the row's message; rows that cannot be filled are failed, and the next one is asked for. */
static gboolean
prepare (Connection *c, double patience)
{
  for (;;) {
    g_autoptr (GError) error = NULL;
    if (c->row == NULL &&
        zb_ledger_next (c->run->ledger, c->line->number, patience, &c->row) != ZB_LEDGER_ROW)
      return FALSE;
    if (c->envelope.bytes != NULL || zb_envelope_fill (&c->envelope, c->run, c->row, &error))
      return TRUE;
    fail_row (c, error->message);
  }
}

static gboolean
on_next (ZbSmtpMessage *message, gpointer data)
{
  Connection *c = data;
  if (c->refusal != NULL || !prepare (c, IN_SESSION))
    return FALSE;
  *message = (ZbSmtpMessage){.from = c->envelope.return_path,
                             .to = c->row->address,
                             .envid = c->envelope.envid,
                             .bytes = c->envelope.bytes};
  return TRUE;
}

static gboolean
use_server (Connection *c, GError **error)
{
  static const ZbSmtpCalls calls = {on_next, on_commit, on_result};
  if (!zb_smtp_session (c->line->server, 0, &calls, c, error))
    return FALSE;
  if (c->refusal == NULL)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s", c->line->name, c->refusal);
  g_clear_pointer (&c->refusal, g_free);
  return FALSE;
}

/* The file appears under its name between the two steps, as a message does at a server. A file that is
   written twice is still one message. */
static gboolean
use_outbox (Connection *c, GError **error)
{
  g_autofree char *path = NULL;
  ZbSmtpResult result = {.outcome = ZB_SMTP_NOT_SENT, .stage = ZB_SMTP_AT_DATA, .words = "held back"};
  if (zb_ledger_begin (c->run->ledger, c->row, c->line->number)) {
    gboolean written = zb_outbox_write (c->run->outbox, c->row->message_id, c->envelope.bytes, &path, error);
    result.outcome = written ? ZB_SMTP_SENT : ZB_SMTP_DEFERRED;
    result.code = written ? 250 : 0;
    result.words = written ? path : "could not be written";
  }
  end_row (c, &result, TRUE);
  return path != NULL || error == NULL || *error == NULL;
}

/* Counts a failure of the relay; connections that fail while it rests are part of the same one. */
static void
note_failure (Connection *c, const char *words)
{
  ZbLine *line = c->line;
  gint64 now = g_get_monotonic_time ();
  g_mutex_lock (&line->lock);
  g_free (line->words);
  line->words = g_strdup (words);
  if (now >= line->rest_until) {
    line->rest_until = now + ((gint64)REST_MS << line->failures) * 1000;
    line->failures++;
  }
  line->given_up = line->given_up || line->failures >= FAILURES;
  gboolean given_up = line->given_up;
  g_mutex_unlock (&line->lock);
  if (given_up)
    zb_ledger_drop_relay (c->run->ledger, line->number);
}

/* FALSE where the relay has been given up. */
static gboolean
rest (Connection *c)
{
  for (;;) {
    g_mutex_lock (&c->line->lock);
    gboolean given_up = c->line->given_up, rested = g_get_monotonic_time () >= c->line->rest_until;
    g_mutex_unlock (&c->line->lock);
    if (given_up || g_atomic_int_get (&c->run->stopping))
      return FALSE;
    if (rested)
      return TRUE;
    g_usleep (20 * 1000);
  }
}

/* Where no relay is left, the run ends, and says what the last one said. A connection that fails as well
   meanwhile puts other words there, so they are copied. */
static void
end_if_none_is_left (ZbSendRun *run)
{
  g_autofree char *words = NULL;
  for (guint i = 0; i < run->lines->len; i++) {
    ZbLine *line = run->lines->pdata[i];
    g_mutex_lock (&line->lock);
    gboolean given_up = line->given_up;
    g_free (words);
    words = g_strdup (line->words);
    g_mutex_unlock (&line->lock);
    if (!given_up)
      return;
  }
  zb_ledger_stop (run->ledger, words);
}

gpointer
zb_connection_run (gpointer data)
{
  ZbConnectionStart *start = data;
  Connection c = {.run = start->run, .line = start->line};
  while (rest (&c) && prepare (&c, -1)) {
    g_autoptr (GError) error = NULL;
    gboolean done = c.line->server != NULL ? use_server (&c, &error) : use_outbox (&c, &error);
    if (!done)
      note_failure (&c, error->message);
  }
  if (c.row != NULL) { /* given, and the relay was given up before it was asked */
    ZbSmtpResult back = {.outcome = ZB_SMTP_NOT_SENT, .stage = ZB_SMTP_AT_CONNECT, .words = ""};
    end_row (&c, &back, FALSE);
  }
  end_if_none_is_left (c.run);
  g_free (c.refusal);
  g_free (start);
  return NULL;
}
