/* Composing an issue's mail and queueing it for its readers. */
#include "zhoubao/deliver/queue.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/edge/smtp.h"
#include "zhoubao/render/renderer.h"
#include "zhoubao/store/issue_file.h"
#include "zhoubao/store/person.h"
#include "zhoubao/store/reader.h"

ZbMail *
zb_queue_compose (ZbWorkspace *workspace, ZbWeek week, ZbTime now, GError **error)
{
  const ZbConfig *config = workspace->config;
  const ZbMailLinks links = {zb_mime_token (ZB_MIME_UNSUBSCRIBE), zb_mime_token (ZB_MIME_PREFERENCES)};
  g_autofree char *file = zb_issue_file_path (workspace->root, week);
  g_autofree char *html = NULL, *text = NULL;
  if (!g_file_test (file, G_FILE_TEST_EXISTS)) {
    g_autofree char *name = zb_week_name (week);
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "the issue of %s is not published: there is no %s",
                 name, file);
    return NULL;
  }
  g_autoptr (ZbIssue) issue = zb_issue_file_read (file, config->limits.file_bytes, error);
  g_autoptr (ZbRenderer) renderer = issue != NULL ? zb_renderer_open (workspace, error) : NULL;
  if (renderer == NULL || !zb_renderer_mail (renderer, issue, &links, &html, &text, error))
    return NULL;
  ZbMailContent content = {.subject = issue->title, .text = text, .html = html, .date = now};
  return zb_mail_new (config, &content, error);
}

static gboolean
next_reader (ZbMailingPerson *person, gpointer data, GError **error)
{
  return zb_reader_next (data, person, error);
}

gboolean
zb_queue_issue (ZbWorkspace *workspace, ZbDb *db, ZbWeek week, ZbTime scheduled, ZbTime now, gint64 *count,
                GError **error)
{
  g_autoptr (ZbMail) mail =
      zb_queue_compose (workspace, week, scheduled != ZB_TIME_NONE ? scheduled : now, error);
  g_autofree char *keys = zb_workspace_path (workspace, "data/keys");
  g_autoptr (GBytes) key = mail != NULL ? zb_secret_key (keys, "mail", error) : NULL;
  if (key == NULL)
    return FALSE;
  g_autofree char *issue = zb_week_name (week);
  g_autoptr (GBytes) frozen = zb_mail_freeze (mail);
  ZbMailingDraft draft = {.issue = issue,
                          .frozen = frozen,
                          .scheduled = scheduled,
                          .key = key,
                          .domain = zb_mailbox_domain (workspace->config->sender_address)};
  if (!zb_person_wake (db, now, NULL, error))
    return FALSE;
  g_autoptr (ZbReaders) readers = zb_readers_open (db);
  return zb_mailing_queue (db, &draft, next_reader, readers, now, count, error);
}

/* The message as PERSON would get it; links and Message-ID have the length of real ones. */
static GBytes *
fill_for (ZbWorkspace *workspace, const ZbMail *mail, const ZbMailingPerson *person, GError **error)
{
  g_autofree char *url =
      g_strconcat (workspace->config->base_url, "/unsubscribe/aaaaaaaaaaaaaaaaaaaaaaaa", NULL);
  g_autofree char *id = g_strconcat ("aaaaaaaaaaaaaaaaaaaaaaaaaa@",
                                     zb_mailbox_domain (workspace->config->sender_address), NULL);
  ZbMailRecipient recipient = {.name = person->name,
                               .address = person->address,
                               .message_id = id,
                               .unsubscribe_url = url,
                               .preferences_url = url,
                               .text_only = person->text_only};
  g_autoptr (GBytes) bytes = zb_mail_fill (mail, &recipient, error);
  return bytes != NULL && zb_smtp_check_bytes (bytes, error) ? g_steal_pointer (&bytes) : NULL;
}

gboolean
zb_queue_try (ZbWorkspace *workspace, ZbDb *db, ZbWeek week, ZbTime now, ZbQueueTrial *trial, GError **error)
{
  g_autoptr (ZbMail) mail = zb_queue_compose (workspace, week, now, error);
  g_autoptr (ZbReaders) readers = zb_readers_open (db);
  g_autoptr (GError) why = NULL;
  ZbMailingPerson person = {0};
  if (mail == NULL)
    return FALSE;
  while (zb_reader_next (readers, &person, &why)) {
    g_autoptr (GError) refusal = NULL;
    g_autoptr (GBytes) bytes = fill_for (workspace, mail, &person, &refusal);
    trial->good += bytes != NULL;
    trial->bad += bytes == NULL;
    if (bytes != NULL)
      trial->bytes = MAX (trial->bytes, (gint64)g_bytes_get_size (bytes));
    else if (trial->why == NULL)
      trial->why = g_strdup (refusal->message);
  }
  if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  return why == NULL;
}
