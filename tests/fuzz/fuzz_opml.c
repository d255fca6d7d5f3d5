/* Any bytes as OPML: what was read is written, and read again as the same. */
#include "zhoubao/store/opml.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  guint passed_over = 0;
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_free);
  g_autoptr (GPtrArray) again = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_free);
  if (!zb_opml_parse ((const char *)data, size, sources, &passed_over, &error)) {
    g_assert_nonnull (error);
    return 0;
  }
  g_autofree char *text = zb_opml_write (sources, "Sources");
  g_assert_true (zb_opml_parse (text, strlen (text), again, &passed_over, &error));
  g_assert_cmpuint (sources->len, ==, again->len);
  for (guint i = 0; i < sources->len; i++)
    g_assert_cmpstr (((ZbSource *)sources->pdata[i])->url, ==, ((ZbSource *)again->pdata[i])->url);
  return 0;
}
