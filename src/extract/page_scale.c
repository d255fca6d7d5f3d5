/* The worth of every element of a page. */
#include "html_build.h"
#include "page_read.h"
#include "page_title.h"
#include "zhoubao/base/url.h"

/* A run of inline content. */
typedef struct {
  guint length, link, own_link, commas;
  gunichar last; /* the last character that is no white space or quotation mark */
} Line;

typedef struct {
  ZbScale *scale;
  Line line;
  ZbNode *container;    /* whose line it is */
  int links, own_links; /* links around, and those of them to the same site */
  char *site;           /* host of the page, or NULL */
} Scanner;

ZbWeight *
zb_scale_weigh (ZbScale *scale, ZbNode *node)
{
  guint mark = zb_node_mark (node);
  if (mark == 0) {
    ZbWeight none = {0};
    g_array_append_val (scale->weights, none);
    mark = scale->weights->len - 1;
    zb_node_set_mark (node, mark);
  }
  return &g_array_index (scale->weights, ZbWeight, mark);
}

const ZbWeight *
zb_scale_weight (const ZbScale *scale, const ZbNode *node)
{
  return &g_array_index (scale->weights, ZbWeight, zb_node_mark (node));
}

static void
add_weight (ZbWeight *to, const ZbWeight *from)
{
  to->worth += from->worth;
  to->prose += from->prose;
  to->length += from->length;
  to->link += from->link;
  to->own_link += from->own_link;
  to->commas += from->commas;
  to->paragraphs += from->paragraphs;
  to->images += from->images;
  to->headings += from->headings;
}

/* --- lines --- */

static gboolean
is_comma (gunichar c)
{
  static const char marks[] = ",;，、；：،؛";
  return g_utf8_strchr (marks, -1, c) != NULL;
}

static gboolean
is_stop (gunichar c)
{
  static const char marks[] = ".!?…。！？；;؟।:：";
  return c != 0 && g_utf8_strchr (marks, -1, c) != NULL;
}

static gboolean
is_closing (gunichar c)
{
  static const char marks[] = "\"'”’»)）」』]】*";
  return g_utf8_strchr (marks, -1, c) != NULL;
}

static void
read_text (Scanner *s, const char *text)
{
  gboolean space = FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);
    gboolean blank = g_unichar_isspace (c);
    guint width = blank ? (space ? 0 : 1) : g_unichar_iswide (c) ? 2 : 1;
    space = blank;
    if (blank && s->line.length == 0)
      continue;
    s->line.length += width;
    if (s->links > 0)
      s->line.link += width;
    if (s->own_links > 0)
      s->line.own_link += width;
    s->line.commas += is_comma (c) || is_stop (c);
    if (!blank && !is_closing (c))
      s->line.last = c;
  }
}

static gboolean
is_prose (const Line *line)
{
  return (line->length >= 80 && line->commas > 0) ||
         (line->length >= 30 && is_stop (line->last) && line->commas > 0);
}

/* What a line brings: the length of prose; of headings and the like next to nothing; links cost. */
static double
line_worth (const Line *line)
{
  double text = line->length - line->link, share = (double)line->link / line->length;
  if (share > 0.5)
    return is_prose (line) ? 0 : -5 - 0.5 * line->link;
  if (is_prose (line))
    return text;
  return line->length >= 150 ? 0.5 * text : 0.1 * text;
}

static void
end_line (Scanner *s)
{
  if (s->line.length > 0) {
    ZbWeight *w = zb_scale_weigh (s->scale, s->container);
    w->worth += line_worth (&s->line);
    w->length += s->line.length;
    w->link += s->line.link;
    w->own_link += s->line.own_link;
    w->commas += s->line.commas;
    if (is_prose (&s->line) && s->line.link * 2 <= s->line.length) {
      w->prose += s->line.length;
      w->paragraphs++;
    }
  }
  s->line = (Line){0};
}

/* --- the walk --- */

static gboolean
is_silent (const ZbNode *node)
{
  static const char *const names[] = {"script", "style",    "noscript", "template", "iframe", "svg",
                                      "math",   "select",   "button",   "textarea", "option", "object",
                                      "video",  "audio",    "canvas",   "input",    "head",   "title",
                                      "map",    "datalist", NULL};
  return g_strv_contains (names, zb_node_name (node));
}

/* Links to places in the same page are part of the text: notes, contents. */
static gboolean
leads_away (const ZbNode *node)
{
  const char *href = zb_node_is (node, "a") ? zb_node_attribute (node, "href") : NULL;
  return href != NULL && (*href != '#' || href[1] == '\0');
}

/* The host without "www.", or NULL. */
static char *
site_of (const char *url)
{
  g_autoptr (ZbUrl) parsed = url != NULL ? zb_url_parse (url, NULL, NULL) : NULL;
  if (parsed == NULL)
    return NULL;
  const char *host = zb_url_host (parsed);
  return g_strdup (g_str_has_prefix (host, "www.") ? host + 4 : host);
}

static gboolean
stays_on_site (const Scanner *s, const ZbNode *link)
{
  const char *href = zb_node_attribute (link, "href");
  if (s->site == NULL || strstr (href, "//") == NULL)
    return TRUE;
  g_autofree char *other = site_of (href);
  return other == NULL || g_str_has_suffix (other, s->site) || g_str_has_suffix (s->site, other);
}

static void
scan (Scanner *s, ZbNode *node)
{
  if (!zb_node_is_element (node)) {
    read_text (s, zb_node_literal (node));
    return;
  }
  if (is_silent (node))
    return;
  ZbNode *outer = s->container;
  gboolean block = zb_html_is_block (node), is_link = leads_away (node);
  if (zb_node_is (node, "img"))
    zb_scale_weigh (s->scale, s->container)->images++;
  if (block || zb_node_is (node, "br"))
    end_line (s);
  if (block)
    s->container = node;
  if (zb_page_is_heading (node))
    zb_scale_weigh (s->scale, node)->headings++;
  gboolean is_own = is_link && stays_on_site (s, node);
  s->links += is_link;
  s->own_links += is_own;
  for (ZbNode *child = zb_node_first (node); child != NULL; child = zb_node_next (child))
    scan (s, child);
  s->links -= is_link;
  s->own_links -= is_own;
  if (block)
    end_line (s);
  s->container = outer;
  if (zb_node_mark (node) != 0 && zb_node_parent (node) != NULL) {
    ZbWeight below = *zb_scale_weigh (s->scale, node);
    add_weight (zb_scale_weigh (s->scale, zb_node_parent (node)), &below);
  }
}

/* --- what names say, where it can be believed --- */

static gboolean
reads_like_an_article (const ZbWeight *w)
{
  return w->prose > 1500 && w->paragraphs >= 6 && w->link * 10 < w->length;
}

/* Whole pages are "with-sidebar", forms or hidden until a script runs: a name that would cost most of the
   text is not believed. Comments may be longer than what they comment on, and so may dialogs about cookies;
   pictures with captions, if what is left is an article by itself. */
static gboolean
is_believed (const ZbScale *scale, const ZbNode *node, const ZbWeight *w)
{
  static const char *const wholes[] = {"html", "body", "main", "article", NULL};
  const ZbWeight *all = zb_scale_weight (scale, scale->root);
  double left = all->prose - w->prose;
  if (g_strv_contains (wholes, zb_node_name (node)) && !(w->hints & ZB_HINT_OTHER))
    return FALSE;
  if (scale->distrust)
    return w->prose < 0.1 * all->prose;
  if (w->hints & ZB_HINT_PICTURES)
    return left > 1500 && all->paragraphs - w->paragraphs >= 5;
  if (w->hints & (ZB_HINT_FOREIGN | ZB_HINT_OTHER | ZB_HINT_HIDDEN))
    return w->prose < 0.9 * all->prose;
  return left > 0.5 * all->prose && !(reads_like_an_article (w) && w->prose > 0.3 * all->prose);
}

/* Worth anew, from the leaves up: what stands aside costs instead of bringing, and what costs will be cut
   out, so that it does not count against what is around it. */
static double
reconsider (ZbScale *scale, ZbNode *node)
{
  ZbWeight *w = zb_scale_weigh (scale, node);
  double below_before = 0, below_now = 0;
  w->plain = w->worth;
  for (ZbNode *child = zb_node_first_element (node); child != NULL; child = zb_node_next_element (child)) {
    if (zb_node_mark (child) == 0)
      continue;
    below_before += zb_scale_weight (scale, child)->worth;
    double now = reconsider (scale, child);
    below_now += MAX (0, now);
    w->body = MAX (w->body, zb_scale_weight (scale, child)->body);
  }
  w->hints |= zb_page_hints (node);
  w->worth += below_now - below_before;
  if (w->hints & ZB_HINTS_OUT) {
    if (is_believed (scale, node, w))
      w->worth = MIN (w->worth, 0) - 0.3 * w->prose;
    else
      w->hints &= ~ZB_HINTS_OUT;
  }
  if (w->hints & ZB_HINT_BODY)
    w->body = MAX (w->body, w->worth);
  return w->worth;
}

static void
forget (ZbScale *scale, ZbNode *node)
{
  ZbWeight *w = zb_scale_weigh (scale, node);
  w->worth = w->plain;
  w->hints = ZB_HINT_NONE;
  w->body = 0;
  for (ZbNode *child = zb_node_first_element (node); child != NULL; child = zb_node_next_element (child))
    if (zb_node_mark (child) != 0)
      forget (scale, child);
}

/* Nearly all text was put aside: the names on this page mean something else. */
static void
start_again (ZbScale *scale)
{
  scale->distrust = TRUE;
  forget (scale, scale->root);
  reconsider (scale, scale->root);
}

ZbScale *
zb_scale_new (ZbNode *root, ZbNode *title, const char *url)
{
  ZbScale *scale = g_new0 (ZbScale, 1);
  scale->root = root;
  scale->title = title;
  scale->weights = g_array_new (FALSE, TRUE, sizeof (ZbWeight));
  g_array_set_size (scale->weights, 1);
  g_autofree char *site = site_of (url);
  Scanner s = {.scale = scale, .container = root, .site = site};
  scan (&s, root);
  end_line (&s);
  zb_scale_find_others (scale);
  if (reconsider (scale, root) < 0.1 * zb_scale_weight (scale, root)->prose)
    start_again (scale);
  return scale;
}

void
zb_scale_free (ZbScale *scale)
{
  g_array_unref (scale->weights);
  g_free (scale);
}
