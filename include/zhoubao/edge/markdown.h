/* CommonMark as a tree (cmark): parsing, building node by node, rendering. The one document model.

   HTML is always written in cmark's safe mode, and there is nothing to make safe: raw HTML in CommonMark
   becomes visible text (comments vanish), addresses other than http, https, mailto and relative ones are
   dropped, both when parsing and when building. */
#pragma once
#include <glib.h>

typedef struct cmark_node ZbMarkdown; /* a document, or a node of one, which belongs to its parent */

#define ZB_MARKDOWN_LIMIT (1024 * 1024) /* bytes of input: cmark takes its worst ones in 0.3 s then */

/* LENGTH -1: up to the NUL. Only fails over the limit. (transfer full) */
ZbMarkdown *zb_markdown_parse (const char *text, gssize length, GError **error);
ZbMarkdown *zb_markdown_new (void); /* an empty document */
void zb_markdown_free (ZbMarkdown *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbMarkdown, zb_markdown_free)

typedef enum {
  ZB_MARK_NONE,
  ZB_MARK_DOCUMENT,
  ZB_MARK_PARAGRAPH,
  ZB_MARK_HEADING,
  ZB_MARK_QUOTE,
  ZB_MARK_LIST,
  ZB_MARK_ITEM,
  ZB_MARK_CODE_BLOCK,
  ZB_MARK_RULE,
  ZB_MARK_TEXT,
  ZB_MARK_SOFT_BREAK,
  ZB_MARK_LINE_BREAK,
  ZB_MARK_CODE,
  ZB_MARK_EMPHASIS,
  ZB_MARK_STRONG,
  ZB_MARK_LINK,
  ZB_MARK_IMAGE
} ZbMarkKind;

/* Appends a new node of KIND to PARENT and returns it (borrowed); NULL where CommonMark has no such child
   there. Then it is given what it holds. */
ZbMarkdown *zb_markdown_append (ZbMarkdown *parent, ZbMarkKind kind);
void zb_markdown_set_text (ZbMarkdown *node, const char *text);            /* text, code, code block */
void zb_markdown_set_level (ZbMarkdown *heading, int level);               /* 1 to 6 */
void zb_markdown_set_list (ZbMarkdown *list, gboolean ordered, int start); /* tight unless said otherwise */
void zb_markdown_set_loose (ZbMarkdown *list);
void zb_markdown_set_language (ZbMarkdown *code_block, const char *language);
gboolean zb_markdown_set_link (ZbMarkdown *node, const char *url,
                               const char *title); /* link, image; NULL: as it is; FALSE: refused */
void zb_markdown_remove (ZbMarkdown *node);

/* Walking. Strings are borrowed; NULL, or 0, where the node has none. */
ZbMarkKind zb_markdown_kind (ZbMarkdown *node);
ZbMarkdown *zb_markdown_first (ZbMarkdown *node);
ZbMarkdown *zb_markdown_last (ZbMarkdown *node);
ZbMarkdown *zb_markdown_next (ZbMarkdown *node);
ZbMarkdown *zb_markdown_parent (ZbMarkdown *node);
ZbMarkdown *zb_markdown_follow (ZbMarkdown *node, ZbMarkdown *top); /* the next in document order below TOP */
const char *zb_markdown_text (ZbMarkdown *node);
const char *zb_markdown_url (ZbMarkdown *node);
int zb_markdown_level (ZbMarkdown *heading);
gboolean zb_markdown_is_tight (ZbMarkdown *list);
int zb_markdown_start (ZbMarkdown *list); /* -1 for one with bullets */

/* Plain text has the words alone, each paragraph on one line. Text for a mail of so many COLUMNS has also the
   address after a link's words, in <>, headings underlined, and lines broken, but for code, to that width. */
#define ZB_MARKDOWN_PLAIN 0

/* Writers; of a document or of any block. HTML and CommonMark end with a newline, plain text does not. */
char *zb_markdown_to_html (ZbMarkdown *node);
char *zb_markdown_to_commonmark (ZbMarkdown *node);
char *zb_markdown_to_text (ZbMarkdown *node, guint columns);

/* All three in one call, from CommonMark; input over the limit is cut there. (transfer full) */
char *zb_markdown_html (const char *commonmark);
char *zb_markdown_plain (const char *commonmark, guint columns);

/* Whether an address may be linked to: relative, or http, https, mailto, however it is disguised. */
gboolean zb_markdown_url_is_safe (const char *url);
