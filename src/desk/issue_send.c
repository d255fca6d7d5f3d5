/* Sending an edition from the desk: a copy to try, all of it, how far it is, pause and end. The same acts
   below /desk/issue/WEEK, and below /desk/mail/ for essays and the latest developments. */
#include "issue.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/compose/edition.h"
#include "zhoubao/deliver/queue.h"
#include "zhoubao/desk/clerk.h"
#include "zhoubao/store/delivery.h"
#include "zhoubao/store/issue_file.h"
#include "zhoubao/store/reader.h"
#include "zhoubao/store/sending.h"

static void
build_counts (JsonBuilder *b, const gint64 counts[ZB_DELIVERY_STATES])
{
  gint64 total = 0;
  json_builder_set_member_name (b, "counts");
  json_builder_begin_array (b);
  for (guint i = 0; i < ZB_DELIVERY_STATES; i++) {
    total += counts[i];
    json_builder_begin_object (b);
    zb_json_text (b, "name", zb_delivery_state_name (i));
    zb_json_int (b, "n", counts[i]);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  zb_json_int (b, "total", total);
  zb_json_int (b, "settled",
               total - counts[ZB_DELIVERY_QUEUED] - counts[ZB_DELIVERY_INFLIGHT] -
                   counts[ZB_DELIVERY_DEFERRED] - counts[ZB_DELIVERY_UNCERTAIN]);
}

/* "12 a second, about 40 s left" */
static char *
speed_words (const ZbDispatchState *state, gint64 waiting)
{
  if (!state->running)
    return g_strdup ("");
  if (state->rate <= 0)
    return g_strdup (waiting > 0 ? "starting, or waiting for what was deferred" : "ending");
  g_autofree char *left = state->left < 0    ? g_strdup ("")
                          : state->left < 90 ? g_strdup_printf (", about %.0f s left", state->left)
                                             : g_strdup_printf (", about %.0f min left", state->left / 60);
  return g_strdup_printf ("%.*f a second%s", state->rate < 10 ? 1 : 0, state->rate, left);
}

static void
build_words (JsonBuilder *b, const ZbMailing *mailing, const ZbSending *sending, ZbDispatchState *state,
             const gint64 counts[ZB_DELIVERY_STATES])
{
  gint64 waiting = counts[ZB_DELIVERY_QUEUED] + counts[ZB_DELIVERY_INFLIGHT] + counts[ZB_DELIVERY_DEFERRED] +
                   counts[ZB_DELIVERY_UNCERTAIN];
  gboolean open = mailing != NULL && mailing->state == ZB_MAILING_OPEN;
  gboolean paused = mailing != NULL && mailing->state == ZB_MAILING_PAUSED;
  const char *trouble = sending != NULL ? sending->trouble : NULL;
  g_autofree char *speed = speed_words (state, waiting);
  const char *words = mailing == NULL        ? trouble != NULL ? "not sent" : "being queued"
                      : waiting == 0 && open ? "sent"
                      : state->running       ? open ? "on its way" : "stopping"
                      : paused               ? "paused"
                      : !open                ? "cancelled"
                      : trouble != NULL      ? "stopped"
                                             : "waiting";
  zb_json_text (b, "words", words);
  zb_json_text (b, "speed", speed);
  zb_json_text (b, "trouble", trouble);
  zb_json_bool (b, "running", state->running);
  zb_json_bool (b, "live", (waiting > 0 || mailing == NULL) && trouble == NULL && !paused);
  zb_json_bool (b, "may_pause", open && waiting > 0 && trouble == NULL);
  zb_json_bool (b, "may_resume", (paused || (open && waiting > 0 && sending == NULL)) && !state->running);
  zb_json_bool (b, "may_again", trouble != NULL && (mailing == NULL || (open && waiting > 0)));
  zb_json_bool (b, "may_cancel", (open || paused) && waiting > 0);
}

static gboolean
build_mailing (ZbVisit *visit, JsonBuilder *b, const char *week, gboolean *known, GError **error)
{
  gint64 counts[ZB_DELIVERY_STATES] = {0};
  ZbTime next = ZB_TIME_NONE;
  GError *why = NULL;
  g_autoptr (ZbMailing) mailing = zb_mailing_load (visit->room->db, week, &why);
  g_autoptr (ZbSending) sending = why == NULL ? zb_sending_get (visit->room->db, week, &why) : NULL;
  if (why != NULL) {
    g_propagate_error (error, why);
    return FALSE;
  }
  if (mailing != NULL && !zb_delivery_count (visit->room->db, mailing->id, counts, &next, error))
    return FALSE;
  ZbDispatchState state;
  zb_dispatch_state (visit->dispatch, week, &state);
  g_autofree char *note = state.note, *next_words = zb_visit_time_words (visit, next);
  *known = mailing != NULL || sending != NULL;
  zb_json_text (b, "note", note);
  json_builder_set_member_name (b, "mailing");
  if (!*known) {
    json_builder_add_null_value (b);
    return TRUE;
  }
  json_builder_begin_object (b);
  build_counts (b, counts);
  zb_json_text (b, "next", next_words);
  build_words (b, mailing, sending, &state, counts);
  json_builder_end_object (b);
  return TRUE;
}

gboolean
zb_issue_sending_build (ZbVisit *visit, JsonBuilder *b, const ZbEdition *edition, GError **error)
{
  gboolean known = FALSE;
  gint64 readers = 0;
  if (!build_mailing (visit, b, edition->name, &known, error) ||
      (!known && !zb_reader_count (visit->room->db, edition->kind, &readers, error)))
    return FALSE;
  g_autofree char *at = zb_issue_at (edition);
  zb_json_text (b, "at", at);
  zb_json_int (b, "readers", readers);
  zb_json_bool (b, "anybody", readers > 0);
  return TRUE;
}

/* Which version is stored, and by whom: a page that is older takes it over. */
static gboolean
build_version (ZbVisit *visit, JsonBuilder *b, const ZbEdition *edition, GError **error)
{
  g_autoptr (GError) none = NULL;
  if (edition->kind != ZB_EDITION_WEEKLY)
    return TRUE;
  g_autoptr (ZbDraft) draft = zb_draft_load (visit->room->db, edition->week, &none);
  if (draft == NULL && !g_error_matches (none, ZB_ERROR, ZB_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&none));
    return FALSE;
  }
  zb_json_int (b, "version", draft != NULL ? draft->version : 0);
  zb_json_text (b, "by", draft != NULL ? draft->edited_by : NULL);
  return TRUE;
}

gboolean
zb_page_issue_progress (ZbVisit *visit, GError **error)
{
  g_auto (ZbEdition) edition = {0};
  gboolean known = FALSE;
  if (!zb_issue_edition (visit, &edition, error))
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  return build_version (visit, b, &edition, error) && build_mailing (visit, b, edition.name, &known, error) &&
         zb_issue_answer_json (visit, b);
}

/* What readers would get now. (transfer full) */
static ZbIssue *
read_edition (ZbVisit *visit, const ZbEdition *edition, GError **error)
{
  return edition->kind == ZB_EDITION_WEEKLY
             ? zb_issue_current (visit, edition->week, error)
             : zb_compose_edition (visit->room->workspace, visit->room->db, edition, visit->now, NULL, error);
}

/* Back to where the act was asked for. */
static gboolean
go_back (ZbVisit *visit, const ZbEdition *edition)
{
  g_autofree char *at = zb_issue_at (edition);
  return zb_visit_go (visit, "%s#sending", at);
}

gboolean
zb_page_issue_test (ZbVisit *visit, GError **error)
{
  g_auto (ZbEdition) edition = {0};
  g_autofree char *address = NULL;
  const char *to = zb_visit_need (visit, "address", error);
  if (to == NULL || !zb_mailbox_parse (to, &address, error) || !zb_issue_edition (visit, &edition, error))
    return FALSE;
  g_autofree char *about = g_strdup_printf ("%s to %s", edition.name, address);
  g_autoptr (ZbIssue) issue = read_edition (visit, &edition, error);
  ZbMail *mail = issue != NULL ? zb_queue_render (visit->room->renderer, visit->room->workspace->config,
                                                  issue, visit->now, error)
                               : NULL;
  if (mail == NULL)
    return FALSE;
  zb_dispatch_try (visit->dispatch, edition.name, mail, address);
  return zb_visit_audit (visit, "test copy", about, error) && go_back (visit, &edition);
}

/* A weekly issue is published before it is sent; of the others it is seen that there is something to send,
   unless they are queued already. */
static gboolean
may_be_sent (ZbVisit *visit, const ZbEdition *edition, GError **error)
{
  GError *why = NULL;
  if (edition->kind == ZB_EDITION_WEEKLY) {
    g_autofree char *file = zb_issue_file_path (visit->room->workspace->root, edition->week);
    if (g_file_test (file, G_FILE_TEST_EXISTS))
      return TRUE;
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED, "an issue is published before it is sent");
    return FALSE;
  }
  g_autoptr (ZbMailing) queued = zb_mailing_load (visit->room->db, edition->name, &why);
  g_autoptr (ZbIssue) issue = queued == NULL && why == NULL ? read_edition (visit, edition, &why) : NULL;
  if (why != NULL)
    g_propagate_error (error, why);
  return queued != NULL || issue != NULL;
}

/* Asks the clerk, who does it behind the pages. */
gboolean
zb_page_issue_send (ZbVisit *visit, GError **error)
{
  g_auto (ZbEdition) edition = {0};
  if (!zb_issue_edition (visit, &edition, error) || !may_be_sent (visit, &edition, error) ||
      !zb_sending_ask (visit->room->db, edition.name, visit->editor->name, visit->now, error))
    return FALSE;
  zb_dispatch_poke (visit->dispatch);
  return go_back (visit, &edition);
}

static gboolean
change (ZbVisit *visit, ZbMailingState state, const char *what, GError **error)
{
  g_auto (ZbEdition) edition = {0};
  ZbDb *db = visit->room->db;
  if (!zb_issue_edition (visit, &edition, error))
    return FALSE;
  const char *name = edition.name;
  if (!zb_mailing_set_state (db, name, state, visit->now, error) ||
      !zb_visit_audit (visit, what, name, error) ||
      (state == ZB_MAILING_OPEN && !zb_sending_ask (db, name, visit->editor->name, visit->now, error)) ||
      (state == ZB_MAILING_CANCELLED && !zb_clerk_settle (db, name, NULL, visit->now, error)))
    return FALSE;
  zb_dispatch_poke (visit->dispatch);
  return go_back (visit, &edition);
}

gboolean
zb_page_issue_pause (ZbVisit *visit, GError **error)
{
  return change (visit, ZB_MAILING_PAUSED, "pause", error);
}

gboolean
zb_page_issue_resume (ZbVisit *visit, GError **error)
{
  return change (visit, ZB_MAILING_OPEN, "resume", error);
}

gboolean
zb_page_issue_cancel (ZbVisit *visit, GError **error)
{
  return change (visit, ZB_MAILING_CANCELLED, "cancel", error);
}
