/* zhoubao inspect feed: a feed and its entries, as JSON. */
#include "inspect_job.h"
#include "verbs.h"

static void
write_entry (JsonBuilder *b, const ZbEntry *e)
{
  json_builder_begin_object (b);
  zb_json_text (b, "id", e->id);
  zb_json_text (b, "title", e->title);
  zb_json_text (b, "link", e->link);
  zb_json_text (b, "author", e->author);
  zb_json_time (b, "published", e->published);
  zb_json_time (b, "updated", e->updated);
  zb_json_text (b, "summary", e->summary);
  zb_json_text (b, "content", e->content);
  zb_json_text (b, "content_html", e->content_html);
  zb_json_strv (b, "tags", (const char *const *)e->tags);
  json_builder_end_object (b);
}

static void
write_feed (JsonBuilder *b, const ZbFeed *feed)
{
  json_builder_begin_object (b);
  zb_json_text (b, "format", feed->format);
  zb_json_text (b, "title", feed->title);
  zb_json_text (b, "link", feed->link);
  zb_json_text (b, "language", feed->language);
  zb_json_time (b, "updated", feed->updated);
  zb_json_text (b, "warning", feed->warning);
  json_builder_set_member_name (b, "entries");
  json_builder_begin_array (b);
  for (guint i = 0; i < feed->entries->len; i++)
    write_entry (b, feed->entries->pdata[i]);
  json_builder_end_array (b);
  json_builder_end_object (b);
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_autoptr (ZbJob) job = zb_inspect_job_new (cli, ZB_JOB_FEED, args, error);
  g_autoptr (ZbResult) result = job != NULL ? zb_inspect_job_run (&job, error) : NULL;
  if (result == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  write_feed (b, result->feed);
  zb_verb_print_json (b);
  return TRUE;
}

const ZbVerb zb_verb_inspect_feed = {"feed", "FILE", "A feed and its entries", zb_inspect_job_options, run};
