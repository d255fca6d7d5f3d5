/* The issue as it would go out, measured. */
#include "zhoubao/publish/preflight.h"

#include "preflight_words.h"
#include "zhoubao/base/error.h"
#include "zhoubao/edge/mime.h"
#include "zhoubao/publish/contrast.h"
#include "zhoubao/render/mail.h"
#include "zhoubao/render/renderer.h"

#define EXAMPLE_TOKEN "exampleexampleexampleexample" /* about as long as a real one */
#define LINE_OCTETS 998                              /* RFC 5322 §2.1.1 */

static void
check_lines (const char *message, gsize length, GPtrArray *problems)
{
  for (const char *p = message, *end = message + length; p < end;) {
    const char *newline = memchr (p, '\n', (gsize)(end - p));
    gsize line = (gsize)((newline != NULL ? newline : end) - p);
    if (line > LINE_OCTETS + 1) {
      zb_problems_add (problems, "line-long", 0,
                       "a line of the mail has %" G_GSIZE_FORMAT " bytes, at most %d are allowed", line,
                       LINE_OCTETS);
      return;
    }
    p = newline != NULL ? newline + 1 : end;
  }
}

static void
check_way_out (const char *html, const char *text, GPtrArray *problems)
{
  const char *token = zb_mime_token (ZB_MIME_UNSUBSCRIBE);
  if (strstr (html, token) == NULL)
    zb_problems_add (problems, "unsubscribe-missing", 0,
                     "the mail's HTML has no unsubscribe link (templates/email.mustache)");
  if (strstr (text, token) == NULL)
    zb_problems_add (problems, "unsubscribe-missing", 0,
                     "the mail's text has no unsubscribe link (templates/text.mustache)");
}

/* A mail that fetches nothing from anywhere tells nobody that it was read. */
static void
check_requests (const char *html, GPtrArray *problems)
{
  static const char *const marks[] = {"<script", "<iframe", "<form", " src=\"http", "url(http", "@import"};
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strstr (html, marks[i]) != NULL)
      zb_problems_warn (problems, "mail-request", 0,
                        "the mail's HTML holds '%s': many programs block it, some report it", marks[i]);
}

/* One click must lead out, also for the machines of mailbox providers (RFC 8058 §3.1 wants https). */
static void
check_base (const ZbConfig *config, GPtrArray *problems)
{
  if (!g_str_has_prefix (config->base_url, "https://"))
    zb_problems_warn (problems, "unsubscribe-insecure", 0,
                      "base_url is %s: one-click unsubscribing works over https only", config->base_url);
}

static void
check_contrast (const char *html, gboolean dark, GPtrArray *problems)
{
  g_autofree char *colours = NULL;
  double lowest = zb_contrast_lowest (html, dark, &colours);
  if (lowest < ZB_CONTRAST_AA)
    zb_problems_warn (problems, dark ? "contrast-dark" : "contrast", 0,
                      "text in the mail%s is %s, a contrast of %.1f; %.1f is the least",
                      dark ? ", where it is shown dark," : "", colours, lowest, ZB_CONTRAST_AA);
}

static gboolean
check_message (const ZbConfig *config, const ZbIssue *issue, const char *html, const char *text,
               GPtrArray *problems)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *unsubscribe = g_strdup_printf ("%s/unsubscribe/%s", config->base_url, EXAMPLE_TOKEN);
  g_autofree char *preferences = g_strdup_printf ("%s/preferences/%s", config->base_url, EXAMPLE_TOKEN);
  ZbMailContent content = {issue->title, text, html, zb_week_end (issue->week, config->zone)};
  ZbMailRecipient recipient = {.address = config->sender_address,
                               .message_id = EXAMPLE_TOKEN "@example.org",
                               .unsubscribe_url = unsubscribe,
                               .preferences_url = preferences};
  g_autoptr (ZbMail) mail = zb_mail_new (config, &content, &error);
  g_autoptr (GBytes) bytes = mail != NULL ? zb_mail_fill (mail, &recipient, &error) : NULL;
  if (bytes == NULL) {
    zb_problems_add (problems, g_error_matches (error, ZB_ERROR, ZB_ERROR_LIMIT) ? "size" : "mail-refused", 0,
                     "the mail cannot be made: %s", error->message);
    return FALSE;
  }
  gsize length = 0;
  const char *message = g_bytes_get_data (bytes, &length);
  check_lines (message, length, problems);
  return TRUE;
}

gboolean
zb_preflight (ZbWorkspace *workspace, const ZbIssue *issue, gboolean early, ZbTime now, GPtrArray *problems,
              GError **error)
{
  const ZbMailLinks links = {zb_mime_token (ZB_MIME_UNSUBSCRIBE), zb_mime_token (ZB_MIME_PREFERENCES)};
  g_autofree char *html = NULL, *text = NULL;
  zb_check_issue (issue, workspace->config, early, now, problems);
  g_autoptr (ZbRenderer) renderer = zb_renderer_open (workspace, error);
  if (renderer == NULL || !zb_renderer_mail (renderer, issue, &links, &html, &text, error))
    return FALSE;
  check_way_out (html, text, problems);
  check_base (workspace->config, problems);
  check_contrast (html, FALSE, problems);
  check_contrast (html, TRUE, problems);
  check_requests (html, problems);
  (void)check_message (workspace->config, issue, html, text, problems);
  return zb_preflight_words (workspace, issue, problems, error);
}
