/* A line of text under formats, made into inline nodes that CommonMark can write and read back.

   HTML nests formats in any order and ends them anywhere; CommonMark's delimiters only work beside certain
   characters (spec 0.30, 6.2), which Chinese text often has not: **信用：**后 is no emphasis. So runs carry
   flags; a format gives up white space and, where it must, punctuation at its ends; links are outermost. */
#include "html_build.h"
#include "zhoubao/base/text.h"

#define ZERO_WIDTH_SPACE "\xe2\x80\x8b"

static void
run_clear (gpointer data)
{
  ZbRun *run = data;
  if (run->text != NULL)
    g_string_free (run->text, TRUE);
  g_free (run->url);
  g_free (run->title);
}

static void
link_clear (gpointer data)
{
  ZbLink *link = data;
  g_free (link->url);
  g_free (link->title);
}

ZbLine *
zb_line_new (void)
{
  ZbLine *line = g_new0 (ZbLine, 1);
  line->runs = g_array_new (FALSE, TRUE, sizeof (ZbRun));
  g_array_set_clear_func (line->runs, run_clear);
  line->links = g_array_new (FALSE, TRUE, sizeof (ZbLink));
  g_array_set_clear_func (line->links, link_clear);
  return line;
}

void
zb_line_free (ZbLine *line)
{
  g_array_unref (line->runs);
  g_array_unref (line->links);
  g_free (line);
}

static ZbRun *
run_at (ZbLine *line, guint i)
{
  return &g_array_index (line->runs, ZbRun, i);
}

static ZbRun *
append_run (ZbLine *line, ZbRunKind kind, int link)
{
  ZbRun run = {kind, g_string_new (NULL), NULL, NULL, link, FALSE, FALSE};
  g_array_append_val (line->runs, run);
  return run_at (line, line->runs->len - 1);
}

/* --- gathering --- */

static gboolean
is_blank_char (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x200b || c == 0xfeff;
}

/* White space that HTML folds; no-break and ideographic spaces stay inside a text. */
static gboolean
is_foldable (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static gunichar
last_char (const GString *text)
{
  const char *p = g_utf8_find_prev_char (text->str, text->str + text->len);
  return p != NULL ? g_utf8_get_char (p) : 0;
}

/* The last character of the line so far, 0 where none or a break. */
static gunichar
line_end (ZbLine *line)
{
  for (guint i = line->runs->len; i > 0; i--) {
    const ZbRun *run = run_at (line, i - 1);
    if (run->kind == ZB_RUN_BREAK)
      return 0;
    if (run->kind == ZB_RUN_IMAGE)
      return 0xfffc;
    if (run->text->len > 0)
      return last_char (run->text);
  }
  return 0;
}

/* Where white space begins after P, of those with width or without. */
static const char *
visible_end (const char *p)
{
  for (p += strcspn (p, " \t\n\r\f\xe2"); (guchar)*p == 0xe2 && !g_str_has_prefix (p, ZERO_WIDTH_SPACE);)
    p += 1 + strcspn (p + 1, " \t\n\r\f\xe2");
  return p;
}

/* Likewise, but past single spaces between words, which stay as they are. */
static const char *
folded_end (const char *p)
{
  const char *end = visible_end (p);
  while (*end == ' ' && end > p && end[1] != '\0' && !is_foldable (end[1]) && (guchar)end[1] != 0xe2)
    end = visible_end (end + 1);
  return end;
}

/* A run of white space is one space, none at the start of a line, none where a line of Chinese was broken. */
static void
fold_into (GString *out, const char *text, gunichar before)
{
  for (const char *p = text; *p != '\0';) {
    if (!is_foldable (*p)) {
      const char *end = folded_end (p);
      g_string_append_len (out, p, end - p);
      p = end + (g_str_has_prefix (end, ZERO_WIDTH_SPACE) ? strlen (ZERO_WIDTH_SPACE) : 0);
      continue;
    }
    gboolean newline = FALSE;
    for (; is_foldable (*p); p++)
      newline = newline || *p == '\n';
    gunichar left = out->len > 0 ? last_char (out) : before, right = *p != '\0' ? g_utf8_get_char (p) : 0;
    gboolean broken =
        newline && left != 0 && g_unichar_iswide (left) && right != 0 && g_unichar_iswide (right);
    if (left != 0 && left != ' ' && !broken)
      g_string_append_c (out, ' ');
  }
}

void
zb_line_add_text (ZbLine *line, const char *text, int link, gboolean strong, gboolean emphasis)
{
  ZbRun *last = line->runs->len > 0 ? run_at (line, line->runs->len - 1) : NULL;
  gboolean joins = last != NULL && last->kind == ZB_RUN_TEXT && last->link == link &&
                   last->strong == strong && last->emphasis == emphasis;
  gunichar before = line_end (line);
  ZbRun *run = joins ? last : append_run (line, ZB_RUN_TEXT, link);
  run->strong = strong;
  run->emphasis = emphasis;
  fold_into (run->text, text, before);
}

void
zb_line_add_code (ZbLine *line, const char *text, int link)
{
  ZbRun *last = line->runs->len > 0 ? run_at (line, line->runs->len - 1) : NULL;
  gboolean joins = last != NULL && last->kind == ZB_RUN_CODE && last->link == link;
  ZbRun *run = joins ? last : append_run (line, ZB_RUN_CODE, link);
  g_autofree char *folded = zb_text_squeeze (text, -1);
  g_string_append (run->text, folded);
}

void
zb_line_add_break (ZbLine *line, int link)
{
  append_run (line, ZB_RUN_BREAK, link);
}

void
zb_line_add_image (ZbLine *line, const char *url, const char *alt, const char *title, int link)
{
  ZbRun *run = append_run (line, ZB_RUN_IMAGE, link);
  g_autofree char *folded = zb_text_squeeze (alt, -1);
  g_string_append (run->text, folded);
  run->url = g_strdup (url);
  run->title = zb_text_squeeze (title, -1);
}

int
zb_line_add_link (ZbLine *line, const char *url, const char *title)
{
  ZbLink link = {g_strdup (url), zb_text_squeeze (title, -1)};
  g_array_append_val (line->links, link);
  return (int)line->links->len - 1;
}

static gboolean
is_blank_text (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!is_blank_char (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static gboolean
run_is_blank (const ZbRun *run)
{
  return run->kind == ZB_RUN_BREAK || (run->kind != ZB_RUN_IMAGE && is_blank_text (run->text->str));
}

/* --- trimming --- */

static void
trim_start (GString *text)
{
  const char *p = text->str;
  while (*p != '\0' && is_blank_char (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  g_string_erase (text, 0, p - text->str);
}

static void
trim_end (GString *text)
{
  while (text->len > 0 && is_blank_char (last_char (text)))
    g_string_truncate (text, (gsize)(g_utf8_find_prev_char (text->str, text->str + text->len) - text->str));
}

/* White space at the ends of the line and beside its breaks is of no meaning. */
static void
trim_runs (ZbLine *line, guint from, guint to)
{
  gboolean fresh = TRUE;
  for (guint i = from; i < to; i++) {
    ZbRun *run = run_at (line, i);
    if (fresh && run->kind == ZB_RUN_TEXT)
      trim_start (run->text);
    fresh = run->kind == ZB_RUN_BREAK || (fresh && run_is_blank (run));
  }
  fresh = TRUE;
  for (guint i = to; i > from; i--) {
    ZbRun *run = run_at (line, i - 1);
    if (fresh && run->kind == ZB_RUN_TEXT)
      trim_end (run->text);
    fresh = run->kind == ZB_RUN_BREAK || (fresh && run_is_blank (run));
  }
}

/* --- formats that can be read back --- */

typedef struct {
  ZbMarkdown *leaf;
  ZbMarkdown *link; /* the node of the link at hand, or NULL */
  int link_index;
} Emitter;

static gboolean
is_punctuation (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_CONNECT_PUNCTUATION:
  case G_UNICODE_DASH_PUNCTUATION:
  case G_UNICODE_CLOSE_PUNCTUATION:
  case G_UNICODE_FINAL_PUNCTUATION:
  case G_UNICODE_INITIAL_PUNCTUATION:
  case G_UNICODE_OTHER_PUNCTUATION:
  case G_UNICODE_OPEN_PUNCTUATION:
    return TRUE;
  default:
    return c < 0x80 && g_ascii_ispunct ((char)c);
  }
}

/* Whether an opening delimiter works between OUTER and INNER; a closing one is its mirror image. */
static gboolean
may_delimit (gunichar outer, gunichar inner)
{
  if (inner == 0 || is_blank_char (inner))
    return FALSE;
  return !is_punctuation (inner) || outer == 0 || is_blank_char (outer) || is_punctuation (outer);
}

static void
append_text (ZbMarkdown *parent, const char *text)
{
  if (*text != '\0')
    zb_markdown_set_text (zb_markdown_append (parent, ZB_MARK_TEXT), text);
}

/* How many bytes of TEXT at its start, or its end, cannot be inside the delimiters. */
static gsize
refused_at_start (const GString *text, gunichar outer)
{
  const char *p = text->str;
  while (*p != '\0' && !may_delimit (outer, g_utf8_get_char (p))) {
    outer = g_utf8_get_char (p);
    p = g_utf8_next_char (p);
  }
  return (gsize)(p - text->str);
}

static gsize
refused_at_end (const GString *text, gsize start, gunichar outer)
{
  const char *end = text->str + text->len;
  while (end > text->str + start) {
    const char *last = g_utf8_find_prev_char (text->str + start, end);
    gunichar inner = last != NULL ? g_utf8_get_char (last) : 0;
    if (last == NULL || may_delimit (outer, inner))
      break;
    outer = inner;
    end = last;
  }
  return (gsize)(text->str + text->len - end);
}

/* The character beside run I: DIRECTION is -1 or 1. Code and images write punctuation, other links brackets.
 */
static gunichar
neighbour (ZbLine *line, guint i, guint from, guint to, int direction)
{
  const ZbRun *self = run_at (line, i);
  for (guint j = i + (guint)direction; j >= from && j < to; j += (guint)direction) {
    const ZbRun *run = run_at (line, j);
    if (run->kind == ZB_RUN_BREAK)
      return ' ';
    if (run->kind != ZB_RUN_TEXT || run->link != self->link)
      return '[';
    if (run->text->len == 0)
      continue;
    if (run->strong || run->emphasis)
      return 'x'; /* two formats that touch: the delimiters between would be read as one */
    return direction < 0 ? last_char (run->text) : g_utf8_get_char (run->text->str);
  }
  return self->link >= 0 ? '[' : 0;
}

static gboolean
touches_format (ZbLine *line, guint i, guint from)
{
  for (guint j = i; j > from; j--) {
    const ZbRun *run = run_at (line, j - 1);
    if (run->kind != ZB_RUN_TEXT || run->link != run_at (line, i)->link)
      return FALSE;
    if (run->text->len > 0)
      return run->strong || run->emphasis;
  }
  return FALSE;
}

static void
emit_formatted (const ZbRun *run, ZbMarkdown *parent, gunichar before, gunichar after)
{
  gsize start = refused_at_start (run->text, before), end = refused_at_end (run->text, start, after);
  gsize inner = run->text->len - start - end;
  g_autofree char *head = g_strndup (run->text->str, start),
                  *body = g_strndup (run->text->str + start, inner),
                  *tail = g_strndup (run->text->str + start + inner, end);
  append_text (parent, head);
  if (*body != '\0') {
    ZbMarkdown *node = parent;
    if (run->strong)
      node = zb_markdown_append (node, ZB_MARK_STRONG);
    if (run->emphasis)
      node = zb_markdown_append (node, ZB_MARK_EMPHASIS);
    append_text (node, body);
  }
  append_text (parent, tail);
}

static ZbMarkdown *
parent_of_run (ZbLine *line, Emitter *e, const ZbRun *run)
{
  if (run->link != e->link_index) {
    e->link_index = run->link;
    e->link = NULL;
    if (run->link >= 0) {
      const ZbLink *link = &g_array_index (line->links, ZbLink, run->link);
      e->link = zb_markdown_append (e->leaf, ZB_MARK_LINK);
      if (!zb_markdown_set_link (e->link, link->url, link->title)) {
        zb_markdown_remove (e->link);
        e->link = NULL;
      }
    }
  }
  return e->link != NULL ? e->link : e->leaf;
}

static void
emit_image (const ZbRun *run, ZbMarkdown *parent)
{
  ZbMarkdown *image = zb_markdown_append (parent, ZB_MARK_IMAGE);
  append_text (image, run->text->str);
  if (!zb_markdown_set_link (image, run->url, run->title))
    zb_markdown_remove (image);
}

static void
emit_run (ZbLine *line, guint i, guint from, guint to, Emitter *e)
{
  ZbRun *run = run_at (line, i);
  if (run->kind == ZB_RUN_BREAK) {
    zb_markdown_append (parent_of_run (line, e, run), ZB_MARK_LINE_BREAK);
    return;
  }
  if (run->kind == ZB_RUN_IMAGE) {
    emit_image (run, parent_of_run (line, e, run));
    return;
  }
  if (run->text->len == 0)
    return;
  ZbMarkdown *parent = parent_of_run (line, e, run);
  if (run->kind == ZB_RUN_CODE)
    zb_markdown_set_text (zb_markdown_append (parent, ZB_MARK_CODE), run->text->str);
  else if ((run->strong || run->emphasis) && !touches_format (line, i, from))
    emit_formatted (run, parent, neighbour (line, i, from, to, -1), neighbour (line, i, from, to, 1));
  else {
    run->strong = run->emphasis = FALSE;
    append_text (parent, run->text->str);
  }
}

/* White space at the ends of a link goes outside of it; a link of nothing else is none. */
static void
shrink_links (ZbLine *line, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    ZbRun *run = run_at (line, i);
    if (run->link >= 0 && run_is_blank (run)) {
      gboolean first = i == from || run_at (line, i - 1)->link != run->link;
      gboolean last = i + 1 == to || run_at (line, i + 1)->link != run->link;
      if (first || last)
        run->link = -1;
    }
  }
}

/* Emphasis inside strong text would need delimiters side by side: it is given up where only a part has it. */
static void
merge_strong (ZbLine *line, guint from, guint to)
{
  for (guint i = from; i + 1 < to; i++) {
    ZbRun *run = run_at (line, i), *next = run_at (line, i + 1);
    if (run->kind != ZB_RUN_TEXT || next->kind != ZB_RUN_TEXT || run->link != next->link || !run->strong ||
        !next->strong)
      continue;
    g_string_prepend (next->text, run->text->str);
    next->emphasis = next->emphasis && run->emphasis;
    g_string_truncate (run->text, 0);
  }
}

void
zb_line_emit (ZbLine *line, guint from, guint to, ZbMarkdown *leaf)
{
  trim_runs (line, from, to);
  shrink_links (line, from, to);
  merge_strong (line, from, to);
  Emitter e = {leaf, NULL, -1};
  for (guint i = from; i < to; i++)
    emit_run (line, i, from, to, &e);
}
