/* The element that holds the main text, and what is cut out of it. */
#include "page_read.h"
#include "page_title.h"

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

/* What NODE is worth without BEST: its other children that bring anything, and lines of its own. */
static double
worth_beside (const ZbScale *scale, const ZbNode *node, const ZbNode *best)
{
  return zb_scale_weight (scale, node)->worth - zb_scale_weight (scale, best)->worth;
}

/* Whether the worth beside BEST is also said to be the text: an article in several parts. */
static gboolean
has_body_beside (const ZbScale *scale, const ZbNode *node, const ZbNode *best)
{
  for (ZbNode *child = zb_node_first_element (node); child != NULL; child = zb_node_next_element (child))
    if (child != best && zb_scale_weight (scale, child)->body > 0.1 * zb_scale_weight (scale, best)->worth)
      return TRUE;
  return FALSE;
}

/* How much worth may be left beside BEST when going down to it, as a share of its own. */
static double
tolerance (const ZbScale *scale, const ZbNode *node, const ZbNode *best)
{
  const ZbWeight *w = zb_scale_weight (scale, best);
  return w->body > 0.6 * w->worth && !has_body_beside (scale, node, best) ? 1.0 : 0.2;
}

/* The innermost <article> or <main> around the title, if it has its share of the text; else all of the page.
 */
static ZbNode *
find_start (const ZbScale *scale)
{
  double all = zb_scale_weight (scale, scale->root)->worth;
  for (ZbNode *node = scale->title; node != NULL; node = zb_node_parent (node)) {
    double worth = zb_scale_weight (scale, node)->worth;
    if ((zb_node_is (node, "article") || zb_node_is (node, "main")) && (worth > 1500 || worth > 0.25 * all))
      return node;
  }
  return scale->root;
}

/* An article of one paragraph is still what is around that. */
static gboolean
is_line (const ZbNode *node)
{
  static const char *const names[] = {"p",    "pre",  "li",     "dd", "dt", "figcaption", "a",
                                      "span", "font", "strong", "b",  "em", NULL};
  return g_strv_contains (names, zb_node_name (node)) || zb_page_is_heading (node);
}

ZbNode *
zb_page_find_main (ZbScale *scale)
{
  ZbNode *node = find_start (scale);
  for (;;) {
    ZbNode *best = worthiest_child (scale, node);
    double worth = best != NULL ? zb_scale_weight (scale, best)->worth : 0;
    if (worth <= 0 || (is_line (best) && zb_scale_weight (scale, best)->paragraphs <= 1) ||
        worth_beside (scale, node, best) > tolerance (scale, node, best) * worth)
      return node;
    node = best;
  }
}

/* --- cutting --- */

/* Lists of links to the same site are ways through it; those to others may be what the text is about. */
static gboolean
is_list_of_links (const ZbNode *node, const ZbWeight *w)
{
  static const char *const names[] = {"ul", "ol", "dl", "div", "section", "table", "article", "form", NULL};
  return g_strv_contains (names, zb_node_name (node)) && w->length > 0 && w->own_link > 0.6 * w->length &&
         w->prose == 0;
}

static gboolean
is_aside (const ZbNode *node, const ZbWeight *w)
{
  if (w->hints & ZB_HINTS_OUT)
    return TRUE;
  if (w->hints & ZB_HINT_CAPTION)
    return w->length < 600;
  if (w->hints & ZB_HINT_BYLINE)
    return w->length < 200;
  return is_list_of_links (node, w);
}

/* What stands inside a line has not been weighed: names alone speak of it. */
static gboolean
is_inline_aside (const ZbNode *node)
{
  static const char *const names[] = {"span", "small", "em", "i", "cite", "label", "time", "a", NULL};
  ZbHint hints = g_strv_contains (names, zb_node_name (node)) ? zb_page_hints (node) : ZB_HINT_NONE;
  if (!(hints & (ZB_HINT_ASIDE | ZB_HINT_HIDDEN | ZB_HINT_CAPTION)) || (hints & ZB_HINT_BODY))
    return FALSE;
  g_autofree char *text = zb_node_squeezed (node);
  return strlen (text) < 300;
}

void
zb_page_prune (ZbScale *scale, ZbNode *top)
{
  for (ZbNode *node = zb_node_first (top), *next; node != NULL; node = next) {
    gboolean cut =
        zb_node_mark (node) != 0 ? is_aside (node, zb_scale_weight (scale, node)) : is_inline_aside (node);
    next = cut ? zb_node_skip (node, top) : zb_node_follow (node, top);
    if (cut)
      zb_node_remove (node);
  }
}
