/* The four forms of an issue. */
#include "inliner.h"
#include "zhoubao/render/context.h"

char *
zb_renderer_page (ZbRenderer *renderer, const ZbIssue *issue, GError **error)
{
  const ZbConfig *config = zb_renderer_config (renderer);
  g_autofree char *path = g_strdup_printf ("weekly/%s/", issue->date);
  g_autofree char *root = g_strconcat (config->base_url, "/", NULL);
  ZbPageHead head = {.kind = "issue",
                     .path = path,
                     .title = issue->title,
                     .description = issue->summary,
                     .standalone = TRUE};
  g_autoptr (ZbView) b = zb_context_new (renderer, &head, error);
  if (b == NULL)
    return NULL;
  zb_context_issue (renderer, b, "issue", issue, root, ZB_WITH_HTML);
  zb_view_text (b, "pager", NULL);
  zb_view_text (b, "record", NULL);
  return zb_context_render (renderer, &b, "issue", NULL, error);
}

/* What would be markup in CommonMark gets a backslash. */
static void
escape_markdown (GString *out, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    if (strchr ("\\*`_[]<>&", text[i]) != NULL && text[i] != '\0')
      g_string_append_c (out, '\\');
    g_string_append_c (out, text[i]);
  }
}

char *
zb_renderer_markdown (ZbRenderer *renderer, const ZbIssue *issue, GError **error)
{
  ZbPageHead head = {.kind = "markdown", .path = ""};
  g_autoptr (ZbView) b = zb_context_new (renderer, &head, error);
  if (b == NULL)
    return NULL;
  zb_context_issue (renderer, b, "issue", issue, "", ZB_WITH_MARKDOWN);
  return zb_context_render (renderer, &b, "markdown", escape_markdown, error);
}

static void
build_links (ZbView *b, const ZbMailLinks *links)
{
  zb_view_set_member_name (b, "links");
  zb_view_begin_object (b);
  zb_view_text (b, "unsubscribe", links != NULL ? links->unsubscribe : NULL);
  zb_view_text (b, "preferences", links != NULL ? links->preferences : NULL);
  zb_view_end_object (b);
}

char *
zb_renderer_text (ZbRenderer *renderer, const ZbIssue *issue, const ZbMailLinks *links, GError **error)
{
  ZbPageHead head = {.kind = "text", .path = ""};
  g_autoptr (ZbView) b = zb_context_new (renderer, &head, error);
  if (b == NULL)
    return NULL;
  zb_context_issue (renderer, b, "issue", issue, "", ZB_WITH_TEXT);
  build_links (b, links);
  return zb_context_render (renderer, &b, "text", zb_template_escape_none, error);
}

static char *
render_mail_html (ZbRenderer *renderer, const ZbIssue *issue, const ZbMailLinks *links, GError **error)
{
  const ZbConfig *config = zb_renderer_config (renderer);
  g_autofree char *root = g_strconcat (config->base_url, "/", NULL);
  g_autofree char *sheet = zb_renderer_sheet (renderer, "email.css", "email_theme.css", error);
  g_autoptr (ZbInliner) inliner =
      sheet != NULL ? zb_inliner_new ("email.css", sheet, strlen (sheet), error) : NULL;
  if (inliner == NULL)
    return NULL;
  ZbPageHead head = {.kind = "email", .path = ""};
  g_autoptr (ZbView) b = zb_context_new (renderer, &head, error);
  if (b == NULL)
    return NULL;
  zb_context_issue (renderer, b, "issue", issue, root, ZB_WITH_HTML | ZB_WITH_PREHEADER);
  zb_view_text (b, "media_css", zb_inliner_media (inliner));
  build_links (b, links);
  g_autofree char *html = zb_context_render (renderer, &b, "email", NULL, error);
  return html != NULL ? zb_inliner_apply (inliner, html) : NULL;
}

gboolean
zb_renderer_mail (ZbRenderer *renderer, const ZbIssue *issue, const ZbMailLinks *links, char **html,
                  char **text, GError **error)
{
  g_autofree char *page = render_mail_html (renderer, issue, links, error);
  g_autofree char *plain = page != NULL ? zb_renderer_text (renderer, issue, links, error) : NULL;
  if (plain == NULL)
    return FALSE;
  *html = g_steal_pointer (&page);
  *text = g_steal_pointer (&plain);
  return TRUE;
}
