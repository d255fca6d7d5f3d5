/* cmark behind verbs: parsing, building, walking, HTML and CommonMark. Plain text is markdown_text.c. */
#include "zhoubao/edge/markdown.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/text.h"

#include <cmark.h>

typedef struct {
  cmark_node_type type;
  ZbMarkKind kind;
} KindRow;

static const KindRow kinds[] = {
    {CMARK_NODE_DOCUMENT, ZB_MARK_DOCUMENT},
    {CMARK_NODE_PARAGRAPH, ZB_MARK_PARAGRAPH},
    {CMARK_NODE_HEADING, ZB_MARK_HEADING},
    {CMARK_NODE_BLOCK_QUOTE, ZB_MARK_QUOTE},
    {CMARK_NODE_LIST, ZB_MARK_LIST},
    {CMARK_NODE_ITEM, ZB_MARK_ITEM},
    {CMARK_NODE_CODE_BLOCK, ZB_MARK_CODE_BLOCK},
    {CMARK_NODE_THEMATIC_BREAK, ZB_MARK_RULE},
    {CMARK_NODE_TEXT, ZB_MARK_TEXT},
    {CMARK_NODE_SOFTBREAK, ZB_MARK_SOFT_BREAK},
    {CMARK_NODE_LINEBREAK, ZB_MARK_LINE_BREAK},
    {CMARK_NODE_CODE, ZB_MARK_CODE},
    {CMARK_NODE_EMPH, ZB_MARK_EMPHASIS},
    {CMARK_NODE_STRONG, ZB_MARK_STRONG},
    {CMARK_NODE_LINK, ZB_MARK_LINK},
    {CMARK_NODE_IMAGE, ZB_MARK_IMAGE},
};

static char *
take_from_cmark (char *text)
{
  char *copy = g_strdup (text);
  cmark_get_default_mem_allocator ()->free (text);
  return copy;
}

/* --- memory --- */

/* A tree that lives for one call takes its nodes one after another from the thread's own blocks, and none is
   given back by itself: a third of cmark's time goes into malloc otherwise. */
#define BLOCK_BYTES (256u << 10)

typedef struct Block Block;
struct Block {
  Block *before;
  gsize used, size;
  guint8 bytes[];
};

static void
free_blocks (gpointer data)
{
  for (Block *block = data, *before; block != NULL; block = before) {
    before = block->before;
    g_free (block);
  }
}

/* Asked for at every node, so the thread's own variable; the key only frees it where the thread ends. */
static _Thread_local Block *own_block;
static GPrivate blocks = G_PRIVATE_INIT (free_blocks);

static void
keep_block (Block *block)
{
  own_block = block;
  g_private_set (&blocks, block);
}

/* What BYTES take of a block: their length is kept before them. */
static gsize
room_for (gsize bytes)
{
  return ((bytes + 15) & ~(gsize)15) + 16;
}

static gpointer
take_bytes (gsize bytes)
{
  Block *block = own_block;
  gsize all = room_for (bytes);
  if (block == NULL || block->size - block->used < all) {
    gsize size = MAX (all, BLOCK_BYTES);
    Block *next = g_malloc (sizeof *next + size);
    *next = (Block){block, 0, size};
    keep_block (block = next);
  }
  guint8 *place = block->bytes + block->used;
  block->used += all;
  memcpy (place, &bytes, sizeof bytes);
  return place + 16;
}

/* Makes what was taken last longer where it stands: so does a page of HTML that is being written. */
static gboolean
grow_last (guint8 *old, gsize before, gsize size)
{
  Block *block = own_block;
  guint8 *place = old - 16;
  gsize more = room_for (size) - room_for (before);
  if (place + room_for (before) != block->bytes + block->used || block->size - block->used < more)
    return FALSE;
  block->used += more;
  memcpy (place, &size, sizeof size);
  return TRUE;
}

static void *
arena_calloc (size_t count, size_t size)
{
  return memset (take_bytes (count * size), 0, count * size);
}

static void *
arena_realloc (void *old, size_t size)
{
  gsize before = 0;
  if (old == NULL)
    return take_bytes (size);
  memcpy (&before, (guint8 *)old - 16, sizeof before);
  if (before >= size || grow_last (old, before, size))
    return old;
  return memcpy (take_bytes (size), old, before);
}

static void
arena_free (void *unused)
{
  (void)unused; /* all of it goes at once */
}

static cmark_mem arena = {arena_calloc, arena_realloc, arena_free};

/* One block stays for the next tree. */
static void
empty_arena (void)
{
  Block *block = own_block;
  if (block == NULL)
    return;
  free_blocks (g_steal_pointer (&block->before));
  block->used = 0;
  if (block->size > BLOCK_BYTES) {
    keep_block (NULL);
    g_free (block);
  }
}

/* --- addresses --- */

gboolean
zb_markdown_url_is_safe (const char *url)
{
  static const char *const schemes[] = {"http", "https", "mailto", NULL};
  if (g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://"))
    return TRUE; /* as most: nothing stands before the scheme or in it */
  g_autoptr (GString) bare = g_string_new (NULL);
  /* Browsers ignore white space and control characters in a scheme. */
  for (const char *p = url; *p != '\0' && bare->len < 64; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char_validated (p, -1);
    if (c == (gunichar)-1 || c == (gunichar)-2)
      return FALSE;
    if (c > 0x20 && !(c >= 0x7f && c <= 0xa0) && !g_unichar_isspace (c) && !g_unichar_iszerowidth (c))
      g_string_append_unichar (bare, c);
  }
  gsize length = strcspn (bare->str, ":/?#");
  if (bare->str[length] != ':')
    return TRUE; /* relative */
  g_string_truncate (bare, length);
  g_autofree char *scheme = g_ascii_strdown (bare->str, -1);
  return g_strv_contains (schemes, scheme);
}

/* --- what a parsed document may not hold --- */

/* Puts the children of NODE into its place. */
static void
unwrap (ZbMarkdown *node)
{
  cmark_node *child;
  while ((child = cmark_node_first_child (node)) != NULL)
    if (!cmark_node_insert_before (node, child))
      cmark_node_free (child);
  cmark_node_free (node);
}

/* Raw HTML of a block becomes a paragraph of text, that of a line text, so that nothing a person wrote is
   lost unseen; a comment, cmark's own "end list" among them, is left out. */
static void
show_html (ZbMarkdown *node, cmark_mem *memory)
{
  gboolean block = cmark_node_get_type (node) == CMARK_NODE_HTML_BLOCK;
  g_autofree char *literal = g_strstrip (g_strdup (cmark_node_get_literal (node)));
  gboolean comment = g_str_has_prefix (literal, "<!--");
  gboolean is_break = !block && g_regex_match_simple ("^<br\\s*/?>$", literal, G_REGEX_CASELESS, 0);
  cmark_node *shown = cmark_node_new_with_mem (is_break ? CMARK_NODE_LINEBREAK : CMARK_NODE_TEXT, memory);
  cmark_node_set_literal (shown, literal);
  if (block) {
    cmark_node *paragraph = cmark_node_new_with_mem (CMARK_NODE_PARAGRAPH, memory);
    cmark_node_append_child (paragraph, shown);
    shown = paragraph;
  }
  if (comment || !cmark_node_insert_before (node, shown))
    cmark_node_free (shown);
  cmark_node_free (node);
}

static void
tame (ZbMarkdown *document, cmark_mem *memory)
{
  for (ZbMarkdown *node = document, *next; node != NULL; node = next) {
    next = zb_markdown_follow (node, document);
    switch (cmark_node_get_type (node)) {
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
      show_html (node, memory);
      break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
      if (!zb_markdown_url_is_safe (cmark_node_get_url (node)))
        unwrap (node);
      break;
    default:
      break;
    }
  }
}

static ZbMarkdown *
parse (const char *text, gsize length, cmark_mem *memory)
{
  const char *bad = NULL;
  /* cmark looks at each byte by itself, which is only worth it where there is something to mend. */
  int options = zb_text_is_valid (text, length, &bad) ? CMARK_OPT_DEFAULT : CMARK_OPT_VALIDATE_UTF8;
  cmark_parser *parser = cmark_parser_new_with_mem (options, memory);
  cmark_parser_feed (parser, text, length);
  ZbMarkdown *document = cmark_parser_finish (parser);
  cmark_parser_free (parser);
  tame (document, memory);
  return document;
}

ZbMarkdown *
zb_markdown_parse (const char *text, gssize length, GError **error)
{
  gsize n = length < 0 ? strlen (text) : (gsize)length;
  if (n > ZB_MARKDOWN_LIMIT) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT,
                 "a text of %" G_GSIZE_FORMAT " bytes is over the limit of %d", n, ZB_MARKDOWN_LIMIT);
    return NULL;
  }
  return parse (text, n, cmark_get_default_mem_allocator ());
}

/* --- building --- */

ZbMarkdown *
zb_markdown_new (void)
{
  return cmark_node_new (CMARK_NODE_DOCUMENT);
}

void
zb_markdown_free (ZbMarkdown *document)
{
  cmark_node_free (document);
}

static cmark_node_type
type_of_kind (ZbMarkKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].type;
  return CMARK_NODE_NONE;
}

ZbMarkdown *
zb_markdown_append (ZbMarkdown *parent, ZbMarkKind kind)
{
  cmark_node *node = cmark_node_new (type_of_kind (kind));
  if (kind == ZB_MARK_LIST)
    zb_markdown_set_list (node, FALSE, 1);
  if (cmark_node_append_child (parent, node))
    return node;
  cmark_node_free (node);
  return NULL;
}

/* The setters of cmark answer 0 only for a node of another type, which would be our own mistake. */
void
zb_markdown_set_text (ZbMarkdown *node, const char *text)
{
  g_warn_if_fail (cmark_node_set_literal (node, text));
}

void
zb_markdown_set_level (ZbMarkdown *heading, int level)
{
  g_warn_if_fail (cmark_node_set_heading_level (heading, CLAMP (level, 1, 6)));
}

void
zb_markdown_set_list (ZbMarkdown *list, gboolean ordered, int start)
{
  cmark_node_set_list_type (list, ordered ? CMARK_ORDERED_LIST : CMARK_BULLET_LIST);
  cmark_node_set_list_delim (list, CMARK_PERIOD_DELIM);
  cmark_node_set_list_start (list, CLAMP (start, 0, 999999999)); /* nine digits, as CommonMark has it */
  cmark_node_set_list_tight (list, 1);
}

void
zb_markdown_set_loose (ZbMarkdown *list)
{
  g_warn_if_fail (cmark_node_set_list_tight (list, 0));
}

void
zb_markdown_set_language (ZbMarkdown *code_block, const char *language)
{
  g_warn_if_fail (cmark_node_set_fence_info (code_block, language));
}

gboolean
zb_markdown_set_link (ZbMarkdown *node, const char *url, const char *title)
{
  if (!zb_markdown_url_is_safe (url))
    return FALSE;
  if (title != NULL)
    cmark_node_set_title (node, title);
  return cmark_node_set_url (node, url) != 0;
}

void
zb_markdown_remove (ZbMarkdown *node)
{
  cmark_node_free (node);
}

/* --- walking --- */

ZbMarkKind
zb_markdown_kind (ZbMarkdown *node)
{
  cmark_node_type type = cmark_node_get_type (node);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].type == type)
      return kinds[i].kind;
  return ZB_MARK_NONE;
}

ZbMarkdown *
zb_markdown_first (ZbMarkdown *node)
{
  return cmark_node_first_child (node);
}

ZbMarkdown *
zb_markdown_last (ZbMarkdown *node)
{
  return cmark_node_last_child (node);
}

ZbMarkdown *
zb_markdown_next (ZbMarkdown *node)
{
  return cmark_node_next (node);
}

ZbMarkdown *
zb_markdown_parent (ZbMarkdown *node)
{
  return cmark_node_parent (node);
}

ZbMarkdown *
zb_markdown_follow (ZbMarkdown *node, ZbMarkdown *top)
{
  ZbMarkdown *child = cmark_node_first_child (node);
  if (child != NULL)
    return child;
  for (; node != NULL && node != top; node = cmark_node_parent (node)) {
    ZbMarkdown *next = cmark_node_next (node);
    if (next != NULL)
      return next;
  }
  return NULL;
}

const char *
zb_markdown_text (ZbMarkdown *node)
{
  return cmark_node_get_literal (node);
}

const char *
zb_markdown_url (ZbMarkdown *node)
{
  return cmark_node_get_url (node);
}

int
zb_markdown_level (ZbMarkdown *node)
{
  return cmark_node_get_heading_level (node);
}

gboolean
zb_markdown_is_tight (ZbMarkdown *list)
{
  return cmark_node_get_list_tight (list) != 0;
}

int
zb_markdown_start (ZbMarkdown *list)
{
  return cmark_node_get_list_type (list) == CMARK_ORDERED_LIST ? cmark_node_get_list_start (list) : -1;
}

/* --- writing --- */

char *
zb_markdown_to_html (ZbMarkdown *node)
{
  return take_from_cmark (cmark_render_html (node, CMARK_OPT_DEFAULT));
}

char *
zb_markdown_to_commonmark (ZbMarkdown *node)
{
  return take_from_cmark (cmark_render_commonmark (node, CMARK_OPT_DEFAULT, 0));
}

/* The longest head of TEXT within the limit that ends between characters, in the arena. */
static ZbMarkdown *
parse_cut (const char *text)
{
  gsize n = strlen (text);
  if (n > ZB_MARKDOWN_LIMIT)
    for (n = ZB_MARKDOWN_LIMIT; n > 0 && ((guchar)text[n] & 0xc0) == 0x80; n--)
      ;
  return parse (text, n, &arena);
}

char *
zb_markdown_html (const char *commonmark)
{
  char *html = g_strdup (cmark_render_html (parse_cut (commonmark), CMARK_OPT_DEFAULT));
  empty_arena ();
  return html;
}

/* How much of TEXT, without the blanks at its end, is one line that begins with a letter and holds nothing
   that CommonMark could read as a mark: such a paragraph is its own plain text. 0: there may be marks. */
static gsize
unmarked_length (const char *text)
{
  static const char marks[] = "\\`*_[]<>&\x7f"
                              "\x01\x02\x03\x04\x05\x06\x07\x08\t\n\v\f\r\x0e\x0f"
                              "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f";
  const char *bad = NULL;
  gboolean begins = g_ascii_isalpha (*text) || ((guchar)*text >= 0x80 && !g_str_has_prefix (text, "\ufeff"));
  gsize length = begins ? strcspn (text, marks) : 0;
  if (!begins || text[length] != '\0' || length > ZB_MARKDOWN_LIMIT || !zb_text_is_valid (text, length, &bad))
    return 0;
  while (text[length - 1] == ' ')
    length--;
  return length;
}

char *
zb_markdown_plain (const char *commonmark, guint columns)
{
  gsize unmarked = columns == ZB_MARKDOWN_PLAIN ? unmarked_length (commonmark) : 0;
  if (unmarked > 0)
    return g_strndup (commonmark, unmarked);
  char *plain = zb_markdown_to_text (parse_cut (commonmark), columns);
  empty_arena ();
  return plain;
}
