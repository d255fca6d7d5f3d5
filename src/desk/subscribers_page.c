/* The list of readers for editors: searched and filtered, one added, taken off, or kept from all mail. */
#include "routes.h"

#include "reader.h"
#include "zhoubao/base/error.h"
#include "zhoubao/deliver/subscribers.h"
#include "zhoubao/store/suppression.h"

#define PAGE 60 /* rows: 50 kB hold them */

typedef struct {
  ZbVisit *visit;
  JsonBuilder *b;
  guint rows;
  gint64 last;
} Listing;

static gboolean
build_person (const ZbPerson *person, gpointer data, GError **error)
{
  Listing *listing = data;
  JsonBuilder *b = listing->b;
  g_autofree char *joined = zb_visit_time_short (listing->visit, person->joined);
  (void)error;
  if (++listing->rows > PAGE) /* one more than is shown tells whether there is another page */
    return TRUE;
  listing->last = person->id;
  json_builder_begin_object (b);
  zb_json_int (b, "id", person->id);
  zb_json_text (b, "address", person->address);
  zb_json_text (b, "name", person->name);
  zb_json_text (b, "state", zb_person_state_name (person->state));
  zb_json_text (b, "tier", person->tier != ZB_TIER_NONE ? zb_tier_name (person->tier) : NULL);
  zb_json_text (b, "joined", joined);
  zb_json_bool (b, "on", person->state <= ZB_PERSON_PAUSED);
  json_builder_end_object (b);
  return TRUE;
}

static void
build_option (JsonBuilder *b, const char *value, const char *label, const char *chosen)
{
  json_builder_begin_object (b);
  zb_json_text (b, "value", value);
  zb_json_text (b, "label", label);
  zb_json_bool (b, "chosen", g_strcmp0 (value, chosen) == 0);
  json_builder_end_object (b);
}

static void
build_form (JsonBuilder *b, const ZbPersonFilter *filter)
{
  zb_json_bool (b, "filtered", filter->words != NULL || filter->state != NULL || filter->tier != NULL);
  zb_json_text (b, "words", filter->words != NULL ? filter->words : "");
  json_builder_set_member_name (b, "states");
  json_builder_begin_array (b);
  for (ZbPersonState state = ZB_PERSON_PENDING; state < ZB_PERSON_STATES; state++)
    build_option (b, zb_person_state_name (state), zb_person_state_name (state), filter->state);
  json_builder_end_array (b);
  json_builder_set_member_name (b, "tiers");
  json_builder_begin_array (b);
  for (ZbTier tier = ZB_TIER_NONE; tier < ZB_TIERS; tier++)
    build_option (b, zb_tier_name (tier), tier == ZB_TIER_NONE ? "no member" : zb_tier_name (tier),
                  filter->tier);
  json_builder_end_array (b);
}

/* The query of the page after LAST; NULL where there is none. (transfer full) */
static char *
next_query (const ZbPersonFilter *filter, const Listing *listing)
{
  if (listing->rows <= PAGE)
    return NULL;
  const char *const parts[][2] = {{"q", filter->words}, {"state", filter->state}, {"tier", filter->tier}};
  GString *query = g_string_new (NULL);
  g_string_append_printf (query, "after=%" G_GINT64_FORMAT, listing->last);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *escaped = parts[i][1] != NULL ? g_uri_escape_string (parts[i][1], NULL, FALSE) : NULL;
    if (escaped != NULL)
      g_string_append_printf (query, "&%s=%s", parts[i][0], escaped);
  }
  return g_string_free (query, FALSE);
}

gboolean
zb_page_subscribers (ZbVisit *visit, GError **error)
{
  ZbPersonFilter filter = ZB_PERSON_FILTER_INIT;
  const char *after = zb_visit_asked (visit, "after");
  gint64 total = 0;
  filter.words = zb_visit_asked (visit, "q");
  filter.state = zb_visit_asked (visit, "state");
  filter.tier = zb_visit_asked (visit, "tier");
  if (!zb_person_count (visit->room->db, &filter, &total, error))
    return FALSE;
  filter.after = after != NULL ? g_ascii_strtoll (after, NULL, 10) : 0;
  filter.limit = PAGE + 1;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  Listing listing = {visit, b, 0, 0};
  zb_json_int (b, "total", total);
  zb_json_bool (b, "one", total == 1);
  zb_json_text (b, "said", zb_visit_asked (visit, "said") != NULL ? "Done." : NULL);
  json_builder_set_member_name (b, "people");
  json_builder_begin_array (b);
  if (!zb_person_walk (visit->room->db, &filter, build_person, &listing, error))
    return FALSE;
  json_builder_end_array (b);
  build_form (b, &filter);
  g_autofree char *next = next_query (&filter, &listing);
  zb_json_text (b, "next", next);
  return zb_visit_render (visit, "subscribers", "Subscribers", b, error);
}

/* The audit is for good, and people may be erased: it names them by number. */
static gboolean
done (ZbVisit *visit, const char *what, const char *number, GError **error)
{
  return zb_visit_audit (visit, what, number, error) && zb_visit_go (visit, "/desk/subscribers?said=done");
}

gboolean
zb_page_subscribers_add (ZbVisit *visit, GError **error)
{
  const char *address = zb_visit_need (visit, "address", error);
  const char *name = zb_request_field (visit->request, "name"),
             *tier_name = zb_request_field (visit->request, "tier");
  ZbTier tier = ZB_TIER_NONE;
  gint64 id = 0;
  if (address == NULL)
    return FALSE;
  if (tier_name != NULL && !zb_tier_parse (tier_name, &tier)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "there is no tier '%s'", tier_name);
    return FALSE;
  }
  g_autoptr (GBytes) key = zb_reader_key (visit, "people", error);
  if (key == NULL ||
      !zb_subscribers_add (visit->room->db, key, address, name != NULL && *name != '\0' ? name : NULL, tier,
                           visit->now, &id, error))
    return FALSE;
  g_autofree char *number = g_strdup_printf ("subscriber %" G_GINT64_FORMAT, id);
  return done (visit, "subscriber added", number, error);
}

gboolean
zb_page_subscribers_remove (ZbVisit *visit, GError **error)
{
  gint64 id = 0;
  const char *who = zb_visit_need (visit, "id", error);
  if (who == NULL || !zb_visit_number (who, &id, error) ||
      !zb_subscribers_remove (visit->room->db, who, visit->now, error))
    return FALSE;
  g_autofree char *number = g_strdup_printf ("subscriber %" G_GINT64_FORMAT, id);
  return done (visit, "subscriber removed", number, error);
}

gboolean
zb_page_subscribers_suppress (ZbVisit *visit, GError **error)
{
  const char *given = zb_visit_need (visit, "address", error);
  g_autofree char *address = given != NULL ? g_strstrip (g_strdup (given)) : NULL;
  if (address == NULL)
    return FALSE;
  if (strchr (address, '.') == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID,
                         "that is neither an address nor a domain such as example.org");
    return FALSE;
  }
  return zb_suppression_add (visit->room->db, address, ZB_SUPPRESSED_EDITOR, "at the desk", visit->now,
                             error) &&
         done (visit, "address suppressed", NULL, error);
}
