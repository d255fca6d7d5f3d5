/* Any text as an official document, its first line the title: the facts are UTF-8, cited titles have no
 * marks. */
#include "zhoubao/extract/document.h"
#include "zhoubao/extract/job.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

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
    g_assert_true (g_utf8_validate (*c, -1, NULL) && !g_str_has_prefix (*c, "《"));
  return 0;
}
