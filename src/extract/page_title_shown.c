/* The title as a page shows it, where <title> has but its beginning or the site's name alone. */
#include "page_title.h"

#define TITLE_LEAST 8   /* characters of a heading that may stand for <title> */
#define TITLE_SHOWN 80  /* and at most */
#define SITE_CHARS 6    /* by which <title> may be the longer, for a site's name in it */
#define BIG_PIXELS 18.0 /* letters of that size are a title's */
#define BIG_POINTS 15.0

/* The longest run of characters that A and B share. */
static guint
shared_run (const char *a, const char *b)
{
  guint best = 0;
  for (const char *p = a; *p != '\0'; p = g_utf8_next_char (p))
    for (const char *q = b; *q != '\0'; q = g_utf8_next_char (q)) {
      const char *x = p, *y = q;
      guint n = 0;
      for (; *x != '\0' && g_utf8_get_char (x) == g_utf8_get_char (y); n++) {
        x = g_utf8_next_char (x);
        y = g_utf8_next_char (y);
      }
      best = MAX (best, n);
    }
  return best;
}

/* Big letters: <font size=5>, style="font-size:20px". */
static gboolean
is_big (const ZbNode *node)
{
  const char *size = zb_node_is (node, "font") ? zb_node_attribute (node, "size") : NULL;
  const char *style = zb_node_attribute (node, "style");
  if (size != NULL && (*size == '+' || g_ascii_strtoll (size, NULL, 10) >= 4))
    return TRUE;
  const char *at = style != NULL ? strstr (style, "font-size:") : NULL;
  char *unit = NULL;
  double value = at != NULL ? g_ascii_strtod (at + strlen ("font-size:"), &unit) : 0;
  return unit != NULL &&
         (g_str_has_prefix (unit, "px") ? value >= BIG_PIXELS
                                        : g_str_has_prefix (unit, "pt") && value >= BIG_POINTS);
}

/* Bold letters that are a centred line. */
static gboolean
is_bold_line (const ZbNode *node)
{
  const ZbNode *parent = zb_node_parent (node);
  if ((!zb_node_is (node, "b") && !zb_node_is (node, "strong")) || parent == NULL)
    return FALSE;
  const char *align = zb_node_attribute (parent, "align"), *style = zb_node_attribute (parent, "style");
  gboolean centred = zb_node_is (parent, "center") || g_strcmp0 (align, "center") == 0 ||
                     (style != NULL && g_regex_match_simple ("text-align:\\s*center", style, 0, 0));
  g_autofree char *own = zb_node_squeezed (node), *all = zb_node_squeezed (parent);
  return centred && g_str_equal (own, all);
}

static gboolean
is_called_title (const ZbNode *node)
{
  const char *class = zb_node_attribute (node, "class");
  return class != NULL && g_regex_match_simple ("(?:^|[ _-])(?:big|article|news|main|detail|con|text)?_?"
                                                "(?:big)?(?:title|tit|biaoti|bt|headline)(?:$|[ _-])",
                                                class, G_REGEX_CASELESS, 0);
}

static gboolean
holds_link (const ZbNode *node)
{
  for (const ZbNode *inner = node; inner != NULL; inner = zb_node_follow (inner, node))
    if (zb_node_is (inner, "a"))
      return TRUE;
  return zb_node_parent (node) != NULL && zb_node_is (zb_node_parent (node), "a");
}

/* How surely NODE is the heading of its page. */
typedef enum { RANK_NONE, RANK_BIG, RANK_CALLED, RANK_H1 } Rank;

static Rank
rank_of (const ZbNode *node, gboolean of_site)
{
  if (zb_node_is (node, "h1"))
    return RANK_H1;
  if (!of_site || !zb_node_is_element (node))
    return RANK_NONE;
  if (is_called_title (node))
    return RANK_CALLED;
  return (is_big (node) || is_bold_line (node)) && !holds_link (node) ? RANK_BIG : RANK_NONE;
}

/* TEXT can stand for TITLE. */
static gboolean
is_better (const char *text, const char *title, gboolean of_site, Rank rank)
{
  glong length = g_utf8_strlen (text, -1);
  if (length < TITLE_LEAST || length > TITLE_SHOWN || (title != NULL && zb_page_same_words (text, title)))
    return FALSE;
  return of_site || (rank == RANK_H1 && length > g_utf8_strlen (title, -1) - SITE_CHARS &&
                     shared_run (text, title) >= 4);
}

char *
zb_page_title_shown (ZbNode *root, const char *title)
{
  gboolean of_site =
      title == NULL || g_regex_match_simple ("^.{0,24}(?:网|网站|政府|委员会|门户|平台|[厅局部院报])"
                                             "(?:[-_—|－].{0,12})?$",
                                             title, 0, 0);
  guint first_level = 0;
  Rank best = RANK_NONE;
  g_autofree char *shown = NULL;
  for (ZbNode *node = root; node != NULL; node = zb_node_follow (node, root)) {
    Rank rank = rank_of (node, of_site);
    if (rank <= best && rank != RANK_H1)
      continue;
    g_autofree char *text = zb_node_squeezed (node);
    if (!is_better (text, title, of_site, rank))
      continue;
    first_level += rank == RANK_H1;
    best = rank;
    g_free (shown);
    shown = g_steal_pointer (&text);
  }
  return first_level <= 1 ? g_steal_pointer (&shown) : NULL;
}
