/* Any text as an official document, its first line the title: the facts are UTF-8, cited titles
   are not empty, and each 《 within one has its 》. */
#include "zhoubao/extract/document.h"
#include "zhoubao/extract/job.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
is_whole (const char *title)
{
  int depth = 0;
  for (const char *p = title; *p != '\0' && depth >= 0; p = g_utf8_next_char (p))
    depth += (g_utf8_get_char (p) == 0x300a) - (g_utf8_get_char (p) == 0x300b);
  return *title != '\0' && depth == 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)size);
  g_autofree char *title = g_strndup (text, strcspn (text, "\n"));
  char *labels[ZB_LABELS] = {NULL};
  ZbTime now = zb_time_from_rfc3339 ("2017-07-03T09:00:00Z");
  ZbDocumentQuery query = {labels, title, text, now, {now, "Asia/Shanghai"}};
  g_autoptr (ZbPage) page = zb_page_new ();
  zb_document_read (&query, &page->document);
  const ZbDocumentFacts *facts = &page->document;
  g_assert_true (facts->number == NULL || g_utf8_validate (facts->number, -1, NULL));
  g_assert_true (facts->issuer == NULL || g_utf8_validate (facts->issuer, -1, NULL));
  for (char **c = facts->cited; c != NULL && *c != NULL; c++)
    g_assert_true (g_utf8_validate (*c, -1, NULL) && is_whole (*c));
  return 0;
}
