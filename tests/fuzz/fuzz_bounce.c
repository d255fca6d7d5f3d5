/* Any bytes as a mail that came back: an answer always comes, and it is whole. */
#include "zhoubao/extract/bounce.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (ZbMessage) message = zb_message_parse (data, size, NULL);
  if (message == NULL)
    return 0;
  g_autoptr (ZbBounce) bounce = zb_bounce_read (message);
  g_assert_nonnull (bounce->returned_to);
  for (guint i = 0; i < bounce->recipients->len; i++) {
    const ZbBounceRecipient *r = g_ptr_array_index (bounce->recipients, i);
    g_assert_nonnull (r->address);
    g_assert_true (g_utf8_validate (r->address, -1, NULL));
    g_assert_true (r->diagnostic == NULL || g_utf8_validate (r->diagnostic, -1, NULL));
    g_assert_true (bounce->is_bounce || !r->hard || r->action != NULL);
  }
  return 0;
}
