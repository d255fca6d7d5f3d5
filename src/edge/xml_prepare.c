/* One pass over HTML before libxml2 sees it.

   libxml2 2.9 compares each attribute of a tag with all before it (100,000 of them take 19 s), reads <!--> as
   the start of a comment where browsers see a whole one, and stops at a NUL. Comments are of no use here, so
   they are left out; script and style are passed through as they are. */
#include "xml_prepare.h"

#include "zhoubao/base/charset.h"
#include "zhoubao/edge/xml_stream.h"

#define MAX_ATTRIBUTES 128

static gboolean
is_control (guchar c)
{
  return (c < 0x20) & (c != '\t') & (c != '\n') & (c != '\r') & (c != '\f');
}

static gboolean
has_control (const char *text, const char *end)
{
  guint8 found = FALSE;
  for (const char *p = text; p < end; p++) /* without branches, for the compiler to do many bytes at a time */
    found |= (guint8)is_control ((guchar)*p);
  return found;
}

/* A copy without control characters and byte order mark, and what is not UTF-8 replaced by U+FFFD. */
static GString *
valid_utf8 (const char *text, gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize)length;
  GString *out = g_string_sized_new (n + 16);
  gboolean marked = n >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0;
  const char *p = text + (marked ? 3 : 0), *end = text + n;
  if (!has_control (p, end)) {
    g_string_append_len (out, p, end - p);
    p = end;
  }
  for (; p < end; p++)
    if (!is_control ((guchar)*p))
      g_string_append_c (out, *p);
  if (!zb_charset_is_utf8 (out->str, out->len)) {
    g_autofree char *valid = g_utf8_make_valid (out->str, (gssize)out->len);
    g_string_assign (out, valid);
  }
  return out;
}

GString *
zb_xml_prepare_xml (const char *text, gssize length)
{
  return valid_utf8 (text, length);
}

/* Past the end of the comment whose text begins at P; NULL where it has none. */
static const char *
comment_end (const char *p)
{
  while ((p = strstr (p, "--")) != NULL) {
    if (p[2] == '>')
      return p + 3;
    if (p[2] == '!' && p[3] == '>')
      return p + 4;
    p++;
  }
  return NULL;
}

/* Past a comment, declaration or instruction that begins at P. A comment without end is taken to end at its
   first
   ">"; *OPEN says that no comment further on has an end, so that the text is searched but once. */
static const char *
after_declaration (const char *p, const char *end, gboolean *open)
{
  if (g_str_has_prefix (p, "<!-->"))
    return p + 5;
  if (g_str_has_prefix (p, "<!--->"))
    return p + 6;
  if (!*open && g_str_has_prefix (p, "<!--")) {
    const char *close = comment_end (p + 4);
    if (close != NULL)
      return close;
    *open = TRUE;
  }
  const char *close = strchr (p, '>');
  return close != NULL ? close + 1 : end;
}

/* Past the attribute at P: name, and value where it has one. */
static const char *
after_attribute (const char *p)
{
  while (*p != '\0' && *p != '>' && *p != '=' && !g_ascii_isspace (*p) && *p != '/')
    p++;
  const char *q = p;
  while (g_ascii_isspace (*q))
    q++;
  if (*q != '=')
    return p;
  for (q++; g_ascii_isspace (*q); q++)
    ;
  if (*q == '"' || *q == '\'') {
    const char *close = strchr (q + 1, *q);
    return close != NULL ? close + 1 : q + strlen (q);
  }
  while (*q != '\0' && *q != '>' && !g_ascii_isspace (*q))
    q++;
  return q;
}

/* Copies the tag at P, its surplus attributes left out; returns what follows it. */
static const char *
copy_tag (GString *out, const char *p)
{
  const char *q = p + 1;
  while (*q != '\0' && *q != '>' && *q != '/' && !g_ascii_isspace (*q))
    q++;
  g_string_append_len (out, p, q - p);
  for (guint n = 0; *q != '\0' && *q != '>'; n++) {
    const char *from = q;
    while (g_ascii_isspace (*q) || *q == '/')
      q++;
    if (*q == '=') /* a name may begin with it */
      q++;
    q = after_attribute (q);
    if (q == from)
      q++;
    if (n < MAX_ATTRIBUTES)
      g_string_append_len (out, from, q - from);
  }
  if (*q == '>')
    g_string_append_c (out, *q++);
  return q;
}

static gboolean
is_tag_named (const char *p, const char *name)
{
  gsize n = strlen (name);
  return g_ascii_strncasecmp (p, name, n) == 0 && !g_ascii_isalnum (p[n]) && p[n] != '-';
}

/* Where the end tag NAME begins, from P on; NULL where there is none. */
static const char *
find_end_tag (const char *p, const char *name)
{
  for (; (p = strstr (p, "</")) != NULL; p += 2)
    if (is_tag_named (p + 2, name))
      return p;
  return NULL;
}

typedef struct {
  GString *out;
  const char *end;
  gboolean open; /* no further comment has an end */
  enum { AT_START, IN_HEAD, IN_BODY } place;
} Scanner;

static gboolean
is_any_tag (const char *p, const char *const *names)
{
  for (; *names != NULL; names++)
    if (is_tag_named (p, *names))
      return TRUE;
  return FALSE;
}

/* The parser knows the elements of HTML 4: any other would stay in a head that has no end tag. */
static void
begin_body (Scanner *s, const char *name)
{
  static const char *const of_head[] = {"head",  "title",    "meta",     "link",   "base", "script",
                                        "style", "noscript", "template", "object", NULL};
  if (s->place == IN_BODY || is_tag_named (name, "html"))
    return;
  if (is_any_tag (name, of_head)) {
    s->place = IN_HEAD;
    return;
  }
  if (s->place == IN_HEAD && !is_tag_named (name, "body") && !is_tag_named (name, "frameset"))
    g_string_append (s->out, "<body>");
  s->place = IN_BODY;
}

#define SHORT_MAX 6 /* letters of the longest name that may lack its semicolon */

/* How many letters of the reference at P are a name whose semicolon is missing, as in &nbsp or &copy2017;
   HTML lets only the oldest do without, those of Latin-1. */
static gsize
short_name (const char *p, const char *end)
{
  gsize run = 0;
  while (p + 1 + run < end && g_ascii_isalnum (p[1 + run]))
    run++;
  if (p + 1 + run < end && p[1 + run] == ';')
    return 0;
  for (gsize n = MIN (run, SHORT_MAX); n >= 2; n--) {
    g_autofree char *reference = g_strdup_printf ("%.*s;", (int)n + 1, p);
    g_autoptr (GString) read = g_string_new (NULL);
    zb_xml_unescape (read, reference, n + 2);
    if (read->len < n + 2 && g_utf8_get_char (read->str) <= 0xff)
      return n;
  }
  return 0;
}

/* Copies the reference at P if libxml2 would read it otherwise than browsers do: &#146; as a control
   character, where HTML has it mean windows-1252's, and &nbsp without semicolon as six letters. Returns what
   follows it, NULL where the reference is fine or none. */
static const char *
copy_reference (GString *out, const char *p, const char *end)
{
  gsize n = short_name (p, end);
  if (n > 0) {
    g_string_append_len (out, p, (gssize)n + 1);
    g_string_append_c (out, ';');
    return p + n + 1;
  }
  if (p[1] != '#')
    return NULL;
  gboolean hex = p[2] == 'x' || p[2] == 'X';
  char *stop;
  guint64 number = g_ascii_strtoull (p + 2 + hex, &stop, hex ? 16 : 10);
  if (number < 0x80 || number > 0x9f || stop > end)
    return NULL;
  g_autofree char *reference = g_strdup_printf ("&#%u;", (guint)number);
  zb_xml_unescape (out, reference, strlen (reference));
  return stop < end && *stop == ';' ? stop + 1 : stop;
}

static void
append_text (GString *out, const char *p, const char *end)
{
  while (p < end) {
    const char *at = memchr (p, '&', (gsize)(end - p));
    const char *stop = at != NULL ? at : end;
    g_string_append_len (out, p, stop - p);
    if (at == NULL)
      return;
    p = copy_reference (out, at, end);
    if (p == NULL) {
      g_string_append_c (out, '&');
      p = at + 1;
    }
  }
}

static void
copy_text (Scanner *s, const char *text, gssize length)
{
  gsize spaces = strspn (text, " \t\r\n\f");
  if (s->place == AT_START && (gssize)spaces < length)
    s->place = IN_BODY;
  append_text (s->out, text, text + length);
}

/* Copies the tag at P and, of script and style, the raw text behind it; noscript goes with all that it holds,
   for it is a repetition, or a pixel that counts visits. */
static const char *
copy_element (Scanner *s, const char *p)
{
  static const char *const raw[] = {"script", "style"};
  const char *hidden = is_tag_named (p + 1, "noscript") ? find_end_tag (p, "noscript") : NULL;
  if (hidden != NULL) {
    const char *close = strchr (hidden, '>');
    return close != NULL ? close + 1 : s->end;
  }
  begin_body (s, p + 1);
  const char *body = copy_tag (s->out, p), *next = body;
  for (guint i = 0; i < G_N_ELEMENTS (raw); i++)
    if (is_tag_named (p + 1, raw[i]))
      next = find_end_tag (body, raw[i]);
  next = next != NULL ? next : s->end;
  g_string_append_len (s->out, body, next - body);
  return next;
}

GString *
zb_xml_prepare_html (const char *text, gssize length)
{
  g_autoptr (GString) in = valid_utf8 (text, length);
  const char *p = in->str, *end = in->str + in->len;
  Scanner s = {.out = g_string_sized_new (in->len + 16), .end = end};
  while (p < end) {
    const char *tag = strchr (p, '<');
    if (tag == NULL)
      tag = end;
    copy_text (&s, p, tag - p);
    p = tag;
    if (p == end)
      break;
    if (p[1] == '!' || p[1] == '?')
      p = after_declaration (p, end, &s.open);
    else if (g_ascii_isalpha (p[1]))
      p = copy_element (&s, p);
    else
      g_string_append_c (s.out, *p++);
  }
  return s.out;
}
