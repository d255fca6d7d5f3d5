/* The issue in the making: three slots, the words of the whole, what is missing, and what can be done next.
 */
#include "issue.h"

#include "zhoubao/base/error.h"
#include "zhoubao/compose/draft.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/issue_file.h"

gboolean
zb_page_issue_now (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  if (!zb_visit_week (visit, &week, error))
    return FALSE;
  g_autofree char *name = zb_week_name (week);
  return zb_visit_go (visit, "/desk/issue/%s", name);
}

ZbDraft *
zb_issue_load (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  return zb_issue_form_week (visit, &week, error) ? zb_draft_load (visit->room->db, week, error) : NULL;
}

ZbIssue *
zb_issue_current (ZbVisit *visit, ZbWeek week, GError **error)
{
  ZbWorkspace *workspace = visit->room->workspace;
  g_autofree char *file = zb_issue_file_path (workspace->root, week);
  if (g_file_test (file, G_FILE_TEST_EXISTS))
    return zb_issue_file_read (file, workspace->config->limits.file_bytes, error);
  g_autoptr (ZbDraft) draft = zb_draft_load (visit->room->db, week, error);
  ZbIssue *issue = draft != NULL ? draft->issue : NULL;
  if (draft != NULL)
    draft->issue = zb_issue_new ("", week); /* the row keeps an empty one */
  return issue;
}

char *
zb_issue_clock (ZbVisit *visit, ZbTime t)
{
  if (t == ZB_TIME_NONE)
    return NULL;
  GTimeZone *zone = visit->room->workspace->config->zone;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t),
                        now = g_date_time_new_from_unix_utc (visit->now);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone), here = g_date_time_to_timezone (now, zone);
  gboolean today = g_date_time_get_day_of_year (at) == g_date_time_get_day_of_year (here) &&
                   g_date_time_get_year (at) == g_date_time_get_year (here);
  return g_date_time_format (at, today ? "%H:%M" : "%-d %B %Y, %H:%M");
}

/* "2017-07-03T08:00" in the newsletter's zone, as a form's field has it. */
static char *
field_time (ZbVisit *visit, ZbTime t)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, visit->room->workspace->config->zone);
  return g_date_time_format (at, "%Y-%m-%dT%H:%M");
}

/* Monday at eight after the week; once that has passed, tomorrow at eight. */
static char *
proposed_time (ZbVisit *visit, ZbWeek week)
{
  GTimeZone *zone = visit->room->workspace->config->zone;
  ZbTime monday = zb_week_end (week, zone);
  ZbTime base = visit->now < monday ? monday : visit->now + 86400;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (base);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);
  return g_date_time_format (at, "%Y-%m-%dT08:00");
}

/* What may be done in this state by this editor. */
static void
build_acts (ZbVisit *visit, JsonBuilder *b, const ZbDraft *draft)
{
  gboolean open = draft->state < ZB_ISSUE_PUBLISHED, stored = draft->id != 0;
  gboolean editor = visit->editor->role >= ZB_ROLE_EDITOR;
  gboolean second = visit->room->workspace->config->second_approval;
  gboolean approved = draft->state == ZB_ISSUE_APPROVED;
  zb_json_bool (b, "may_ask", stored && draft->state == ZB_ISSUE_DRAFT);
  zb_json_bool (b, "may_approve", stored && editor && open && !approved);
  zb_json_bool (b, "may_publish", stored && editor && open && (approved || !second));
  zb_json_bool (b, "may_return", stored && (draft->state == ZB_ISSUE_REVIEW || approved));
  zb_json_bool (b, "may_schedule", editor && approved);
  zb_json_bool (b, "may_send", editor && !open);
  zb_json_bool (b, "is_approved", approved);
}

static void
build_schedule (ZbVisit *visit, JsonBuilder *b, const ZbDraft *draft)
{
  g_autofree char *words = zb_visit_time_words (visit, draft->scheduled);
  g_autofree char *field = draft->scheduled != ZB_TIME_NONE ? field_time (visit, draft->scheduled)
                                                            : proposed_time (visit, draft->issue->week);
  zb_json_text (b, "scheduled", words);
  zb_json_text (b, "scheduled_by", draft->scheduled_by);
  zb_json_text (b, "schedule_field", field);
  zb_json_text (b, "halted", draft->halted);
  zb_json_text (b, "zone", visit->room->workspace->config->timezone);
}

static void
build_state (ZbVisit *visit, JsonBuilder *b, const ZbDraft *draft)
{
  g_autofree char *week = zb_week_name (draft->issue->week), *period = zb_week_period (draft->issue->week),
                  *day = zb_week_issue_date (draft->issue->week);
  g_autofree char *updated = zb_issue_clock (visit, draft->id != 0 ? draft->updated : ZB_TIME_NONE);
  g_autofree char *before = zb_week_name (zb_week_add (draft->issue->week, -1)),
                  *after = zb_week_name (zb_week_add (draft->issue->week, 1));
  zb_json_text (b, "week", week);
  zb_json_text (b, "week_before", before);
  zb_json_text (b, "week_after", after);
  zb_json_text (b, "period", period);
  zb_json_text (b, "day", day);
  zb_json_text (b, "state", zb_issue_state_name (draft->state));
  zb_json_text (b, "state_words",
                draft->state == ZB_ISSUE_REVIEW ? "in review" : zb_issue_state_name (draft->state));
  zb_json_bool (b, "stored", draft->id != 0 || draft->state >= ZB_ISSUE_PUBLISHED);
  zb_json_bool (b, "has_row", draft->id != 0);
  zb_json_bool (b, "open", draft->state < ZB_ISSUE_PUBLISHED);
  zb_json_text (b, "edited_by", draft->edited_by);
  zb_json_text (b, "updated", updated);
  zb_json_text (b, "approved_by", draft->approved_by);
  zb_json_text (b, "published_by", draft->published_by);
}

/* The picks of the queue that the draft has not taken over yet. */
static gboolean
build_picks (ZbVisit *visit, JsonBuilder *b, const ZbDraft *draft, GError **error)
{
  gint64 picked[3] = {0};
  gboolean differ = FALSE;
  if (!zb_decision_slots (visit->room->db, draft->issue->week, picked, error))
    return FALSE;
  for (int i = 0; i < 3; i++)
    differ |= picked[i] != draft->item_ids[i] && (picked[i] != 0 || draft->item_ids[i] != 0);
  zb_json_int (b, "picked", (picked[0] != 0) + (picked[1] != 0) + (picked[2] != 0));
  zb_json_bool (b, "picks_differ", differ && draft->id != 0 && draft->state < ZB_ISSUE_PUBLISHED);
  return TRUE;
}

static void
build_briefs (JsonBuilder *b, const ZbIssue *issue)
{
  zb_json_bool (b, "has_briefs", issue->briefs->len > 0);
  json_builder_set_member_name (b, "briefs");
  json_builder_begin_array (b);
  for (guint i = 0; i < issue->briefs->len; i++) {
    const ZbIssueItem *brief = issue->briefs->pdata[i];
    json_builder_begin_object (b);
    zb_json_text (b, "heading", brief->heading);
    zb_json_text (b, "language", zb_issue_item_language (brief));
    zb_json_text (b, "url", brief->url);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

static void
build_theirs (ZbVisit *visit, JsonBuilder *b, const ZbDraft *theirs)
{
  json_builder_set_member_name (b, "theirs");
  if (theirs == NULL) {
    json_builder_add_null_value (b);
    return;
  }
  json_builder_begin_object (b);
  zb_json_text (b, "by", theirs->edited_by);
  zb_issue_form_build (visit, b, theirs);
  json_builder_end_object (b);
}

gboolean
zb_issue_show (ZbVisit *visit, const ZbDraft *draft, const ZbDraft *theirs, const GError *trouble,
               GError **error)
{
  g_autofree char *week = zb_week_name (draft->issue->week);
  const ZbEdition edition = {ZB_EDITION_WEEKLY, draft->issue->week, week};
  g_autofree char *intro = zb_compose_intro (visit->room->workspace->config, draft->issue->week),
                  *closing = zb_compose_closing (visit->room->workspace->config, draft->issue->week);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  build_state (visit, b, draft);
  build_acts (visit, b, draft);
  build_schedule (visit, b, draft);
  zb_issue_form_build (visit, b, draft);
  zb_json_text (b, "intro_template", intro);
  zb_json_text (b, "closing_template", closing);
  build_briefs (b, draft->issue);
  build_theirs (visit, b, theirs);
  zb_json_text (b, "trouble", trouble != NULL ? trouble->message : NULL);
  zb_json_text (b, "sender", visit->room->workspace->config->sender_address);
  return build_picks (visit, b, draft, error) && zb_issue_facts_build (visit, b, draft->issue, error) &&
         zb_issue_sending_build (visit, b, &edition, error) &&
         zb_visit_render (visit, "issue", draft->issue->title, b, error);
}

/* What stands for a draft where there is none: a file that somebody put there by hand is a published issue,
   and without one there is an empty draft that is not stored. */
static ZbDraft *
without_row (ZbVisit *visit, ZbWeek week, GError **error)
{
  ZbWorkspace *workspace = visit->room->workspace;
  g_autofree char *file = zb_issue_file_path (workspace->root, week);
  g_autoptr (ZbDraft) draft = zb_draft_new (workspace->config->title, week);
  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&draft);
  ZbIssue *issue = zb_issue_file_read (file, workspace->config->limits.file_bytes, error);
  if (issue == NULL)
    return NULL;
  zb_issue_free (draft->issue);
  draft->issue = issue;
  draft->state = ZB_ISSUE_PUBLISHED;
  return g_steal_pointer (&draft);
}

/* Looking changes nothing. */
gboolean
zb_page_issue (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  g_autoptr (GError) missing = NULL;
  if (!zb_issue_form_week (visit, &week, error))
    return FALSE;
  g_autoptr (ZbDraft) draft = zb_draft_load (visit->room->db, week, &missing);
  if (draft == NULL && !g_error_matches (missing, ZB_ERROR, ZB_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&missing));
    return FALSE;
  }
  if (draft == NULL)
    draft = without_row (visit, week, error);
  return draft != NULL && zb_issue_show (visit, draft, NULL, NULL, error);
}

gboolean
zb_page_issue_fill (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  if (!zb_issue_form_week (visit, &week, error))
    return FALSE;
  g_autoptr (ZbDraft) draft = zb_compose_draft (visit->room->db, visit->room->workspace->config, week,
                                                visit->editor->name, visit->now, error);
  return draft != NULL && zb_visit_go (visit, "/desk/issue/%s", visit->parts[0]);
}
