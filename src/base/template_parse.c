/* Compiling a Mustache template: tags, lines that belong to one tag alone, and indentation. */
#include "template_private.h"

#include "zhoubao/base/error.h"

/* A section, parent or block that is still open. */
typedef struct {
  guint step;
  gboolean clean;     /* nothing but white space before its opening tag on that line */
  const char *margin; /* the outer block's margin, to go back to */
  gsize margin_length;
} Open;

typedef struct {
  ZbTemplate *tpl;
  const char *at, *end;
  const char *left, *right; /* delimiters */
  GStringChunk *delimiters;
  guint line;
  const char *lead; /* the white space that begins this line, while nothing else was met; else NULL */
  gsize lead_length;
  const char *margin; /* white space to take off each line: the indentation of the block that is being read */
  gsize margin_length;
  GArray *open; /* of Open */
} Parser;

static gboolean G_GNUC_PRINTF (4, 5) fail (Parser *p, guint line, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s:%u: %s", p->tpl->name, line, what);
  return FALSE;
}

static Step *
step_at (Parser *p, guint index)
{
  return &g_array_index (p->tpl->steps, Step, index);
}

static Step *
add_step (Parser *p, StepKind kind, guint line)
{
  Step step = {.kind = kind, .line = line, .end = p->tpl->steps->len + 1};
  g_array_append_val (p->tpl->steps, step);
  return step_at (p, p->tpl->steps->len - 1);
}

/* Adds text, growing the step before where that is the same piece of source. An empty text at the start of a
   line stays a step: it is where the line's indentation goes. */
static void
add_text (Parser *p, const char *text, gsize length, gboolean line_start)
{
  GArray *steps = p->tpl->steps;
  Step *last = steps->len > 0 ? step_at (p, steps->len - 1) : NULL;
  if (length > 0 && last != NULL && last->kind == STEP_TEXT && last->length > 0 &&
      last->text + last->length == text) {
    last->length += length;
    return;
  }
  Step *step = add_step (p, STEP_TEXT, p->line);
  step->text = text;
  step->length = length;
  step->line_start = line_start;
}

/* Enters a line: takes the block's margin off and remembers what white space begins it. */
static void
begin_line (Parser *p)
{
  gsize blanks = zb_template_blank_length (p->at, p->end), same = 0;
  while (same < MIN (blanks, p->margin_length) && p->at[same] == p->margin[same])
    same++;
  p->lead = p->at + same;
  p->lead_length = blanks - same;
  p->at += blanks;
}

/* The white space of this line becomes text: something other than a tag of its own line follows. */
static void
flush_lead (Parser *p)
{
  if (p->lead == NULL)
    return;
  add_text (p, p->lead, p->lead_length, TRUE);
  p->lead = NULL;
}

static void
eat_line (Parser *p, const char *after)
{
  gboolean newline = after > p->at && after[-1] == '\n';
  p->at = after;
  p->lead = NULL;
  if (newline) {
    p->line++;
    begin_line (p);
  }
}

/* If the tag that ends at AT has its line for itself, the line goes. */
static gboolean
eat_own_line (Parser *p)
{
  const char *after = p->lead != NULL ? zb_template_rest_is_blank (p->at, p->end) : NULL;
  if (after == NULL)
    return FALSE;
  eat_line (p, after);
  return TRUE;
}

static gboolean
set_delimiters (Parser *p, const Tag *tag, GError **error)
{
  g_autofree char *text = g_strndup (tag->text, tag->length);
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", 2);
  const char *right = words[0] != NULL && words[1] != NULL ? g_strstrip (words[1]) : "";
  if (*right == '\0' || strpbrk (right, " \t\r\n=") != NULL || strchr (words[0], '=') != NULL)
    return fail (p, tag->line, error, "delimiters are two words without '=', not '%s'", text);
  p->left = g_string_chunk_insert (p->delimiters, words[0]);
  p->right = g_string_chunk_insert (p->delimiters, right);
  return TRUE;
}

static gboolean
set_name (Parser *p, Step *step, const Tag *tag, GError **error)
{
  step->name = g_strndup (tag->text, tag->length);
  if (tag->length == 0)
    return fail (p, tag->line, error, "a tag has no name");
  if (strpbrk (step->name, " \t\r\n") != NULL)
    return fail (p, tag->line, error, "the name '%s' has white space in it", step->name);
  if (step->kind == STEP_PARTIAL || step->kind == STEP_PARENT || step->kind == STEP_BLOCK)
    return TRUE;
  step->path = g_str_equal (step->name, ".") ? g_new0 (char *, 1) : g_strsplit (step->name, ".", -1);
  for (char **part = step->path; *part != NULL; part++)
    if (**part == '\0')
      return fail (p, tag->line, error, "the name '%s' has an empty part", step->name);
  return TRUE;
}

static gboolean
add_value (Parser *p, const Tag *tag, GError **error)
{
  flush_lead (p);
  return set_name (p, add_step (p, tag->sigil == 0 ? STEP_VALUE : STEP_RAW, tag->line), tag, error);
}

static gboolean
add_partial (Parser *p, const Tag *tag, GError **error)
{
  g_autofree char *indent = p->lead != NULL ? g_strndup (p->lead, p->lead_length) : NULL;
  const char *after = p->lead != NULL ? zb_template_rest_is_blank (p->at, p->end) : NULL;
  if (after == NULL)
    flush_lead (p);
  Step *step = add_step (p, STEP_PARTIAL, tag->line);
  step->own_line = after != NULL;
  step->indent = step->own_line ? g_steal_pointer (&indent) : NULL;
  if (after != NULL)
    eat_line (p, after);
  return set_name (p, step, tag, error);
}

static void
push_open (Parser *p, guint step, gboolean clean)
{
  Open open = {step, clean, p->margin, p->margin_length};
  g_array_append_val (p->open, open);
}

/* Direct children of a parent that are blocks are its arguments; all else there is ignored. */
static gboolean
in_parent (Parser *p)
{
  if (p->open->len == 0)
    return FALSE;
  return step_at (p, g_array_index (p->open, Open, p->open->len - 1).step)->kind == STEP_PARENT;
}

static gboolean
open_section (Parser *p, const Tag *tag, GError **error)
{
  if (!eat_own_line (p))
    flush_lead (p);
  Step *step = add_step (p, tag->sigil == '#' ? STEP_SECTION : STEP_INVERTED, tag->line);
  push_open (p, p->tpl->steps->len - 1, FALSE);
  return set_name (p, step, tag, error);
}

static gboolean
open_parent (Parser *p, const Tag *tag, GError **error)
{
  gboolean clean = p->lead != NULL;
  char *indent = clean ? g_strndup (p->lead, p->lead_length) : NULL;
  if (clean) { /* a step of its own: if the closing tag ends its line, it is taken back */
    Step *before = add_step (p, STEP_TEXT, tag->line);
    before->text = p->lead;
    before->length = p->lead_length;
    before->line_start = TRUE;
  }
  p->lead = NULL;
  Step *step = add_step (p, STEP_PARENT, tag->line);
  step->indent = indent;
  push_open (p, p->tpl->steps->len - 1, clean);
  return set_name (p, step, tag, error);
}

/* The white space that begins the first line with anything in it, from AT on, without the present margin. */
static void
find_margin (Parser *p, const char **margin, gsize *length)
{
  const char *line = p->at, *after;
  while (line < p->end && (after = zb_template_rest_is_blank (line, p->end)) != NULL)
    line = after;
  *margin = line;
  *length = zb_template_blank_length (line, p->end);
}

/* An argument: its text begins on the line after the tag if that tag ends its line, and loses its margin. */
static void
open_argument (Parser *p)
{
  const char *after = zb_template_rest_is_blank (p->at, p->end);
  p->lead = NULL;
  p->margin_length = 0;
  if (after == NULL || after == p->end)
    return;
  p->at = after;
  p->line++;
  find_margin (p, &p->margin, &p->margin_length);
  begin_line (p);
}

/* A parameter: what is put in its place is indented as its default text or, without one, as its tag. */
static gboolean
open_parameter (Parser *p, const Tag *tag, GError **error)
{
  char *indent = p->lead != NULL ? g_strndup (p->lead, p->lead_length) : NULL;
  const char *after = p->lead != NULL ? zb_template_rest_is_blank (p->at, p->end) : NULL;
  if (after == NULL)
    flush_lead (p);
  Step *step = add_step (p, STEP_BLOCK, tag->line);
  step->indent = indent;
  step->own_line = after != NULL;
  push_open (p, p->tpl->steps->len - 1, FALSE);
  if (after != NULL)
    eat_line (p, after);
  g_autofree char *closing = g_strconcat (p->left, "/", NULL);
  gboolean has_default = p->lead != NULL && zb_template_rest_is_blank (p->at, p->end) == NULL &&
                         !g_str_has_prefix (p->at, closing);
  if (after != NULL && has_default) {
    g_free (step->indent);
    step->indent = g_strndup (p->lead, p->lead_length);
  }
  return set_name (p, step, tag, error);
}

static gboolean
open_block (Parser *p, const Tag *tag, GError **error)
{
  if (!in_parent (p))
    return open_parameter (p, tag, error);
  Step *step = add_step (p, STEP_BLOCK, tag->line);
  push_open (p, p->tpl->steps->len - 1, FALSE);
  open_argument (p);
  return set_name (p, step, tag, error);
}

static void
close_parent (Parser *p, const Open *open)
{
  Step *step = step_at (p, open->step);
  const char *after = open->clean ? zb_template_rest_is_blank (p->at, p->end) : NULL;
  p->lead = NULL;
  step->own_line = after != NULL;
  if (after == NULL) {
    g_clear_pointer (&step->indent, g_free);
    return;
  }
  Step *before = step_at (p, open->step - 1);
  before->length = 0;
  before->line_start = FALSE;
  eat_line (p, after);
}

static gboolean
close_tag (Parser *p, const Tag *tag, GError **error)
{
  g_autofree char *name = g_strndup (tag->text, tag->length);
  if (p->open->len == 0)
    return fail (p, tag->line, error, "'%s' is closed but not open", name);
  Open open = g_array_index (p->open, Open, p->open->len - 1);
  Step *step = step_at (p, open.step);
  if (!g_str_equal (step->name, name))
    return fail (p, tag->line, error, "'%s' is closed where '%s' of line %u is open", name, step->name,
                 step->line);
  g_array_set_size (p->open, p->open->len - 1);
  gboolean argument = step->kind == STEP_BLOCK && in_parent (p);
  p->margin = open.margin;
  p->margin_length = open.margin_length;
  if (argument)
    p->lead = NULL; /* white space before the closing tag is not the argument's */
  else if (step->kind == STEP_PARENT)
    close_parent (p, &open);
  else if (!eat_own_line (p))
    flush_lead (p);
  step_at (p, open.step)->end = p->tpl->steps->len;
  return TRUE;
}

static gboolean
parse_tag (Parser *p, GError **error)
{
  Tag tag = {0};
  if (!zb_template_read_tag (p->at, p->end, p->left, p->right, &tag))
    return fail (p, p->line, error, "a tag is opened by %s and never closed by %s", p->left, p->right);
  tag.line = p->line;
  p->line += tag.lines;
  p->at = tag.after;
  switch (tag.sigil) {
  case '!':
  case '=':
    if (tag.sigil == '=' && !set_delimiters (p, &tag, error))
      return FALSE;
    if (!eat_own_line (p))
      flush_lead (p);
    return TRUE;
  case '#':
  case '^':
    return open_section (p, &tag, error);
  case '/':
    return close_tag (p, &tag, error);
  case '>':
    return add_partial (p, &tag, error);
  case '<':
    return open_parent (p, &tag, error);
  case '$':
    return open_block (p, &tag, error);
  default:
    return add_value (p, &tag, error);
  }
}

/* Text up to the next tag or the end of the line. */
static void
parse_text (Parser *p)
{
  const char *newline = memchr (p->at, '\n', (gsize)(p->end - p->at));
  const char *stop = newline != NULL ? newline + 1 : p->end;
  const char *tag = g_strstr_len (p->at, stop - p->at, p->left);
  const char *from = p->lead != NULL ? p->lead : p->at, *to = tag != NULL ? tag : stop;
  if (to > from || p->lead != NULL)
    add_text (p, from, (gsize)(to - from), p->lead != NULL);
  p->lead = NULL;
  p->at = to;
  if (tag == NULL && newline != NULL) {
    p->line++;
    begin_line (p);
  }
}

static gboolean
parse (Parser *p, GError **error)
{
  begin_line (p);
  while (p->at < p->end) {
    if (!g_str_has_prefix (p->at, p->left))
      parse_text (p);
    else if (!parse_tag (p, error))
      return FALSE;
  }
  if (p->lead != NULL && p->lead_length > 0)
    flush_lead (p);
  if (p->open->len == 0)
    return TRUE;
  Step *step = step_at (p, g_array_index (p->open, Open, p->open->len - 1).step);
  return fail (p, step->line, error, "'%s' is opened here and never closed", step->name);
}

static void
clear_step (gpointer data)
{
  Step *step = data;
  g_free (step->name);
  g_strfreev (step->path);
  g_free (step->indent);
}

ZbTemplate *
zb_template_parse (const char *name, const char *text, gssize length, GError **error)
{
  g_autoptr (ZbTemplate) tpl = g_new0 (ZbTemplate, 1);
  gsize size = length < 0 ? strlen (text) : (gsize)length;
  tpl->name = g_strdup (name);
  tpl->source = g_strndup (text, size);
  tpl->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (tpl->steps, clear_step);
  if (!g_utf8_validate (text, (gssize)size, NULL)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s: not valid UTF-8", name);
    return NULL;
  }
  Parser p = {
      .tpl = tpl, .at = tpl->source, .end = tpl->source + size, .left = "{{", .right = "}}", .line = 1};
  p.delimiters = g_string_chunk_new (64);
  p.open = g_array_new (FALSE, FALSE, sizeof (Open));
  gboolean ok = parse (&p, error);
  g_array_unref (p.open);
  g_string_chunk_free (p.delimiters);
  return ok ? g_steal_pointer (&tpl) : NULL;
}

void
zb_template_free (ZbTemplate *tpl)
{
  g_array_unref (tpl->steps);
  g_free (tpl->source);
  g_free (tpl->name);
  g_free (tpl);
}
