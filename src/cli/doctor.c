/* zhoubao doctor: what stands in the way of mail that arrives. */
#include "newsroom.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/deliver/doctor.h"
#include "zhoubao/edge/dkim.h"

static char *option_ip, *option_server;
static gboolean option_make_key;

static const GOptionEntry options[] = {{"ip", 0, 0, G_OPTION_ARG_STRING, &option_ip,
                                        "The address that mail leaves from, as the world sees it", "ADDRESS"},
                                       {"name-server", 0, 0, G_OPTION_ARG_STRING, &option_server,
                                        "Ask this name server, not the system's", "ADDRESS[:PORT]"},
                                       {"make-dkim-key", 0, 0, G_OPTION_ARG_NONE, &option_make_key,
                                        "First make the key that zhoubao.yaml's dkim names", NULL},
                                       {NULL}};

static gboolean
make_key (const ZbCli *cli, ZbWorkspace *workspace, GError **error)
{
  if (workspace->config->dkim_selector == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_USAGE,
                         "zhoubao.yaml has no dkim: write dkim: {selector: zb1} there first");
    return FALSE;
  }
  g_autofree char *file = zb_workspace_path (workspace, workspace->config->dkim_key);
  if (!zb_dkim_make_key (file, error))
    return FALSE;
  zb_verb_say (cli, "%s is made; keep it secret, and a copy\n", file);
  return TRUE;
}

static void
print_findings (const GPtrArray *findings)
{
  gboolean publish = FALSE;
  for (guint i = 0; i < findings->len; i++) {
    const ZbFinding *f = findings->pdata[i];
    zb_verb_print ("%-8s %-9s %s\n", zb_doctor_state_name (f->state), f->check, f->words);
    if (f->publish != NULL)
      zb_verb_print ("%-18s publish: %s\n", "", f->publish);
    publish = publish || f->publish != NULL;
  }
  if (publish)
    zb_verb_print (
        "\nA record to publish goes where the domain's names are kept, at its registrar or DNS host: its "
        "name, its "
        "type, and its\nvalue, the quoted parts one after the other. After an hour doctor should see it.\n");
}

static void
print_json (const GPtrArray *findings, guint ill)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_bool (b, "ok", ill == 0);
  json_builder_set_member_name (b, "findings");
  json_builder_begin_array (b);
  for (guint i = 0; i < findings->len; i++) {
    const ZbFinding *f = findings->pdata[i];
    json_builder_begin_object (b);
    zb_json_text (b, "check", f->check);
    zb_json_text (b, "state", zb_doctor_state_name (f->state));
    zb_json_text (b, "words", f->words);
    zb_json_text (b, "publish", f->publish);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

static gboolean
check_ip (GError **error)
{
  if (option_ip == NULL || g_hostname_is_ip_address (option_ip))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is no IP address", option_ip);
  return FALSE;
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  guint ill = 0;
  if (!zb_verb_args (args, 0, 0, error) || !check_ip (error))
    return FALSE;
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (cli->directory, error);
  if (workspace == NULL || (option_make_key && !make_key (cli, workspace, error)))
    return FALSE;
  g_autoptr (ZbDb) db = zb_workspace_database (workspace, error);
  g_autoptr (ZbResolver) resolver = db != NULL ? zb_resolver_new (option_server, error) : NULL;
  if (resolver == NULL)
    return FALSE;
  ZbDoctor doctor = {workspace, db, resolver, option_ip, cli->now};
  g_autoptr (GPtrArray) findings = zb_doctor_run (&doctor);
  for (guint i = 0; i < findings->len; i++)
    ill += ((const ZbFinding *)findings->pdata[i])->state == ZB_DOCTOR_ILL;
  if (cli->json)
    print_json (findings, ill);
  else
    print_findings (findings);
  if (ill > 0)
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%u %s to be mended", ill,
                 ill == 1 ? "thing is" : "things are");
  return ill == 0;
}

const ZbVerb zb_verb_doctor = {
    "doctor", "", "What stands in the way of mail that arrives, and what to publish", options, run};
