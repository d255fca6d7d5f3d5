/* Any bytes as what a mail server says when it refuses: first line the status, second the command, the rest
   its words. A verdict always comes; an address is never dead by a passing refusal. */
#include "zhoubao/base/refusal.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  gboolean all = g_strv_length (lines) == 3;
  ZbRefusal refusal = {.status = all ? lines[0] : NULL,
                       .words = all ? lines[2] : text,
                       .around = size % 3 == 0 ? text : NULL,
                       .command = all && *lines[1] != '\0' ? lines[1] : NULL};
  for (refusal.passing = FALSE; refusal.passing <= TRUE; refusal.passing++) {
    g_auto (ZbVerdict) verdict = {0};
    zb_refusal_judge (&refusal, &verdict);
    g_assert_nonnull (zb_reason_code (verdict.reason));
    g_assert_false (refusal.passing && verdict.hard);
    g_assert_true (verdict.status == NULL || strchr ("245", verdict.status[0]) != NULL);
  }
  return 0;
}
