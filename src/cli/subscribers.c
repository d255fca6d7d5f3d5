/* zhoubao subscribers: the list, person by person. */
#include "people.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/deliver/dossier.h"
#include "zhoubao/deliver/subscribers.h"
#include "zhoubao/store/suppression.h"

static char *option_name, *option_add_tier, *option_why;
static gboolean option_yes;

static gboolean
print_person (const ZbPerson *p, gpointer data, GError **error)
{
  JsonBuilder *b = data;
  if (b == NULL) {
    zb_verb_print ("%6" G_GINT64_FORMAT "  %-10s %-6s %s%s%s\n", p->id, zb_person_state_name (p->state),
                   zb_tier_name (p->tier), p->address, p->name != NULL ? "  " : "",
                   p->name != NULL ? p->name : "");
    return TRUE;
  }
  json_builder_begin_object (b);
  zb_people_json (b, p);
  json_builder_end_object (b);
  return TRUE;
}

static gboolean
list_json (ZbDb *db, const ZbPersonFilter *filter, gint64 total, GError **error)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_int (b, "total", total);
  json_builder_set_member_name (b, "subscribers");
  json_builder_begin_array (b);
  if (!zb_person_walk (db, filter, print_person, b, error))
    return FALSE;
  json_builder_end_array (b);
  json_builder_end_object (b);
  zb_verb_print_json (b);
  return TRUE;
}

static gboolean
run_list (const ZbCli *cli, char **args, GError **error)
{
  ZbPersonFilter filter;
  gint64 total = 0;
  if (!zb_verb_args (args, 0, 0, error) || !zb_people_filter (&filter, error))
    return FALSE;
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  if (people == NULL || !zb_person_count (people->db, &filter, &total, error))
    return FALSE;
  if (cli->json)
    return list_json (people->db, &filter, total, error);
  zb_verb_say (cli, "%" G_GINT64_FORMAT " %s\n", total, total == 1 ? "person" : "people");
  return zb_person_walk (people->db, &filter, print_person, NULL, error);
}

static gboolean
run_add (const ZbCli *cli, char **args, GError **error)
{
  ZbTier tier = ZB_TIER_NONE;
  gint64 id = 0;
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  if (option_add_tier != NULL && !zb_tier_parse (option_add_tier, &tier)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "there is no tier '%s'", option_add_tier);
    return FALSE;
  }
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  if (people == NULL ||
      !zb_subscribers_add (people->db, people->key, args[0], option_name, tier, cli->now, &id, error))
    return FALSE;
  zb_verb_say (cli, "%s is on the list, number %" G_GINT64_FORMAT "\n", args[0], id);
  return TRUE;
}

static gboolean
run_remove (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  if (people == NULL || !zb_subscribers_remove (people->db, args[0], cli->now, error))
    return FALSE;
  zb_verb_say (cli, "%s has left the list\n", args[0]);
  return TRUE;
}

static gboolean
run_erase (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  if (!option_yes) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED,
                 "erasing %s cannot be undone; say --yes (subscribers show prints what is kept)", args[0]);
    return FALSE;
  }
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  if (people == NULL || !zb_subscribers_erase (people->db, people->key, args[0], cli->now, error))
    return FALSE;
  zb_verb_say (cli, "All that was kept on %s is erased; a hash keeps imports from bringing them back\n",
               args[0]);
  return TRUE;
}

static gboolean
run_show (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  g_autoptr (ZbPerson) person = people != NULL ? zb_subscribers_get (people->db, args[0], error) : NULL;
  if (person == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_people_json (b, person);
  if (!zb_dossier_json (people->db, people->key, person, b, error))
    return FALSE;
  json_builder_end_object (b);
  zb_verb_print_json (b);
  return TRUE;
}

/* An address as it is stored, or a domain. */
static gboolean
check_subject (const char *text, char **out, GError **error)
{
  if (strchr (text, '@') != NULL)
    return zb_mailbox_parse (text, out, error);
  g_autofree char *probe = g_strconcat ("postmaster@", text, NULL), *parsed = NULL;
  if (!zb_mailbox_parse (probe, &parsed, error))
    return FALSE;
  *out = g_strdup (zb_mailbox_domain (parsed));
  return TRUE;
}

static gboolean
run_suppress (const ZbCli *cli, char **args, GError **error)
{
  g_autofree char *subject = NULL;
  if (!zb_verb_args (args, 1, 1, error) || !check_subject (args[0], &subject, error))
    return FALSE;
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  if (people == NULL ||
      !zb_suppression_add (people->db, subject, ZB_SUPPRESSED_EDITOR, option_why, cli->now, error))
    return FALSE;
  zb_verb_say (cli, "No mail goes to %s any more\n", subject);
  return TRUE;
}

static gboolean
run_release (const ZbCli *cli, char **args, GError **error)
{
  gboolean removed = FALSE;
  g_autofree char *subject = NULL;
  if (!zb_verb_args (args, 1, 1, error) || !check_subject (args[0], &subject, error))
    return FALSE;
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  if (people == NULL || !zb_suppression_remove (people->db, people->key, subject, &removed, error))
    return FALSE;
  if (!removed) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "%s is not suppressed", subject);
    return FALSE;
  }
  zb_verb_say (cli, "%s is not suppressed any more\n", subject);
  return TRUE;
}

static const GOptionEntry add_options[] = {
    {"name", 0, 0, G_OPTION_ARG_STRING, &option_name, "Their name", "NAME"},
    {"tier", 0, 0, G_OPTION_ARG_STRING, &option_add_tier, "none, bronze, silver or gold", "TIER"},
    {NULL}};
static const GOptionEntry erase_options[] = {
    {"yes", 0, 0, G_OPTION_ARG_NONE, &option_yes, "Yes, for good", NULL}, {NULL}};
static const GOptionEntry suppress_options[] = {
    {"why", 0, 0, G_OPTION_ARG_STRING, &option_why, "A note for colleagues", "TEXT"}, {NULL}};

static const ZbVerb list_verb = {"list", "", "Who is on the list", zb_people_filter_options, run_list};
static const ZbVerb add_verb = {"add", "ADDRESS", "Put somebody on the list who asked for it", add_options,
                                run_add};
static const ZbVerb remove_verb = {"remove", "ADDRESS|NUMBER", "Take somebody off the list", NULL,
                                   run_remove};
static const ZbVerb erase_verb = {"erase", "ADDRESS|NUMBER --yes",
                                  "Erase all that is kept on somebody (GDPR)", erase_options, run_erase};
static const ZbVerb show_verb = {"show", "ADDRESS|NUMBER", "All that is kept on somebody, as JSON", NULL,
                                 run_show};
static const ZbVerb suppress_verb = {"suppress", "ADDRESS|DOMAIN", "Never write to an address or a domain",
                                     suppress_options, run_suppress};
static const ZbVerb release_verb = {"release", "ADDRESS|DOMAIN", "Lift a suppression", NULL, run_release};

/* clang-format off */
static const ZbVerb *const verbs[] = {
  &list_verb,
  &add_verb,
  &zb_verb_subscribers_import,
  &zb_verb_subscribers_export,
  &show_verb,
  &remove_verb,
  &erase_verb,
  &suppress_verb,
  &release_verb,
  NULL,
};
/* clang-format on */

const ZbVerb zb_verb_subscribers = {"subscribers", "",   "The list of those who get the newsletter",
                                    NULL,          NULL, verbs};
