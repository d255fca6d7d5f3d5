/* The rows of an HTML list, by the rule's selectors or by their links. */
#include "list_read.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/url.h"
#include "zhoubao/edge/selector.h"

typedef struct {
  ZbSelector *item, *link, *title, *date;
} Selectors;

static void
selectors_clear (Selectors *s)
{
  g_clear_pointer (&s->item, zb_selector_free);
  g_clear_pointer (&s->link, zb_selector_free);
  g_clear_pointer (&s->title, zb_selector_free);
  g_clear_pointer (&s->date, zb_selector_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Selectors, selectors_clear)

static gboolean
compile (Selectors *s, const ZbListRule *rule, GError **error)
{
  struct {
    ZbSelector **to;
    const char *text;
  } all[] = {
      {&s->item, rule->item}, {&s->link, rule->link}, {&s->title, rule->title}, {&s->date, rule->date}};
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    *all[i].to = all[i].text != NULL ? zb_selector_new (all[i].text, error) : NULL;
    if (all[i].text != NULL && *all[i].to == NULL)
      return FALSE;
  }
  return TRUE;
}

/* The first link of ROW that leads somewhere; ROW may be one. */
static ZbNode *
first_link (ZbNode *row)
{
  for (ZbNode *node = row; node != NULL; node = zb_node_follow (node, row)) {
    const char *href = zb_node_is (node, "a") ? zb_node_attribute (node, "href") : NULL;
    if (href != NULL && *href != '#' && g_ascii_strncasecmp (href, "javascript:", 11) != 0)
      return node;
  }
  return NULL;
}

/* A list cuts long titles short; then the whole one stands in @title. */
static char *
title_of_link (ZbNode *link)
{
  g_autofree char *text = zb_node_squeezed (link);
  const char *whole = zb_node_attribute (link, "title");
  gboolean cut = g_str_has_suffix (text, "...") || g_str_has_suffix (text, "…") || *text == '\0';
  return g_strdup (whole != NULL && *whole != '\0' && (cut || strlen (whole) > strlen (text)) ? whole : text);
}

static gboolean
add_html_row (ZbListReader *r, const Selectors *s, ZbNode *row)
{
  ZbNode *anchor = first_link (row);
  g_autofree char *link = s->link != NULL ? zb_selector_text (s->link, row) : NULL;
  if (s->link == NULL && anchor != NULL)
    link = g_strdup (zb_node_attribute (anchor, "href"));
  g_autofree char *title = s->title != NULL ? zb_selector_text (s->title, row) : NULL;
  if (title == NULL && anchor != NULL)
    title = title_of_link (anchor);
  g_autofree char *date = s->date != NULL ? zb_selector_text (s->date, row) : NULL;
  g_autofree char *around = s->date == NULL && zb_node_is_element (row) ? zb_node_squeezed (row) : NULL;
  /* The title may hold the date of what it speaks of, the row that of the day. */
  char *inside = around != NULL && title != NULL ? strstr (around, title) : NULL;
  if (inside != NULL)
    memset (inside, ' ', strlen (title));
  return zb_list_add (r, link, title, date, around);
}

static gboolean
read_rows (ZbListReader *r, ZbNode *root, GError **error)
{
  g_auto (Selectors) s = {0};
  if (!compile (&s, &r->job->list, error))
    return FALSE;
  if (s.item == NULL) {
    for (ZbNode *node = root; node != NULL; node = zb_node_follow (node, root)) {
      const char *href = zb_node_is (node, "a") ? zb_node_attribute (node, "href") : NULL;
      g_autofree char *absolute = href != NULL ? zb_url_resolve (href, r->base_url) : NULL;
      gboolean dated = absolute != NULL && zb_list_date_of_link (absolute, r->dates.zone) != ZB_TIME_NONE;
      if (absolute != NULL && (r->pattern != NULL || dated) && !add_html_row (r, &s, node))
        break;
    }
    return TRUE;
  }
  g_autoptr (GPtrArray) rows = zb_selector_nodes (s.item, root, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!add_html_row (r, &s, rows->pdata[i]))
      break;
  return rows != NULL;
}

static void
read_head (ZbListReader *r, ZbNode *root)
{
  for (ZbNode *node = root; node != NULL; node = zb_node_follow (node, root)) {
    const char *href = zb_node_is (node, "base") ? zb_node_attribute (node, "href") : NULL;
    char *base = href != NULL ? zb_url_resolve (href, r->base_url) : NULL;
    if (base != NULL) {
      g_free (r->base_url);
      r->base_url = base;
    }
    if (zb_node_is (node, "title") && r->feed->title == NULL) {
      g_autofree char *title = zb_node_content (node);
      r->feed->title = zb_text_squeeze (title, -1);
    }
  }
}

gboolean
zb_list_read_html (ZbListReader *r, const char *text, gsize length, GError **error)
{
  g_autoptr (ZbDoc) doc = zb_doc_new_html (text, (gssize)length, error);
  if (doc == NULL)
    return FALSE;
  ZbNode *root = zb_doc_root (doc);
  if (root == NULL)
    return TRUE;
  read_head (r, root);
  return read_rows (r, root, error);
}
