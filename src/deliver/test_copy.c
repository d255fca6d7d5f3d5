/* One mail outside of any mailing, so neither counted nor sent again: a copy to try, a notice to one person.
 */
#include "send_private.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/edge/secret.h"

typedef struct {
  ZbSmtpMessage message;
  gboolean given, sent;
  char *words;
} Copy;

static gboolean
give (ZbSmtpMessage *message, gpointer data)
{
  Copy *copy = data;
  *message = copy->message;
  gboolean first = !copy->given;
  copy->given = TRUE;
  return first;
}

static gboolean
go (const ZbSmtpMessage *message, gpointer data)
{
  return TRUE;
}

static void
keep_result (const ZbSmtpMessage *message, const ZbSmtpResult *result, gpointer data)
{
  Copy *copy = data;
  copy->sent = result->outcome == ZB_SMTP_SENT;
  copy->words = g_strdup_printf ("%d %s", result->code, result->words);
}

static gboolean
send_copy (ZbLine *line, const char *from, const char *to, GBytes *bytes, char **where, GError **error)
{
  static const ZbSmtpCalls calls = {give, go, keep_result};
  Copy copy = {.message = {.from = from, .to = to, .bytes = bytes}};
  if (!zb_smtp_session (line->server, 1, &calls, &copy, error)) {
    g_free (copy.words);
    return FALSE;
  }
  if (copy.sent)
    *where = g_strdup_printf ("%s said %s", line->name, copy.words);
  else
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s did not take the copy: %s", line->name, copy.words);
  g_free (copy.words);
  return copy.sent;
}

static GBytes *
fill (ZbWorkspace *workspace, const ZbMail *mail, const char *to, const char *message_id, GError **error)
{
  g_autofree char *unsubscribe = g_strconcat (workspace->config->base_url, "/unsubscribe/test", NULL);
  g_autofree char *preferences = g_strconcat (workspace->config->base_url, "/preferences/test", NULL);
  ZbMailRecipient recipient = {.address = to,
                               .message_id = message_id,
                               .unsubscribe_url = unsubscribe,
                               .preferences_url = preferences};
  return zb_mail_fill (mail, &recipient, error);
}

/* (transfer full) */
static GBytes *
sign (ZbWorkspace *workspace, const ZbMail *mail, GBytes *bytes, GError **error)
{
  g_autoptr (ZbDkim) dkim = NULL;
  if (!zb_signing_open (workspace, mail, &dkim, error))
    return NULL;
  return dkim != NULL ? zb_dkim_sign (dkim, bytes, error) : g_bytes_ref (bytes);
}

/* Hands BYTES to the first relay, or puts them into outbox/. */
static gboolean
hand_over (ZbWorkspace *workspace, const char *to, const char *message_id, GBytes *bytes, char **where,
           GError **error)
{
  g_autoptr (GPtrArray) lines = zb_lines_new (workspace, error);
  if (lines == NULL)
    return FALSE;
  ZbLine *line = lines->pdata[0];
  if (line->server != NULL)
    return send_copy (line, workspace->config->bounce_address, to, bytes, where, error);
  g_autofree char *outbox = zb_workspace_path (workspace, "outbox");
  return zb_outbox_write (outbox, message_id, bytes, where, error);
}

static char *
new_message_id (ZbWorkspace *workspace, const char *kind)
{
  g_autofree char *tag = zb_secret_token (16);
  return g_strdup_printf ("%s-%s@%s", kind, tag, zb_mailbox_domain (workspace->config->sender_address));
}

gboolean
zb_send_test (ZbWorkspace *workspace, const ZbMail *mail, const char *address, ZbTime now, char **where,
              GError **error)
{
  g_autofree char *to = NULL;
  if (!zb_mailbox_parse (address, &to, error))
    return FALSE;
  g_autofree char *message_id = new_message_id (workspace, "test");
  g_autoptr (GBytes) filled = fill (workspace, mail, to, message_id, error);
  g_autoptr (GBytes) bytes = filled != NULL ? sign (workspace, mail, filled, error) : NULL;
  return bytes != NULL && hand_over (workspace, to, message_id, bytes, where, error);
}

gboolean
zb_send_notice (ZbWorkspace *workspace, const ZbMail *mail, const char *address, char **where, GError **error)
{
  g_autofree char *message_id = new_message_id (workspace, "notice");
  ZbMailRecipient recipient = {.address = address, .message_id = message_id};
  g_autoptr (GBytes) filled = zb_mail_fill (mail, &recipient, error);
  g_autoptr (GBytes) bytes = filled != NULL ? sign (workspace, mail, filled, error) : NULL;
  return bytes != NULL && hand_over (workspace, address, message_id, bytes, where, error);
}
