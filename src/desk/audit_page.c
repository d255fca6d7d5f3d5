/* Who did what, newest first. */
#include "routes.h"

#include "zhoubao/store/audit.h"

#define ROWS 200 /* 50 kB hold them */

gboolean
zb_page_audit (ZbVisit *visit, GError **error)
{
  const char *about = zb_request_query (visit->request, "about");
  gboolean all = about == NULL || *about == '\0';
  g_autoptr (GPtrArray) entries = all ? zb_audit_list (visit->room->db, ROWS, error)
                                      : zb_audit_about (visit->room->db, about, ROWS, error);
  if (entries == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "about", all ? "" : about);
  json_builder_set_member_name (b, "entries");
  json_builder_begin_array (b);
  for (guint i = 0; i < entries->len; i++) {
    const ZbAudit *entry = entries->pdata[i];
    g_autofree char *when = zb_visit_time_short (visit, entry->at);
    json_builder_begin_object (b);
    zb_json_text (b, "when", when);
    zb_json_text (b, "who", entry->who);
    zb_json_text (b, "what", entry->what);
    zb_json_text (b, "thing", entry->about);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  return zb_visit_render (visit, "audit", "Audit", b, error);
}
