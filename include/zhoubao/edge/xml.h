/* HTML and XML as a tree (libxml2): parsing of untrusted text, walking, attributes, text, pruning.

   Nothing is ever loaded: no network, no DTD, no entity beyond XML's five and HTML's named ones. Text in and
   out is UTF-8. Nodes belong to their document; strings returned as const char * are borrowed until it is
   freed or changed. What is safe to print is never made from here but from extract/html.h. */
#pragma once
#include <glib.h>

typedef struct _xmlDoc ZbDoc;
typedef struct _xmlNode ZbNode;

/* Elements nested deeper than this are unwrapped: their text stays, in the deepest one allowed (HTML), or the
   document is refused (XML, whose parser has a limit of 256 of its own). Of one tag, 128 attributes are kept:
   the parser's time grows with their square. */
#define ZB_XML_DEPTH 256
void zb_xml_set_depth (int depth);

/* Opens libxml2 now, for a process that may open nothing later. */
void zb_xml_prepare (void);

/* Both accept any bytes: what is not UTF-8 becomes U+FFFD; LENGTH -1 means up to the NUL. HTML is repaired as
   browsers of old did and never fails but for want of memory; XML is recovered from errors where that leaves
   a root element, and *WARNING (transfer full, may be NULL) then says where it went wrong.
   Returns: (transfer full), NULL with ERROR set. */
ZbDoc *zb_doc_new_html (const char *text, gssize length, GError **error);
ZbDoc *zb_doc_new_xml (const char *text, gssize length, char **warning, GError **error);
void zb_doc_free (ZbDoc *doc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbDoc, zb_doc_free)

/* The <html> element, or XML's root; NULL where the document is empty. */
ZbNode *zb_doc_root (ZbDoc *doc);

/* Relatives: elements, text and CDATA only; comments and all else are passed over. NULL where there is none.
 */
ZbNode *zb_node_parent (const ZbNode *node);
ZbNode *zb_node_first (const ZbNode *node);
ZbNode *zb_node_last (const ZbNode *node);
ZbNode *zb_node_next (const ZbNode *node);
ZbNode *zb_node_first_element (const ZbNode *node);
ZbNode *zb_node_next_element (const ZbNode *node);

/* The next in document order below TOP, going into NODE's children or past them. NULL at the end. */
ZbNode *zb_node_follow (const ZbNode *node, const ZbNode *top);
ZbNode *zb_node_skip (const ZbNode *node, const ZbNode *top);

gboolean zb_node_is_element (const ZbNode *node);
gboolean zb_node_is_inside (const ZbNode *node, const ZbNode *top); /* TOP itself included */

/* An element's name without prefix, lower case in HTML; "" for text. */
const char *zb_node_name (const ZbNode *node);
gboolean zb_node_is (const ZbNode *node, const char *name);

/* The value of attribute NAME, NULL where the element has none; "" where it is bare. */
const char *zb_node_attribute (const ZbNode *node, const char *name);
void zb_node_set_attribute (ZbNode *node, const char *name, const char *value);

/* The literal of a text node, "" for others. */
const char *zb_node_literal (const ZbNode *node);

/* All text below NODE but that of script, style, template and noscript, as written, or with white space
   (U+3000 and no-break spaces too) folded to single spaces and cut at both ends. (transfer full) */
char *zb_node_text (const ZbNode *node);
char *zb_node_squeezed (const ZbNode *node);

/* All text below NODE, whatever the element: for script and style. (transfer full) */
char *zb_node_content (const ZbNode *node);

/* A number that a walk keeps on a node; 0 until set. */
guint zb_node_mark (const ZbNode *node);
void zb_node_set_mark (ZbNode *node, guint mark);

/* Takes NODE and what is below it out of the tree and frees it. */
void zb_node_remove (ZbNode *node);
