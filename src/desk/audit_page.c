/* Who did what, newest first. */
#include "routes.h"

#include "zhoubao/base/text.h"
#include "zhoubao/store/audit.h"

#define ROWS 100 /* 50 kB hold them, with a Chinese title each */
#define TITLE 60 /* characters */

static void
build_entry (ZbVisit *visit, JsonBuilder *b, const ZbAudit *entry)
{
  g_autofree char *when = zb_visit_time_short (visit, entry->at),
                  *title = entry->title != NULL ? zb_text_cut (entry->title, -1, TITLE) : NULL,
                  *thing = zb_visit_about_words (visit, entry->about);
  json_builder_begin_object (b);
  zb_json_text (b, "when", when);
  zb_json_text (b, "who", entry->who);
  zb_json_text (b, "what", entry->what);
  zb_json_text (b, "thing", thing);
  zb_json_int (b, "item", entry->item);
  zb_json_text (b, "item_title", title);
  zb_json_text (b, "language", entry->language != NULL ? entry->language : "und");
  json_builder_end_object (b);
}

gboolean
zb_page_audit (ZbVisit *visit, GError **error)
{
  const char *about = zb_request_query (visit->request, "about");
  gboolean all = about == NULL || *about == '\0';
  g_autoptr (GPtrArray) entries = zb_audit_stream (visit->room->db, all ? NULL : about, ROWS, error);
  if (entries == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "about", all ? "" : about);
  json_builder_set_member_name (b, "entries");
  json_builder_begin_array (b);
  for (guint i = 0; i < entries->len; i++)
    build_entry (visit, b, entries->pdata[i]);
  json_builder_end_array (b);
  return zb_visit_render (visit, "audit", "Audit", b, error);
}
