/* zhoubao inspect url: one URL, resolved and as its page is named. */
#include "verbs.h"
#include "zhoubao/base/url.h"

static char *option_base;

static const GOptionEntry options[] = {
    {"base", 0, 0, G_OPTION_ARG_FILENAME, &option_base, "URL that INPUT is relative to", "URL"}, {NULL}};

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  g_autoptr (ZbUrl) base = option_base != NULL ? zb_url_parse (option_base, NULL, error) : NULL;
  if (option_base != NULL && base == NULL) {
    g_prefix_error (error, "--base: ");
    return FALSE;
  }
  g_autoptr (ZbUrl) url = zb_url_parse (args[0], base, error);
  if (url == NULL)
    return FALSE;
  g_autofree char *canonical = zb_url_canonical (url, NULL);
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "href", zb_url_href (url));
  zb_json_text (b, "canonical", canonical);
  json_builder_end_object (b);
  zb_verb_print_json (b);
  return TRUE;
}

const ZbVerb zb_verb_inspect_url = {"url", "INPUT [--base URL]", "A URL, resolved and canonical", options,
                                    run};
