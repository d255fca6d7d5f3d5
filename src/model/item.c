/* Lifetime of an item. */
#include "zhoubao/model/item.h"

ZbItem *
zb_item_new (void)
{
  ZbItem *item = g_new0 (ZbItem, 1);
  item->published = item->fetched = ZB_TIME_NONE;
  item->signed_on = item->effective = item->comment_deadline = ZB_TIME_NONE;
  return item;
}

void
zb_item_free (ZbItem *i)
{
  char **texts[] = {&i->source,  &i->url,  &i->canonical, &i->title,  &i->author,  &i->language,
                    &i->summary, &i->text, &i->number,    &i->issuer, &i->evidence};
  for (guint n = 0; n < G_N_ELEMENTS (texts); n++)
    g_clear_pointer (texts[n], g_free);
  g_free (i);
}

const char *
zb_item_state_name (ZbItemState state)
{
  static const char *const names[] = {"open", "picked", "briefed", "rejected"};
  return names[state];
}

ZbTime
zb_item_time (const ZbItem *item)
{
  return item->published != ZB_TIME_NONE ? item->published : item->fetched;
}
