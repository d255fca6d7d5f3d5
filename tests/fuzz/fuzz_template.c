/* Any bytes as a Mustache template that includes itself: it is refused, or renders the same each time. */
#include "zhoubao/base/template.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char context_text[] =
    "{\"a\":{\"b\":\"<x>\",\"c\":[1,2.5,true,null]},\"l\":[\"p\",\"q\"],\"t\":true,\"f\":false,\"n\":null}";

static const ZbTemplate *
find (const char *name, gpointer data, GError **error)
{
  return *name == 'm' ? data : NULL;
}

static char *
render (ZbTemplate *tpl, const ZbViewNode *context, gboolean strict)
{
  ZbTemplateOptions options = {.find = find, .data = tpl, .strict = strict};
  GString *out = g_string_new (NULL);
  gboolean ok = zb_template_render (tpl, context, &options, out, NULL);
  return g_string_free (out, !ok);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  /* Lists around tags that include the template again multiply: 2^64 is nobody's crash. */
  if (size > 200)
    return 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbTemplate) tpl = zb_template_parse ("m", (const char *)data, (gssize)size, &error);
  g_assert_true ((tpl == NULL) == (error != NULL));
  if (tpl == NULL)
    return 0;
  g_autoptr (JsonNode) json = json_from_string (context_text, NULL);
  g_autoptr (ZbView) view = zb_view_new ();
  zb_view_add_json (view, json);
  const ZbViewNode *context = zb_view_root (view);
  for (int strict = 0; strict < 2; strict++) {
    g_autofree char *first = render (tpl, context, strict == 1), *second = render (tpl, context, strict == 1);
    g_assert_cmpstr (first, ==, second);
    g_assert_true (first == NULL || g_utf8_validate (first, -1, NULL));
  }
  return 0;
}
