/* Any bytes as a mail address: what is accepted is fit for SMTP, and accepted again as it is. */
#include "zhoubao/base/mailbox.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size), *address = NULL, *again = NULL;
  g_autoptr (GError) error = NULL;
  if (!zb_mailbox_parse (text, &address, &error)) {
    g_assert_null (strpbrk (error->message, "\r\n"));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_true (g_str_is_ascii (address));
  g_assert_cmpuint (strlen (address), <=, ZB_MAILBOX_MAX);
  g_assert_null (strpbrk (address, "\r\n<> \t"));
  g_assert_true (zb_mailbox_parse (address, &again, NULL));
  g_assert_cmpstr (again, ==, address);
  g_autofree char *mask = zb_mailbox_mask (address), *key = zb_mailbox_key (address);
  g_assert_true (g_utf8_validate (mask, -1, NULL));
  g_assert_true (zb_mailbox_check_name (NULL, NULL));
  return 0;
}
