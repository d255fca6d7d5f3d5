/* Approving, and publishing: into issues/weekly/ and the archive in public/. */
#include "routes.h"

#include "issue_form.h"
#include "zhoubao/compose/publish.h"
#include "zhoubao/publish/build.h"

static ZbDraft *
load (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  return zb_issue_form_week (visit, &week, error) ? zb_draft_load (visit->room->db, week, error) : NULL;
}

gboolean
zb_page_issue_approve (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbDraft) draft = load (visit, error);
  return draft != NULL &&
         zb_approve (visit->room->workspace, visit->room->db, draft, visit->editor->name, visit->now,
                     error) &&
         zb_visit_audit (visit, "approve", visit->parts[0], error) &&
         zb_visit_go (visit, "/desk/issue/%s", visit->parts[0]);
}

gboolean
zb_page_issue_publish (ZbVisit *visit, GError **error)
{
  g_autofree char *path = NULL;
  ZbBuildOptions build = {0};
  ZbBuildCounts counts;
  gboolean early = zb_request_field (visit->request, "early") != NULL;
  g_autoptr (ZbDraft) draft = load (visit, error);
  return draft != NULL &&
         zb_publish (visit->room->workspace, visit->room->db, draft, early, visit->editor->name, visit->now,
                     &path, error) &&
         zb_visit_audit (visit, "publish", visit->parts[0], error) &&
         zb_build (visit->room->workspace, &build, &counts, error) &&
         zb_visit_go (visit, "/desk/issue/%s", visit->parts[0]);
}
