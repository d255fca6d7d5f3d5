/* The draft as readers will see it: page, mail, text, Markdown. Posted fields show before they are saved. */
#include "issue.h"

#include "zhoubao/base/error.h"

/* A preview is a page of the newsletter in a frame: its own inline styles, no scripts, no forms. Our script
   puts new words into it without loading it again, so it keeps its origin. */
#define PREVIEW_POLICY                                                                                       \
  "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "                \
  "frame-ancestors 'self'"

static char *
as_email (ZbRenderer *renderer, const ZbIssue *issue, GError **error)
{
  static const ZbMailLinks links = {"https://example.org/unsubscribe", "https://example.org/preferences"};
  g_autofree char *text = NULL;
  char *html = NULL;
  return zb_renderer_mail (renderer, issue, &links, &html, &text, error) ? html : NULL;
}

static char *
as_text (ZbRenderer *renderer, const ZbIssue *issue, GError **error)
{
  return zb_renderer_text (renderer, issue, NULL, error);
}

static const struct {
  const char *name, *type;
  char *(*render) (ZbRenderer *renderer, const ZbIssue *issue, GError **error);
} forms[] = {{"html", "text/html; charset=utf-8", zb_renderer_page},
             {"email", "text/html; charset=utf-8", as_email},
             {"text", "text/plain; charset=utf-8", as_text},
             {"markdown", "text/plain; charset=utf-8", zb_renderer_markdown}};

/* Light or dark as asked for, whatever the editor's own screen is: the rules of the style sheets are turned
   to always, or to never. */
static char *
set_scheme (ZbVisit *visit, char *html)
{
  const char *scheme = zb_request_query (visit->request, "scheme");
  gboolean dark = g_strcmp0 (scheme, "dark") == 0;
  if (!dark && g_strcmp0 (scheme, "light") != 0)
    return html;
  g_autofree char *text = html;
  g_autoptr (GString) out = g_string_new (text);
  g_string_replace (out, "(prefers-color-scheme: dark)", dark ? "(min-width: 0)" : "(max-width: 0)", 0);
  g_string_replace (out, "color-scheme: light dark", dark ? "color-scheme: dark" : "color-scheme: light", 0);
  g_string_replace (out, "content=\"light dark\"", dark ? "content=\"dark\"" : "content=\"light\"", 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
answer (ZbVisit *visit, const ZbIssue *issue, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    if (!g_str_equal (forms[i].name, visit->parts[1]))
      continue;
    g_autofree char *text = forms[i].render (visit->room->renderer, issue, error);
    if (text == NULL)
      return FALSE;
    if (strstr (forms[i].type, "html") != NULL)
      text = set_scheme (visit, text);
    visit->policy = PREVIEW_POLICY;
    zb_response_header (visit->response, "Cache-Control", "no-store");
    zb_response_type (visit->response, forms[i].type);
    zb_response_text (visit->response, text);
    return TRUE;
  }
  g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no preview named %s", visit->parts[1]);
  return FALSE;
}

/* The draft with what was posted; once it is published, the published words with their corrections. */
static ZbIssue *
posted_issue (ZbVisit *visit, ZbWeek week, GError **error)
{
  gint64 version = 0;
  g_autoptr (ZbDraft) draft = zb_draft_load (visit->room->db, week, NULL); /* a file by hand has none */
  if (draft == NULL || draft->state >= ZB_ISSUE_PUBLISHED)
    return zb_issue_current (visit, week, error);
  if (!zb_issue_form_version (visit, draft, &version, error) ||
      !zb_issue_form_apply (visit, draft, version, error))
    return NULL;
  ZbIssue *issue = draft->issue;
  draft->issue = zb_issue_new ("", week); /* the row keeps an empty one */
  return issue;
}

gboolean
zb_page_preview (ZbVisit *visit, GError **error)
{
  ZbWeek week;
  gboolean posted = g_str_equal (zb_request_method (visit->request), "POST");
  if (!zb_issue_form_week (visit, &week, error))
    return FALSE;
  g_autoptr (ZbIssue) issue =
      posted ? posted_issue (visit, week, error) : zb_issue_current (visit, week, error);
  return issue != NULL && answer (visit, issue, error);
}
