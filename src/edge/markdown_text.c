/* CommonMark trees as plain text: paragraphs apart, lists and quotations marked, links by their words. */
#include "zhoubao/edge/markdown.h"

#include "zhoubao/base/text.h"

/* What stands before the lines of a block: FIRST once, REST from then on. */
typedef struct {
  char *first, *rest;
  gboolean used;
} Margin;

typedef struct {
  GString *out;
  GString *line;      /* the inline text of the block at hand */
  GPtrArray *margins; /* of Margin, outermost first */
  GArray *numbers;    /* of int: the next number of each list around, -1 for bullets */
  guint columns;      /* of a mail, or ZB_MARKDOWN_PLAIN */
} Writer;

#define SOFT '\v' /* stands for a soft break until the characters beside it are known */
#define MAX_MARGINS 16

static void
margin_free (gpointer data)
{
  Margin *m = data;
  g_free (m->first);
  g_free (m->rest);
  g_free (m);
}

static void
append_margins (Writer *w, GString *to)
{
  for (guint i = 0; i < w->margins->len; i++) {
    Margin *m = w->margins->pdata[i];
    g_string_append (to, m->first != NULL ? m->first : m->rest);
    g_clear_pointer (&m->first, g_free);
    m->used = TRUE;
  }
}

/* The line before a block belongs to what was there already: to no margin that the block opens. */
static void
write_blank_line (Writer *w)
{
  gsize from = w->out->len;
  for (guint i = 0; i < w->margins->len; i++) {
    const Margin *m = w->margins->pdata[i];
    if (!m->used)
      break;
    g_string_append (w->out, m->rest);
  }
  while (w->out->len > from && w->out->str[w->out->len - 1] == ' ')
    g_string_truncate (w->out, w->out->len - 1);
  g_string_append_c (w->out, '\n');
}

static void
write_line (Writer *w, const char *text)
{
  append_margins (w, w->out);
  g_string_append (w->out, text);
  while (w->out->len > 0 && w->out->str[w->out->len - 1] == ' ')
    g_string_truncate (w->out, w->out->len - 1);
  g_string_append_c (w->out, '\n');
}

static ZbMarkdown *
list_around (ZbMarkdown *node)
{
  ZbMarkdown *parent = zb_markdown_parent (node);
  return parent != NULL && zb_markdown_kind (parent) == ZB_MARK_ITEM ? zb_markdown_parent (parent) : NULL;
}

static gboolean
is_in_tight_list (ZbMarkdown *node)
{
  ZbMarkdown *list = list_around (node);
  return list != NULL && zb_markdown_is_tight (list);
}

/* A tight list stands apart from what is before it as a whole, not item by item. */
static gboolean
needs_blank_line (ZbMarkdown *leaf)
{
  if (!is_in_tight_list (leaf))
    return TRUE;
  ZbMarkdown *list = list_around (leaf);
  gboolean opens_list = zb_markdown_first (zb_markdown_first (list)) == leaf;
  return opens_list && !is_in_tight_list (list);
}

static gboolean
is_wide_before (const GString *text)
{
  const char *p = g_utf8_find_prev_char (text->str, text->str + text->len);
  return p != NULL && g_unichar_iswide (g_utf8_get_char (p));
}

static char *
resolve_soft_breaks (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++) {
    if (*p != SOFT)
      g_string_append_c (out, *p);
    else if (!(is_wide_before (out) && g_unichar_iswide (g_utf8_get_char (p + 1))))
      g_string_append_c (out, ' ');
  }
  return g_string_free (out, FALSE);
}

/* As a mail has it: no wider than is read with ease, each line behind the margins. */
static void
write_wrapped (Writer *w, const char *text)
{
  g_autoptr (GString) first = g_string_new (NULL), rest = g_string_new (NULL);
  append_margins (w, first);
  append_margins (w, rest);
  const ZbTextWrap wrap = {w->columns, first->str, rest->str};
  g_autofree char *lines = zb_text_wrap (text, -1, &wrap);
  g_string_append_printf (w->out, "%s\n", lines);
}

static void
write_underline (Writer *w, ZbMarkdown *heading, const char *text)
{
  guint columns = MIN (zb_text_width (text, -1), w->columns);
  g_autofree char *line = g_strnfill (columns, zb_markdown_level (heading) <= 2 ? '-' : '~');
  write_line (w, line);
}

static void
end_leaf (Writer *w, ZbMarkdown *leaf)
{
  gboolean mail = w->columns > 0;
  if (w->out->len > 0 && needs_blank_line (leaf))
    write_blank_line (w);
  g_autofree char *text = resolve_soft_breaks (w->line->str);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  if (mail && zb_markdown_kind (leaf) != ZB_MARK_CODE_BLOCK)
    write_wrapped (w, text);
  else
    for (char **line = lines; *line != NULL; line++)
      write_line (w, *line);
  if (mail && zb_markdown_kind (leaf) == ZB_MARK_HEADING)
    write_underline (w, leaf, text);
  g_string_truncate (w->line, 0);
}

static void
push_margin (Writer *w, char *first, char *rest)
{
  if (w->margins->len >= MAX_MARGINS) { /* deeper nesting is not told apart; an item's mark is kept */
    g_free (first);
    g_free (rest);
    first = g_strdup ("");
    rest = g_strdup ("");
  }
  Margin *m = g_new0 (Margin, 1);
  m->first = first;
  m->rest = rest;
  g_ptr_array_add (w->margins, m);
}

static void
push_list (Writer *w, ZbMarkdown *list)
{
  int start = zb_markdown_start (list);
  g_array_append_val (w->numbers, start);
}

static void
push_item (Writer *w)
{
  int *number = &g_array_index (w->numbers, int, w->numbers->len - 1);
  char *mark = *number < 0 ? g_strdup ("- ") : g_strdup_printf ("%d. ", (*number)++);
  push_margin (w, mark, g_strnfill (strlen (mark), ' '));
}

static void
write_address (Writer *w, ZbMarkdown *link)
{
  const char *url = zb_markdown_url (link);
  if (w->columns > 0 && *url != '\0' && !g_str_has_suffix (w->line->str, url))
    g_string_append_printf (w->line, " <%s>", url);
}

static void
enter (Writer *w, ZbMarkdown *node)
{
  switch (zb_markdown_kind (node)) {
  case ZB_MARK_QUOTE:
    push_margin (w, NULL, g_strdup ("> "));
    break;
  case ZB_MARK_LIST:
    push_list (w, node);
    break;
  case ZB_MARK_ITEM:
    push_item (w);
    break;
  case ZB_MARK_TEXT:
  case ZB_MARK_CODE:
  case ZB_MARK_CODE_BLOCK:
    g_string_append (w->line, zb_markdown_text (node));
    break;
  case ZB_MARK_SOFT_BREAK:
    g_string_append_c (w->line, SOFT);
    break;
  case ZB_MARK_LINE_BREAK:
    g_string_append_c (w->line, '\n');
    break;
  case ZB_MARK_RULE:
    g_string_append (w->line, "* * *");
    break;
  default:
    break;
  }
}

static void
leave (Writer *w, ZbMarkdown *node)
{
  switch (zb_markdown_kind (node)) {
  case ZB_MARK_LIST:
    g_array_set_size (w->numbers, w->numbers->len - 1);
    break;
  case ZB_MARK_QUOTE:
  case ZB_MARK_ITEM:
    g_ptr_array_set_size (w->margins, (int)w->margins->len - 1);
    break;
  case ZB_MARK_CODE_BLOCK:
    while (w->line->len > 0 && w->line->str[w->line->len - 1] == '\n')
      g_string_truncate (w->line, w->line->len - 1);
    end_leaf (w, node);
    break;
  case ZB_MARK_PARAGRAPH:
  case ZB_MARK_HEADING:
    if (w->line->len > 0)
      end_leaf (w, node);
    break;
  case ZB_MARK_RULE:
    end_leaf (w, node);
    break;
  case ZB_MARK_LINK:
    write_address (w, node);
    break;
  default:
    break;
  }
}

/* The words of an image stand for it where it cannot be seen; here they would only interrupt the text. */
static gboolean
has_inside (ZbMarkdown *node)
{
  return zb_markdown_first (node) != NULL && zb_markdown_kind (node) != ZB_MARK_IMAGE;
}

/* Without recursion, since quotations in quotations have no limit. */
char *
zb_markdown_to_text (ZbMarkdown *top, guint columns)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GPtrArray) margins = g_ptr_array_new_with_free_func (margin_free);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int));
  Writer w = {g_string_new (NULL), line, margins, numbers, columns};
  for (ZbMarkdown *node = top; node != NULL;) {
    enter (&w, node);
    if (has_inside (node)) {
      node = zb_markdown_first (node);
      continue;
    }
    leave (&w, node);
    while (node != top && zb_markdown_next (node) == NULL) {
      node = zb_markdown_parent (node);
      leave (&w, node);
    }
    node = node != top ? zb_markdown_next (node) : NULL;
  }
  if (w.line->len > 0) /* TOP is a piece of a paragraph */
    end_leaf (&w, top);
  while (w.out->len > 0 && w.out->str[w.out->len - 1] == '\n')
    g_string_truncate (w.out, w.out->len - 1);
  return g_string_free (w.out, FALSE);
}
