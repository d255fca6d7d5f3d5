/* zhoubao inspect html: any HTML, as the safe HTML that readers may see. */
#include "inspect_job.h"
#include "verbs.h"

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_autoptr (ZbJob) job = zb_inspect_job_new (cli, ZB_JOB_HTML, args, error);
  g_autoptr (ZbResult) result = job != NULL ? zb_inspect_job_run (&job, error) : NULL;
  if (result == NULL)
    return FALSE;
  zb_verb_print ("%s", result->page->html);
  return TRUE;
}

const ZbVerb zb_verb_inspect_html = {"html", "FILE", "HTML as the safe HTML that readers may see",
                                     zb_inspect_job_options, run};
