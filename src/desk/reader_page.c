/* Subscribers leave, pause, and choose what they get, by the links in each mail. */
#include "reader.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/deliver/link.h"
#include "zhoubao/edge/secret.h"

#define WEEK_SECONDS (7 * 24 * 3600)

GBytes *
zb_reader_key (ZbVisit *visit, const char *name, GError **error)
{
  g_autofree char *keys = zb_workspace_path (visit->room->workspace, "data/keys");
  return zb_secret_key (keys, name, error);
}

ZbPerson *
zb_reader_person (ZbVisit *visit, const char *purpose, GError **error)
{
  g_autoptr (GBytes) key = zb_reader_key (visit, "links", error);
  g_autoptr (GError) failed = NULL;
  if (key == NULL)
    return NULL;
  gint64 id = zb_link_person (key, purpose, visit->parts[0]);
  g_autoptr (ZbPerson) person = id != 0 ? zb_person_load (visit->room->db, id, &failed) : NULL;
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (person == NULL || person->state == ZB_PERSON_ERASED)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_NOT_FOUND,
                         "this link belongs to nobody: copy it whole from the mail");
  else
    return g_steal_pointer (&person);
  return NULL;
}

/* Asks only: mail programs and scanners follow links. The address stands there in part, for a mail may have
   been forwarded. */
gboolean
zb_page_unsubscribe (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbPerson) person = zb_reader_person (visit, "unsubscribe", error);
  if (person == NULL)
    return FALSE;
  g_autofree char *masked = zb_mailbox_mask (person->address);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "token", visit->parts[0]);
  zb_json_text (b, "address", masked);
  zb_json_bool (b, "left", person->state == ZB_PERSON_LEFT);
  return zb_visit_render (visit, "unsubscribe", "Unsubscribe", b, error);
}

/* One click (RFC 8058): the mail provider posts here by itself, so nothing but the link is asked for. */
gboolean
zb_page_unsubscribe_post (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbPerson) person = zb_reader_person (visit, "unsubscribe", error);
  return person != NULL && zb_consent_leave (visit->room->db, person->id, visit->now, error) &&
         zb_reader_say (visit, "You are unsubscribed", "No more mail comes from this list.", error);
}

static const struct {
  const char *name, *label;
  gsize offset; /* of a gboolean in ZbWishes */
} wishes[] = {
    {"weekly", "The weekly issue", G_STRUCT_OFFSET (ZbWishes, weekly)},
    {"latest", "The latest developments, on the days between", G_STRUCT_OFFSET (ZbWishes, latest)},
    {"essays", "New essays", G_STRUCT_OFFSET (ZbWishes, essays)},
};
static const struct {
  const char *name, *label;
} languages[] = {{"en", "English"}, {"zh", "中文"}};

static void
build_choice (JsonBuilder *b, const char *name, const char *label, gboolean chosen)
{
  json_builder_begin_object (b);
  zb_json_text (b, "name", name);
  zb_json_text (b, "label", label);
  zb_json_bool (b, "chosen", chosen);
  json_builder_end_object (b);
}

void
zb_reader_build_wishes (JsonBuilder *b, const ZbWishes *chosen)
{
  json_builder_set_member_name (b, "wishes");
  json_builder_begin_array (b);
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    build_choice (b, wishes[i].name, wishes[i].label, G_STRUCT_MEMBER (gboolean, chosen, wishes[i].offset));
  json_builder_end_array (b);
}

ZbWishes
zb_reader_take_wishes (ZbVisit *visit)
{
  ZbWishes taken = {FALSE};
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    G_STRUCT_MEMBER (gboolean, &taken, wishes[i].offset) =
        zb_request_field (visit->request, wishes[i].name) != NULL;
  return taken;
}

static gboolean
show_preferences (ZbVisit *visit, const ZbPerson *person, const char *problem, GError **error)
{
  const char *language =
      person->language != NULL ? person->language : visit->room->workspace->config->language;
  g_autofree char *masked = zb_mailbox_mask (person->address),
                  *until = zb_visit_time_words (visit, person->paused_until);
  g_autoptr (GBytes) key = zb_reader_key (visit, "links", error);
  if (key == NULL)
    return FALSE;
  g_autofree char *leave = zb_link_token (key, "unsubscribe", person->id);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "token", visit->parts[0]);
  zb_json_text (b, "leave", leave);
  zb_json_text (b, "address", masked);
  zb_json_text (b, "problem", problem);
  zb_json_bool (b, "saved", zb_request_query (visit->request, "saved") != NULL);
  zb_json_bool (b, "asked", zb_request_query (visit->request, "asked") != NULL);
  zb_json_bool (b, "receives", person->state == ZB_PERSON_ACTIVE || person->state == ZB_PERSON_PAUSED);
  zb_json_bool (b, "paused", person->state == ZB_PERSON_PAUSED);
  zb_json_text (b, "until", until);
  zb_json_bool (b, "text_only", person->text_only);
  zb_reader_build_wishes (b, &(ZbWishes){person->weekly, person->latest, person->essays});
  json_builder_set_member_name (b, "languages");
  json_builder_begin_array (b);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    build_choice (b, languages[i].name, languages[i].label, g_strcmp0 (language, languages[i].name) == 0);
  json_builder_end_array (b);
  return zb_visit_render (visit, "preferences", "What you receive", b, error);
}

gboolean
zb_page_preferences (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbPerson) person = zb_reader_person (visit, "preferences", error);
  return person != NULL && show_preferences (visit, person, NULL, error);
}

static void
take_language (ZbVisit *visit, ZbPerson *person)
{
  const char *asked = zb_request_field (visit->request, "language");
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (asked, languages[i].name) == 0) {
      g_free (person->language);
      person->language = g_strdup (asked);
    }
}

/* "" goes on as it is; "0" ends a pause, "4" and "12" are weeks, "open" has no end. */
static void
take_pause (ZbVisit *visit, ZbPerson *person)
{
  const char *pause = zb_request_field (visit->request, "pause");
  if (pause == NULL || *pause == '\0' ||
      (person->state != ZB_PERSON_ACTIVE && person->state != ZB_PERSON_PAUSED))
    return;
  gint64 weeks = g_str_equal (pause, "open") ? 0 : CLAMP (g_ascii_strtoll (pause, NULL, 10), 0, 52);
  person->state = weeks > 0 || g_str_equal (pause, "open") ? ZB_PERSON_PAUSED : ZB_PERSON_ACTIVE;
  person->paused_until = weeks > 0 ? visit->now + weeks * WEEK_SECONDS : ZB_TIME_NONE;
}

gboolean
zb_page_preferences_post (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbPerson) person = zb_reader_person (visit, "preferences", error);
  if (person == NULL)
    return FALSE;
  ZbWishes chosen = zb_reader_take_wishes (visit);
  person->weekly = chosen.weekly;
  person->latest = chosen.latest;
  person->essays = chosen.essays;
  person->text_only = g_strcmp0 (zb_request_field (visit->request, "format"), "text") == 0;
  take_language (visit, person);
  take_pause (visit, person);
  return zb_person_save (visit->room->db, person, visit->now, error) &&
         zb_visit_go (visit, "/preferences/%s?saved=1", visit->parts[0]);
}

gboolean
zb_page_preferences_address (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbPerson) person = zb_reader_person (visit, "preferences", error);
  const char *email = person != NULL ? zb_visit_need (visit, "email", error) : NULL;
  g_autoptr (GError) why = NULL;
  if (email == NULL)
    return FALSE;
  if (zb_reader_ask (visit, email, person->id, &why))
    return zb_visit_go (visit, "/preferences/%s?asked=1", visit->parts[0]);
  gboolean invalid = g_error_matches (why, ZB_ERROR, ZB_ERROR_INVALID);
  if (!invalid) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  zb_response_status (visit->response, 422);
  return show_preferences (visit, person, why->message, error);
}
