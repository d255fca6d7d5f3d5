/* A run of the sender: relays, threads, progress, and one test copy. */
#include "send_private.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/edge/secret.h"

#define LOOK_MS 100
#define OUTBOX_CONNECTIONS 4

static void
line_free (ZbLine *line)
{
  g_clear_pointer (&line->server, zb_smtp_server_free);
  g_mutex_clear (&line->lock);
  g_free (line->name);
  g_free (line->words);
  g_free (line);
}

static ZbLine *
add_line (GPtrArray *lines, const char *name, guint connections)
{
  ZbLine *line = g_new0 (ZbLine, 1);
  g_mutex_init (&line->lock);
  line->name = g_strdup (name);
  line->number = lines->len;
  line->connections = connections;
  g_ptr_array_add (lines, line);
  return line;
}

GPtrArray *
zb_lines_new (ZbWorkspace *workspace, GError **error)
{
  const ZbConfig *config = workspace->config;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)line_free);
  const char *helo = zb_mailbox_domain (config->sender_address);
  for (guint i = 0; i < config->relays->len; i++) {
    const ZbRelay *relay = config->relays->pdata[i];
    ZbSmtpServer *server =
        zb_smtp_server_new (relay->url, relay->plaintext, *helo != '\0' ? helo : NULL, error);
    if (server == NULL)
      return NULL;
    add_line (lines, zb_smtp_server_name (server), (guint)relay->connections)->server = server;
  }
  if (lines->len == 0)
    add_line (lines, "outbox", OUTBOX_CONNECTIONS);
  return g_steal_pointer (&lines);
}

static gboolean
check_mailing (const ZbMailing *mailing, const ZbSendOptions *o, GError **error)
{
  if (mailing->state != ZB_MAILING_OPEN) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "sending %s is %s", o->issue,
                 mailing->state == ZB_MAILING_PAUSED ? "paused (go on with: send --resume)" : "cancelled");
    return FALSE;
  }
  if (mailing->scheduled == ZB_TIME_NONE || o->late || o->now <= mailing->scheduled + ZB_SEND_OVERDUE)
    return TRUE;
  g_autofree char *at = zb_time_to_rfc3339 (mailing->scheduled);
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED,
               "%s was to go out at %s; that is too long ago to do it unasked (send --late does)", o->issue,
               at);
  return FALSE;
}

static ZbLedger *
open_ledger (ZbSendRun *run, ZbDb *db, ZbSender *sender, gint64 mailing, const ZbSendOptions *o,
             GError **error)
{
  const ZbConfig *config = run->workspace->config;
  g_autofree ZbLedgerRelay *relays = g_new0 (ZbLedgerRelay, run->lines->len);
  for (guint i = 0; i < run->lines->len; i++) {
    const ZbLine *line = run->lines->pdata[i];
    const ZbRelay *relay = i < config->relays->len ? config->relays->pdata[i] : NULL;
    relays[i] =
        (ZbLedgerRelay){line->name, relay != NULL ? relay->weight : 1, relay != NULL ? relay->rate : 0};
  }
  ZbLedgerOptions options = {.mailing = mailing,
                             .relays = relays,
                             .n_relays = run->lines->len,
                             .config = config,
                             .now = o->now,
                             .wait = o->wait};
  return zb_ledger_open (db, sender, &options, error);
}

static void
read_progress (ZbSendRun *run, gint64 began, ZbSendProgress *p)
{
  gint64 waiting;
  zb_ledger_status (run->ledger, &p->ledger);
  p->total = 0;
  for (guint i = 0; i < ZB_DELIVERY_STATES; i++)
    p->total += p->ledger.counts[i];
  p->seconds = (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  p->rate = p->seconds > 0 ? (double)p->ledger.done / p->seconds : 0;
  waiting = p->ledger.counts[ZB_DELIVERY_QUEUED] + p->ledger.counts[ZB_DELIVERY_INFLIGHT];
  p->left = p->rate > 0 ? (double)waiting / p->rate : -1;
}

typedef struct {
  GPtrArray *threads; /* of GThread */
  gint running;       /* atomic */
  ZbSendRun *run;
} Crew;

typedef struct {
  Crew *crew;
  ZbConnectionStart *start;
} Member;

static gpointer
work (gpointer data)
{
  g_autofree Member *member = data;
  Crew *crew = member->crew;
  zb_connection_run (member->start);
  g_atomic_int_add (&crew->running, -1);
  return NULL;
}

static void
start_crew (Crew *crew)
{
  for (guint i = 0; i < crew->run->lines->len; i++) {
    ZbLine *line = crew->run->lines->pdata[i];
    for (guint n = 0; n < line->connections; n++) {
      Member *member = g_new0 (Member, 1);
      member->crew = crew;
      member->start = g_new0 (ZbConnectionStart, 1);
      *member->start = (ZbConnectionStart){crew->run, line};
      g_atomic_int_inc (&crew->running);
      g_ptr_array_add (crew->threads, g_thread_new ("connection", work, member));
    }
  }
}

/* Waits for the connections to end, and tells how far they are. */
static void
watch (Crew *crew, const ZbSendOptions *o, ZbSendProgress *end)
{
  gint64 began = g_get_monotonic_time ();
  while (g_atomic_int_get (&crew->running) > 0) {
    if (o->stop != NULL && g_atomic_int_get (o->stop) && !g_atomic_int_get (&crew->run->stopping)) {
      g_atomic_int_set (&crew->run->stopping, TRUE);
      zb_ledger_stop (crew->run->ledger, NULL);
    }
    if (o->progress != NULL) {
      read_progress (crew->run, began, end);
      o->progress (end, o->data);
    }
    for (guint i = 0; i < LOOK_MS / 5 && g_atomic_int_get (&crew->running) > 0; i++)
      g_usleep (5000);
  }
  for (guint i = 0; i < crew->threads->len; i++)
    g_thread_join (crew->threads->pdata[i]);
  read_progress (crew->run, began, end);
}

static gboolean
run_all (ZbSendRun *run, const ZbSendOptions *o, ZbSendProgress *end, GError **error)
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  Crew crew = {.threads = threads, .run = run};
  start_crew (&crew);
  watch (&crew, o, end);
  return zb_ledger_close (run->ledger, error);
}

static gboolean
run_mailing (ZbSendRun *run, ZbDb *db, const ZbMailing *mailing, const ZbSendOptions *o, ZbSendProgress *end,
             GError **error)
{
  g_autofree char *data = zb_workspace_path (run->workspace, "data");
  g_autofree char *keys = zb_workspace_path (run->workspace, "data/keys");
  run->key = zb_secret_key (keys, "mail", error);
  run->link_key = run->key != NULL ? zb_secret_key (keys, "links", error) : NULL;
  run->mail = run->link_key != NULL ? zb_mail_thaw (mailing->frozen, error) : NULL;
  run->lines = run->mail != NULL ? zb_lines_new (run->workspace, error) : NULL;
  gboolean signing = run->lines != NULL && zb_signing_open (run->workspace, run->mail, &run->dkim, error);
  ZbSender *sender = signing ? zb_sender_take (db, data, o->adopt, o->now, error) : NULL;
  if (sender == NULL)
    return FALSE;
  run->ledger = open_ledger (run, db, sender, mailing->id, o, error);
  gboolean done = run->ledger != NULL && run_all (run, o, end, error);
  zb_sender_release (sender, db);
  return done;
}

static void
run_clear (ZbSendRun *run)
{
  g_clear_pointer (&run->key, g_bytes_unref);
  g_clear_pointer (&run->link_key, g_bytes_unref);
  g_clear_pointer (&run->mail, zb_mail_free);
  g_clear_pointer (&run->lines, g_ptr_array_unref);
  g_clear_pointer (&run->dkim, zb_dkim_free);
  g_free (run->outbox);
}

gboolean
zb_send_run (ZbWorkspace *workspace, ZbDb *db, const ZbSendOptions *options, ZbSendProgress *end,
             GError **error)
{
  GError *why = NULL;
  *end = (ZbSendProgress){.left = -1};
  g_autoptr (ZbMailing) mailing = zb_mailing_load (db, options->issue, &why);
  if (mailing == NULL) {
    if (why == NULL)
      why = g_error_new (ZB_ERROR, ZB_ERROR_NOT_FOUND, "the issue %s is not queued", options->issue);
    g_propagate_error (error, why);
    return FALSE;
  }
  if (!check_mailing (mailing, options, error))
    return FALSE;
  ZbSendRun run = {.workspace = workspace, .outbox = zb_workspace_path (workspace, "outbox")};
  gboolean done = run_mailing (&run, db, mailing, options, end, error);
  run_clear (&run);
  return done;
}
