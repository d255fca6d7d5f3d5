/* Building the archive behind the pages. */
#include "archive.h"

#include "routes.h"
#include "shelf.h"
#include "zhoubao/desk/clerk.h"

#define MOMENT 1000 /* milliseconds */

static gboolean
build (ZbWorkspace *workspace, ZbDb *db, gpointer data, char **result, GError **error)
{
  (void)db;
  (void)data;
  *result = g_strdup ("built");
  return zb_clerk_build (workspace, error);
}

void
zb_archive_build (ZbVisit *visit)
{
  g_auto (ZbErrandLook) look = {0};
  gint64 number = zb_errands_ask (visit->errands, ZB_LANE_BUILD, "the archive", build, NULL, NULL);
  zb_errands_look (visit->errands, number, MOMENT, &look);
}

void
zb_archive_state (ZbVisit *visit, JsonBuilder *b)
{
  g_auto (ZbErrandLook) look = {0};
  gboolean told = visit->editor != NULL && zb_errands_newest (visit->errands, ZB_LANE_BUILD, &look) &&
                  (look.running || look.problem != NULL);
  json_builder_set_member_name (b, "archive");
  if (!told) {
    json_builder_add_null_value (b);
    return;
  }
  g_autofree char *problem = look.problem != NULL ? zb_shelf_problem (visit, look.problem) : NULL;
  json_builder_begin_object (b);
  zb_json_bool (b, "building", look.running);
  zb_json_text (b, "trouble", problem);
  zb_json_bool (b, "may_build", visit->editor->role >= ZB_ROLE_EDITOR);
  json_builder_end_object (b);
}

gboolean
zb_page_archive (ZbVisit *visit, GError **error)
{
  (void)error;
  zb_archive_build (visit);
  return zb_visit_go (visit, "/desk/posts");
}
