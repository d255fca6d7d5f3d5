/* Blocks of HTML: lines end, lists, quotations, code and headings begin. */
#include "html_build.h"
#include "zhoubao/base/text.h"

static gboolean
is_break (ZbLine *line, guint i)
{
  return g_array_index (line->runs, ZbRun, i).kind == ZB_RUN_BREAK;
}

static gboolean
is_blank_run (ZbLine *line, guint i)
{
  const ZbRun *run = &g_array_index (line->runs, ZbRun, i);
  return run->kind == ZB_RUN_TEXT && zb_text_is_blank (run->text->str);
}

/* From FROM, past breaks and white space; *BREAKS is how many breaks. */
static guint
skip_blank (ZbLine *line, guint from, guint *breaks)
{
  *breaks = 0;
  guint i = from;
  for (; i < line->runs->len && (is_break (line, i) || is_blank_run (line, i)); i++)
    *breaks += is_break (line, i) ? 1 : 0;
  return i;
}

static void
emit_leaf (ZbBuilder *b, guint from, guint to)
{
  ZbMarkdown *leaf = zb_markdown_append (b->block, b->heading > 0 ? ZB_MARK_HEADING : ZB_MARK_PARAGRAPH);
  if (b->heading > 0)
    zb_markdown_set_level (leaf, b->heading);
  zb_line_emit (b->line, from, to, leaf);
  if (zb_markdown_first (leaf) == NULL)
    zb_markdown_remove (leaf);
}

/* Two breaks in a row part paragraphs; those at the ends mean nothing. */
void
zb_builder_end_line (ZbBuilder *b)
{
  guint breaks = 0, n = b->line->runs->len;
  for (guint from = skip_blank (b->line, 0, &breaks); from < n;) {
    guint to = from, next = from;
    for (; to < n; to = next) {
      next = to + 1;
      guint after = skip_blank (b->line, to, &breaks);
      if (breaks >= 2 || (breaks > 0 && after == n)) {
        next = after;
        break;
      }
      if (after > next)
        next = after;
    }
    emit_leaf (b, from, MIN (to, n));
    from = next;
  }
  zb_line_free (b->line);
  b->line = zb_line_new ();
  b->link = -1;
}

static void
end_block (ZbBuilder *b)
{
  if (b->flat > 0)
    zb_line_add_text (b->line, " ", b->link, FALSE, FALSE);
  else if (b->line->runs->len > 0)
    zb_builder_end_line (b);
}

void
zb_builder_block (ZbBuilder *b, const ZbNode *node)
{
  end_block (b);
  zb_builder_visit_children (b, node);
  end_block (b);
}

void
zb_builder_heading (ZbBuilder *b, const ZbNode *node)
{
  end_block (b);
  if (b->flat == 0) {
    b->flat++;
    b->heading = zb_node_name (node)[1] - '0';
    zb_builder_visit_children (b, node);
    b->flat--;
    end_block (b);
    b->heading = 0;
  } else {
    zb_builder_visit_children (b, node);
    end_block (b);
  }
}

/* Makes a new block of KIND the place to write, and returns the one around it, for close_block() to go back
   to. What has stayed empty is taken away again. */
static ZbMarkdown *
open_block (ZbBuilder *b, ZbMarkKind kind)
{
  ZbMarkdown *outer = b->block;
  b->block = zb_markdown_append (outer, kind);
  b->stray = NULL;
  return outer;
}

static void
close_block (ZbBuilder *b, ZbMarkdown *outer)
{
  ZbMarkdown *inner = b->block;
  b->block = outer;
  b->stray = NULL;
  if (zb_markdown_first (inner) == NULL)
    zb_markdown_remove (inner);
}

void
zb_builder_quote (ZbBuilder *b, const ZbNode *node)
{
  end_block (b);
  if (b->flat > 0) {
    zb_builder_visit_children (b, node);
  } else {
    ZbMarkdown *outer = open_block (b, ZB_MARK_QUOTE);
    zb_builder_visit_children (b, node);
    end_block (b);
    close_block (b, outer);
  }
  end_block (b);
}

static void
visit_item_in (ZbBuilder *b, const ZbNode *node, ZbMarkdown *list)
{
  ZbMarkdown *outer = b->block;
  b->block = list;
  open_block (b, ZB_MARK_ITEM);
  if (zb_node_is (node, "li"))
    zb_builder_visit_children (b, node);
  else
    zb_builder_visit (b, node);
  end_block (b);
  close_block (b, list);
  b->block = outer;
}

/* A list is loose where an item has more than one paragraph beside the lists inside it, or one of these could
   not follow a paragraph at once: a numbered list that does not begin with 1. */
static gboolean
is_loose (ZbMarkdown *list)
{
  for (ZbMarkdown *item = zb_markdown_first (list); item != NULL; item = zb_markdown_next (item)) {
    guint others = 0;
    for (ZbMarkdown *child = zb_markdown_first (item); child != NULL; child = zb_markdown_next (child))
      others += zb_markdown_kind (child) != ZB_MARK_LIST ||
                (zb_markdown_start (child) >= 0 && zb_markdown_start (child) != 1);
    if (others > 1)
      return TRUE;
  }
  return FALSE;
}

void
zb_builder_list (ZbBuilder *b, const ZbNode *node)
{
  end_block (b);
  if (b->flat > 0) {
    zb_builder_visit_children (b, node);
    end_block (b);
    return;
  }
  const char *start = zb_node_attribute (node, "start");
  ZbMarkdown *list = zb_markdown_append (b->block, ZB_MARK_LIST);
  zb_markdown_set_list (list, zb_node_is (node, "ol"),
                        start != NULL ? (int)CLAMP (g_ascii_strtoll (start, NULL, 10), 0, G_MAXINT) : 1);
  for (const ZbNode *child = zb_node_first (node); child != NULL; child = zb_node_next (child))
    visit_item_in (b, child, list);
  if (is_loose (list))
    zb_markdown_set_loose (list);
  if (zb_markdown_first (list) == NULL)
    zb_markdown_remove (list);
}

/* An item that no list holds: those that follow each other share one. */
void
zb_builder_item (ZbBuilder *b, const ZbNode *node)
{
  end_block (b);
  if (b->flat > 0) {
    zb_builder_block (b, node);
    return;
  }
  ZbMarkdown *list = b->stray;
  if (list == NULL || zb_markdown_last (b->block) != list)
    list = zb_markdown_append (b->block, ZB_MARK_LIST);
  visit_item_in (b, node, list);
  if (is_loose (list))
    zb_markdown_set_loose (list);
  gboolean empty = zb_markdown_first (list) == NULL;
  if (empty)
    zb_markdown_remove (list);
  b->stray = empty ? NULL : list;
}

/* "language-c", "lang-c", "brush: c" of the element or the code inside it. */
static char *
code_language (const ZbNode *pre)
{
  const ZbNode *inner = zb_node_first_element (pre);
  const char *classes = zb_node_attribute (pre, "class");
  if (classes == NULL && inner != NULL)
    classes = zb_node_attribute (inner, "class");
  g_autoptr (GRegex) form =
      g_regex_new ("(?:^|\\s)(?:language-|lang-|brush:\\s*)([A-Za-z0-9+#_.-]{1,30})(?:\\s|;|$)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (classes == NULL || !g_regex_match (form, classes, 0, &match))
    return NULL;
  return g_match_info_fetch (match, 1);
}

void
zb_builder_preformatted (ZbBuilder *b, const ZbNode *node)
{
  if (b->flat > 0) {
    zb_builder_block (b, node);
    return;
  }
  end_block (b);
  g_autofree char *text = zb_node_text (node), *squeezed = zb_text_squeeze (text, -1);
  if (*squeezed == '\0')
    return;
  g_autofree char *language = code_language (node);
  g_strchomp (text);
  g_autofree char *code = g_strconcat (*text == '\n' ? text + 1 : text, "\n", NULL);
  ZbMarkdown *block = zb_markdown_append (b->block, ZB_MARK_CODE_BLOCK);
  zb_markdown_set_text (block, code);
  if (language != NULL)
    zb_markdown_set_language (block, language);
}

void
zb_builder_rule (ZbBuilder *b, const ZbNode *node)
{
  end_block (b);
  if (b->flat == 0)
    zb_markdown_append (b->block, ZB_MARK_RULE);
}
