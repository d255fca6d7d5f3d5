/* zhoubao inspect robots: what a robots.txt says to an agent about a URL. */
#include "verbs.h"
#include "zhoubao/base/error.h"
#include "zhoubao/crawl/robots.h"
#include "zhoubao/model/limits.h"

static char *option_agent, *option_url;

static const GOptionEntry options[] = {
    {"agent", 0, 0, G_OPTION_ARG_FILENAME, &option_agent, "Product token of the crawler (default: zhoubao)",
     "A"},
    {"url", 0, 0, G_OPTION_ARG_FILENAME, &option_url, "URL that is asked about", "U"},
    {NULL}};

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  ZbLimits limits;
  zb_limits_init (&limits);
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  if (option_url == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_USAGE, "--url is missing");
    return FALSE;
  }
  g_autoptr (ZbUrl) url = zb_url_parse (option_url, NULL, error);
  if (url == NULL || !g_file_get_contents (args[0], &text, &length, error))
    return FALSE;
  g_autoptr (ZbRobots) robots = zb_robots_parse (text, length, (gsize)limits.robots_bytes,
                                                 option_agent != NULL ? option_agent : "zhoubao");
  double delay = zb_robots_crawl_delay (robots);
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_bool (b, "allowed", zb_robots_allowed (robots, url));
  json_builder_set_member_name (b, "crawl_delay");
  if (delay < 0)
    json_builder_add_null_value (b);
  else
    json_builder_add_double_value (b, delay);
  json_builder_end_object (b);
  zb_verb_print_json (b);
  return TRUE;
}

const ZbVerb zb_verb_inspect_robots = {"robots", "FILE --url U [--agent A]",
                                       "Whether a robots.txt allows a URL", options, run};
