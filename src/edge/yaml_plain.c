/* The plain sort of YAML, line by line: libyaml takes six times as long for the head of an issue. Whatever is
   not surely of this sort (comments, blank lines, escapes, texts over several lines, all mistakes) is left to
   it. */
#include "yaml_tree.h"

#define LONGEST_KEY 64
#define DEEPEST 16 /* collections in each other */

typedef struct {
  ZbYamlTree *tree;
  const char *at, *end; /* where the line's first word stands; where the text ends */
  int indent;           /* of the line, -1 after the last one */
  gsize line;           /* from 0 */
} Plain;

static ZbYaml *read_block (Plain *p, int depth);
static ZbYaml *read_flow (Plain *p, int depth);

/* How many bytes at AT are one character beyond ASCII that libyaml reads as a letter like any other; 0 where
   that is not sure: marks of byte order and direction, line ends of Unicode's own, what is no text. */
static gsize
letter_length (const char *at)
{
  const guint8 *b = (const guint8 *)at;
  if (b[0] == 0xc2)
    return b[1] >= 0xa0 && b[1] <= 0xbf ? 2 : 0;
  if (b[0] >= 0xc3 && b[0] <= 0xdf)
    return (b[1] & 0xc0) == 0x80 ? 2 : 0;
  gboolean sure = (b[0] >= 0xe3 && b[0] <= 0xec) ||
                  (b[0] == 0xe2 && b[1] == 0x80 && b[2] >= 0x90 && b[2] <= 0xa7) ||
                  (b[0] == 0xef && (b[1] == 0xbc || b[1] == 0xbd));
  return sure && (b[1] & 0xc0) == 0x80 && (b[2] & 0xc0) == 0x80 ? 3 : 0;
}

static void
skip_spaces (Plain *p)
{
  while (*p->at == ' ')
    p->at++;
}

/* The line that begins at AT. FALSE where it is blank or a comment. */
static gboolean
take_line (Plain *p, const char *at)
{
  p->at = at;
  if (at == p->end) {
    p->indent = -1;
    return TRUE;
  }
  skip_spaces (p);
  p->indent = (int)MIN (p->at - at, G_MAXINT16);
  return *p->at != '\n' && *p->at != '#';
}

/* What is left of the line is blank; the next one begins. */
static gboolean
end_line (Plain *p)
{
  skip_spaces (p);
  if (*p->at != '\n')
    return FALSE;
  p->line++;
  return take_line (p, p->at + 1);
}

/* Plain text to the end of the line; its length without the blanks there, 0 where there may be more to it. */
static gsize
plain_length (const char *text)
{
  const char *at = text;
  gsize n = 1;
  if (!g_ascii_isalnum (*at) && (guint8)*at < 0x80)
    return 0;
  for (; *at != '\n'; at += n) {
    guint8 c = (guint8)*at;
    n = c >= 0x80 ? letter_length (at) : c >= ' ' && c != 0x7f;
    if (n == 0 || (c == ':' && (at[1] == ' ' || at[1] == '\n')) || (c == '#' && at[-1] == ' '))
      return 0;
  }
  while (at[-1] == ' ')
    at--;
  return (gsize)(at - text);
}

/* Up to the mark that begins it, on the same line, and no escapes. */
static ZbYaml *
read_quoted (Plain *p)
{
  const char quote = *p->at, *at = p->at + 1;
  for (gsize n = 1; *at != quote; at += n) {
    guint8 c = (guint8)*at;
    n = c >= 0x80 ? letter_length (at) : c >= ' ' && c != 0x7f && c != '\\';
    if (n == 0)
      return NULL;
  }
  ZbYaml *node = zb_yaml_tree_scalar (p->tree, p->at + 1, (gsize)(at - p->at - 1), TRUE, p->line);
  p->at = at + 1;
  return *p->at == ' ' || *p->at == '\n' ? node : NULL;
}

/* A word of a flow collection, and the blanks after it. */
static gsize
word_length (Plain *p, const char **word)
{
  const char *at = p->at, *end = at;
  if (!g_ascii_isalnum (*at) && (guint8)*at < 0x80)
    return 0;
  for (gsize n = 1; n > 0; at += n) {
    guint8 c = (guint8)*at;
    n = c >= 0x80 ? letter_length (at)
                  : g_ascii_isalnum (c) || c == '-' || c == '_' || c == '/' || c == '.' || c == ' ';
    if (n > 0 && c != ' ')
      end = at + n;
  }
  *word = p->at;
  p->at += end - p->at;
  gsize length = (gsize)(p->at - *word);
  skip_spaces (p);
  return length;
}

/* "[a, b]" or "{a: b}" after its mark, to the mark that ends it. */
static gboolean
read_flow_members (Plain *p, gboolean map, int depth)
{
  guint from = p->tree->open->len;
  for (gboolean first = TRUE;; first = FALSE) {
    const char *word = NULL, *key = NULL;
    skip_spaces (p);
    if (first && *p->at == (map ? '}' : ']'))
      break;
    gsize length = map ? word_length (p, &word) : 0;
    if (map) {
      key = length > 0 && length <= LONGEST_KEY ? zb_arena_text (p->tree->arena, word, length) : NULL;
      if (key == NULL || p->at[0] != ':' || p->at[1] != ' ' || zb_yaml_tree_has_key (p->tree, from, key))
        return FALSE;
      p->at += 2;
      skip_spaces (p);
    }
    ZbYaml *child = read_flow (p, depth + 1);
    if (child == NULL)
      return FALSE;
    child->key = key;
    g_ptr_array_add (p->tree->open, child);
    if (*p->at != ',')
      break;
    p->at++;
  }
  return *p->at++ == (map ? '}' : ']');
}

static ZbYaml *
read_flow (Plain *p, int depth)
{
  guint from = p->tree->open->len;
  gboolean map = *p->at == '{';
  if (map || *p->at == '[') {
    ZbYaml *node = zb_yaml_tree_node (p->tree, map ? ZB_YAML_MAP : ZB_YAML_LIST, p->line);
    p->at++;
    if (depth > DEEPEST || !read_flow_members (p, map, depth))
      return NULL;
    skip_spaces (p);
    zb_yaml_tree_close (p->tree, node, from);
    return node;
  }
  const char *word = NULL;
  gsize length = word_length (p, &word);
  return length > 0 ? zb_yaml_tree_scalar (p->tree, word, length, FALSE, p->line) : NULL;
}

/* A value that ends with its line; the next line, which is OUTER in at most, does not go on with it. */
static ZbYaml *
read_inline (Plain *p, int outer, int depth)
{
  ZbYaml *node = NULL;
  if (*p->at == '"' || *p->at == '\'')
    node = read_quoted (p);
  else if (*p->at == '[' || *p->at == '{')
    node = read_flow (p, depth);
  else {
    gsize length = plain_length (p->at);
    node = length > 0 ? zb_yaml_tree_scalar (p->tree, p->at, length, FALSE, p->line) : NULL;
    p->at += length;
  }
  return node != NULL && end_line (p) && p->indent <= outer ? node : NULL;
}

/* "key:" at AT; its length without the colon, 0 where there is none. */
static gsize
key_length (const char *at)
{
  gsize n = 0;
  while (n <= LONGEST_KEY && (g_ascii_isalnum (at[n]) || (n > 0 && (at[n] == '_' || at[n] == '-'))))
    n++;
  return n <= LONGEST_KEY && at[n] == ':' && (at[n + 1] == ' ' || at[n + 1] == '\n') ? n : 0;
}

static gboolean
is_entry (const Plain *p)
{
  return p->at[0] == '-' && p->at[1] == ' ';
}

/* What stands below "key:". A list may stand as far out as its key. */
static ZbYaml *
read_below (Plain *p, int indent, int depth)
{
  gsize line = p->line;
  if (!end_line (p))
    return NULL;
  if (p->indent > indent || (p->indent == indent && is_entry (p)))
    return read_block (p, depth + 1);
  return zb_yaml_tree_node (p->tree, ZB_YAML_NULL, line);
}

static gboolean
read_pair (Plain *p, guint from, int depth)
{
  int indent = p->indent;
  gsize length = key_length (p->at);
  if (length == 0)
    return FALSE;
  const char *key = zb_arena_text (p->tree->arena, p->at, length);
  if (zb_yaml_tree_has_key (p->tree, from, key))
    return FALSE;
  p->at += length + 1;
  skip_spaces (p);
  ZbYaml *child = *p->at == '\n' ? read_below (p, indent, depth) : read_inline (p, indent, depth);
  if (child == NULL)
    return FALSE;
  child->key = key;
  g_ptr_array_add (p->tree->open, child);
  return TRUE;
}

/* "- value", or "- key: value" with the mapping's other lines under it. */
static gboolean
read_entry (Plain *p, int depth)
{
  int indent = p->indent;
  const char *mark = p->at++;
  skip_spaces (p);
  p->indent += (int)(p->at - mark);
  ZbYaml *child = key_length (p->at) > 0 ? read_block (p, depth + 1) : read_inline (p, indent, depth);
  if (child == NULL)
    return FALSE;
  g_ptr_array_add (p->tree->open, child);
  return TRUE;
}

static ZbYaml *
read_block (Plain *p, int depth)
{
  int indent = p->indent;
  gboolean list = is_entry (p);
  guint from = p->tree->open->len;
  ZbYaml *node = zb_yaml_tree_node (p->tree, list ? ZB_YAML_LIST : ZB_YAML_MAP, p->line);
  if (depth > DEEPEST)
    return NULL;
  while (p->indent == indent && (!list || is_entry (p)))
    if (!(list ? read_entry (p, depth) : read_pair (p, from, depth)))
      return NULL;
  zb_yaml_tree_close (p->tree, node, from);
  return p->indent <= indent ? node : NULL;
}

ZbYaml *
zb_yaml_plain (ZbYamlTree *tree, const char *text, gsize length)
{
  Plain p = {.tree = tree, .end = text + length};
  if (length == 0 || text[length - 1] != '\n' || !take_line (&p, text))
    return NULL;
  ZbYaml *root = read_block (&p, 0);
  return root != NULL && p.indent < 0 ? root : NULL;
}
