/* Any text as a network address and as a block of them: what is read is written back the same, and lies in
   its own block. */
#include "zhoubao/base/address.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_address (const char *text)
{
  ZbAddress address, again;
  if (!zb_address_parse (text, &address))
    return;
  g_autofree char *written = zb_address_to_text (&address);
  g_assert_true (zb_address_parse (written, &again));
  g_assert_cmpmem (address.bytes, address.length, again.bytes, again.length);
  (void)zb_address_reserved (&address); /* either answer is right; that it comes is the test */
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)size);
  ZbAddressBlock block;
  g_autoptr (GError) error = NULL;
  check_address (text);
  if (zb_address_block_parse (text, &block, &error))
    g_assert_true (zb_address_block_has (&block, &block.address));
  else
    g_assert_nonnull (error);
  return 0;
}
