/* Lifetimes of jobs and results, and how jobs travel. */
#include "job_wire.h"

#include "zhoubao/extract/job.h"

ZbJob *
zb_job_new (ZbJobKind kind, GBytes *input, ZbTime now)
{
  ZbJob *job = g_new0 (ZbJob, 1);
  job->kind = kind;
  job->input = input != NULL ? g_bytes_ref (input) : NULL;
  job->now = now;
  zb_limits_init (&job->limits);
  return job;
}

static void
set_text (char **to, const char *from)
{
  g_free (*to);
  *to = g_strdup (from);
}

/* Struct and rule name the same members; both lists must stay in step with model/source.h. */
void
zb_job_set_source (ZbJob *job, const ZbSource *s)
{
  struct {
    char **to;
    const char *from;
  } texts[] = {
      {&job->language, s->language},
      {&job->list.item, s->list.item},
      {&job->list.link, s->list.link},
      {&job->list.title, s->list.title},
      {&job->list.date, s->list.date},
      {&job->list.link_pattern, s->list.link_pattern},
      {&job->list.fragment, s->list.fragment},
      {&job->list.url_template, s->list.url_template},
      {&job->article.title, s->article.title},
      {&job->article.body, s->article.body},
      {&job->article.date, s->article.date},
      {&job->article.byline, s->article.byline},
      {&job->article.issuer, s->article.issuer},
      {&job->article.number, s->article.number},
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (texts[i].to, texts[i].from);
  if (s->timezone != NULL)
    set_text (&job->zone, s->timezone);
  if (job->zone == NULL && s->language != NULL && g_str_has_prefix (s->language, "zh"))
    set_text (&job->zone, "Asia/Shanghai");
  if (job->url == NULL)
    set_text (&job->url, s->url);
}

#define FIELD(type, member)                                                                                  \
  {                                                                                                          \
    ZB_WIRE_##type, G_STRUCT_OFFSET (ZbJob, member)                                                          \
  }

static const ZbWireField fields[] = {
    FIELD (INT, kind),
    FIELD (TEXT, url),
    FIELD (TEXT, content_type),
    FIELD (TEXT, zone),
    FIELD (TEXT, language),
    FIELD (NUMBER, now),
    FIELD (INT, bodies),
    FIELD (TEXT, list.item),
    FIELD (TEXT, list.link),
    FIELD (TEXT, list.title),
    FIELD (TEXT, list.date),
    FIELD (TEXT, list.link_pattern),
    FIELD (TEXT, list.fragment),
    FIELD (TEXT, list.url_template),
    FIELD (TEXT, article.title),
    FIELD (TEXT, article.body),
    FIELD (TEXT, article.date),
    FIELD (TEXT, article.byline),
    FIELD (TEXT, article.issuer),
    FIELD (TEXT, article.number),
    FIELD (NUMBER, limits.parse_cpu_seconds),
    FIELD (NUMBER, limits.parse_memory_bytes),
    FIELD (NUMBER, limits.parse_depth),
    FIELD (NUMBER, limits.decoded_bytes),
    FIELD (NUMBER, limits.entries),
    FIELD (NUMBER, limits.title_chars),
    FIELD (NUMBER, limits.text_bytes),
};

static gpointer
create (void)
{
  return zb_job_new (ZB_JOB_FEED, NULL, ZB_TIME_NONE);
}

const ZbWireTable zb_job_wire = {create, (void (*) (gpointer))zb_job_free, fields, G_N_ELEMENTS (fields)};

void
zb_job_free (ZbJob *job)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].type == ZB_WIRE_TEXT)
      g_free (G_STRUCT_MEMBER (char *, job, fields[i].offset));
  g_clear_pointer (&job->input, g_bytes_unref);
  g_clear_pointer (&job->other, g_bytes_unref);
  g_free (job);
}

void
zb_result_free (ZbResult *result)
{
  g_clear_error (&result->error);
  g_clear_pointer (&result->feed, zb_feed_free);
  g_clear_pointer (&result->page, zb_page_free);
  g_clear_pointer (&result->found, zb_found_free);
  g_clear_pointer (&result->bounce, zb_bounce_free);
  g_clear_pointer (&result->letter, zb_letter_free);
  g_free (result);
}
