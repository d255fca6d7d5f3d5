/* The acts between draft and publication, each on the version that the editor saw, and corrections after. */
#include "archive.h"
#include "issue.h"

#include "zhoubao/base/error.h"
#include "zhoubao/compose/publish.h"
#include "zhoubao/compose/review.h"
#include "zhoubao/desk/clerk.h"
#include "zhoubao/publish/record.h"
#include "zhoubao/store/issue_file.h"

typedef gboolean (*Act) (ZbVisit *visit, ZbDraft *draft, GError **error);

static gboolean
check_version (ZbVisit *visit, const ZbDraft *draft, GError **error)
{
  gint64 version = 0;
  if (!zb_issue_form_version (visit, draft, &version, error))
    return FALSE;
  if (version == draft->version)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED,
               "%s saved since you opened this page: here is what it says now. Look at it and decide again",
               draft->edited_by != NULL ? draft->edited_by : "somebody");
  return FALSE;
}

/* A refusal is shown on the page of the issue, where it can be mended. */
static gboolean
perform (ZbVisit *visit, Act act, GError **error)
{
  g_autoptr (ZbDraft) draft = zb_issue_load (visit, error);
  g_autoptr (GError) trouble = NULL;
  if (draft == NULL)
    return FALSE;
  if (check_version (visit, draft, &trouble) && act (visit, draft, &trouble))
    return zb_visit_go (visit, "/desk/issue/%s", visit->parts[0]);
  if (!g_error_matches (trouble, ZB_ERROR, ZB_ERROR_REFUSED) &&
      !g_error_matches (trouble, ZB_ERROR, ZB_ERROR_USAGE)) {
    g_propagate_error (error, g_steal_pointer (&trouble));
    return FALSE;
  }
  g_autoptr (ZbDraft) now = zb_issue_load (visit, error);
  zb_response_status (visit->response, 409);
  return now != NULL && zb_issue_show (visit, now, NULL, trouble, error);
}

static gboolean
ask (ZbVisit *visit, ZbDraft *draft, GError **error)
{
  return zb_review_ask (visit->room->db, draft, visit->editor->name, visit->now, error);
}

static gboolean
give_back (ZbVisit *visit, ZbDraft *draft, GError **error)
{
  const char *why = zb_request_field (visit->request, "why");
  return zb_review_return (visit->room->db, draft, visit->editor->name, why, visit->now, error);
}

static gboolean
approve (ZbVisit *visit, ZbDraft *draft, GError **error)
{
  return zb_clerk_check (visit->room->workspace, draft->issue, TRUE, visit->now, error) &&
         zb_approve (visit->room->workspace, visit->room->db, draft, visit->editor->name, visit->now, error);
}

static gboolean
schedule (ZbVisit *visit, ZbDraft *draft, GError **error)
{
  ZbTime at = ZB_TIME_NONE;
  const char *text = zb_visit_need (visit, "at", error);
  if (text == NULL)
    return FALSE;
  return (*text == '\0' || zb_review_read_time (text, visit->room->workspace->config->zone, &at, error)) &&
         zb_review_schedule (visit->room->db, draft, at, visit->editor->name, visit->now, error);
}

/* Publishing by hand takes the place of what was scheduled. */
static gboolean
publish (ZbVisit *visit, ZbDraft *draft, GError **error)
{
  g_autofree char *path = NULL;
  ZbWorkspace *workspace = visit->room->workspace;
  ZbDb *db = visit->room->db;
  const char *who = visit->editor->name;
  gboolean early = zb_request_field (visit->request, "early") != NULL;
  if (!zb_clerk_check (workspace, draft->issue, early, visit->now, error) ||
      !zb_review_schedule (db, draft, ZB_TIME_NONE, who, visit->now, error) ||
      !zb_publish (workspace, db, draft, early, who, visit->now, &path, error) ||
      !zb_record_write (workspace, db, path, visit->now, error))
    return FALSE;
  zb_archive_build (visit);
  return TRUE;
}

gboolean
zb_page_issue_review (ZbVisit *visit, GError **error)
{
  return perform (visit, ask, error);
}

gboolean
zb_page_issue_return (ZbVisit *visit, GError **error)
{
  return perform (visit, give_back, error);
}

gboolean
zb_page_issue_approve (ZbVisit *visit, GError **error)
{
  return perform (visit, approve, error);
}

gboolean
zb_page_issue_schedule (ZbVisit *visit, GError **error)
{
  return perform (visit, schedule, error);
}

gboolean
zb_page_issue_publish (ZbVisit *visit, GError **error)
{
  return perform (visit, publish, error);
}

static gboolean
correct (ZbVisit *visit, ZbWeek week, const char *text, GError **error)
{
  ZbWorkspace *workspace = visit->room->workspace;
  ZbCorrection correction = {text, visit->editor->name, visit->now};
  g_autofree char *file = zb_issue_file_path (workspace->root, week);
  if (!zb_publish_correct (workspace, visit->room->db, week, &correction, error) ||
      !zb_record_write (workspace, visit->room->db, file, visit->now, error))
    return FALSE;
  zb_archive_build (visit);
  return TRUE;
}

gboolean
zb_page_issue_correct (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  const char *text = zb_visit_need (visit, "text", error);
  return text != NULL && zb_issue_form_week (visit, &week, error) && correct (visit, week, text, error) &&
         zb_visit_go (visit, "/desk/issue/%s", visit->parts[0]);
}
