/* One pass over HTML before libxml2 sees it.

   libxml2 2.9 compares each attribute of a tag with all before it (100,000 of them take 19 s), reads <!--> as
   the start of a comment where browsers see a whole one, and stops at a NUL. Comments are of no use here, so
   they are left out; script and style are passed through as they are. */
#include "xml_prepare.h"

#define MAX_ATTRIBUTES 128

static gboolean
is_control (guchar c)
{
  return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
}

/* A copy without control characters and byte order mark, and what is not UTF-8 replaced by U+FFFD. */
static GString *
valid_utf8 (const char *text, gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize)length;
  GString *out = g_string_sized_new (n + 16);
  gboolean marked = n >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0;
  for (const char *p = text + (marked ? 3 : 0), *end = text + n; p < end; p++)
    if (!is_control ((guchar)*p))
      out->str[out->len++] = *p;
  out->str[out->len] = '\0';
  if (!g_utf8_validate_len (out->str, out->len, NULL)) {
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

/* The end of the raw text of the script or style whose tag begins at TAG: where its end tag begins. */
static const char *
raw_end (const char *tag, const char *p, const char *end)
{
  const char *name = is_tag_named (tag + 1, "script")  ? "script"
                     : is_tag_named (tag + 1, "style") ? "style"
                                                       : NULL;
  if (name == NULL)
    return p;
  for (const char *q = p; (q = strstr (q, "</")) != NULL; q += 2)
    if (is_tag_named (q + 2, name))
      return q;
  return end;
}

GString *
zb_xml_prepare_html (const char *text, gssize length)
{
  g_autoptr (GString) in = valid_utf8 (text, length);
  GString *out = g_string_sized_new (in->len + 16);
  const char *p = in->str, *end = in->str + in->len;
  gboolean open = FALSE;
  while (p < end) {
    const char *tag = strchr (p, '<');
    if (tag == NULL)
      tag = end;
    g_string_append_len (out, p, tag - p);
    p = tag;
    if (p == end)
      break;
    if (p[1] == '!' || p[1] == '?') {
      p = after_declaration (p, end, &open);
    } else if (g_ascii_isalpha (p[1])) {
      const char *body = copy_tag (out, p);
      p = raw_end (tag, body, end);
      g_string_append_len (out, body, p - body);
    } else {
      g_string_append_c (out, *p++);
    }
  }
  return g_steal_pointer (&out);
}
