/* One recipient's message with what goes around it. */
#include "send_private.h"

#include "zhoubao/deliver/link.h"

gboolean
zb_envelope_fill (ZbEnvelope *envelope, const ZbSendRun *run, const ZbDelivery *delivery, GError **error)
{
  const ZbConfig *config = run->workspace->config;
  g_autofree char *unsubscribe =
      zb_link_url (run->link_key, config->base_url, "unsubscribe", delivery->person);
  g_autofree char *preferences =
      zb_link_url (run->link_key, config->base_url, "preferences", delivery->person);
  ZbMailRecipient recipient = {.name = delivery->name,
                               .address = delivery->address,
                               .message_id = delivery->message_id,
                               .unsubscribe_url = unsubscribe,
                               .preferences_url = preferences,
                               .text_only = delivery->text_only};
  g_autoptr (GBytes) filled = zb_mail_fill (run->mail, &recipient, error);
  envelope->bytes = filled == NULL || run->dkim == NULL ? g_steal_pointer (&filled)
                                                        : zb_dkim_sign (run->dkim, filled, error);
  if (envelope->bytes == NULL)
    return FALSE;
  envelope->envid = zb_delivery_token (run->key, delivery->id);
  envelope->return_path = zb_delivery_return_path (envelope->envid, config->bounce_address);
  return TRUE;
}

void
zb_envelope_clear (ZbEnvelope *envelope)
{
  g_clear_pointer (&envelope->return_path, g_free);
  g_clear_pointer (&envelope->envid, g_free);
  g_clear_pointer (&envelope->bytes, g_bytes_unref);
}
