/* Any texts as a mail that goes out: refused, or fit for the wire and the same when read back. The first line
   is subject and name, the rest both bodies. */
#include "zhoubao/edge/message.h"
#include "zhoubao/edge/mime.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_wire (const char *raw, gsize size)
{
  gsize column = 0;
  for (gsize i = 0; i < size; i++) {
    g_assert_true (raw[i] > 0);
    g_assert_true (raw[i] != '\n' || (i > 0 && raw[i - 1] == '\r'));
    g_assert_true (raw[i] != '\r' || (i + 1 < size && raw[i + 1] == '\n'));
    column = raw[i] == '\n' ? 0 : column + 1;
    g_assert_cmpuint (column, <=, 999);
  }
}

static char *
with_lf (const char *text)
{
  g_autoptr (GString) all = g_string_new (text);
  g_string_replace (all, "\r\n", "\n", 0);
  g_string_replace (all, "\r", "\n", 0);
  if (!g_str_has_suffix (all->str, "\n"))
    g_string_append_c (all, '\n');
  return g_strdup (all->str);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *stop = memchr (data, '\n', size);
  gsize first = stop != NULL ? (gsize)(stop - data) : size;
  g_autofree char *line = g_strndup ((const char *)data, first);
  g_autofree char *body = g_strndup ((const char *)data + first, size - first);
  ZbMimeDraft draft = {
      .from = {line, "weekly@example.org"}, .subject = line, .text = body, .html = body, .date = 1};
  ZbMimeRecipient r = {.to = {line, "a@example.org"},
                       .message_id = "id@example.org",
                       .unsubscribe_url = "https://example.org/u",
                       .values = {line, "a@example.org", "https://example.org/u", "https://example.org/p"}};
  g_autoptr (GBytes) bytes = zb_mime_build (&draft, &r, NULL);
  if (bytes == NULL)
    return 0;
  check_wire (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (ZbMessage) read =
      zb_message_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  g_assert_nonnull (read);
  g_assert_cmpuint (read->parts->len, ==, 2);
  g_autofree char *want = with_lf (body);
  if (strchr (body, '\x02') == NULL)
    g_assert_cmpstr (zb_message_text (read, "text/plain"), ==, want);
  return 0;
}
