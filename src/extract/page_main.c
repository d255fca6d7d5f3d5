/* The element that holds the main text, and what is cut out of it. */
#include "page_read.h"

static ZbNode *
worthiest_child (const ZbScale *scale, const ZbNode *node)
{
  ZbNode *best = NULL;
  for (ZbNode *child = zb_node_first_element (node); child != NULL; child = zb_node_next_element (child))
    if (zb_node_mark (child) != 0 &&
        (best == NULL || zb_scale_weight (scale, child)->worth > zb_scale_weight (scale, best)->worth))
      best = child;
  return best;
}

/* The positive worth of the children of NODE other than BEST. */
static double
worth_beside (const ZbScale *scale, const ZbNode *node, const ZbNode *best)
{
  double sum = 0;
  for (ZbNode *child = zb_node_first_element (node); child != NULL; child = zb_node_next_element (child))
    if (child != best && zb_node_mark (child) != 0)
      sum += MAX (0, zb_scale_weight (scale, child)->worth);
  return sum;
}

ZbNode *
zb_page_find_main (ZbScale *scale)
{
  ZbNode *node = scale->root;
  for (;;) {
    ZbNode *best = worthiest_child (scale, node);
    if (best == NULL)
      return node;
    double worth = zb_scale_weight (scale, best)->worth;
    if (worth <= 0 || worth_beside (scale, node, best) > 0.2 * worth)
      return node;
    node = best;
  }
}

/* --- cutting --- */

static gboolean
is_list_of_links (const ZbNode *node, const ZbWeight *w)
{
  static const char *const names[] = {"ul",    "ol",      "dl", "div",  "section",
                                      "table", "article", "li", "form", NULL};
  return g_strv_contains (names, zb_node_name (node)) && w->length > 0 && w->link > 0.6 * w->length &&
         w->prose == 0;
}

static gboolean
is_aside (const ZbNode *node, const ZbWeight *w, const ZbWeight *all)
{
  if (w->hints & (ZB_HINT_ASIDE | ZB_HINT_COMMENT | ZB_HINT_HIDDEN))
    return TRUE;
  if (w->hints & ZB_HINT_CAPTION)
    return w->length < 600;
  if (w->hints & ZB_HINT_BYLINE)
    return w->length < 200;
  return is_list_of_links (node, w);
}

void
zb_page_prune (ZbScale *scale, ZbNode *top)
{
  const ZbWeight *all = zb_scale_weight (scale, top);
  for (ZbNode *node = zb_node_first (top), *next; node != NULL; node = next) {
    gboolean cut = zb_node_mark (node) != 0 && is_aside (node, zb_scale_weight (scale, node), all);
    next = cut ? zb_node_skip (node, top) : zb_node_follow (node, top);
    if (cut)
      zb_node_remove (node);
  }
}
