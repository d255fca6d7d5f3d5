/* Splitting the head off a Markdown file, and writing YAML that reads back as the same text. */
#include "front_matter.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/text.h"

void
zb_front_matter_clear (ZbFrontMatter *front)
{
  g_clear_pointer (&front->whole, g_free);
}

/* TEXT without a byte order mark, its line ends LF: CommonMark (§2.1) takes CR LF and a CR alone for one too.
 */
static char *
normalize (const char *text, gsize length)
{
  if (length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0) {
    text += 3;
    length -= 3;
  }
  char *out = g_malloc0 (length + 1), *to = out;
  if (memchr (text, '\r', length) == NULL)
    return memcpy (out, text, length);
  for (gsize i = 0; i < length; i++)
    if (text[i] != '\r')
      *to++ = text[i];
    else if (i + 1 == length || text[i + 1] != '\n')
      *to++ = '\n';
  return out;
}

static gboolean
is_mark (const char *line, const char *mark)
{
  if (strncmp (line, mark, 3) != 0)
    return FALSE;
  for (line += 3; *line == ' ' || *line == '\t'; line++)
    ;
  return *line == '\n' || *line == '\0';
}

static const char *
next_line (const char *line)
{
  const char *end = strchr (line, '\n');
  return end != NULL ? end + 1 : line + strlen (line);
}

gboolean
zb_front_matter_split (const char *path, const char *text, gsize length, ZbFrontMatter *out, GError **error)
{
  const char *bad = NULL;
  if (!zb_text_is_valid (text, length, &bad)) {
    int line = 1;
    for (const char *p = text; p < bad; p++)
      line += *p == '\n';
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s:%d: not UTF-8", path, line);
    return FALSE;
  }
  g_autofree char *whole = normalize (text, length);
  if (!is_mark (whole, "---")) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s:1: no front matter: the first line must be ---",
                 path);
    return FALSE;
  }
  char *yaml = whole + (next_line (whole) - whole), *line = yaml;
  int number = 2;
  while (*line != '\0' && !is_mark (line, "---") && !is_mark (line, "...")) {
    line += next_line (line) - line;
    number++;
  }
  if (*line == '\0') {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s:1: the front matter has no end: a line of ---", path);
    return FALSE;
  }
  const char *body = next_line (line);
  for (number++; *body == '\n'; body++)
    number++;
  *line = '\0'; /* the mark's own line ends the YAML */
  *out = (ZbFrontMatter){g_steal_pointer (&whole), yaml, 2, body, number};
  return TRUE;
}

gboolean
zb_front_read_topics (const ZbYaml *node, GPtrArray *topics, GError **error)
{
  if (node->kind == ZB_YAML_NULL)
    return TRUE;
  if (node->kind != ZB_YAML_MAP)
    return zb_yaml_error (node, error, "'topics' must be a mapping of facets, as {location: [hebei]}");
  for (guint i = 0; i < node->children->len; i++) {
    const ZbYaml *facet = node->children->pdata[i];
    ZbTopic *topic = zb_topic_new (facet->key, NULL);
    g_ptr_array_add (topics, topic);
    if (facet->kind == ZB_YAML_TEXT)
      zb_topics_add (topics, facet->key, facet->text);
    for (guint j = 0; facet->kind == ZB_YAML_LIST && j < facet->children->len; j++) {
      const ZbYaml *term = facet->children->pdata[j];
      if (term->kind != ZB_YAML_TEXT)
        return zb_yaml_error (term, error, "the topics of '%s' must be words", facet->key);
      zb_topics_add (topics, facet->key, term->text);
    }
    if (facet->kind == ZB_YAML_MAP)
      return zb_yaml_error (facet, error, "the topics of '%s' must be a list of words", facet->key);
  }
  return TRUE;
}

/* Inside [ ] and { } more characters are marks than the plain style of zb_yaml_append knows; a JSON string is
   a YAML scalar too. */
static void
append_flow_scalar (GString *to, const char *value)
{
  if (strpbrk (value, ",[]{}:#") == NULL) {
    zb_yaml_append (to, value);
    return;
  }
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), value);
  g_autofree char *quoted = json_to_string (node, FALSE);
  g_string_append (to, quoted);
}

void
zb_front_text (GString *to, const char *indent, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (to, "%s%s: ", indent, key);
  zb_yaml_append (to, value);
  g_string_append_c (to, '\n');
}

void
zb_front_time (GString *to, const char *indent, const char *key, ZbTime value)
{
  g_autofree char *text = zb_time_to_rfc3339 (value);
  if (text != NULL)
    g_string_append_printf (to, "%s%s: %s\n", indent, key, text);
}

static void
append_flow_list (GString *to, const char *const *values)
{
  g_string_append_c (to, '[');
  for (guint i = 0; values[i] != NULL; i++) {
    g_string_append (to, i > 0 ? ", " : "");
    append_flow_scalar (to, values[i]);
  }
  g_string_append_c (to, ']');
}

void
zb_front_list (GString *to, const char *indent, const char *key, const char *const *values)
{
  if (values == NULL || values[0] == NULL)
    return;
  g_string_append_printf (to, "%s%s: ", indent, key);
  append_flow_list (to, values);
  g_string_append_c (to, '\n');
}

void
zb_front_topics (GString *to, const char *indent, const GPtrArray *topics)
{
  if (topics == NULL || topics->len == 0)
    return;
  g_string_append_printf (to, "%stopics: {", indent);
  for (guint i = 0; i < topics->len; i++) {
    const ZbTopic *topic = topics->pdata[i];
    g_string_append (to, i > 0 ? ", " : "");
    append_flow_scalar (to, topic->facet);
    g_string_append (to, ": ");
    append_flow_list (to, (const char *const *)topic->terms);
  }
  g_string_append (to, "}\n");
}

char *
zb_front_trim (const char *text, gsize length)
{
  const char *end = text + length, *start = text;
  while (end > text && g_ascii_isspace (end[-1]))
    end--;
  /* Whole blank lines only: indentation of the first line with text may mean a code block. */
  for (const char *p = start; p < end && g_ascii_isspace (*p); p++)
    if (*p == '\n')
      start = p + 1;
  if (end <= start)
    return NULL;
  gsize n = (gsize)(end - start);
  char *copy = g_malloc (n + 1); /* not g_strndup(), which looks for a NUL on its way */
  memcpy (copy, start, n);
  copy[n] = '\0';
  return copy;
}
