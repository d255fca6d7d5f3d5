/* Tables: those of data become a list of rows, those that lay out the page are walked through cell by cell.
 */
#include "html_build.h"

#define MAX_CELL_CHARS 400

/* The rows of TABLE itself, not of one inside it. (transfer container) of ZbNode */
static GPtrArray *
rows_of (const ZbNode *table)
{
  GPtrArray *rows = g_ptr_array_new ();
  for (ZbNode *node = zb_node_first (table); node != NULL;) {
    if (zb_node_is (node, "tr"))
      g_ptr_array_add (rows, node);
    gboolean inside = zb_node_is (node, "tr") || zb_node_is (node, "table");
    node = inside ? zb_node_skip (node, table) : zb_node_follow (node, table);
  }
  return rows;
}

static gboolean
is_cell (const ZbNode *node)
{
  return zb_node_is (node, "td") || zb_node_is (node, "th");
}

static gboolean
is_big_block (const ZbNode *node)
{
  static const char *const names[] = {"table", "ul", "ol", "dl",      "blockquote", "pre",  "h1", "h2", "h3",
                                      "h4",    "h5", "h6", "article", "section",    "form", "hr", NULL};
  return zb_node_is_element (node) && g_strv_contains (names, zb_node_name (node));
}

/* A cell of data holds a line or two. */
static gboolean
is_data_cell (const ZbNode *cell)
{
  guint paragraphs = 0;
  for (const ZbNode *node = zb_node_first (cell); node != NULL; node = zb_node_follow (node, cell)) {
    paragraphs += zb_node_is (node, "p") ? 1 : 0;
    if (is_big_block (node) || paragraphs > 3)
      return FALSE;
  }
  g_autofree char *text = zb_node_squeezed (cell);
  return g_utf8_strlen (text, -1) <= MAX_CELL_CHARS;
}

static gboolean
is_data (GPtrArray *rows)
{
  guint widest = 0;
  for (guint i = 0; i < rows->len; i++) {
    guint cells = 0;
    for (const ZbNode *cell = zb_node_first (rows->pdata[i]); cell != NULL; cell = zb_node_next (cell)) {
      if (!is_cell (cell))
        continue;
      if (!is_data_cell (cell))
        return FALSE;
      cells++;
    }
    widest = MAX (widest, cells);
  }
  return widest > 1 && rows->len > 1;
}

static void
visit_row (ZbBuilder *b, const ZbNode *row)
{
  gboolean first = TRUE;
  for (const ZbNode *cell = zb_node_first (row); cell != NULL; cell = zb_node_next (cell)) {
    g_autofree char *text = is_cell (cell) ? zb_node_squeezed (cell) : NULL;
    if (text == NULL)
      continue;
    if (!first && *text != '\0')
      zb_line_add_text (b->line, " | ", -1, FALSE, FALSE);
    first = first && *text == '\0';
    b->strong += zb_node_is (cell, "th");
    zb_builder_visit_children (b, cell);
    b->strong -= zb_node_is (cell, "th");
  }
}

void
zb_builder_table (ZbBuilder *b, const ZbNode *table)
{
  g_autoptr (GPtrArray) rows = rows_of (table);
  if (b->flat > 0 || !is_data (rows)) {
    if (b->flat == 0)
      zb_builder_end_line (b);
    zb_builder_visit_children (b, table);
    if (b->flat == 0)
      zb_builder_end_line (b);
    return;
  }
  zb_builder_end_line (b);
  for (const ZbNode *child = zb_node_first (table); child != NULL; child = zb_node_next (child))
    if (zb_node_is (child, "caption"))
      zb_builder_visit (b, child);
  ZbMarkdown *outer = b->block, *list = zb_markdown_append (outer, ZB_MARK_LIST);
  for (guint i = 0; i < rows->len; i++) {
    b->block = zb_markdown_append (list, ZB_MARK_ITEM);
    b->flat++;
    visit_row (b, rows->pdata[i]);
    b->flat--;
    zb_builder_end_line (b);
    if (zb_markdown_first (b->block) == NULL)
      zb_markdown_remove (b->block);
  }
  b->block = outer;
  if (zb_markdown_first (list) == NULL)
    zb_markdown_remove (list);
}
