/* zhoubao inspect list: the rows of a list page by a source's rule, as JSON. */
#include "inspect_job.h"
#include "verbs.h"

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_autoptr (ZbJob) job = zb_inspect_job_new (cli, ZB_JOB_LIST, args, error);
  g_autoptr (ZbResult) result = job != NULL ? zb_inspect_job_run (&job, error) : NULL;
  if (result == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  json_builder_set_member_name (b, "entries");
  json_builder_begin_array (b);
  for (guint i = 0; i < result->feed->entries->len; i++) {
    const ZbEntry *e = result->feed->entries->pdata[i];
    json_builder_begin_object (b);
    zb_json_text (b, "title", e->title);
    zb_json_text (b, "link", e->link);
    zb_json_time (b, "published", e->published);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  json_builder_end_object (b);
  zb_verb_print_json (b);
  return TRUE;
}

const ZbVerb zb_verb_inspect_list = {"list", "FILE --source SLUG|--rule FILE",
                                     "The rows of a list page, by a source's rule", zb_inspect_job_options,
                                     run};
