/* Other articles on the page: teasers, whose headings are links, and whole ones that follow the first. */
#include "page_read.h"
#include "page_title.h"

/* The largest element around HEADING that has no other heading. */
static ZbNode *
own_part (ZbScale *scale, ZbNode *heading)
{
  ZbNode *part = heading;
  for (ZbNode *up = zb_node_parent (part); up != NULL && zb_scale_weight (scale, up)->headings == 1;
       up = zb_node_parent (up))
    part = up;
  return part;
}

static void
mark_other (ZbScale *scale, ZbNode *node)
{
  if (zb_node_mark (node) != 0)
    zb_scale_weigh (scale, node)->hints |= ZB_HINT_OTHER;
}

static void
mark_teasers (ZbScale *scale)
{
  for (ZbNode *node = scale->root; node != NULL; node = zb_node_follow (node, scale->root)) {
    const ZbWeight *w =
        zb_page_is_heading (node) && node != scale->title ? zb_scale_weight (scale, node) : NULL;
    if (w != NULL && w->length > 15 && w->link >= w->length)
      mark_other (scale, own_part (scale, node));
  }
}

/* Where one <article> has the title, those beside it are others. */
static void
mark_articles (ZbScale *scale)
{
  const ZbNode *own = scale->title;
  while (own != NULL && !zb_node_is (own, "article"))
    own = zb_node_parent (own);
  for (ZbNode *node = scale->root; node != NULL && own != NULL; node = zb_node_follow (node, scale->root))
    if (zb_node_is (node, "article") && !zb_node_is_inside (node, own) && !zb_node_is_inside (own, node))
      mark_other (scale, node);
}

void
zb_scale_find_others (ZbScale *scale)
{
  mark_teasers (scale);
  mark_articles (scale);
}
