/* zhoubao init: a new workspace. */
#include "verbs.h"

#include "zhoubao/store/workspace.h"

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, 1, error) || !zb_workspace_init (args[0], error))
    return FALSE;
  zb_verb_print ("%s is a workspace now.\n"
                 "1. Write title, address and sender into %s/zhoubao.yaml.\n"
                 "2. Name your sources in %s/feeds/ (see feeds/example.yaml, or: zhoubao sources add URL).\n"
                 "3. zhoubao -C %s crawl\n",
                 args[0], args[0], args[0], args[0]);
  return TRUE;
}

const ZbVerb zb_verb_init = {"init", "DIR", "Make a new workspace in DIR", NULL, run};
