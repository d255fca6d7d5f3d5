/* Any bytes, whose first line is a Content-Type, as a posted form: fields are UTF-8, and the first of a name
   is the one that is asked for. */
#include "httpd_form.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const names[] = {"a", "name", "file", ""};
  const guint8 *stop = memchr (data, '\n', size);
  gsize first = stop != NULL ? (gsize)(stop - data) + 1 : 0;
  g_autofree char *type = first > 0 ? g_strndup ((const char *)data, first - 1) : NULL;
  g_autoptr (GBytes) body = g_bytes_new (data + first, size - first);
  ZbForm *form = zb_form_parse (type, body);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = zb_form_get (form, names[i]);
    g_auto (GStrv) all = zb_form_get_all (form, names[i]);
    g_assert_true (value == NULL || g_utf8_validate (value, -1, NULL));
    g_assert_cmpstr (value, ==, all != NULL ? all[0] : NULL);
    GBytes *file = zb_form_file (form, names[i]);
    g_assert_true (file == NULL || g_bytes_get_size (file) <= size);
  }
  zb_form_free (form);
  return 0;
}
