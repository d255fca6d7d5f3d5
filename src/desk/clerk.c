/* Schedules and mailings that go on by themselves. */
#include "zhoubao/desk/clerk.h"

#include "zhoubao/base/error.h"
#include "zhoubao/compose/edition.h"
#include "zhoubao/compose/publish.h"
#include "zhoubao/deliver/queue.h"
#include "zhoubao/deliver/send.h"
#include "zhoubao/deliver/warmup.h"
#include "zhoubao/publish/build.h"
#include "zhoubao/publish/preflight.h"
#include "zhoubao/publish/record.h"
#include "zhoubao/store/sending.h"

static GMutex building;

gboolean
zb_clerk_build (ZbWorkspace *workspace, GError **error)
{
  ZbBuildOptions options = {0};
  ZbBuildCounts counts;
  g_mutex_lock (&building);
  gboolean done = zb_build (workspace, &options, &counts, error);
  g_mutex_unlock (&building);
  return done;
}

gboolean
zb_clerk_check (ZbWorkspace *workspace, const ZbIssue *issue, gboolean early, ZbTime now, GError **error)
{
  g_autoptr (GPtrArray) problems = zb_problems_new ();
  if (!zb_preflight (workspace, issue, early, now, problems, error))
    return FALSE;
  for (guint i = 0; i < problems->len; i++) {
    const ZbProblem *problem = problems->pdata[i];
    if (problem->warning)
      continue;
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "not ready: %s", problem->text);
    return FALSE;
  }
  return TRUE;
}

static char *
time_words (const ZbConfig *config, ZbTime t)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, config->zone);
  return g_date_time_format (at, "%A %-d %B %Y, %H:%M");
}

/* Why what was to happen at DUE does not happen by itself any more. */
static gboolean
check_overdue (const ZbConfig *config, ZbTime due, ZbTime now, GError **error)
{
  if (now - due <= ZB_SEND_OVERDUE)
    return TRUE;
  g_autofree char *words = time_words (config, due);
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED,
               "it should have gone on at %s; that is over %d hours ago, too long to do it unasked", words,
               ZB_SEND_OVERDUE / 3600);
  return FALSE;
}

/* The editor who scheduled it asks for it now. */
static gboolean
start_scheduled (ZbWorkspace *workspace, ZbDb *db, const ZbDraft *draft, ZbTime now, GError **error)
{
  g_autofree char *week = zb_week_name (draft->issue->week);
  if (!check_overdue (workspace->config, draft->scheduled, now, error))
    return FALSE;
  if (draft->state != ZB_ISSUE_APPROVED) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "when its time came it was not approved: it is %s",
                 zb_issue_state_name (draft->state));
    return FALSE;
  }
  return zb_clerk_check (workspace, draft->issue, TRUE, now, error) &&
         zb_sending_ask (db, week, draft->scheduled_by != NULL ? draft->scheduled_by : "schedule", now,
                         error);
}

static gboolean
look_at_schedules (ZbWorkspace *workspace, ZbDb *db, ZbTime now, GError **error)
{
  g_autoptr (GPtrArray) due = zb_draft_list_due (db, now, error);
  for (guint i = 0; due != NULL && i < due->len; i++) {
    ZbWeek week;
    g_autoptr (GError) why = NULL;
    if (!zb_week_parse (due->pdata[i], &week, error))
      return FALSE;
    g_autoptr (ZbSending) asked = zb_sending_get (db, due->pdata[i], &why);
    g_autoptr (ZbDraft) draft = why == NULL && asked == NULL ? zb_draft_load (db, week, &why) : NULL;
    if ((draft != NULL && !start_scheduled (workspace, db, draft, now, &why)) || why != NULL) {
      if (!zb_draft_halt (db, due->pdata[i], why->message, now, error))
        return FALSE;
    }
  }
  return due != NULL;
}

/* A draft that is asked for becomes a page first; an issue file by hand needs no draft. */
static gboolean
publish_first (ZbWorkspace *workspace, ZbDb *db, const ZbSending *sending, const ZbEdition *edition,
               ZbTime now, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) none = NULL;
  if (edition->kind != ZB_EDITION_WEEKLY)
    return TRUE;
  g_autoptr (ZbDraft) draft = zb_draft_load (db, edition->week, &none);
  if (draft == NULL || draft->state >= ZB_ISSUE_PUBLISHED)
    return draft != NULL || g_error_matches (none, ZB_ERROR, ZB_ERROR_NOT_FOUND);
  return zb_publish (workspace, db, draft, TRUE, sending->asked_by, now, &path, error) &&
         zb_record_write (workspace, db, path, now, error) && zb_clerk_build (workspace, error);
}

static gboolean
queue_first (ZbWorkspace *workspace, ZbDb *db, const ZbEdition *edition, ZbTime now, GError **error)
{
  GError *why = NULL;
  gint64 count = 0;
  g_autoptr (ZbMailing) known = zb_mailing_load (db, edition->name, &why);
  if (why != NULL) {
    g_propagate_error (error, why);
    return FALSE;
  }
  if (known != NULL)
    return TRUE;
  ZbQueueOrder order = {.edition = edition, .scheduled = ZB_TIME_NONE};
  g_autoptr (ZbIssue) issue = zb_compose_edition (workspace, db, edition, now, &order.decision, error);
  order.issue = issue;
  return issue != NULL && zb_queue_edition (workspace, db, &order, now, &count, error);
}

/* What a mailing has to do now. */
typedef struct {
  gboolean open; /* neither paused nor cancelled, which wait for a person */
  gboolean due;  /* a message may go, or one that a dead sender left is to be settled */
  ZbTime next;   /* of what was deferred, ZB_TIME_NONE: nothing */
} Work;

static gboolean
look_at_mailing (ZbWorkspace *workspace, ZbDb *db, const char *issue, ZbTime now, Work *work, GError **error)
{
  ZbWarmup warmup;
  gint64 counts[ZB_DELIVERY_STATES] = {0};
  GError *why = NULL;
  *work = (Work){.next = ZB_TIME_NONE};
  g_autoptr (ZbMailing) mailing = zb_mailing_load (db, issue, &why);
  if (why != NULL) {
    g_propagate_error (error, why);
    return FALSE;
  }
  if ((mailing != NULL && !zb_delivery_count (db, mailing->id, counts, &work->next, error)) ||
      !zb_warmup_look (workspace->config, db, now, &warmup, error))
    return FALSE;
  work->open = mailing != NULL && mailing->state == ZB_MAILING_OPEN;
  work->due = counts[ZB_DELIVERY_DEFERRED] == 0 || work->next <= now || counts[ZB_DELIVERY_QUEUED] > 0 ||
              counts[ZB_DELIVERY_INFLIGHT] > 0 || counts[ZB_DELIVERY_UNCERTAIN] > 0;
  if (warmup.limited && warmup.left == 0) { /* the others go on another day */
    work->due = FALSE;
    work->next = warmup.next;
  } else if (warmup.limited && counts[ZB_DELIVERY_QUEUED] > 0)
    work->next = warmup.began; /* it may have waited for this day */
  return TRUE;
}

/* Between two tries of what was deferred nothing moves, and nothing is late. */
static gboolean
go_on (ZbWorkspace *workspace, ZbDb *db, const ZbSending *sending, ZbTime now, GError **error)
{
  Work work;
  g_auto (ZbEdition) edition = {0};
  return zb_edition_parse (sending->issue, workspace->config->zone, now, &edition, error) &&
         look_at_mailing (workspace, db, sending->issue, now, &work, error) &&
         check_overdue (workspace->config, MAX (sending->moved, work.next), now, error) &&
         publish_first (workspace, db, sending, &edition, now, error) &&
         queue_first (workspace, db, &edition, now, error);
}

GPtrArray *
zb_clerk_round (ZbWorkspace *workspace, ZbDb *db, ZbTime now, GError **error)
{
  g_autoptr (GPtrArray) weeks = g_ptr_array_new_with_free_func (g_free);
  if (!look_at_schedules (workspace, db, now, error))
    return NULL;
  g_autoptr (GPtrArray) asked = zb_sending_list_open (db, error);
  for (guint i = 0; asked != NULL && i < asked->len; i++) {
    const ZbSending *sending = asked->pdata[i];
    g_autoptr (GError) why = NULL;
    Work work = {0};
    gboolean fine = go_on (workspace, db, sending, now, &why) &&
                    look_at_mailing (workspace, db, sending->issue, now, &work, &why);
    if (!fine && !zb_sending_end (db, sending->issue, why->message, now, error))
      return NULL;
    if (fine && work.open && work.due)
      g_ptr_array_add (weeks, g_strdup (sending->issue));
  }
  return asked != NULL ? g_steal_pointer (&weeks) : NULL;
}

static gint64
waiting (const gint64 counts[ZB_DELIVERY_STATES])
{
  return counts[ZB_DELIVERY_QUEUED] + counts[ZB_DELIVERY_INFLIGHT] + counts[ZB_DELIVERY_DEFERRED] +
         counts[ZB_DELIVERY_UNCERTAIN];
}

gboolean
zb_clerk_settle (ZbDb *db, const char *week, const GError *failure, ZbTime now, GError **error)
{
  gint64 counts[ZB_DELIVERY_STATES] = {0};
  ZbTime next = ZB_TIME_NONE;
  GError *why = NULL;
  g_autoptr (ZbMailing) mailing = zb_mailing_load (db, week, &why);
  if (why != NULL) {
    g_propagate_error (error, why);
    return FALSE;
  }
  if (mailing == NULL || mailing->state == ZB_MAILING_PAUSED)
    return TRUE;
  if (!zb_delivery_count (db, mailing->id, counts, &next, error))
    return FALSE;
  if (failure == NULL && waiting (counts) > 0)
    return TRUE;
  if (failure == NULL && mailing->state == ZB_MAILING_OPEN &&
      !zb_draft_mark_sent (db, week, "sender", now, error))
    return FALSE;
  return zb_sending_end (db, week,
                         failure != NULL                          ? failure->message
                         : mailing->state == ZB_MAILING_CANCELLED ? "cancelled"
                                                                  : NULL,
                         now, error);
}
