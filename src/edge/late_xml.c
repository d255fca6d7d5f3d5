/* libxml2's functions, see base/late.h. */
#include "zhoubao/base/late.h"
#include "zhoubao/edge/xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#define LIBRARY "libxml2.so.2"
#define LATE(type, name, parameters, arguments) ZB_LATE (LIBRARY, return, type, name, parameters, arguments)
#define LATE_VOID(name, parameters, arguments) ZB_LATE (LIBRARY, , void, name, parameters, arguments)

void
zb_xml_prepare (void)
{
  zb_late_open (LIBRARY);
}

/* A variable of the library, which holds a function. */
static void
free_late (void *text)
{
  static xmlFreeFunc *real;
  if (g_once_init_enter (&real))
    g_once_init_leave (&real, (xmlFreeFunc *)zb_late_symbol (LIBRARY, "xmlFree"));
  (*real) (text);
}

xmlFreeFunc xmlFree = free_late;

LATE_VOID (xmlInitParser, (void), ())
LATE_VOID (xmlSetExternalEntityLoader, (xmlExternalEntityLoader loader), (loader))
LATE_VOID (xmlSetGenericErrorFunc, (void *data, xmlGenericErrorFunc handler), (data, handler))

LATE (xmlParserCtxtPtr, xmlNewParserCtxt, (void), ())
LATE_VOID (xmlFreeParserCtxt, (xmlParserCtxtPtr parser), (parser))
LATE (int, xmlCtxtUseOptions, (xmlParserCtxtPtr parser, int options), (parser, options))
LATE (xmlErrorPtr, xmlCtxtGetLastError, (void *parser), (parser))
LATE (xmlDocPtr, xmlCtxtReadMemory,
      (xmlParserCtxtPtr parser, const char *text, int size, const char *url, const char *encoding,
       int options),
      (parser, text, size, url, encoding, options))
LATE (xmlParserCtxtPtr, xmlCreatePushParserCtxt,
      (xmlSAXHandlerPtr sax, void *data, const char *text, int size, const char *file),
      (sax, data, text, size, file))
LATE (int, xmlParseChunk, (xmlParserCtxtPtr parser, const char *text, int size, int last),
      (parser, text, size, last))
LATE_VOID (xmlStopParser, (xmlParserCtxtPtr parser), (parser))
LATE_VOID (xmlSAX2StartElement, (void *parser, const xmlChar *name, const xmlChar **attributes),
           (parser, name, attributes))
LATE_VOID (xmlSAX2EndElement, (void *parser, const xmlChar *name), (parser, name))
LATE (int, xmlSAX2GetLineNumber, (void *parser), (parser))
LATE (xmlEntityPtr, xmlGetPredefinedEntity, (const xmlChar *name), (name))

LATE (htmlParserCtxtPtr, htmlNewParserCtxt, (void), ())
LATE (htmlDocPtr, htmlCtxtReadMemory,
      (xmlParserCtxtPtr parser, const char *text, int size, const char *url, const char *encoding,
       int options),
      (parser, text, size, url, encoding, options))
LATE (htmlDocPtr, htmlNewDocNoDtD, (const xmlChar *uri, const xmlChar *id), (uri, id))
LATE (const htmlEntityDesc *, htmlEntityLookup, (const xmlChar *name), (name))

LATE (xmlNodePtr, xmlDocGetRootElement, (const xmlDoc *doc), (doc))
LATE_VOID (xmlFreeDoc, (xmlDocPtr doc), (doc))
LATE (xmlNodePtr, xmlNewDocText, (const xmlDoc *doc, const xmlChar *text), (doc, text))
LATE_VOID (xmlUnlinkNode, (xmlNodePtr node), (node))
LATE_VOID (xmlFreeNode, (xmlNodePtr node), (node))
LATE_VOID (xmlFreeNodeList, (xmlNodePtr first), (first))
LATE (xmlAttrPtr, xmlSetProp, (xmlNodePtr node, const xmlChar *name, const xmlChar *value),
      (node, name, value))
LATE (xmlChar *, xmlNodeListGetString, (xmlDocPtr doc, const xmlNode *list, int whole), (doc, list, whole))

LATE (xmlXPathContextPtr, xmlXPathNewContext, (xmlDocPtr doc), (doc))
LATE_VOID (xmlXPathFreeContext, (xmlXPathContextPtr context), (context))
LATE (xmlXPathCompExprPtr, xmlXPathCtxtCompile, (xmlXPathContextPtr context, const xmlChar *text),
      (context, text))
LATE_VOID (xmlXPathFreeCompExpr, (xmlXPathCompExprPtr compiled), (compiled))
LATE (xmlXPathObjectPtr, xmlXPathCompiledEval, (xmlXPathCompExprPtr compiled, xmlXPathContextPtr context),
      (compiled, context))
LATE_VOID (xmlXPathFreeObject, (xmlXPathObjectPtr object), (object))
LATE (xmlChar *, xmlXPathCastToString, (xmlXPathObjectPtr object), (object))
LATE_VOID (xmlXPathNodeSetSort, (xmlNodeSetPtr nodes), (nodes))
