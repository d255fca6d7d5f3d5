/* The smallest pieces of a Mustache template: blanks, line ends, tags. */
#include "template_private.h"

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

gsize
zb_template_blank_length (const char *at, const char *end)
{
  const char *p = at;
  while (p < end && is_blank (*p))
    p++;
  return (gsize)(p - at);
}

const char *
zb_template_rest_is_blank (const char *at, const char *end)
{
  const char *p = at + zb_template_blank_length (at, end);
  if (p == end)
    return p;
  if (*p == '\r' && p + 1 < end && p[1] == '\n')
    return p + 2;
  return *p == '\n' ? p + 1 : NULL;
}

static guint
count_lines (const char *from, const char *to)
{
  guint n = 0;
  for (; (from = memchr (from, '\n', (gsize)(to - from))) != NULL; from++)
    n++;
  return n;
}

gboolean
zb_template_read_tag (const char *at, const char *end, const char *left, const char *right, Tag *tag)
{
  const char *from = at + strlen (left);
  from += strspn (from, " \t\r\n");
  tag->sigil = *from != '\0' && strchr ("!#^/><$&{=", *from) != NULL ? *from : 0;
  from += tag->sigil != 0;
  const char *extra = tag->sigil == '{' ? "}" : tag->sigil == '=' ? "=" : "";
  g_autofree char *close = g_strconcat (extra, right, NULL);
  const char *to = g_strstr_len (from, end - from, close);
  if (to == NULL)
    return FALSE;
  tag->after = to + strlen (close);
  tag->lines = count_lines (at, tag->after);
  while (from < to && g_ascii_isspace (*from))
    from++;
  while (to > from && g_ascii_isspace (to[-1]))
    to--;
  tag->text = from;
  tag->length = (gsize)(to - from);
  return TRUE;
}
