/* Any text as XML that is none: starts and ends are told in pairs, and never deeper than was asked for. */
#include "xml_loose.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct {
  guint depth, deepest;
} Seen;

static void
on_start (gpointer data, const ZbXmlName *name, const ZbXmlAttribute *attributes, guint n)
{
  Seen *seen = data;
  g_assert_nonnull (name->name);
  seen->depth++;
  seen->deepest = MAX (seen->deepest, seen->depth);
  for (guint i = 0; i < n; i++) {
    g_autofree char *value = zb_xml_attribute_value (attributes, n, attributes[i].name.name);
    g_assert_true (value != NULL && g_utf8_validate (value, -1, NULL));
  }
}

static void
on_end (gpointer data)
{
  Seen *seen = data;
  g_assert_cmpuint (seen->depth, >, 0);
  seen->depth--;
}

static void
on_text (gpointer data, const char *text, gsize length)
{
  g_assert_true (g_utf8_validate (text, (gssize)length, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const ZbXmlEvents events = {on_start, on_end, on_text};
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)size);
  Seen seen = {0, 0};
  zb_xml_loose (text, strlen (text), 16, &events, &seen);
  g_assert_cmpuint (seen.depth, ==, 0);
  g_assert_cmpuint (seen.deepest, <=, 16);
  return 0;
}
