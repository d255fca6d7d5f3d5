/* Any bytes as HTML from anywhere: what comes out is UTF-8, holds no script, and is the same when it is read
   once more. */
#include "zhoubao/extract/html.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What must stand in no markup of ours; text is escaped, so that these can be tags and attributes alone. */
static const char *const forbidden[] = {"<script", "<style", "<iframe", "<svg",  "<math",
                                        "<form",   "<!--",   "<object", "<base", "=\"javascript:"};

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *html = (const char *)data;
  g_autofree char *safe = zb_html_to_safe (html, (gssize)size, "https://example.org/a/");
  g_autofree char *markdown = zb_html_to_markdown (html, (gssize)size, NULL);
  g_autofree char *text = zb_html_to_text (html, (gssize)size, NULL);
  g_autofree char *line = zb_html_to_line (html, (gssize)size);
  g_assert_true (g_utf8_validate (safe, -1, NULL) && g_utf8_validate (markdown, -1, NULL));
  g_assert_true (g_utf8_validate (text, -1, NULL) && g_utf8_validate (line, -1, NULL));
  g_assert_null (strchr (line, '\n'));
  g_autofree char *lower = g_ascii_strdown (safe, -1);
  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
    g_assert_null (strstr (lower, forbidden[i]));
  return 0;
}
