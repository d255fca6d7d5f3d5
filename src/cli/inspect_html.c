/* zhoubao inspect html: any HTML, as the safe HTML that readers may see. */
#include "verbs.h"

#include "zhoubao/extract/html.h"

static char *option_url;

static const GOptionEntry options[] = {
    {"url", 0, 0, G_OPTION_ARG_STRING, &option_url, "Where the HTML comes from; makes links absolute", "URL"},
    {NULL},
};

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_autofree char *html = NULL;
  gsize length = 0;
  if (!zb_verb_args (args, 1, 1, error) || !g_file_get_contents (args[0], &html, &length, error))
    return FALSE;
  g_autofree char *safe = zb_html_to_safe (html, (gssize)length, option_url);
  zb_verb_print ("%s", safe);
  return TRUE;
}

const ZbVerb zb_verb_inspect_html = {"html", "FILE", "HTML as the safe HTML that readers may see", options,
                                     run};
