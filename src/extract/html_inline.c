/* What stands inside a line of HTML: formats, links, images. */
#include "html_build.h"
#include "zhoubao/base/url.h"

void
zb_builder_break (ZbBuilder *b, const ZbNode *node)
{
  if (b->flat > 0)
    zb_line_add_text (b->line, " ", b->link, FALSE, FALSE);
  else
    zb_line_add_break (b->line, b->link);
}

void
zb_builder_strong (ZbBuilder *b, const ZbNode *node)
{
  b->strong++;
  zb_builder_visit_children (b, node);
  b->strong--;
}

void
zb_builder_emphasis (ZbBuilder *b, const ZbNode *node)
{
  b->emphasis++;
  zb_builder_visit_children (b, node);
  b->emphasis--;
}

void
zb_builder_code (ZbBuilder *b, const ZbNode *node)
{
  g_autofree char *text = zb_node_squeezed (node);
  if (*text != '\0')
    zb_line_add_code (b->line, text, b->link);
}

void
zb_builder_quotation (ZbBuilder *b, const ZbNode *node)
{
  zb_line_add_text (b->line, "“", b->link, b->strong > 0, b->emphasis > 0);
  zb_builder_visit_children (b, node);
  zb_line_add_text (b->line, "”", b->link, b->strong > 0, b->emphasis > 0);
}

/* --- links and images --- */

/* The absolute address, or NULL where there is none that may be shown. (transfer full) */
static char *
resolve (ZbBuilder *b, const char *address)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (address));
  if (*trimmed == '\0' || !zb_markdown_url_is_safe (trimmed))
    return NULL;
  char *absolute = b->base_url != NULL ? zb_url_resolve (trimmed, b->base_url) : NULL;
  return absolute != NULL ? absolute : g_steal_pointer (&trimmed);
}

/* Blocks inside a link end its line: each line inside gets the link anew. */
void
zb_builder_link (ZbBuilder *b, const ZbNode *node)
{
  const char *href = zb_node_attribute (node, "href"), *title = zb_node_attribute (node, "title");
  g_autofree char *url = href != NULL && b->link < 0 ? resolve (b, href) : NULL;
  if (url == NULL) {
    zb_builder_visit_children (b, node);
    return;
  }
  for (const ZbNode *child = zb_node_first (node); child != NULL; child = zb_node_next (child)) {
    if (b->link < 0)
      b->link = zb_line_add_link (b->line, url, title != NULL ? title : "");
    zb_builder_visit (b, child);
  }
  b->link = -1;
}

/* Where a page shows its images only by script, the address stands in another attribute. */
static const char *const image_attributes[] = {"src", "data-src", "data-original", "data-lazy-src",
                                               "data-url"};

void
zb_builder_image (ZbBuilder *b, const ZbNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (image_attributes); i++) {
    const char *src = zb_node_attribute (node, image_attributes[i]);
    g_autofree char *url = src != NULL ? resolve (b, src) : NULL;
    if (url == NULL)
      continue;
    const char *alt = zb_node_attribute (node, "alt"), *title = zb_node_attribute (node, "title");
    zb_line_add_image (b->line, url, alt != NULL ? alt : "", title != NULL ? title : "", b->link);
    return;
  }
}

/* <isindex>, a form of one line that browsers once wrote out (HTML 5.0, 8.2.5.4.7). */
void
zb_builder_prompt (ZbBuilder *b, const ZbNode *node)
{
  const char *prompt = zb_node_attribute (node, "prompt");
  zb_builder_end_line (b);
  zb_line_add_text (b->line,
                    prompt != NULL ? prompt : "This is a searchable index. Enter search keywords:", -1, FALSE,
                    FALSE);
  zb_builder_end_line (b);
}
