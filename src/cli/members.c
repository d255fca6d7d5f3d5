/* zhoubao members: those of the list who have a tier. */
#include "people.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/deliver/members.h"

static char *option_tier;

static const GOptionEntry list_options[] = {
    {"tier", 0, 0, G_OPTION_ARG_STRING, &option_tier, "Only those: bronze, silver or gold", "TIER"}, {NULL}};

static gboolean
read_tier (const char *name, ZbTier *tier, GError **error)
{
  if (zb_tier_parse (name, tier))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "there is no tier '%s': none, bronze, silver or gold", name);
  return FALSE;
}

static gboolean
print_member (const ZbPerson *p, gpointer data, GError **error)
{
  JsonBuilder *b = data;
  if (b == NULL)
    zb_verb_print ("%6" G_GINT64_FORMAT "  %-6s  %-10s  %s%s%s\n", p->id, zb_tier_name (p->tier),
                   zb_person_state_name (p->state), p->address, p->name != NULL ? "  " : "",
                   p->name != NULL ? p->name : "");
  else {
    json_builder_begin_object (b);
    zb_people_json (b, p);
    json_builder_end_object (b);
  }
  return TRUE;
}

static gboolean
run_list (const ZbCli *cli, char **args, GError **error)
{
  ZbTier only = ZB_TIER_NONE;
  gint64 total = 0;
  if (!zb_verb_args (args, 0, 0, error) || (option_tier != NULL && !read_tier (option_tier, &only, error)))
    return FALSE;
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  if (people == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  json_builder_set_member_name (b, "members");
  json_builder_begin_array (b);
  for (int tier = ZB_TIER_GOLD; tier > ZB_TIER_NONE; tier--) { /* the highest first */
    ZbPersonFilter filter = ZB_PERSON_FILTER_INIT;
    gint64 count = 0;
    filter.tier = zb_tier_name ((ZbTier)tier);
    if (only != ZB_TIER_NONE && (int)only != tier)
      continue;
    if (!zb_person_count (people->db, &filter, &count, error) ||
        !zb_person_walk (people->db, &filter, print_member, cli->json ? b : NULL, error))
      return FALSE;
    total += count;
  }
  json_builder_end_array (b);
  zb_json_int (b, "total", total);
  json_builder_end_object (b);
  if (cli->json)
    zb_verb_print_json (b);
  else
    zb_verb_say (cli, "%" G_GINT64_FORMAT " members\n", total);
  return TRUE;
}

static gboolean
run_set_tier (const ZbCli *cli, char **args, GError **error)
{
  ZbTier tier;
  if (!zb_verb_args (args, 2, 2, error) || !read_tier (args[1], &tier, error))
    return FALSE;
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  if (people == NULL || !zb_members_set_tier (people->db, args[0], tier, cli->now, error))
    return FALSE;
  zb_verb_say (cli, tier != ZB_TIER_NONE ? "%s reads what is for %s\n" : "%s is no member any more%.0s\n",
               args[0], zb_tier_name (tier));
  return TRUE;
}

static const ZbVerb list_verb = {"list", "", "Who reads the members' documents", list_options, run_list};
static const ZbVerb set_tier_verb = {"set-tier", "ADDRESS|NUMBER none|bronze|silver|gold",
                                     "What somebody on the list may read", NULL, run_set_tier};
static const ZbVerb *const verbs[] = {&list_verb, &set_tier_verb, NULL};

const ZbVerb zb_verb_members = {"members", "", "Those of the list who read the documents", NULL, NULL, verbs};
