/* zhoubao inspect bounce: what a mail that came back says of whom. */
#include "inspect_job.h"
#include "verbs.h"

static void
print_recipient (JsonBuilder *b, const ZbBounceRecipient *r)
{
  json_builder_begin_object (b);
  zb_json_text (b, "address", r->address);
  zb_json_text (b, "status", r->status);
  zb_json_bool (b, "hard", r->hard);
  zb_json_text (b, "reason", zb_reason_text (r->reason));
  zb_json_text (b, "code", zb_reason_code (r->reason));
  zb_json_text (b, "action", r->action);
  zb_json_text (b, "diagnostic", r->diagnostic);
  json_builder_end_object (b);
}

static void
print_bounce (JsonBuilder *b, const ZbBounce *bounce)
{
  json_builder_begin_object (b);
  zb_json_bool (b, "is_bounce", bounce->is_bounce);
  zb_json_text (b, "kind", zb_bounce_kind_name (bounce->kind));
  json_builder_set_member_name (b, "recipients");
  json_builder_begin_array (b);
  for (guint i = 0; i < bounce->recipients->len; i++)
    print_recipient (b, g_ptr_array_index (bounce->recipients, i));
  json_builder_end_array (b);
  zb_json_strv (b, "returned_to", (const char *const *)bounce->returned_to);
  zb_json_text (b, "envelope_id", bounce->envelope_id);
  zb_json_text (b, "message_id", bounce->message_id);
  zb_json_text (b, "feedback", bounce->feedback);
  json_builder_end_object (b);
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_autoptr (ZbJob) job = zb_inspect_job_new (cli, ZB_JOB_BOUNCE, args, error);
  g_autoptr (ZbResult) result = job != NULL ? zb_inspect_job_run (&job, error) : NULL;
  if (result == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  print_bounce (b, result->bounce);
  zb_verb_print_json (b);
  return TRUE;
}

const ZbVerb zb_verb_inspect_bounce = {"bounce", "FILE", "Whom a mail that came back speaks of, and why",
                                       zb_inspect_job_options, run};
