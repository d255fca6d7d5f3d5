/* Lines between backticks. */
#include "part.h"

#include <string.h>

#define HAN_PARTS 97

void
zb_part_of (const char *token, char name[ZB_PART_NAME])
{
  if (g_ascii_isalnum (token[0]) && g_ascii_isalnum (token[1]))
    g_snprintf (name, ZB_PART_NAME, "%c%c", token[0], token[1]);
  else
    g_snprintf (name, ZB_PART_NAME, "u%u", g_utf8_get_char (token) % HAN_PARTS);
}

char *
zb_part_path (const char *name)
{
  return g_strdup_printf ("search/%s.js", name);
}

/* What would end the text, or be read as a command in it. */
static gboolean
is_special (char c)
{
  return c == '`' || c == '\\' || c == '$';
}

char *
zb_part_write (const char *name, const char *lines)
{
  GString *script = g_string_sized_new (strlen (lines) + 64);
  g_string_append_printf (script, "zhoubaoPart(\"%s\", `\n", name);
  for (const char *p = lines; *p != '\0'; p++) {
    if (is_special (*p))
      g_string_append_c (script, '\\');
    g_string_append_c (script, *p);
  }
  g_string_append (script, "`);\n");
  return g_string_free (script, FALSE);
}

char *
zb_part_read (const char *script)
{
  const char *from = script != NULL ? strchr (script, '\n') : NULL,
             *to = from != NULL ? strrchr (from, '`') : NULL;
  GString *lines = g_string_new (NULL);
  for (const char *p = to != NULL ? from + 1 : to; p < to; p++) {
    if (*p == '\\' && p + 1 < to)
      p++;
    g_string_append_c (lines, *p);
  }
  return g_string_free (lines, FALSE);
}
