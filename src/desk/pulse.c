/* What an open page asks every few seconds: who else is here, and what became of the stories that it shows.
 */
#include "routes.h"

#include "issue.h"
#include "stale.h"
#include "zhoubao/store/note.h"

#define ASKED 60 /* stories of one page */

static void
build_presence (const char *who, const char *at, gpointer builder)
{
  JsonBuilder *b = builder;
  json_builder_begin_object (b);
  zb_json_text (b, "who", who);
  zb_json_text (b, "at", at);
  json_builder_end_object (b);
}

static gboolean
build_states (ZbVisit *visit, JsonBuilder *b, GError **error)
{
  g_auto (GStrv) items = zb_request_fields (visit->request, "item");
  json_builder_set_member_name (b, "states");
  json_builder_begin_array (b);
  for (guint i = 0; items[i] != NULL && i < ASKED; i++) {
    gint64 id = 0;
    ZbItemState state;
    int slot = 0;
    if (!zb_visit_number (items[i], &id, error) ||
        !zb_decision_state (visit->room->db, id, &state, &slot, error))
      return FALSE;
    g_autofree char *seen = zb_stale_seen (state, slot);
    json_builder_begin_object (b);
    zb_json_int (b, "item", id);
    zb_json_text (b, "state", zb_item_state_name (state));
    zb_json_int (b, "slot", slot);
    zb_json_text (b, "seen", seen);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  return TRUE;
}

/* What the week has now, and who holds its slots. */
static gboolean
build_week (ZbVisit *visit, JsonBuilder *b, GError **error)
{
  ZbWeek week;
  ZbBoardView view;
  if (!zb_visit_week (visit, &week, error))
    return FALSE;
  g_autofree char *held = zb_stale_held (visit->room->db, week, error);
  if (held == NULL || !zb_board_take (visit->board, visit->room->db, week, ZB_BOARD_AT_ONCE, &view, error))
    return FALSE;
  zb_json_int (b, "items", view.queue != NULL ? view.queue->items : 0);
  zb_board_give (visit->board);
  zb_json_int (b, "serial", view.serial);
  zb_json_int (b, "waiting", view.waiting);
  zb_json_text (b, "held", held);
  return TRUE;
}

/* How many notes the story has now, where the page shows one. */
static gboolean
build_notes (ZbVisit *visit, JsonBuilder *b, const char *story, GError **error)
{
  gint64 id = 0, count = 0;
  if (!zb_visit_number (story, &id, error) || !zb_note_count (visit->room->db, id, &count, error))
    return FALSE;
  zb_json_int (b, "notes", count);
  return TRUE;
}

gboolean
zb_page_pulse (ZbVisit *visit, GError **error)
{
  const char *at = zb_request_field (visit->request, "at"), *name = visit->editor->name,
             *story = zb_request_field (visit->request, "story");
  zb_presence_tell (visit->presence, name, at != NULL ? at : "", visit->now);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  json_builder_set_member_name (b, "others");
  json_builder_begin_array (b);
  zb_presence_each (visit->presence, name, visit->now, build_presence, b);
  json_builder_end_array (b);
  return build_states (visit, b, error) &&
         (zb_request_field (visit->request, "week") == NULL || build_week (visit, b, error)) &&
         (story == NULL || build_notes (visit, b, story, error)) && zb_issue_answer_json (visit, b);
}
