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

char *
zb_stale_mark (gint64 item, ZbItemState state, int slot)
{
  g_autofree char *seen = zb_stale_seen (state, slot);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", item, seen);
}

gboolean
zb_stale_unmark (const char *mark, gint64 *item, const char **seen, GError **error)
{
  const char *space = strchr (mark, ' ');
  g_autofree char *number = space != NULL ? g_strndup (mark, (gsize)(space - mark)) : g_strdup (mark);
  *seen = space != NULL ? space + 1 : NULL;
  return zb_visit_number (number, item, error);
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

/* "wang, Monday …: picked 2: TITLE", into an object that is begun. */
static gboolean
end_theirs (ZbVisit *visit, JsonBuilder *b, gint64 id, const char *what, GError **error)
{
  g_autofree char *who = NULL, *when = NULL;
  ZbTime at = ZB_TIME_NONE;
  if (!zb_decision_by (visit->room->db, id, &who, &at, error))
    return FALSE;
  when = zb_visit_time_words (visit, at);
  zb_json_text (b, "who", who != NULL ? who : "Taken back");
  zb_json_text (b, "when", when);
  zb_json_text (b, "what", what);
  json_builder_end_object (b);
  return TRUE;
}

static gboolean
build_theirs (ZbVisit *visit, JsonBuilder *b, gint64 id, const char *what, GError **error)
{
  json_builder_begin_object (b);
  return end_theirs (visit, b, id, what, error);
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
  const char *action = d->action == ZB_PICK ? "pick" : zb_request_field (visit->request, "action"),
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

/* One mark beside what stands. */
typedef struct {
  gint64 item;
  char *now, *mark; /* in words; and as a mark of today */
  gboolean changed;
} MarkLook;

static void
mark_look_clear (gpointer data)
{
  MarkLook *look = data;
  g_free (look->now);
  g_free (look->mark);
}

static gboolean
look_at_mark (ZbDb *db, const char *mark, MarkLook *look, GError **error)
{
  const char *seen = NULL;
  ZbItemState state;
  int slot = 0;
  if (!zb_stale_unmark (mark, &look->item, &seen, error) ||
      !zb_decision_state (db, look->item, &state, &slot, error))
    return FALSE;
  look->now = zb_stale_seen (state, slot);
  look->mark = zb_stale_mark (look->item, state, slot);
  look->changed = seen != NULL && !g_str_equal (seen, look->now);
  return TRUE;
}

static void
build_marks (JsonBuilder *b, const char *name, const GArray *looks, gboolean all)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_array (b);
  for (guint i = 0; i < looks->len; i++) {
    const MarkLook *look = &g_array_index (looks, MarkLook, i);
    if (all || !look->changed)
      json_builder_add_string_value (b, look->mark);
  }
  json_builder_end_array (b);
}

static gboolean
build_changed (ZbVisit *visit, JsonBuilder *b, const GArray *looks, guint *changed, GError **error)
{
  json_builder_set_member_name (b, "changed");
  json_builder_begin_array (b);
  for (guint i = 0; i < looks->len; i++) {
    const MarkLook *look = &g_array_index (looks, MarkLook, i);
    if (!look->changed)
      continue;
    g_autoptr (ZbItem) item = zb_item_get (visit->room->db, look->item, error);
    if (item == NULL)
      return FALSE;
    json_builder_begin_object (b);
    zb_json_int (b, "id", look->item);
    zb_json_text (b, "title", item->title);
    zb_json_text (b, "language", item->language != NULL ? item->language : "und");
    if (!end_theirs (visit, b, look->item, look->now, error))
      return FALSE;
    (*changed)++;
  }
  json_builder_end_array (b);
  return TRUE;
}

static gboolean
answer_marks (ZbVisit *visit, ZbWeek week, const GArray *looks, GError **error)
{
  const char *back = zb_request_field (visit->request, "back");
  guint changed = 0;
  g_autofree char *name = zb_week_name (week);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "week", name);
  zb_json_text (b, "back", back != NULL ? back : "");
  build_marks (b, "all", looks, TRUE);
  build_marks (b, "others", looks, FALSE);
  if (!build_changed (visit, b, looks, &changed, error))
    return FALSE;
  zb_json_int (b, "marked", looks->len);
  zb_json_int (b, "unchanged", looks->len - changed);
  zb_response_status (visit->response, 409);
  return zb_visit_render (visit, "stale_marks", "Other editors were there first", b, error);
}

gboolean
zb_stale_check_marks (ZbVisit *visit, ZbWeek week, char **marks, gboolean *stale, GError **error)
{
  g_autoptr (GArray) looks = g_array_new (FALSE, TRUE, sizeof (MarkLook));
  g_array_set_clear_func (looks, mark_look_clear);
  *stale = FALSE;
  for (char **mark = marks; *mark != NULL; mark++) {
    g_array_set_size (looks, looks->len + 1);
    MarkLook *look = &g_array_index (looks, MarkLook, looks->len - 1);
    if (!look_at_mark (visit->room->db, *mark, look, error))
      return FALSE;
    *stale |= look->changed;
  }
  return !*stale || answer_marks (visit, week, looks, error);
}
