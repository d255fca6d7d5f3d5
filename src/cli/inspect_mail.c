/* zhoubao inspect mail: any mail's headers and texts. */
#include "inspect_job.h"
#include "verbs.h"

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_autoptr (ZbJob) job = zb_inspect_job_new (cli, ZB_JOB_MAIL, args, error);
  g_autoptr (ZbResult) result = job != NULL ? zb_inspect_job_run (&job, error) : NULL;
  if (result == NULL)
    return FALSE;
  const ZbLetter *letter = result->letter;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "subject", letter->subject);
  zb_json_text (b, "from", letter->from);
  zb_json_text (b, "to", letter->to);
  zb_json_time (b, "date", letter->date);
  zb_json_text (b, "message_id", letter->message_id);
  zb_json_text (b, "text", letter->text);
  zb_json_text (b, "html", letter->html);
  json_builder_end_object (b);
  zb_verb_print_json (b);
  return TRUE;
}

const ZbVerb zb_verb_inspect_mail = {"mail", "FILE", "Headers and texts of a mail", zb_inspect_job_options,
                                     run};
