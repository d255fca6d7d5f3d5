/* Rendering a compiled Mustache template. */
#include "template_private.h"

#include "zhoubao/base/error.h"

/* The arguments of one {{<parent}} tag. */
typedef struct Frame Frame;
struct Frame {
  const ZbTemplate *tpl; /* where the tag is written */
  const Step *parent;
  guint first;        /* index of the step after it */
  const Frame *outer; /* arguments that the template around the tag was given */
};

/* What an argument's first line is owed. */
typedef enum { FIRST_DONE, FIRST_INDENTED, FIRST_AS_IT_IS } First;

/* Where rendering stands in the text of one template. */
typedef struct {
  const ZbTemplate *tpl;
  const Frame *frame;
  First first;
  gsize indent_from, indent_to; /* part of Renderer.indent that is in force */
} Place;

/* Contexts, from the innermost outwards. */
typedef struct Level Level;
struct Level {
  const ZbViewNode *node;
  const Level *outer;
};

typedef struct {
  Place place;
  GString *indent;
  const Level *level; /* the innermost */
  const ZbTemplateOptions *options;
  ZbTemplateEscape escape;
  guint depth;
  GString *out;
} Renderer;

static gboolean render_steps (Renderer *r, guint from, guint to, GError **error);

static gboolean
fail (const Renderer *r, const Step *step, GError **error, const char *what)
{
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s:%u: %s '%s'", r->place.tpl->name, step->line, what,
               step->name);
  return FALSE;
}

/* g_string_append_len() for pieces of a few bytes, of which a page has hundreds: where there is room it is a
   copy and no call. */
static inline void
append (GString *out, const char *text, gsize length)
{
  if (length >= out->allocated_len - out->len) {
    g_string_append_len (out, text, (gssize)length);
    return;
  }
  memcpy (out->str + out->len, text, length);
  out->len += length;
  out->str[out->len] = '\0';
}

void
zb_template_escape_none (GString *out, const char *text, gsize length)
{
  append (out, text, length);
}

typedef guint8 Sixteen __attribute__ ((vector_size (16)));

/* Whether one of the 16 bytes at P may not be itself in HTML. Line ends and tabs are told so too. */
static gboolean
any_special (const char *p)
{
  Sixteen c;
  memcpy (&c, p, sizeof c);
  const Sixteen found = (Sixteen)(c < 0x20) | (Sixteen)(c == '&') | (Sixteen)(c == '<') |
                        (Sixteen)(c == '>') | (Sixteen)(c == '"') | (Sixteen)(c == '\'') |
                        (Sixteen)(c == 0x7f);
  guint64 halves[2];
  memcpy (halves, &found, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

/* How many bytes there are from AT on that are themselves in HTML; most of a text is letters. */
static gsize
plain_length (const char *at, const char *end)
{
  static const guint8 special[256] = {[0 ... '\t' - 1] = 1,
                                      ['\n' + 1 ... '\r' - 1] = 1,
                                      ['\r' + 1 ... ' ' - 1] = 1,
                                      ['&'] = 1,
                                      ['<'] = 1,
                                      ['>'] = 1,
                                      ['"'] = 1,
                                      ['\''] = 1,
                                      [0x7f] = 1};
  const char *p = at;
  while (end - p >= (gssize)sizeof (Sixteen) && !any_special (p))
    p += sizeof (Sixteen);
  while (p < end && !special[(guint8)*p])
    p++;
  return (gsize)(p - at);
}

static const char *
html_reference (unsigned char c)
{
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  default: /* a control character */
    return "";
  }
}

void
zb_template_escape_html (GString *out, const char *text, gsize length)
{
  for (const char *end = text + length; text < end; text++) {
    gsize plain = plain_length (text, end);
    append (out, text, plain);
    text += plain;
    if (text < end)
      g_string_append (out, html_reference ((unsigned char)*text));
  }
}

static void
append_indent (Renderer *r)
{
  const Place *at = &r->place;
  append (r->out, r->indent->str + at->indent_from, at->indent_to - at->indent_from);
}

/* Each line of TEXT gets the indentation but the empty ones, and but the first unless INDENT_FIRST. */
static void
append_lines (Renderer *r, const char *text, gsize length, gboolean indent_first)
{
  const char *end = text + length;
  for (gboolean indent = indent_first;; indent = TRUE) {
    const char *newline = memchr (text, '\n', (gsize)(end - text));
    const char *stop = newline != NULL ? newline + 1 : end;
    if (indent && *text != '\n' && *text != '\r')
      append_indent (r);
    append (r->out, text, (gsize)(stop - text));
    text = stop;
    if (text == end)
      return;
  }
}

static void
render_text (Renderer *r, const Step *step)
{
  if (step->length == 0 && !step->line_start)
    return;
  gboolean indent = r->place.first != FIRST_DONE ? r->place.first == FIRST_INDENTED : step->line_start;
  r->place.first = FIRST_DONE;
  if (r->place.indent_from == r->place.indent_to)
    append (r->out, step->text, step->length);
  else
    append_lines (r, step->length > 0 ? step->text : "", step->length, indent);
}

/* The first part of a name is looked for from the innermost context outwards, the rest only inside it. */
static const ZbViewNode *
look_up (const Renderer *r, char **path)
{
  if (*path == NULL)
    return r->level->node;
  const ZbViewNode *node = NULL;
  for (const Level *level = r->level; node == NULL && level != NULL; level = level->outer)
    node = zb_view_member (level->node, path[0]);
  for (path++; *path != NULL && node != NULL && node->kind != ZB_VIEW_NULL; path++)
    node = zb_view_member (node, *path);
  return node;
}

static gboolean
find_value (const Renderer *r, const Step *step, const ZbViewNode **out, GError **error)
{
  *out = look_up (r, step->path);
  if (*out == NULL && r->options->strict)
    return fail (r, step, error, "unknown variable");
  return TRUE;
}

static gboolean
is_true (const ZbViewNode *node)
{
  switch (node != NULL ? node->kind : ZB_VIEW_NULL) {
  case ZB_VIEW_TRUE:
  case ZB_VIEW_OBJECT:
    return TRUE;
  case ZB_VIEW_TEXT:
    return node->length > 0;
  case ZB_VIEW_INT:
    return node->value.number != 0;
  case ZB_VIEW_DOUBLE:
    return node->value.real < 0 || node->value.real > 0;
  case ZB_VIEW_LIST:
    return node->value.first != NULL;
  default:
    return FALSE;
  }
}

/* The shortest decimal that reads back as the same number. */
static void
append_double (GString *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    double back = g_ascii_strtod (g_ascii_formatd (text, sizeof text, formats[i], value), NULL);
    if (!(back < value) && !(back > value))
      break;
  }
  g_string_append (out, text);
}

/* printf() takes ten times as long, and every list has numbers. */
static void
append_number (GString *out, gint64 number)
{
  char digits[24], *first = digits + sizeof digits;
  guint64 left = number < 0 ? -(guint64)number : (guint64)number;
  do
    *--first = (char)('0' + left % 10);
  while ((left /= 10) > 0);
  if (number < 0)
    *--first = '-';
  append (out, first, (gsize)(digits + sizeof digits - first));
}

static void
append_value (Renderer *r, const Step *step, const ZbViewNode *node)
{
  if (node->kind == ZB_VIEW_TEXT) {
    ZbTemplateEscape escape = step->kind == STEP_RAW ? zb_template_escape_none : r->escape;
    escape (r->out, node->value.text, node->length);
  } else if (node->kind == ZB_VIEW_INT)
    append_number (r->out, node->value.number);
  else if (node->kind == ZB_VIEW_DOUBLE)
    append_double (r->out, node->value.real);
  else
    g_string_append (r->out, node->kind == ZB_VIEW_TRUE ? "true" : "false");
}

static gboolean
render_value (Renderer *r, const Step *step, GError **error)
{
  const ZbViewNode *node;
  if (!find_value (r, step, &node, error))
    return FALSE;
  if (node == NULL || node->kind == ZB_VIEW_NULL)
    return TRUE;
  if (node->kind == ZB_VIEW_LIST || node->kind == ZB_VIEW_OBJECT)
    return r->options->strict ? fail (r, step, error, "no text but a list or an object:") : TRUE;
  if (r->place.first == FIRST_INDENTED)
    append_indent (r);
  r->place.first = FIRST_DONE;
  append_value (r, step, node);
  return TRUE;
}

static gboolean
render_inside (Renderer *r, const ZbViewNode *context, guint at, guint end, GError **error)
{
  Level level = {context, r->level};
  r->level = &level;
  gboolean ok = render_steps (r, at + 1, end, error);
  r->level = level.outer;
  return ok;
}

static gboolean
render_section (Renderer *r, const Step *step, guint at, GError **error)
{
  const ZbViewNode *node;
  if (!find_value (r, step, &node, error))
    return FALSE;
  if (step->kind == STEP_INVERTED)
    return is_true (node) || render_steps (r, at + 1, step->end, error);
  if (!is_true (node))
    return TRUE;
  if (node->kind != ZB_VIEW_LIST)
    return render_inside (r, node, at, step->end, error);
  for (const ZbViewNode *member = node->value.first; member != NULL; member = member->next)
    if (!render_inside (r, member, at, step->end, error))
      return FALSE;
  return TRUE;
}

static void
push_indent (Renderer *r, const char *indent)
{
  if (indent == NULL)
    return;
  g_string_append (r->indent, indent);
  r->place.indent_to = r->indent->len;
}

static void
go_back (Renderer *r, Place place)
{
  g_string_truncate (r->indent, place.indent_to);
  r->place = place;
}

/* Renders the template that the partial or parent tag STEP names, its arguments being those of FRAME. */
static gboolean
render_template (Renderer *r, const Step *step, const Frame *frame, GError **error)
{
  g_autoptr (GError) problem = NULL;
  const ZbTemplate *tpl =
      r->options->find != NULL ? r->options->find (step->name, r->options->data, &problem) : NULL;
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (tpl == NULL)
    return r->options->strict ? fail (r, step, error, "there is no template") : TRUE;
  if (r->depth >= ZB_TEMPLATE_MAX_DEPTH)
    return fail (r, step, error, "templates include each other too deeply at");
  Place place = r->place;
  if (!step->own_line) /* the line has begun: what is around has been indented, what is included is not */
    r->place.indent_from = r->indent->len;
  push_indent (r, step->own_line ? step->indent : "");
  r->place.tpl = tpl;
  r->place.frame = frame;
  r->depth++;
  gboolean ok = render_steps (r, 0, tpl->steps->len, error);
  r->depth--;
  place.first = r->place.first == FIRST_DONE ? FIRST_DONE : place.first;
  go_back (r, place);
  return ok;
}

/* The argument for the parameter NAME: of several, the one that was given furthest outside. */
static const Frame *
find_argument (const Frame *frame, const char *name, guint *out)
{
  const Frame *found = NULL;
  for (; frame != NULL; frame = frame->outer) {
    for (guint i = frame->first; i < frame->parent->end;) {
      const Step *step = &g_array_index (frame->tpl->steps, Step, i);
      if (step->kind == STEP_BLOCK && g_str_equal (step->name, name)) {
        found = frame;
        *out = i;
        break;
      }
      i = step->end;
    }
  }
  return found;
}

static gboolean
render_block (Renderer *r, const Step *step, guint at, GError **error)
{
  guint index = 0;
  const Frame *frame = find_argument (r->place.frame, step->name, &index);
  if (frame == NULL)
    return render_steps (r, at + 1, step->end, error);
  Place place = r->place;
  push_indent (r, step->indent);
  r->place.tpl = frame->tpl;
  r->place.frame = frame->outer;
  if (place.first != FIRST_AS_IT_IS)
    r->place.first = step->own_line ? FIRST_INDENTED : FIRST_AS_IT_IS;
  guint end = g_array_index (frame->tpl->steps, Step, index).end;
  gboolean ok = render_steps (r, index + 1, end, error);
  place.first = FIRST_DONE;
  go_back (r, place);
  return ok;
}

static gboolean
render_step (Renderer *r, const Step *step, guint at, GError **error)
{
  switch (step->kind) {
  case STEP_TEXT:
    render_text (r, step);
    return TRUE;
  case STEP_VALUE:
  case STEP_RAW:
    return render_value (r, step, error);
  case STEP_SECTION:
  case STEP_INVERTED:
    return render_section (r, step, at, error);
  case STEP_PARTIAL:
    return render_template (r, step, r->place.frame, error);
  case STEP_PARENT: {
    Frame frame = {r->place.tpl, step, at + 1, r->place.frame};
    return render_template (r, step, &frame, error);
  }
  case STEP_BLOCK:
    return render_block (r, step, at, error);
  default:
    g_assert_not_reached ();
  }
}

static gboolean
render_steps (Renderer *r, guint from, guint to, GError **error)
{
  const Step *steps = (const Step *)(gpointer)r->place.tpl->steps->data;
  for (guint i = from; i < to; i = steps[i].end)
    if (!render_step (r, &steps[i], i, error))
      return FALSE;
  return TRUE;
}

gboolean
zb_template_render (const ZbTemplate *tpl, const ZbViewNode *context, const ZbTemplateOptions *options,
                    GString *out, GError **error)
{
  static const ZbTemplateOptions plain = {NULL, NULL, NULL, FALSE};
  static const ZbViewNode nothing = {.kind = ZB_VIEW_OBJECT};
  const Level outermost = {context != NULL ? context : &nothing, NULL};
  Renderer r = {.place = {.tpl = tpl}, .options = options != NULL ? options : &plain, .out = out, .depth = 1};
  r.escape = r.options->escape != NULL ? r.options->escape : zb_template_escape_html;
  r.indent = g_string_new (NULL);
  r.level = &outermost;
  gboolean ok = render_steps (&r, 0, tpl->steps->len, error);
  g_string_free (r.indent, TRUE);
  if (!ok && error != NULL && !g_str_has_prefix ((*error)->message, tpl->name))
    g_prefix_error (error, "%s: ", tpl->name); /* the cause is in a template that this one includes */
  return ok;
}
