/* zhoubao inspect romanize: Chinese in Latin letters. */
#include "verbs.h"

#include "zhoubao/base/romanize.h"

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, -1, error))
    return FALSE;
  g_autofree char *text = g_strjoinv (" ", args);
  g_autofree char *pinyin = zb_romanize (text);
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "pinyin", pinyin);
  json_builder_end_object (b);
  zb_verb_print_json (b);
  return TRUE;
}

const ZbVerb zb_verb_inspect_romanize = {"romanize", "TEXT", "Chinese as pinyin, word by word", NULL, run};
