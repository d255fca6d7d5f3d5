/* The page that says: another editor was there first. */
#include "stale.h"

#include "zhoubao/store/item.h"

char *
zb_stale_seen (ZbItemState state, int slot)
{
  return slot != 0 ? g_strdup_printf ("%s %d", zb_item_state_name (state), slot)
                   : g_strdup (zb_item_state_name (state));
}

char *
zb_stale_held (ZbDb *db, ZbWeek week, GError **error)
{
  gint64 items[3];
  if (!zb_decision_slots (db, week, items, error))
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, items[0], items[1],
                          items[2]);
}

/* What stands beside what the form saw. */
typedef struct {
  const ZbDecision *decision;
  char *seen, *held; /* now */
  gint64 holder;     /* who came into the slot that is wanted, or 0 */
  gboolean changed;  /* the item itself */
} Look;

static void
look_clear (Look *look)
{
  g_free (look->seen);
  g_free (look->held);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/* The item in SLOT of "12 0 45"; -1 where HELD is not of that form. */
static gint64
in_slot (const char *held, int slot)
{
  g_auto (GStrv) items = g_strsplit (held, " ", -1);
  gint64 item = -1;
  return g_strv_length (items) == 3 &&
                 g_ascii_string_to_signed (items[slot - 1], 10, 0, G_MAXINT64, &item, NULL)
             ? item
             : -1;
}

static gboolean
take_look (ZbVisit *visit, Look *look, GError **error)
{
  const ZbDecision *d = look->decision;
  const char *seen = zb_request_field (visit->request, "seen"),
             *held = zb_request_field (visit->request, "held");
  ZbItemState state;
  int slot = 0;
  look->held = zb_stale_held (visit->room->db, d->week, error);
  if (look->held == NULL || !zb_decision_state (visit->room->db, d->item, &state, &slot, error))
    return FALSE;
  look->seen = zb_stale_seen (state, slot);
  look->changed = seen != NULL && !g_str_equal (seen, look->seen);
  if (d->action == ZB_PICK && held != NULL) {
    gint64 now = in_slot (look->held, d->slot);
    look->holder = now != in_slot (held, d->slot) && now != d->item ? now : 0;
  }
  return TRUE;
}

/* "wang, Monday …: picked 2: TITLE". */
static gboolean
build_theirs (ZbVisit *visit, JsonBuilder *b, gint64 id, const char *what, GError **error)
{
  g_autofree char *who = NULL, *when = NULL;
  ZbTime at = ZB_TIME_NONE;
  if (!zb_decision_by (visit->room->db, id, &who, &at, error))
    return FALSE;
  when = zb_visit_time_words (visit, at);
  json_builder_begin_object (b);
  zb_json_text (b, "who", who != NULL ? who : "Taken back");
  zb_json_text (b, "when", when);
  zb_json_text (b, "what", what);
  json_builder_end_object (b);
  return TRUE;
}

static gboolean
build_look (ZbVisit *visit, JsonBuilder *b, const Look *look, GError **error)
{
  json_builder_set_member_name (b, "theirs");
  json_builder_begin_array (b);
  if (look->changed && !build_theirs (visit, b, look->decision->item, look->seen, error))
    return FALSE;
  if (look->holder != 0) {
    g_autoptr (ZbItem) other = zb_item_get (visit->room->db, look->holder, error);
    g_autofree char *what =
        other != NULL ? g_strdup_printf ("slot %d: %s", look->decision->slot, other->title) : NULL;
    if (what == NULL || !build_theirs (visit, b, look->holder, what, error))
      return FALSE;
  }
  json_builder_end_array (b);
  return TRUE;
}

static gboolean
answer (ZbVisit *visit, const Look *look, GError **error)
{
  const ZbDecision *d = look->decision;
  const char *action = zb_request_field (visit->request, "action"),
             *back = zb_request_field (visit->request, "back");
  g_autoptr (ZbItem) item = zb_item_get (visit->room->db, d->item, error);
  if (item == NULL)
    return FALSE;
  g_autofree char *week = zb_week_name (d->week),
                  *yours = d->slot != 0 ? g_strdup_printf ("pick for slot %d", d->slot) : g_strdup (action);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_int (b, "id", d->item);
  zb_json_text (b, "title", item->title);
  zb_json_text (b, "language", item->language != NULL ? item->language : "und");
  zb_json_text (b, "week", week);
  zb_json_text (b, "back", back != NULL ? back : "");
  zb_json_text (b, "action", action);
  zb_json_int (b, "slot", d->slot);
  zb_json_text (b, "yours", yours);
  zb_json_text (b, "seen", look->seen);
  zb_json_text (b, "held", look->held);
  zb_response_status (visit->response, 409);
  return build_look (visit, b, look, error) &&
         zb_visit_render (visit, "stale", "Another editor was there first", b, error);
}

gboolean
zb_stale_check (ZbVisit *visit, const ZbDecision *d, gboolean *stale, GError **error)
{
  g_auto (Look) look = {.decision = d};
  if (!take_look (visit, &look, error))
    return FALSE;
  *stale = look.changed || look.holder > 0;
  return !*stale || answer (visit, &look, error);
}
