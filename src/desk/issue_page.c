/* The issue in the making: three slots, the words of the whole, what is missing, and saving without losing.
 */
#include "routes.h"

#include "issue_form.h"
#include "zhoubao/base/error.h"
#include "zhoubao/compose/draft.h"
#include "zhoubao/publish/preflight.h"

gboolean
zb_page_issue_now (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  if (!zb_visit_week (visit, &week, error))
    return FALSE;
  g_autofree char *name = zb_week_name (week);
  return zb_visit_go (visit, "/desk/issue/%s", name);
}

static gboolean
build_problems (ZbVisit *visit, JsonBuilder *b, const ZbDraft *draft, GError **error)
{
  g_autoptr (GPtrArray) problems = zb_problems_new ();
  if (!zb_preflight (visit->room->workspace, draft->issue, FALSE, visit->now, problems, error))
    return FALSE;
  zb_json_bool (b, "ready", zb_problems_ok (problems));
  json_builder_set_member_name (b, "problems");
  json_builder_begin_array (b);
  for (guint i = 0; i < problems->len; i++) {
    const ZbProblem *problem = problems->pdata[i];
    json_builder_begin_object (b);
    zb_json_text (b, "text", problem->text);
    zb_json_bool (b, "warning", problem->warning);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  return TRUE;
}

/* THEIRS is what somebody else saved in between, or NULL. */
static gboolean
show (ZbVisit *visit, const ZbDraft *draft, const ZbDraft *theirs, GError **error)
{
  g_autofree char *week = zb_week_name (draft->issue->week), *period = zb_week_period (draft->issue->week),
                  *day = zb_week_issue_date (draft->issue->week);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "week", week);
  zb_json_text (b, "period", period);
  zb_json_text (b, "day", day);
  zb_json_text (b, "state", zb_issue_state_name (draft->state));
  zb_json_bool (b, "stored", draft->id != 0);
  zb_json_bool (b, "open", draft->state < ZB_ISSUE_PUBLISHED);
  zb_json_text (b, "edited_by", draft->edited_by);
  zb_json_text (b, "approved_by", draft->approved_by);
  zb_issue_form_build (b, draft);
  json_builder_set_member_name (b, "theirs");
  if (theirs == NULL)
    json_builder_add_null_value (b);
  else {
    json_builder_begin_object (b);
    zb_json_text (b, "by", theirs->edited_by);
    zb_issue_form_build (b, theirs);
    json_builder_end_object (b);
  }
  return build_problems (visit, b, draft, error) &&
         zb_visit_render (visit, "issue", draft->issue->title, b, error);
}

/* The stored draft, or an empty one that is not stored: looking changes nothing. */
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
    draft = zb_draft_new (visit->room->workspace->config->title, week);
  return show (visit, draft, NULL, error);
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

/* A form made from an older version is shown again beside what is there now; sent once more, it is saved. */
static gboolean
show_both (ZbVisit *visit, ZbDraft *mine, ZbWeek week, GError **error)
{
  g_autoptr (ZbDraft) theirs = zb_draft_load (visit->room->db, week, error);
  if (theirs == NULL)
    return FALSE;
  mine->version = theirs->version;
  zb_response_status (visit->response, 409);
  return show (visit, mine, theirs, error);
}

gboolean
zb_page_issue_save (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  g_autoptr (GError) stale = NULL;
  if (!zb_issue_form_week (visit, &week, error))
    return FALSE;
  g_autoptr (ZbDraft) draft = zb_draft_load (visit->room->db, week, error);
  if (draft == NULL)
    return FALSE;
  if (draft->state >= ZB_ISSUE_PUBLISHED) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED,
                         "this issue is published: it can only be corrected");
    return FALSE;
  }
  gint64 current = draft->version;
  if (!zb_issue_form_apply (visit, draft, error))
    return FALSE;
  if (draft->version != current)
    return show_both (visit, draft, week, error);
  if (!zb_draft_save (visit->room->db, draft, "edit", visit->editor->name, visit->now, &stale)) {
    if (g_error_matches (stale, ZB_ERROR, ZB_ERROR_REFUSED))
      return show_both (visit, draft, week, error);
    g_propagate_error (error, g_steal_pointer (&stale));
    return FALSE;
  }
  return zb_visit_go (visit, "/desk/issue/%s", visit->parts[0]);
}
