/* zhoubao inspect date: the instant that a text means. */
#include "verbs.h"
#include "zhoubao/base/dates.h"
#include "zhoubao/base/error.h"

static char *option_zone;

static const GOptionEntry options[] = {
    {"zone", 0, 0, G_OPTION_ARG_STRING, &option_zone, "Zone of dates that name none (default: UTC)", "Z"},
    {NULL}};

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  if (option_zone != NULL && !zb_dates_zone_is_known (option_zone)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "there is no time zone '%s'", option_zone);
    return FALSE;
  }
  ZbDateContext context = {cli->now, option_zone};
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_time (b, "time", zb_dates_parse (args[0], &context));
  json_builder_end_object (b);
  zb_verb_print_json (b);
  return TRUE;
}

const ZbVerb zb_verb_inspect_date = {"date", "STRING [--zone Z]", "The instant that a date of the wild means",
                                     options, run};
