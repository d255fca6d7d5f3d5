/* zhoubao send: an edition to its readers. */
#include "newsroom.h"
#include "progress.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/compose/edition.h"
#include "zhoubao/compose/review.h"
#include "zhoubao/deliver/queue.h"
#include "zhoubao/deliver/send.h"
#include "zhoubao/deliver/warmup.h"
#include "zhoubao/desk/clerk.h"
#include <signal.h>

static char *option_test, *option_at;
static gboolean option_dry_run, option_queue, option_adopt, option_late, option_wait;
static gboolean option_pause, option_resume, option_cancel, option_due;

static const GOptionEntry options[] = {
    {"test", 0, 0, G_OPTION_ARG_STRING, &option_test, "Send one copy to ADDRESS, and to nobody else",
     "ADDRESS"},
    {"dry-run", 0, 0, G_OPTION_ARG_NONE, &option_dry_run, "Compose every message, send none", NULL},
    {"queue", 0, 0, G_OPTION_ARG_NONE, &option_queue, "Freeze and queue it, send nothing yet", NULL},
    {"at", 0, 0, G_OPTION_ARG_STRING, &option_at,
     "Queue it for TIME, as 2017-07-03T08:00 in the newsletter's zone", "TIME"},
    {"wait", 0, 0, G_OPTION_ARG_NONE, &option_wait,
     "Stay until everything deferred is settled (up to 48 hours)", NULL},
    {"pause", 0, 0, G_OPTION_ARG_NONE, &option_pause,
     "Stop whoever is sending it, after the message under way", NULL},
    {"resume", 0, 0, G_OPTION_ARG_NONE, &option_resume, "Go on after --pause", NULL},
    {"cancel", 0, 0, G_OPTION_ARG_NONE, &option_cancel, "Hold for good what has not gone out", NULL},
    {"due", 0, 0, G_OPTION_ARG_NONE, &option_due,
     "Publish and send what is scheduled for now, and go on with what is not settled (for a timer)", NULL},
    {"late", 0, 0, G_OPTION_ARG_NONE, &option_late, "Send although its time passed more than 12 hours ago",
     NULL},
    {"adopt", 0, 0, G_OPTION_ARG_NONE, &option_adopt,
     "This copy of the database sends from now on, the original no more", NULL},
    {NULL}};

static gint stop; /* atomic */

static void
on_signal (int number)
{
  g_atomic_int_set (&stop, TRUE);
  signal (number, SIG_DFL); /* the second time it ends at once: the ledger knows what was under way */
}

static void
show_progress (const ZbSendProgress *p, gpointer bar)
{
  const gint64 *c = p->ledger.counts;
  gint64 done = p->total - c[ZB_DELIVERY_QUEUED] - c[ZB_DELIVERY_INFLIGHT];
  g_autofree char *left = p->left < 0    ? g_strdup ("")
                          : p->left < 90 ? g_strdup_printf (", about %.0f s left", p->left)
                                         : g_strdup_printf (", about %.0f min left", p->left / 60);
  g_autofree char *words =
      g_strdup_printf ("%" G_GINT64_FORMAT " sent, %.0f/s%s", c[ZB_DELIVERY_SENT], p->rate, left);
  zb_progress_set (bar, (guint)done, (guint)p->total, words);
}

static void
print_counts (const ZbCli *cli, const char *week, const ZbSendProgress *end)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "week", week);
  for (guint i = 0; i < ZB_DELIVERY_STATES; i++) {
    gint64 n = end->ledger.counts[i];
    zb_json_int (b, zb_delivery_state_name (i), n);
    if (n > 0)
      g_string_append_printf (line, "%s%" G_GINT64_FORMAT " %s", line->len > 0 ? ", " : "", n,
                              zb_delivery_state_name (i));
  }
  json_builder_set_member_name (b, "seconds");
  json_builder_add_double_value (b, end->seconds);
  json_builder_end_object (b);
  if (cli->json)
    zb_verb_print_json (b);
  else
    zb_verb_print ("%s: %s\n", week, line->len > 0 ? line->str : "nobody to send to");
}

/* FALSE with a usage error, or the instant of --at. */
static gboolean
read_at (ZbNewsroom *room, ZbTime *at, GError **error)
{
  *at = ZB_TIME_NONE;
  return option_at == NULL || zb_review_read_time (option_at, room->workspace->config->zone, at, error);
}

/* What is to be sent: read or gathered anew for whatever composes it. */
typedef struct {
  ZbEdition edition;
  ZbIssue *issue;
  gint64 decision;
} Content;

static void
content_clear (Content *content)
{
  zb_edition_clear (&content->edition);
  g_clear_pointer (&content->issue, zb_issue_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

static gboolean
compose (const ZbCli *cli, ZbNewsroom *room, Content *content, GError **error)
{
  content->issue =
      zb_compose_edition (room->workspace, room->db, &content->edition, cli->now, &content->decision, error);
  return content->issue != NULL;
}

static gboolean
send_test (const ZbCli *cli, ZbNewsroom *room, Content *content, GError **error)
{
  g_autofree char *where = NULL;
  if (!compose (cli, room, content, error))
    return FALSE;
  g_autoptr (ZbMail) mail = zb_queue_compose (room->workspace, content->issue, cli->now, error);
  if (mail == NULL || !zb_send_test (room->workspace, mail, option_test, cli->now, &where, error))
    return FALSE;
  zb_verb_print ("one copy for %s: %s\n", option_test, where);
  return TRUE;
}

static gboolean
dry_run (const ZbCli *cli, ZbNewsroom *room, Content *content, GError **error)
{
  ZbQueueTrial trial = {0};
  const char *name = content->edition.name;
  if (!compose (cli, room, content, error))
    return FALSE;
  ZbQueueOrder order = {.edition = &content->edition, .issue = content->issue};
  if (!zb_queue_try (room->workspace, room->db, &order, cli->now, &trial, error))
    return FALSE;
  g_autofree char *last = zb_warmup_end (room->workspace->config, trial.good, cli->now);
  if (cli->json) {
    g_autoptr (JsonBuilder) b = json_builder_new ();
    json_builder_begin_object (b);
    zb_json_text (b, "week", name);
    zb_json_text (b, "last", last);
    zb_json_int (b, "messages", trial.good);
    zb_json_int (b, "refused", trial.bad);
    zb_json_int (b, "bytes", trial.bytes);
    json_builder_end_object (b);
    zb_verb_print_json (b);
  } else
    zb_verb_print ("%s: %" G_GINT64_FORMAT " messages of up to %" G_GINT64_FORMAT
                   " bytes would go out, %" G_GINT64_FORMAT " would be refused%s%s%s%s; nothing was sent\n",
                   name, trial.good, trial.bytes, trial.bad, trial.why != NULL ? ", as: " : "",
                   trial.why != NULL ? trial.why : "",
                   last != NULL ? "; by the warm-up plan the last goes on " : "", last != NULL ? last : "");
  g_free (trial.why);
  return TRUE;
}

static gboolean
change_state (const ZbCli *cli, ZbNewsroom *room, const char *name, GError **error)
{
  ZbMailingState state = option_pause    ? ZB_MAILING_PAUSED
                         : option_resume ? ZB_MAILING_OPEN
                                         : ZB_MAILING_CANCELLED;
  if (!zb_mailing_set_state (room->db, name, state, cli->now, error))
    return FALSE;
  zb_verb_say (cli, "sending %s is %s\n", name,
               option_pause    ? "paused"
               : option_resume ? "open again: zhoubao send goes on"
                               : "cancelled");
  return TRUE;
}

/* Queues it unless it is queued already. */
static gboolean
queue (const ZbCli *cli, ZbNewsroom *room, Content *content, GError **error)
{
  GError *why = NULL;
  gint64 count = 0;
  ZbQueueOrder order = {.edition = &content->edition};
  if (!read_at (room, &order.scheduled, error))
    return FALSE;
  g_autoptr (ZbMailing) known = zb_mailing_load (room->db, content->edition.name, &why);
  if (why != NULL) {
    g_propagate_error (error, why);
    return FALSE;
  }
  if (known != NULL)
    return TRUE;
  if (!compose (cli, room, content, error))
    return FALSE;
  order.issue = content->issue;
  order.decision = content->decision;
  if (!zb_queue_edition (room->workspace, room->db, &order, cli->now, &count, error))
    return FALSE;
  zb_verb_say (cli, "%s is queued for %" G_GINT64_FORMAT " reader%s\n", content->edition.name, count,
               count == 1 ? "" : "s");
  return TRUE;
}

/* Why messages are still queued, where a plan has it so. */
static gboolean
say_warmup (const ZbCli *cli, ZbNewsroom *room, GError **error)
{
  ZbWarmup warmup;
  if (!zb_warmup_look (room->workspace->config, room->db, cli->now, &warmup, error))
    return FALSE;
  if (warmup.limited && warmup.left == 0)
    zb_verb_say (cli,
                 "The warm-up plan lets %" G_GINT64_FORMAT " messages go today; the others are for "
                 "serve, or send, tomorrow.\n",
                 warmup.most);
  return TRUE;
}

static gboolean
send_all (const ZbCli *cli, ZbNewsroom *room, const char *name, GError **error)
{
  ZbSendProgress end;
  g_autoptr (ZbProgress) bar = zb_progress_new (cli);
  ZbSendOptions o = {.issue = name,
                     .now = cli->now,
                     .adopt = option_adopt,
                     .late = option_late,
                     .wait = option_wait,
                     .stop = &stop,
                     .progress = show_progress,
                     .data = bar};
  signal (SIGINT, on_signal);
  signal (SIGTERM, on_signal);
  signal (SIGXFSZ, SIG_IGN); /* a file too large is an error like a full disk */
  gboolean done = zb_send_run (room->workspace, room->db, &o, &end, error);
  zb_progress_clear (bar);
  if (done || end.ledger.done > 0)
    print_counts (cli, name, &end);
  return done && (end.ledger.counts[ZB_DELIVERY_QUEUED] == 0 || say_warmup (cli, room, error));
}

/* Each mailing by itself: what stops one is kept beside it, where `issue show` and the desk tell it. */
static gboolean
send_due (const ZbCli *cli, ZbNewsroom *room, GError **error)
{
  guint failed = 0;
  g_autoptr (GPtrArray) weeks = zb_clerk_round (room->workspace, room->db, cli->now, error);
  option_late = TRUE; /* the clerk has judged what is too late */
  for (guint i = 0; weeks != NULL && i < weeks->len; i++) {
    g_autoptr (GError) failure = NULL;
    if (!send_all (cli, room, weeks->pdata[i], &failure)) {
      g_printerr ("%s: %s\n", (char *)weeks->pdata[i], failure->message);
      failed++;
    }
    if (!g_error_matches (failure, ZB_ERROR, ZB_ERROR_BUSY) &&
        !zb_clerk_settle (room->db, weeks->pdata[i], failure, cli->now, error))
      return FALSE;
  }
  if (failed > 0)
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%u of %u mailings stopped", failed, weeks->len);
  return weeks != NULL && failed == 0;
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_auto (Content) content = {0};
  int wanted = option_due ? 0 : 1;
  if (!zb_verb_args (args, wanted, wanted, error))
    return FALSE;
  g_autoptr (ZbNewsroom) room = zb_newsroom_open (cli, error);
  if (room != NULL && option_due)
    return send_due (cli, room, error);
  if (room == NULL ||
      !zb_edition_parse (args[0], room->workspace->config->zone, cli->now, &content.edition, error))
    return FALSE;
  const char *name = content.edition.name;
  if (option_pause || option_resume || option_cancel)
    return change_state (cli, room, name, error);
  if (option_test != NULL)
    return send_test (cli, room, &content, error);
  if (option_dry_run)
    return dry_run (cli, room, &content, error);
  if (!queue (cli, room, &content, error))
    return FALSE;
  if (option_queue || option_at != NULL)
    return TRUE;
  return send_all (cli, room, name, error) && zb_clerk_settle (room->db, name, NULL, cli->now, error);
}

const ZbVerb zb_verb_send = {
    "send", "EDITION", "Send an edition (a WEEK's issue, posts/SLUG or latest) to its readers", options, run};
