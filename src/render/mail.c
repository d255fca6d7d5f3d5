/* What all copies of a mail share, as JSON that can be kept and read again. */
#include "zhoubao/render/mail.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/json.h"

#define FROZEN_VERSION 1
#define FROZEN_MAX (64 << 20)

struct ZbMail {
  JsonNode *frozen; /* an object; the draft's texts are borrowed from it */
  GTimeZone *zone;
  gint64 limit; /* bytes */
  ZbMimeForm *form;
};

/* The texts of a draft, by the names that they are kept under. */
typedef struct {
  const char *name;
  gsize offset; /* of a const char * in ZbMimeDraft */
} Text;

#define TEXT(name, member)                                                                                   \
  {                                                                                                          \
    name, G_STRUCT_OFFSET (ZbMimeDraft, member)                                                              \
  }

static const Text texts[] = {
    TEXT ("from_name", from.name),
    TEXT ("from", from.address),
    TEXT ("reply_to", reply_to.address),
    TEXT ("subject", subject),
    TEXT ("list_id", list_id),
    TEXT ("list_name", list_name),
    TEXT ("archive_url", archive_url),
    TEXT ("language", language),
    TEXT ("text", text),
    TEXT ("html", html),
};

void
zb_mail_free (ZbMail *mail)
{
  g_clear_pointer (&mail->form, zb_mime_form_free);
  g_clear_pointer (&mail->zone, g_time_zone_unref);
  g_clear_pointer (&mail->frozen, json_node_unref);
  g_free (mail);
}

/* FROZEN (transfer full) becomes a mail: the one road, for a new one too. */
static ZbMail *
mail_from (JsonNode *frozen, GError **error)
{
  g_autoptr (ZbMail) mail = g_new0 (ZbMail, 1);
  mail->frozen = frozen;
  JsonObject *object = json_node_get_object (frozen);
  ZbMimeDraft draft = {.date = zb_json_get_int (object, "date", 0),
                       .bulk = !json_object_get_boolean_member_with_default (object, "notice", FALSE),
                       .automatic = json_object_get_boolean_member_with_default (object, "notice", FALSE)};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (const char *, &draft, texts[i].offset) = zb_json_get_text (object, texts[i].name);
  mail->limit = zb_json_get_int (object, "limit", 0);
  const char *zone = zb_json_get_text (object, "zone");
  mail->zone = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  draft.zone = mail->zone;
  if (draft.from.address == NULL || draft.subject == NULL || draft.text == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID,
                         "the kept mail lacks its sender, subject or text");
    return NULL;
  }
  mail->form = zb_mime_form_new (&draft, error);
  return mail->form != NULL ? g_steal_pointer (&mail) : NULL;
}

static gboolean
check_sender (const ZbConfig *config, char **address, char **reply, GError **error)
{
  gboolean ok = zb_mailbox_parse (config->sender_address, address, error) &&
                zb_mailbox_check_name (config->sender_name, error) &&
                (config->reply_to == NULL || zb_mailbox_parse (config->reply_to, reply, error));
  if (!ok)
    g_prefix_error (error, "sender: ");
  return ok;
}

ZbMail *
zb_mail_new (const ZbConfig *config, const ZbMailContent *content, GError **error)
{
  g_autofree char *address = NULL, *reply = NULL;
  if (!check_sender (config, &address, &reply, error))
    return NULL;
  ZbMimeDraft draft = {.from = {config->sender_name, address},
                       .reply_to = {NULL, reply},
                       .subject = content->subject,
                       .list_id = content->notice ? NULL : config->list_id,
                       .list_name = content->notice ? NULL : config->title,
                       .archive_url = content->notice ? NULL : config->base_url,
                       .language = config->language,
                       .text = content->text,
                       .html = content->html};
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_int (b, "version", FROZEN_VERSION);
  zb_json_int (b, "limit", config->limits.mail_bytes);
  zb_json_int (b, "date", content->date);
  zb_json_bool (b, "notice", content->notice);
  zb_json_text (b, "zone", config->timezone);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    zb_json_text (b, texts[i].name, G_STRUCT_MEMBER (const char *, &draft, texts[i].offset));
  json_builder_end_object (b);
  return mail_from (json_builder_get_root (b), error);
}

ZbTime
zb_mail_date (const ZbMail *mail)
{
  return zb_json_get_int (json_node_get_object (mail->frozen), "date", 0);
}

GBytes *
zb_mail_freeze (const ZbMail *mail)
{
  char *text = json_to_string (mail->frozen, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

ZbMail *
zb_mail_thaw (GBytes *frozen, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (frozen, &size);
  g_autoptr (JsonNode) node = zb_json_parse (text, size, FROZEN_MAX, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node) ||
      zb_json_get_int (json_node_get_object (node), "version", 0) != FROZEN_VERSION) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "the kept mail is of another version of zhoubao");
    return NULL;
  }
  return mail_from (g_steal_pointer (&node), error);
}

static gboolean
check_recipient (const ZbMailRecipient *recipient, GError **error)
{
  g_autofree char *address = NULL;
  return zb_mailbox_parse (recipient->address, &address, error) &&
         zb_mailbox_check_name (recipient->name, error);
}

GBytes *
zb_mail_fill (const ZbMail *mail, const ZbMailRecipient *recipient, GError **error)
{
  if (!check_recipient (recipient, error))
    return NULL;
  ZbMimeRecipient r = {.to = {recipient->name, recipient->address},
                       .message_id = recipient->message_id,
                       .unsubscribe_url = recipient->unsubscribe_url,
                       .values = {[ZB_MIME_NAME] = recipient->name,
                                  [ZB_MIME_ADDRESS] = recipient->address,
                                  [ZB_MIME_UNSUBSCRIBE] = recipient->unsubscribe_url,
                                  [ZB_MIME_PREFERENCES] = recipient->preferences_url},
                       .text_only = recipient->text_only};
  g_autoptr (GBytes) bytes = zb_mime_form_fill (mail->form, &r, error);
  if (bytes == NULL || (gint64)g_bytes_get_size (bytes) <= mail->limit)
    return g_steal_pointer (&bytes);
  g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT,
               "the mail has %" G_GSIZE_FORMAT " bytes, over the limit mail_bytes of %" G_GINT64_FORMAT,
               g_bytes_get_size (bytes), mail->limit);
  return NULL;
}
