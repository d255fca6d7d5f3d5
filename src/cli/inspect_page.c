/* zhoubao inspect page: the article of a page, as JSON. */
#include "inspect_job.h"
#include "verbs.h"

static void
write_document (JsonBuilder *b, const ZbDocumentFacts *d)
{
  json_builder_set_member_name (b, "document");
  json_builder_begin_object (b);
  zb_json_text (b, "number", d->number);
  zb_json_text (b, "issuer", d->issuer);
  zb_json_time (b, "signed", d->signed_on);
  zb_json_time (b, "effective", d->effective);
  zb_json_time (b, "comment_deadline", d->comment_deadline);
  zb_json_strv (b, "cited", (const char *const *)d->cited);
  zb_json_strv (b, "attachments", (const char *const *)d->attachments);
  json_builder_end_object (b);
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_autoptr (ZbJob) job = zb_inspect_job_new (cli, ZB_JOB_PAGE, args, error);
  g_autoptr (ZbResult) result = job != NULL ? zb_inspect_job_run (&job, error) : NULL;
  if (result == NULL)
    return FALSE;
  const ZbPage *page = result->page;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "title", page->title);
  zb_json_text (b, "byline", page->byline);
  zb_json_text (b, "site", page->site);
  zb_json_time (b, "published", page->published);
  zb_json_text (b, "language", page->language);
  zb_json_text (b, "canonical", page->canonical);
  zb_json_text (b, "encoding", page->encoding);
  zb_json_text (b, "text", page->text);
  zb_json_text (b, "markdown", page->markdown);
  zb_json_text (b, "html", page->html);
  write_document (b, &page->document);
  json_builder_end_object (b);
  zb_verb_print_json (b);
  return TRUE;
}

const ZbVerb zb_verb_inspect_page = {"page", "FILE", "The article of a page", zb_inspect_job_options, run};
