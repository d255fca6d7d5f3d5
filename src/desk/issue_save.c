/* Saving what was written: by the form's button, or by the page's script while somebody types. */
#include "issue.h"

#include "zhoubao/base/error.h"
#include "zhoubao/compose/review.h"
#include "zhoubao/store/revision.h"

/* Words that could not be saved stay findable, whatever becomes of the page they are on. */
static gboolean
keep_aside (ZbVisit *visit, const ZbDraft *mine, GError **error)
{
  gboolean added = FALSE;
  ZbRevisionKeep keep = {mine, "aside", visit->editor->name, visit->now};
  return zb_revision_keep (visit->room->db, &keep, &added, error);
}

static ZbIssueSaved
stale (ZbVisit *visit, ZbDraft *mine, ZbDraft **theirs, GError **error)
{
  *theirs =
      keep_aside (visit, mine, error) ? zb_draft_load (visit->room->db, mine->issue->week, error) : NULL;
  if (*theirs == NULL)
    return ZB_ISSUE_FAILED;
  mine->version = (*theirs)->version;
  return ZB_ISSUE_STALE;
}

ZbIssueSaved
zb_issue_save (ZbVisit *visit, ZbDraft *draft, const char *what, ZbDraft **theirs, GError **error)
{
  ZbDb *db = visit->room->db;
  const char *who = visit->editor->name;
  gint64 version = 0;
  g_autoptr (GError) refused = NULL;
  if (draft->state >= ZB_ISSUE_PUBLISHED) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED,
                         "this issue is published: it can only be corrected");
    return ZB_ISSUE_FAILED;
  }
  g_autofree char *before = zb_draft_to_json (draft);
  if (!zb_issue_form_version (visit, draft, &version, error) ||
      !zb_issue_form_apply (visit, draft, version, error))
    return ZB_ISSUE_FAILED;
  g_autofree char *after = zb_draft_to_json (draft);
  if (g_str_equal (before, after))
    return ZB_ISSUE_SAME;
  if (draft->version != version)
    return stale (visit, draft, theirs, error);
  if (zb_draft_save (db, draft, what, who, visit->now, &refused))
    return zb_review_follow (db, draft, who, visit->now, error) ? ZB_ISSUE_SAVED : ZB_ISSUE_FAILED;
  if (g_error_matches (refused, ZB_ERROR, ZB_ERROR_REFUSED))
    return stale (visit, draft, theirs, error);
  g_propagate_error (error, g_steal_pointer (&refused));
  return ZB_ISSUE_FAILED;
}

gboolean
zb_page_issue_save (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbDraft) draft = zb_issue_load (visit, error), theirs = NULL;
  if (draft == NULL)
    return FALSE;
  switch (zb_issue_save (visit, draft, "edit", &theirs, error)) {
  case ZB_ISSUE_STALE:
    zb_response_status (visit->response, 409);
    return zb_issue_show (visit, draft, theirs, NULL, error);
  case ZB_ISSUE_FAILED:
    return FALSE;
  default:
    return zb_visit_go (visit, "/desk/issue/%s", visit->parts[0]);
  }
}

gboolean
zb_issue_answer_json (ZbVisit *visit, JsonBuilder *b)
{
  json_builder_end_object (b);
  g_autofree char *text = zb_json_to_line (b);
  zb_response_header (visit->response, "Cache-Control", "no-store");
  zb_response_type (visit->response, "application/json");
  zb_response_text (visit->response, text);
  return TRUE;
}

/* For the page's script: what is stored now, what is missing, and where it was too late the others' words. */
gboolean
zb_page_issue_autosave (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbDraft) draft = zb_issue_load (visit, error), theirs = NULL;
  if (draft == NULL)
    return FALSE;
  gboolean by_hand = zb_request_field (visit->request, "by_hand") != NULL;
  ZbIssueSaved saved = zb_issue_save (visit, draft, by_hand ? "edit" : "autosave", &theirs, error);
  if (saved == ZB_ISSUE_FAILED)
    return FALSE;
  const ZbDraft *stored = saved == ZB_ISSUE_STALE ? theirs : draft;
  g_autofree char *at = zb_issue_clock (visit, stored->updated);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_bool (b, "stale", saved == ZB_ISSUE_STALE);
  zb_json_int (b, "version", stored->version);
  zb_json_text (b, "state", zb_issue_state_name (stored->state));
  zb_json_text (b, "by", stored->edited_by);
  zb_json_text (b, "at", at);
  if (saved == ZB_ISSUE_STALE) {
    zb_issue_form_fields (b, theirs);
    zb_response_status (visit->response, 409);
  }
  return zb_issue_facts_build (visit, b, draft->issue, error) && zb_issue_answer_json (visit, b);
}
