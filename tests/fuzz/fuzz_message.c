/* Any bytes as a mail: every text that comes out is UTF-8, and the tree is bounded. */
#include "zhoubao/edge/message.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_headers (GPtrArray *headers)
{
  for (guint i = 0; i < headers->len; i++) {
    const ZbHeader *header = g_ptr_array_index (headers, i);
    g_assert_true (g_utf8_validate (header->value, -1, NULL));
    g_auto (GStrv) addresses = zb_message_addresses (header->value);
    for (char **a = addresses; *a != NULL; a++)
      g_assert_true (g_utf8_validate (*a, -1, NULL));
    g_autofree char *id = zb_message_id (header->value);
    g_assert_true (id == NULL || *id != '\0');
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (ZbMessage) message = zb_message_parse (data, size, NULL);
  if (message == NULL)
    return 0;
  check_headers (message->headers);
  g_assert_cmpuint (message->parts->len, <=, ZB_MESSAGE_PARTS);
  for (guint i = 0; i < message->parts->len; i++) {
    const ZbPart *part = g_ptr_array_index (message->parts, i);
    check_headers (part->headers);
    g_assert_true (part->text == NULL || g_utf8_validate (part->text, -1, NULL));
    g_autoptr (GPtrArray) groups = part->text != NULL ? zb_header_groups (part->text) : NULL;
    for (guint g = 0; groups != NULL && g < groups->len; g++)
      check_headers (groups->pdata[g]);
  }
  return 0;
}
