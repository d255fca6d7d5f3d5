/* The other half of a source's offline check: the page behind a link, read by the source's article rule. */
#include "sources.h"

#include "zhoubao/base/error.h"

/* The members of "article" that are compared as they stand; "text" needs only be in the text. */
static char *
compare (const ZbPage *page, JsonObject *want)
{
  g_autofree char *published = zb_time_to_rfc3339 (page->published);
  struct {
    const char *name, *got;
  } parts[] = {{"title", page->title},
               {"published", published},
               {"issuer", page->document.issuer},
               {"number", page->document.number}};
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    const char *expected = zb_json_get_text (want, parts[i].name);
    if (expected != NULL && g_strcmp0 (parts[i].got, expected) != 0)
      return g_strdup_printf ("article: %s is %s, not %s", parts[i].name,
                              parts[i].got != NULL ? parts[i].got : "missing", expected);
  }
  const char *text = zb_json_get_text (want, "text"), *without = zb_json_get_text (want, "without");
  if (text != NULL && (page->text == NULL || strstr (page->text, text) == NULL))
    return g_strdup_printf ("article: its text lacks '%s'", text);
  if (without != NULL && page->text != NULL && strstr (page->text, without) != NULL)
    return g_strdup_printf ("article: its text holds '%s', which is not of the article", without);
  return NULL;
}

gboolean
zb_sources_check_article (const ZbSourceArticle *a, char **problem, GError **error)
{
  g_autofree char *below = g_strdup_printf ("feeds/pages/%s.article.html", a->source->slug);
  g_autofree char *path = zb_workspace_path (a->workspace, below), *text = NULL;
  gsize length = 0;
  JsonNode *node = a->expected != NULL ? json_object_get_member (a->expected, "article") : NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "'article' is no object");
    return FALSE;
  }
  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  ZbJob *job = zb_job_new (ZB_JOB_PAGE, bytes, a->now);
  job->url = g_strdup (a->url);
  zb_job_set_source (job, a->source);
  g_autoptr (ZbResult) result = zb_pool_call (a->pool, job, error);
  if (result == NULL)
    return FALSE;
  *problem = compare (result->page, json_node_get_object (node));
  return TRUE;
}
