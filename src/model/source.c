/* Lifetime and kinds of a source. */
#include "zhoubao/model/source.h"

static const char *const kind_names[] = {"feed", "list", "json", "person"};

ZbSource *
zb_source_new (void)
{
  ZbSource *source = g_new0 (ZbSource, 1);
  source->weight = 1.0;
  return source;
}

void
zb_source_free (ZbSource *s)
{
  char **texts[] = {&s->slug,
                    &s->title,
                    &s->url,
                    &s->list.item,
                    &s->list.link,
                    &s->list.title,
                    &s->list.date,
                    &s->list.fragment,
                    &s->list.link_pattern,
                    &s->list.url_template,
                    &s->article.title,
                    &s->article.body,
                    &s->article.date,
                    &s->article.byline,
                    &s->article.issuer,
                    &s->article.number,
                    &s->method_body,
                    &s->referer,
                    &s->language,
                    &s->level,
                    &s->region,
                    &s->timezone,
                    &s->note,
                    &s->file};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_strfreev (s->headers);
  g_strfreev (s->drop_params);
  g_free (s);
}

const char *
zb_source_kind_name (ZbSourceKind kind)
{
  return kind_names[kind];
}

gboolean
zb_source_kind_parse (const char *name, ZbSourceKind *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_strcmp0 (kind_names[i], name) == 0) {
      *out = (ZbSourceKind)i;
      return TRUE;
    }
  return FALSE;
}
