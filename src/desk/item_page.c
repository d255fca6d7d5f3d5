/* One item: its text and its facts. */
#include "routes.h"

#include "zhoubao/base/romanize.h"
#include "zhoubao/edge/markdown.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/item.h"

static void
build_facts (ZbVisit *visit, JsonBuilder *b, const ZbItem *item)
{
  const struct {
    const char *name;
    char *value;
  } facts[] = {{"Document number", g_strdup (item->number)},
               {"Issuer", g_strdup (item->issuer)},
               {"Published", zb_visit_time_words (visit, item->published)},
               {"Signed", zb_visit_time_words (visit, item->signed_on)},
               {"Effective", zb_visit_time_words (visit, item->effective)},
               {"Comments until", zb_visit_time_words (visit, item->comment_deadline)},
               {"Fetched", zb_visit_time_words (visit, item->fetched)},
               {"Evidence (SHA-256)", g_strdup (item->evidence)}};
  json_builder_set_member_name (b, "facts");
  json_builder_begin_array (b);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++) {
    if (facts[i].value != NULL) {
      json_builder_begin_object (b);
      zb_json_text (b, "name", facts[i].name);
      zb_json_text (b, "value", facts[i].value);
      json_builder_end_object (b);
    }
    g_free (facts[i].value);
  }
  json_builder_end_array (b);
}

gboolean
zb_page_item (ZbVisit *visit, GError **error)
{
  gint64 id = 0;
  ZbItemState state;
  ZbWeek week;
  int slot = 0;
  if (!zb_visit_number (visit->parts[0], &id, error) || !zb_visit_week (visit, &week, error))
    return FALSE;
  g_autoptr (ZbItem) item = zb_item_get (visit->room->db, id, error);
  g_auto (GStrv) sources = item != NULL ? zb_item_sources (visit->room->db, id, error) : NULL;
  if (sources == NULL || !zb_decision_state (visit->room->db, id, &state, &slot, error))
    return FALSE;
  const char *text = item->text != NULL ? item->text : item->summary;
  g_autofree char *html = text != NULL ? zb_markdown_html (text) : NULL;
  g_autofree char *pinyin = zb_romanize_title (item->title), *name = zb_week_name (week);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_int (b, "id", item->id);
  zb_json_text (b, "title", item->title);
  zb_json_text (b, "pinyin", pinyin);
  zb_json_text (b, "language", item->language != NULL ? item->language : "und");
  zb_json_text (b, "url", item->url);
  zb_json_strv (b, "sources", (const char *const *)sources);
  zb_json_text (b, "state", zb_item_state_name (state));
  zb_json_int (b, "slot", slot);
  zb_json_text (b, "week", name);
  zb_json_text (b, "html", html);
  zb_json_text (b, "back", "");
  build_facts (visit, b, item);
  return zb_visit_render (visit, "item", item->title, b, error);
}
