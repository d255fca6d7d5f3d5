/* Members for editors: who reads the documents, tier by tier; and what somebody of the list may read. */
#include "routes.h"

#include "zhoubao/base/error.h"
#include "zhoubao/deliver/members.h"
#include "zhoubao/deliver/subscribers.h"

#define PAGE 40 /* rows, each with a form of its own: 50 kB hold them */

typedef struct {
  ZbVisit *visit;
  JsonBuilder *b;
  guint rows;
  gint64 last;
  ZbTier tier; /* of the last row */
} Listing;

static void
build_tiers (JsonBuilder *b, const char *name, ZbTier from, ZbTier chosen)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_array (b);
  for (ZbTier tier = from; tier < ZB_TIERS; tier++) {
    json_builder_begin_object (b);
    zb_json_text (b, "value", zb_tier_name (tier));
    zb_json_text (b, "label", tier == ZB_TIER_NONE ? "no member" : zb_tier_name (tier));
    zb_json_bool (b, "chosen", tier == chosen);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

static gboolean
build_member (const ZbPerson *person, gpointer data, GError **error)
{
  Listing *listing = data;
  JsonBuilder *b = listing->b;
  (void)error;
  if (++listing->rows > PAGE) /* one more than is shown tells whether there is another page */
    return TRUE;
  listing->last = person->id;
  listing->tier = person->tier;
  json_builder_begin_object (b);
  zb_json_int (b, "id", person->id);
  zb_json_text (b, "address", person->address);
  zb_json_text (b, "name", person->name);
  zb_json_text (b, "state", zb_person_state_name (person->state));
  zb_json_text (b, "tier_name", zb_tier_name (person->tier));
  build_tiers (b, "choices", ZB_TIER_NONE, person->tier);
  json_builder_end_object (b);
  return TRUE;
}

/* How many of each tier there are, each with the address of its list. */
static gboolean
build_counts (ZbVisit *visit, JsonBuilder *b, const char *only, GError **error)
{
  gint64 total = 0;
  json_builder_set_member_name (b, "counts");
  json_builder_begin_array (b);
  for (ZbTier tier = ZB_TIER_BRONZE; tier < ZB_TIERS; tier++) {
    ZbPersonFilter filter = ZB_PERSON_FILTER_INIT;
    gint64 count = 0;
    filter.tier = zb_tier_name (tier);
    if (!zb_person_count (visit->room->db, &filter, &count, error))
      return FALSE;
    total += count;
    json_builder_begin_object (b);
    zb_json_text (b, "tier", filter.tier);
    zb_json_int (b, "count", count);
    zb_json_bool (b, "chosen", g_strcmp0 (only, filter.tier) == 0);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  zb_json_int (b, "total", total);
  zb_json_bool (b, "any", total > 0);
  zb_json_bool (b, "all", only == NULL);
  return TRUE;
}

/* The highest tier first, until the page is full. */
static gboolean
build_list (Listing *listing, const char *only, GError **error)
{
  const char *after = zb_visit_asked (listing->visit, "after");
  json_builder_set_member_name (listing->b, "members");
  json_builder_begin_array (listing->b);
  for (int tier = ZB_TIER_GOLD; tier > ZB_TIER_NONE && listing->rows <= PAGE; tier--) {
    ZbPersonFilter filter = ZB_PERSON_FILTER_INIT;
    filter.tier = zb_tier_name ((ZbTier)tier);
    if (only != NULL && !g_str_equal (only, filter.tier))
      continue;
    filter.words = zb_visit_asked (listing->visit, "q");
    filter.after = only != NULL && after != NULL ? g_ascii_strtoll (after, NULL, 10) : 0;
    filter.limit = PAGE + 1 - listing->rows;
    if (!zb_person_walk (listing->visit->room->db, &filter, build_member, listing, error))
      return FALSE;
  }
  json_builder_end_array (listing->b);
  return TRUE;
}

gboolean
zb_page_membership (ZbVisit *visit, GError **error)
{
  const char *only = zb_visit_asked (visit, "tier"), *words = zb_visit_asked (visit, "q");
  ZbTier tier;
  if (only != NULL && (!zb_tier_parse (only, &tier) || tier == ZB_TIER_NONE)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no tier '%s' of members", only);
    return FALSE;
  }
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  Listing listing = {visit, b, 0, 0, ZB_TIER_NONE};
  if (!build_counts (visit, b, only, error) || !build_list (&listing, only, error))
    return FALSE;
  g_autofree char *q = g_uri_escape_string (words != NULL ? words : "", NULL, TRUE);
  g_autofree char *next =
      g_strdup_printf ("tier=%s&q=%s&after=%" G_GINT64_FORMAT, zb_tier_name (listing.tier), q, listing.last);
  zb_json_text (b, "words", words != NULL ? words : "");
  zb_json_text (b, "only", only);
  zb_json_text (b, "next", listing.rows > PAGE ? next : NULL);
  zb_json_text (b, "next_tier", zb_tier_name (listing.tier));
  zb_json_text (b, "said", zb_visit_asked (visit, "said") != NULL ? "Done." : NULL);
  build_tiers (b, "new_tiers", ZB_TIER_BRONZE, ZB_TIER_BRONZE);
  return zb_visit_render (visit, "membership", "Members", b, error);
}

/* The audit is for good, and people may be erased: it names them by number. */
gboolean
zb_page_membership_tier (ZbVisit *visit, GError **error)
{
  const char *who = zb_visit_need (visit, "who", error);
  const char *name = who != NULL ? zb_visit_need (visit, "tier", error) : NULL;
  ZbTier tier;
  if (name == NULL)
    return FALSE;
  if (!zb_tier_parse (name, &tier)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "there is no tier '%s'", name);
    return FALSE;
  }
  g_autofree char *address = g_strstrip (g_strdup (who));
  g_autoptr (ZbPerson) person = zb_subscribers_get (visit->room->db, address, error);
  if (person == NULL || !zb_members_set_tier (visit->room->db, address, tier, visit->now, error))
    return FALSE;
  g_autofree char *what = g_strconcat ("tier changed to ", zb_tier_name (tier), NULL),
                  *number = g_strdup_printf ("subscriber %" G_GINT64_FORMAT, person->id);
  return zb_visit_audit (visit, what, number, error) && zb_visit_go (visit, "/desk/members?said=done");
}
