/* HTML to the one document model. What an element means is in a table; what is in none is walked through. */
#include "zhoubao/extract/html.h"

#include "html_build.h"

typedef void (*Visit) (ZbBuilder *b, const ZbNode *node);

typedef struct {
  const char *name;
  Visit visit;
  gboolean block; /* begins a new line */
} Element;

static void
skip (ZbBuilder *b, const ZbNode *node)
{
}

/* clang-format off */
static const Element elements[] = { /* sorted by name */
  {"a", zb_builder_link, FALSE}, {"address", zb_builder_block, TRUE}, {"applet", skip, FALSE}, {"article", zb_builder_block, TRUE},
  {"aside", zb_builder_block, TRUE}, {"audio", skip, FALSE}, {"b", zb_builder_strong, FALSE}, {"blockquote", zb_builder_quote, TRUE},
  {"body", zb_builder_block, TRUE}, {"br", zb_builder_break, FALSE}, {"button", skip, FALSE}, {"canvas", skip, FALSE},
  {"caption", zb_builder_block, TRUE}, {"center", zb_builder_block, TRUE}, {"code", zb_builder_code, FALSE},
  {"datalist", skip, FALSE}, {"dd", zb_builder_block, TRUE}, {"details", zb_builder_block, TRUE},
  {"dfn", zb_builder_emphasis, FALSE}, {"dialog", zb_builder_block, TRUE}, {"dir", zb_builder_list, TRUE}, {"div", zb_builder_block, TRUE},
  {"dl", zb_builder_block, TRUE}, {"dt", zb_builder_block, TRUE}, {"em", zb_builder_emphasis, FALSE}, {"embed", skip, FALSE},
  {"fieldset", zb_builder_block, TRUE}, {"figcaption", zb_builder_block, TRUE}, {"figure", zb_builder_block, TRUE},
  {"footer", zb_builder_block, TRUE}, {"form", zb_builder_block, TRUE}, {"frameset", skip, FALSE}, {"h1", zb_builder_heading, TRUE},
  {"h2", zb_builder_heading, TRUE}, {"h3", zb_builder_heading, TRUE}, {"h4", zb_builder_heading, TRUE}, {"h5", zb_builder_heading, TRUE},
  {"h6", zb_builder_heading, TRUE}, {"header", zb_builder_block, TRUE}, {"hgroup", zb_builder_block, TRUE}, {"hr", zb_builder_rule, TRUE},
  {"html", zb_builder_block, TRUE}, {"i", zb_builder_emphasis, FALSE}, {"iframe", skip, FALSE}, {"image", zb_builder_image, FALSE},
  {"img", zb_builder_image, FALSE}, {"input", skip, FALSE}, {"isindex", zb_builder_prompt, TRUE}, {"kbd", zb_builder_code, FALSE}, {"legend", zb_builder_block, TRUE},
  {"li", zb_builder_item, TRUE}, {"listing", zb_builder_preformatted, TRUE}, {"main", zb_builder_block, TRUE}, {"math", skip, FALSE},
  {"menu", zb_builder_list, TRUE}, {"nav", zb_builder_block, TRUE}, {"noembed", skip, FALSE}, {"noframes", skip, FALSE},
  {"noscript", skip, FALSE}, {"object", skip, FALSE}, {"ol", zb_builder_list, TRUE}, {"optgroup", skip, FALSE},
  {"option", skip, FALSE}, {"p", zb_builder_block, TRUE}, {"plaintext", zb_builder_preformatted, TRUE},
  {"pre", zb_builder_preformatted, TRUE}, {"q", zb_builder_quotation, FALSE}, {"rp", skip, FALSE}, {"samp", zb_builder_code, FALSE},
  {"script", skip, FALSE}, {"section", zb_builder_block, TRUE}, {"select", skip, FALSE}, {"strong", zb_builder_strong, FALSE},
  {"style", skip, FALSE}, {"summary", zb_builder_block, TRUE}, {"svg", skip, FALSE},
  {"table", zb_builder_table, TRUE}, {"tbody", zb_builder_block, TRUE}, {"td", zb_builder_block, TRUE},
  {"template", skip, FALSE}, {"textarea", skip, FALSE}, {"tfoot", zb_builder_block, TRUE}, {"th", zb_builder_block, TRUE},
  {"thead", zb_builder_block, TRUE}, {"title", skip, FALSE}, {"tr", zb_builder_block, TRUE}, {"tt", zb_builder_code, FALSE},
  {"ul", zb_builder_list, TRUE}, {"var", zb_builder_emphasis, FALSE}, {"video", skip, FALSE}, {"xmp", zb_builder_preformatted, TRUE},
};
/* clang-format on */

static int
compare_element (const void *name, const void *element)
{
  return strcmp (name, ((const Element *)element)->name);
}

static const Element *
find_element (const ZbNode *node)
{
  return bsearch (zb_node_name (node), elements, G_N_ELEMENTS (elements), sizeof *elements, compare_element);
}

gboolean
zb_html_is_block (const ZbNode *node)
{
  const Element *element = find_element (node);
  return element != NULL && element->block;
}

void
zb_builder_visit_children (ZbBuilder *b, const ZbNode *node)
{
  for (const ZbNode *child = zb_node_first (node); child != NULL; child = zb_node_next (child))
    zb_builder_visit (b, child);
}

void
zb_builder_visit (ZbBuilder *b, const ZbNode *node)
{
  if (!zb_node_is_element (node)) {
    zb_line_add_text (b->line, zb_node_literal (node), b->link, b->strong > 0, b->emphasis > 0);
    return;
  }
  const Element *element = find_element (node);
  if (element != NULL)
    element->visit (b, node);
  else
    zb_builder_visit_children (b, node);
}

/* --- the way in and out --- */

ZbMarkdown *
zb_html_build (const ZbNode *node, const char *base_url)
{
  ZbMarkdown *document = zb_markdown_new ();
  ZbBuilder b = {.base_url = base_url, .block = document, .line = zb_line_new (), .link = -1};
  if (node != NULL)
    zb_builder_visit (&b, node);
  zb_builder_end_line (&b);
  zb_line_free (b.line);
  return document;
}

static char *
write_as (const char *html, gssize length, const char *base_url, char *(*write) (ZbMarkdown *))
{
  g_autoptr (ZbDoc) doc = zb_doc_new_html (html, length, NULL);
  if (doc == NULL)
    return g_strdup ("");
  g_autoptr (ZbMarkdown) document = zb_html_build (zb_doc_root (doc), base_url);
  return write (document);
}

char *
zb_html_to_markdown (const char *html, gssize length, const char *base_url)
{
  return write_as (html, length, base_url, zb_markdown_to_commonmark);
}

char *
zb_html_to_safe (const char *html, gssize length, const char *base_url)
{
  return write_as (html, length, base_url, zb_markdown_to_html);
}

static char *
write_plain (ZbMarkdown *document)
{
  return zb_markdown_to_text (document, ZB_MARKDOWN_PLAIN);
}

char *
zb_html_to_text (const char *html, gssize length, const char *base_url)
{
  return write_as (html, length, base_url, write_plain);
}

char *
zb_html_to_line (const char *html, gssize length)
{
  g_autoptr (ZbDoc) doc = zb_doc_new_html (html, length, NULL);
  ZbNode *root = doc != NULL ? zb_doc_root (doc) : NULL;
  return root != NULL ? zb_node_squeezed (root) : g_strdup ("");
}
