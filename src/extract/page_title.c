/* The title of an article: what the publisher declares, else <title> without the site's name, else a heading.
 */
#include "page_title.h"

#include "zhoubao/base/text.h"

/* Declared titles, the surest first. Chinese government sites write ArticleTitle by rule. */
static const char *const declared[] = {
    "articletitle",        "dc:title", "dc.title",      "dcterm:title",  "dcterms.title",  "og:title",
    "weibo:article:title", "title",    "twitter:title", "parsely-title", "sailthru.title", NULL};

static const char *const separators[] = {" | ", " - ", " – ", " » ", " · ", " :: ", " / ",
                                         " — ", "_",   "｜",  "——",  "|",   "-"};

#define SPACED 7 /* the first of them part Latin titles; the others are for Chinese ones */

static gboolean
is_chinese (const char *text)
{
  guint wide = 0, all = 0;
  for (; *text != '\0'; text = g_utf8_next_char (text), all++)
    wide += g_unichar_iswide (g_utf8_get_char (text));
  return wide * 2 > all;
}

/* The last separator in TITLE, NULL where it has none; *AFTER is what follows it. */
static const char *
last_separator (const char *title, gboolean chinese, const char **after)
{
  const char *last = NULL;
  for (guint i = 0; i < (chinese ? G_N_ELEMENTS (separators) : SPACED); i++) {
    const char *found = g_strrstr (title, separators[i]);
    if (found != NULL && (last == NULL || found > last)) {
      last = found;
      *after = found + strlen (separators[i]);
    }
  }
  while (last != NULL && last > title && last[-1] == *last && strchr ("-_|", *last) != NULL)
    last--; /* 人民网 writes two hyphens */
  return last;
}

static guint
count_words (const char *text)
{
  guint words = 0;
  gboolean inside = FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gboolean space = g_unichar_isspace (g_utf8_get_char (text));
    words += !space && !inside;
    inside = !space;
  }
  return words;
}

static const char *
next_letter (const char *p)
{
  while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* How many letters and digits A and B have in common at their start; *REST_A, *REST_B: whether there are
 * more. */
static guint
common_letters (const char *a, const char *b, gboolean *rest_a, gboolean *rest_b)
{
  g_autofree char *fa = zb_text_fold (a, -1), *fb = zb_text_fold (b, -1);
  const char *p = next_letter (fa), *q = next_letter (fb);
  guint n = 0;
  for (; *p != '\0' && *q != '\0' && g_utf8_get_char (p) == g_utf8_get_char (q); n++) {
    p = next_letter (g_utf8_next_char (p));
    q = next_letter (g_utf8_next_char (q));
  }
  *rest_a = *p != '\0';
  *rest_b = *q != '\0';
  return n;
}

gboolean
zb_page_same_words (const char *a, const char *b)
{
  gboolean rest_a, rest_b;
  common_letters (a, b, &rest_a, &rest_b);
  return !rest_a && !rest_b;
}

gboolean
zb_page_begins_with (const char *title, const char *heading)
{
  gboolean rest_title, rest_heading;
  guint n = common_letters (title, heading, &rest_title, &rest_heading);
  return n >= 8 && !rest_heading;
}

/* The texts of the headings of levels 1 and 2, in order. (transfer full) */
static GPtrArray *
headings_of (ZbNode *root)
{
  GPtrArray *headings = g_ptr_array_new_with_free_func (g_free);
  for (ZbNode *node = root; node != NULL && headings->len < 20; node = zb_node_follow (node, root))
    if (zb_node_is (node, "h1") || zb_node_is (node, "h2"))
      g_ptr_array_add (headings, zb_node_squeezed (node));
  return headings;
}

static gboolean
is_heading (GPtrArray *headings, const char *text)
{
  for (guint i = 0; i < headings->len; i++)
    if (zb_page_same_words (headings->pdata[i], text))
      return TRUE;
  return FALSE;
}

/* A title of Latin letters may hold any separator itself: only the last part goes, if what stays is long, or
 * is a heading and a bar follows. */
static char *
cut_latin (const char *title, GPtrArray *headings)
{
  const char *after = NULL, *at = last_separator (title, FALSE, &after);
  g_autofree char *head = at != NULL ? g_strndup (title, (gsize)(at - title)) : g_strdup (title);
  gboolean barred = at != NULL && g_str_has_prefix (at, " | ") && is_heading (headings, g_strchomp (head));
  gboolean stays = at != NULL && (barred || count_words (g_strchomp (head)) >= 5);
  return stays ? g_steal_pointer (&head) : g_strdup (title);
}

/* Chinese sites append channel and site: parts go while they are short, up to the one that is also a heading.
 */
static char *
cut_chinese (const char *title, GPtrArray *headings)
{
  g_autofree char *head = g_strdup (title);
  const char *after = NULL, *at;
  while (!is_heading (headings, head) && (at = last_separator (head, TRUE, &after)) != NULL) {
    gboolean short_tail = g_utf8_strlen (after, -1) <= 16;
    g_autofree char *shorter = g_strchomp (g_strndup (head, (gsize)(at - head)));
    if (!short_tail || (g_utf8_strlen (shorter, -1) < 6 && !is_heading (headings, shorter)))
      break;
    g_free (head);
    head = g_steal_pointer (&shorter);
  }
  return g_steal_pointer (&head);
}

/* Where both differ the name may be the site's; it is the title if <title> begins with it. */
static const char *
from_linked_data (const ZbLinkedData *l, const char *html_title)
{
  gboolean named = l->name != NULL && html_title != NULL && g_str_has_prefix (html_title, l->name);
  return l->headline == NULL || (named && !g_str_has_prefix (html_title, l->headline)) ? l->name
                                                                                       : l->headline;
}

char *
zb_page_title (ZbNode *root, const ZbPageMeta *meta)
{
  const char *linked = from_linked_data (&meta->linked, meta->title);
  if (linked != NULL)
    return g_strdup (linked);
  const char *value = zb_page_meta_first (meta, declared);
  if (value != NULL)
    return g_strdup (value);
  g_autoptr (GPtrArray) headings = headings_of (root);
  if (meta->title != NULL && !is_chinese (meta->title))
    return cut_latin (meta->title, headings);
  if (meta->title != NULL) {
    g_autofree char *cut = cut_chinese (meta->title, headings);
    char *shown = is_heading (headings, cut) ? NULL : zb_page_title_shown (root, cut);
    return shown != NULL ? shown : g_steal_pointer (&cut);
  }
  return headings->len > 0 ? g_strdup (headings->pdata[0]) : zb_page_title_shown (root, NULL);
}

gboolean
zb_page_is_heading (const ZbNode *node)
{
  const char *name = zb_node_name (node);
  return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

static gboolean
says (const ZbNode *node, const char *title, gboolean whole)
{
  g_autofree char *text = zb_node_squeezed (node);
  return *text != '\0' && (zb_page_same_words (text, title) || (!whole && zb_page_begins_with (title, text)));
}

/* Some pages write their title into any element; one of a few letters may say the same by chance. */
static ZbNode *
find_plain_title (ZbNode *root, const char *title)
{
  static const char *const names[] = {"p", "div", "td", "span", "strong", "b", "font", "dt", "center", NULL};
  gsize length = strlen (title);
  for (ZbNode *node = root; node != NULL && length >= 20;) {
    gboolean out = zb_node_is (node, "head") || zb_node_is (node, "a") || zb_node_is (node, "script");
    const ZbNode *child = zb_node_first (node);
    gboolean leaf = child != NULL && !zb_node_is_element (child) && zb_node_next (child) == NULL;
    if (leaf && g_strv_contains (names, zb_node_name (node)) && says (node, title, TRUE))
      return node;
    node = out ? zb_node_skip (node, root) : zb_node_follow (node, root);
  }
  return NULL;
}

/* The first h1 with the words of TITLE, else the first heading with them; a heading may be the first part of
   a title that ends with the site's name. */
ZbNode *
zb_page_title_node (ZbNode *root, const char *title)
{
  ZbNode *found = NULL;
  for (ZbNode *node = root; node != NULL && title != NULL; node = zb_node_follow (node, root)) {
    if (!zb_page_is_heading (node) || !says (node, title, FALSE))
      continue;
    if (zb_node_is (node, "h1"))
      return node;
    if (found == NULL)
      found = node;
  }
  return found != NULL || title == NULL ? found : find_plain_title (root, title);
}
