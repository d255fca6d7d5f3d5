/* Opening what belongs to people, and choosing some of them. */
#include "people.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"

static char *option_state, *option_tier, *option_language, *option_search, *option_since, *option_until;

const GOptionEntry zb_people_filter_options[] = {
    {"state", 0, 0, G_OPTION_ARG_STRING, &option_state,
     "Only those: pending, active, paused, left, bounced, complained or erased", "STATE"},
    {"tier", 0, 0, G_OPTION_ARG_STRING, &option_tier, "Only those: none, bronze, silver or gold", "TIER"},
    {"language", 0, 0, G_OPTION_ARG_STRING, &option_language, "Only those of a language, as en", "LANGUAGE"},
    {"search", 0, 0, G_OPTION_ARG_STRING, &option_search, "Only those with WORDS in address or name",
     "WORDS"},
    {"since", 0, 0, G_OPTION_ARG_STRING, &option_since, "Only those who joined on DATE or later", "DATE"},
    {"until", 0, 0, G_OPTION_ARG_STRING, &option_until, "Only those who joined before DATE", "DATE"},
    {NULL}};

ZbPeople *
zb_people_open (const ZbCli *cli, GError **error)
{
  g_autoptr (ZbPeople) people = g_new0 (ZbPeople, 1);
  people->workspace = zb_workspace_open (cli->directory, error);
  if (people->workspace == NULL)
    return NULL;
  g_autofree char *keys = zb_workspace_path (people->workspace, "data/keys");
  people->db = zb_workspace_database (people->workspace, error);
  people->key = people->db != NULL ? zb_secret_key (keys, "people", error) : NULL;
  return people->key != NULL ? g_steal_pointer (&people) : NULL;
}

void
zb_people_close (ZbPeople *people)
{
  g_clear_pointer (&people->key, g_bytes_unref);
  g_clear_pointer (&people->db, zb_db_close);
  g_clear_pointer (&people->workspace, zb_workspace_free);
  g_free (people);
}

static gboolean
read_day (const char *name, const char *text, ZbTime *out, GError **error)
{
  *out = text != NULL ? zb_time_from_rfc3339 (text) : ZB_TIME_NONE;
  if (text == NULL || *out != ZB_TIME_NONE)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "--%s '%s' is not a date such as 2017-07-03", name, text);
  return FALSE;
}

gboolean
zb_people_filter (ZbPersonFilter *filter, GError **error)
{
  ZbPersonState state;
  ZbTier tier;
  *filter = (ZbPersonFilter)ZB_PERSON_FILTER_INIT;
  if (option_state != NULL && !zb_person_state_parse (option_state, &state)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "there is no state '%s'", option_state);
    return FALSE;
  }
  if (option_tier != NULL && !zb_tier_parse (option_tier, &tier)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "there is no tier '%s'", option_tier);
    return FALSE;
  }
  filter->state = option_state;
  filter->tier = option_tier;
  filter->language = option_language;
  filter->words = option_search;
  return read_day ("since", option_since, &filter->joined_from, error) &&
         read_day ("until", option_until, &filter->joined_to, error);
}

void
zb_people_json (JsonBuilder *b, const ZbPerson *p)
{
  zb_json_int (b, "id", p->id);
  zb_json_text (b, "email", p->address);
  zb_json_text (b, "name", p->name);
  zb_json_text (b, "state", zb_person_state_name (p->state));
  zb_json_text (b, "tier", zb_tier_name (p->tier));
  zb_json_text (b, "language", p->language);
  zb_json_text (b, "format", p->text_only ? "text" : "html");
  zb_json_bool (b, "weekly", p->weekly);
  zb_json_bool (b, "latest", p->latest);
  zb_json_bool (b, "essays", p->essays);
  zb_json_time (b, "paused_until", p->paused_until);
  zb_json_text (b, "origin", p->origin);
  zb_json_time (b, "consent_at", p->consent_at);
  zb_json_text (b, "consent_text", p->consent_text);
  zb_json_text (b, "consent_from", p->consent_from);
  zb_json_time (b, "joined", p->joined);
  zb_json_time (b, "left", p->left_at);
  zb_json_time (b, "changed", p->changed);
}
