/* Rendering an edition's mail and queueing it for its readers. */
#include "zhoubao/deliver/queue.h"

#include "zhoubao/base/mailbox.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/edge/smtp.h"
#include "zhoubao/store/person.h"
#include "zhoubao/store/reader.h"

ZbMail *
zb_queue_render (ZbRenderer *renderer, const ZbConfig *config, const ZbIssue *issue, ZbTime date,
                 GError **error)
{
  const ZbMailLinks links = {zb_mime_token (ZB_MIME_UNSUBSCRIBE), zb_mime_token (ZB_MIME_PREFERENCES)};
  g_autofree char *html = NULL, *text = NULL;
  if (!zb_renderer_mail (renderer, issue, &links, &html, &text, error))
    return NULL;
  ZbMailContent content = {.subject = issue->title, .text = text, .html = html, .date = date};
  return zb_mail_new (config, &content, error);
}

ZbMail *
zb_queue_compose (ZbWorkspace *workspace, const ZbIssue *issue, ZbTime now, GError **error)
{
  g_autoptr (ZbRenderer) renderer = zb_renderer_open (workspace, error);
  return renderer != NULL ? zb_queue_render (renderer, workspace->config, issue, now, error) : NULL;
}

static gboolean
next_reader (ZbMailingPerson *person, gpointer data, GError **error)
{
  return zb_reader_next (data, person, error);
}

gboolean
zb_queue_edition (ZbWorkspace *workspace, ZbDb *db, const ZbQueueOrder *order, ZbTime now, gint64 *count,
                  GError **error)
{
  ZbTime date = order->scheduled != ZB_TIME_NONE ? order->scheduled : now;
  g_autoptr (ZbMail) mail = zb_queue_compose (workspace, order->issue, date, error);
  g_autofree char *keys = zb_workspace_path (workspace, "data/keys");
  g_autoptr (GBytes) key = mail != NULL ? zb_secret_key (keys, "mail", error) : NULL;
  if (key == NULL)
    return FALSE;
  g_autoptr (GBytes) frozen = zb_mail_freeze (mail);
  ZbMailingDraft draft = {.issue = order->edition->name,
                          .frozen = frozen,
                          .scheduled = order->scheduled,
                          .key = key,
                          .domain = zb_mailbox_domain (workspace->config->sender_address),
                          .decision = order->decision};
  if (!zb_person_wake (db, now, NULL, error))
    return FALSE;
  g_autoptr (ZbReaders) readers = zb_readers_open (db, order->edition->kind);
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
zb_queue_try (ZbWorkspace *workspace, ZbDb *db, const ZbQueueOrder *order, ZbTime now, ZbQueueTrial *trial,
              GError **error)
{
  g_autoptr (ZbMail) mail = zb_queue_compose (workspace, order->issue, now, error);
  g_autoptr (ZbReaders) readers = zb_readers_open (db, order->edition->kind);
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
