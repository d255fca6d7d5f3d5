/* An issue as the whole MIME message that one subscriber would get. */
#include "issue.h"

#include "zhoubao/edge/mime.h"
#include "zhoubao/render/mail.h"

char *
zb_cli_render_email (ZbRenderer *renderer, const ZbIssue *issue, GError **error)
{
  const ZbConfig *config = zb_renderer_config (renderer);
  const ZbMailLinks links = {zb_mime_token (ZB_MIME_UNSUBSCRIBE), zb_mime_token (ZB_MIME_PREFERENCES)};
  g_autofree char *html = NULL, *text = NULL;
  if (!zb_renderer_mail (renderer, issue, &links, &html, &text, error))
    return NULL;
  g_autofree char *unsubscribe = g_strconcat (config->base_url, "/unsubscribe/example", NULL);
  g_autofree char *preferences = g_strconcat (config->base_url, "/preferences/example", NULL);
  g_autofree char *id = g_strdup_printf ("%s.example@%s", issue->date, config->list_id);
  ZbMailContent content = {issue->title, text, html, zb_week_end (issue->week, config->zone)};
  ZbMailRecipient recipient = {.address = config->sender_address,
                               .message_id = id,
                               .unsubscribe_url = unsubscribe,
                               .preferences_url = preferences};
  g_autoptr (ZbMail) mail = zb_mail_new (config, &content, error);
  g_autoptr (GBytes) bytes = mail != NULL ? zb_mail_fill (mail, &recipient, error) : NULL;
  if (bytes == NULL)
    return NULL;
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  return g_strndup (data, length);
}
