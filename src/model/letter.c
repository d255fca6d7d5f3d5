/* Lifetime of a mail that was read. */
#include "zhoubao/model/letter.h"

ZbLetter *
zb_letter_new (void)
{
  ZbLetter *letter = g_new0 (ZbLetter, 1);
  letter->date = ZB_TIME_NONE;
  return letter;
}

void
zb_letter_free (ZbLetter *l)
{
  g_free (l->subject);
  g_free (l->from);
  g_free (l->to);
  g_free (l->message_id);
  g_free (l->text);
  g_free (l->html);
  g_free (l);
}
