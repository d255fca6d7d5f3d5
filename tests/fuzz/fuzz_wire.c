/* Any bytes as what a parse worker answers: refused with words, or a struct that travels unchanged. */
#include "zhoubao/model/extract.h"

#include "zhoubao/model/found.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_table (const ZbWireTable *table, const guint8 *data, gsize size)
{
  const ZbWireLimits limits = {4096, 64};
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new (), again = g_byte_array_new ();
  gpointer thing = zb_wire_read (table, data, size, &limits, &error);
  g_assert_true ((thing == NULL) == (error != NULL));
  if (thing == NULL)
    return;
  zb_wire_write (table, thing, bytes);
  gpointer back = zb_wire_read (table, bytes->data, bytes->len, &limits, &error);
  g_assert_no_error (error);
  zb_wire_write (table, back, again);
  g_assert_cmpmem (bytes->data, bytes->len, again->data, again->len);
  table->free (thing);
  table->free (back);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  check_table (&zb_feed_wire, data, size);
  check_table (&zb_page_wire, data, size);
  check_table (&zb_found_wire, data, size);
  return 0;
}
