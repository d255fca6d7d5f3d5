/* libxml2's tree behind verbs: parsing with every door shut, walking, text. */
#include "zhoubao/edge/xml.h"

#include "xml_prepare.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/text.h"

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

typedef xmlParserCtxt ZbParser;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbParser, xmlFreeParserCtxt)

static int max_depth = ZB_XML_DEPTH;

void
zb_xml_set_depth (int depth)
{
  max_depth = CLAMP (depth, 16, ZB_XML_DEPTH);
}

static xmlParserInputPtr
load_nothing (const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
  return NULL;
}

static void
say_nothing (void *data, const char *format, ...)
{
}

static void
start_library (void)
{
  static gsize done = 0;
  if (!g_once_init_enter (&done))
    return;
  xmlInitParser ();
  xmlSetExternalEntityLoader (load_nothing);
  xmlSetGenericErrorFunc (NULL, say_nothing);
  g_once_init_leave (&done, 1);
}

/* Elements deeper than the limit are not built; their children go to the last one that was. The parser's
   calls are balanced, so that counting suffices. `_private` of a parser is its user's. */
static void
start_element (void *data, const xmlChar *name, const xmlChar **attributes)
{
  xmlParserCtxt *ctxt = data;
  gsize unwrapped = GPOINTER_TO_SIZE (ctxt->_private);
  if (unwrapped > 0 || ctxt->nodeNr >= max_depth - 2)
    ctxt->_private = GSIZE_TO_POINTER (unwrapped + 1);
  else
    xmlSAX2StartElement (ctxt, name, attributes);
}

static void
end_element (void *data, const xmlChar *name)
{
  xmlParserCtxt *ctxt = data;
  gsize unwrapped = GPOINTER_TO_SIZE (ctxt->_private);
  if (unwrapped > 0)
    ctxt->_private = GSIZE_TO_POINTER (unwrapped - 1);
  else
    xmlSAX2EndElement (ctxt, name);
}

ZbDoc *
zb_doc_new_html (const char *text, gssize length, GError **error)
{
  start_library ();
  g_autoptr (GString) prepared = zb_xml_prepare_html (text, length);
  g_autoptr (ZbParser) ctxt = htmlNewParserCtxt ();
  ctxt->sax->startElement = start_element;
  ctxt->sax->endElement = end_element;
  int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC;
  ZbDoc *doc = prepared->len > G_MAXINT
                   ? NULL
                   : htmlCtxtReadMemory (ctxt, prepared->str, (int)prepared->len, NULL, "UTF-8", options);
  if (doc == NULL)
    doc = htmlNewDocNoDtD (NULL, NULL);
  if (doc == NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT,
                 "HTML of %" G_GSIZE_FORMAT " bytes is more than can be parsed", prepared->len);
  return doc;
}

static char *
parser_words (xmlParserCtxt *ctxt)
{
  const xmlError *last = xmlCtxtGetLastError (ctxt);
  if (last == NULL || last->message == NULL)
    return g_strdup ("malformed XML");
  g_autofree char *line = zb_error_line (last->message);
  return g_strdup_printf ("malformed XML at line %d: %s", last->line, line);
}

ZbDoc *
zb_doc_new_xml (const char *text, gssize length, char **warning, GError **error)
{
  start_library ();
  g_autoptr (GString) prepared = zb_xml_prepare_xml (text, length);
  g_autoptr (ZbParser) ctxt = xmlNewParserCtxt ();
  /* Without a declaration no entity beyond XML's own five can be expanded, inside the document or from
   * outside. */
  ctxt->sax->entityDecl = NULL;
  ctxt->sax->internalSubset = NULL;
  ctxt->sax->externalSubset = NULL;
  int options = XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET;
  g_autoptr (ZbDoc) doc =
      prepared->len > G_MAXINT
          ? NULL
          : xmlCtxtReadMemory (ctxt, prepared->str, (int)prepared->len, NULL, "UTF-8", options);
  g_autofree char *words = ctxt->wellFormed ? NULL : parser_words (ctxt);
  if (doc == NULL || xmlDocGetRootElement (doc) == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s", words != NULL ? words : "no XML element");
    return NULL;
  }
  if (warning != NULL)
    *warning = g_steal_pointer (&words);
  return g_steal_pointer (&doc);
}

void
zb_doc_free (ZbDoc *doc)
{
  xmlFreeDoc (doc);
}

ZbNode *
zb_doc_root (ZbDoc *doc)
{
  return xmlDocGetRootElement (doc);
}

/* --- walking --- */

static gboolean
is_text (const ZbNode *node)
{
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

gboolean
zb_node_is_element (const ZbNode *node)
{
  return node->type == XML_ELEMENT_NODE;
}

static ZbNode *
forward (ZbNode *node)
{
  while (node != NULL && !zb_node_is_element (node) && !is_text (node))
    node = node->next;
  return node;
}

static ZbNode *
backward (ZbNode *node)
{
  while (node != NULL && !zb_node_is_element (node) && !is_text (node))
    node = node->prev;
  return node;
}

ZbNode *
zb_node_parent (const ZbNode *node)
{
  return node->parent != NULL && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
}

/* The children of an entity reference belong to its declaration: only an element's are looked at. */
ZbNode *
zb_node_first (const ZbNode *node)
{
  return zb_node_is_element (node) ? forward (node->children) : NULL;
}

ZbNode *
zb_node_last (const ZbNode *node)
{
  return zb_node_is_element (node) ? backward (node->last) : NULL;
}

ZbNode *
zb_node_next (const ZbNode *node)
{
  return forward (node->next);
}

ZbNode *
zb_node_first_element (const ZbNode *node)
{
  ZbNode *child = zb_node_first (node);
  return child == NULL || zb_node_is_element (child) ? child : zb_node_next_element (child);
}

ZbNode *
zb_node_next_element (const ZbNode *node)
{
  ZbNode *next = node->next;
  while (next != NULL && !zb_node_is_element (next))
    next = next->next;
  return next;
}

ZbNode *
zb_node_skip (const ZbNode *node, const ZbNode *top)
{
  for (; node != NULL && node != top; node = zb_node_parent (node)) {
    ZbNode *next = zb_node_next (node);
    if (next != NULL)
      return next;
  }
  return NULL;
}

ZbNode *
zb_node_follow (const ZbNode *node, const ZbNode *top)
{
  ZbNode *child = zb_node_first (node);
  return child != NULL ? child : zb_node_skip (node, top);
}

gboolean
zb_node_is_inside (const ZbNode *node, const ZbNode *top)
{
  while (node != NULL && node != top)
    node = node->parent;
  return node != NULL;
}

/* --- what a node holds --- */

const char *
zb_node_name (const ZbNode *node)
{
  return zb_node_is_element (node) ? (const char *)node->name : "";
}

gboolean
zb_node_is (const ZbNode *node, const char *name)
{
  return zb_node_is_element (node) && g_str_equal (node->name, name);
}

const char *
zb_node_attribute (const ZbNode *node, const char *name)
{
  for (xmlAttr *a = zb_node_is_element (node) ? node->properties : NULL; a != NULL; a = a->next) {
    if (!g_str_equal (a->name, name))
      continue;
    ZbNode *value = a->children;
    if (value == NULL)
      return "";
    if (value->next == NULL && value->type == XML_TEXT_NODE)
      return value->content != NULL ? (const char *)value->content : "";
    /* An XML value with references in it is a list of nodes: make it one text, once. */
    xmlChar *joined = xmlNodeListGetString (node->doc, value, 1);
    xmlFreeNodeList (value);
    a->children = a->last = xmlNewDocText (node->doc, joined);
    a->children->parent = (ZbNode *)a;
    xmlFree (joined);
    return (const char *)a->children->content;
  }
  return NULL;
}

void
zb_node_set_attribute (ZbNode *node, const char *name, const char *value)
{
  zb_ignore (xmlSetProp (node, (const xmlChar *)name, (const xmlChar *)value) !=
             NULL); /* fails without memory only */
}

const char *
zb_node_literal (const ZbNode *node)
{
  return is_text (node) && node->content != NULL ? (const char *)node->content : "";
}

static gboolean
is_silent (const ZbNode *node)
{
  static const char *const names[] = {"script", "style", "template", "noscript", NULL};
  return zb_node_is_element (node) && g_strv_contains (names, zb_node_name (node));
}

static GString *
gather (const ZbNode *top, gboolean everything)
{
  GString *text = g_string_new (zb_node_literal (top));
  const ZbNode *node = zb_node_first (top);
  while (node != NULL) {
    g_string_append (text, zb_node_literal (node));
    if (!everything && zb_node_is (node, "br"))
      g_string_append_c (text, '\n');
    node = !everything && is_silent (node) ? zb_node_skip (node, top) : zb_node_follow (node, top);
  }
  return text;
}

char *
zb_node_text (const ZbNode *node)
{
  return g_string_free (gather (node, FALSE), FALSE);
}

char *
zb_node_content (const ZbNode *node)
{
  return g_string_free (gather (node, TRUE), FALSE);
}

char *
zb_node_squeezed (const ZbNode *node)
{
  g_autofree char *text = zb_node_text (node);
  return zb_text_squeeze (text, -1);
}

/* `_private` of a node is its user's. */
guint
zb_node_mark (const ZbNode *node)
{
  return GPOINTER_TO_UINT (node->_private);
}

void
zb_node_set_mark (ZbNode *node, guint mark)
{
  node->_private = GUINT_TO_POINTER (mark);
}

void
zb_node_remove (ZbNode *node)
{
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}
