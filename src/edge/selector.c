/* XPath behind one verb per question. */
#include "zhoubao/edge/selector.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/text.h"
#include "zhoubao/edge/css.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#define MAX_STEPS 20000000UL /* about a second */

struct ZbSelector {
  char *text;
  xmlXPathCompExpr *expression; /* NULL: the scope itself */
  char *attribute;              /* of each element found, or NULL */
};

typedef xmlXPathContext ZbXPathContext;
typedef xmlXPathObject ZbXPathObject;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbXPathContext, xmlXPathFreeContext)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbXPathObject, xmlXPathFreeObject)

static void
say_nothing (void *data, const xmlError *error)
{
}

static ZbXPathContext *
new_context (ZbNode *scope)
{
  ZbXPathContext *context = xmlXPathNewContext (scope != NULL ? scope->doc : NULL);
  context->error = (xmlStructuredErrorFunc)say_nothing;
  context->opLimit = MAX_STEPS;
  context->node = scope;
  return context;
}

/* Cuts "/@name", or all of "@name", off TEXT and returns the name; NULL where there is none. */
static char *
cut_attribute (char *text)
{
  char *at = strrchr (text, '@');
  if (at == NULL || at[1] == '\0' ||
      at[1 + strspn (at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789-_:")] != '\0')
    return NULL;
  if (at > text && at[-1] != '/')
    return NULL;
  g_autofree char *name = g_strdup (at + 1);
  *(at > text ? at - 1 : at) = '\0';
  return g_ascii_strdown (name, -1);
}

/* ".name" is a class of CSS, "." and "./a" are XPath. */
static gboolean
is_xpath (const char *text)
{
  gboolean dot =
      *text == '.' && !g_ascii_isalpha (text[1]) && text[1] != '\0' && strchr ("-_\\", text[1]) == NULL;
  return *text == '/' || *text == '(' || dot || g_str_equal (text, ".");
}

ZbSelector *
zb_selector_new (const char *text, GError **error)
{
  g_autoptr (ZbSelector) s = g_new0 (ZbSelector, 1);
  s->text = g_strstrip (g_strdup (text));
  g_autofree char *path = g_strdup (s->text);
  if (!is_xpath (path)) {
    s->attribute = cut_attribute (path);
    if (*path == '\0' && s->attribute != NULL)
      return g_steal_pointer (&s);
    g_autofree char *css = g_steal_pointer (&path);
    path = zb_css_to_xpath (css, error);
    if (path == NULL)
      return NULL;
  }
  g_autoptr (ZbXPathContext) context = new_context (NULL);
  s->expression = xmlXPathCtxtCompile (context, (const xmlChar *)path);
  if (s->expression == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "selector '%s' is not valid XPath", s->text);
    return NULL;
  }
  return g_steal_pointer (&s);
}

void
zb_selector_free (ZbSelector *s)
{
  g_clear_pointer (&s->expression, xmlXPathFreeCompExpr);
  g_free (s->attribute);
  g_free (s->text);
  g_free (s);
}

static ZbXPathObject *
evaluate (const ZbSelector *s, ZbNode *scope, GError **error)
{
  g_autoptr (ZbXPathContext) context = new_context (scope);
  ZbXPathObject *found = xmlXPathCompiledEval (s->expression, context);
  if (found == NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "selector '%s' cannot be evaluated here, or takes too long",
                 s->text);
  return found;
}

static ZbNode *
nth_node (const ZbXPathObject *found, int i)
{
  gboolean has = found->type == XPATH_NODESET && found->nodesetval != NULL && i < found->nodesetval->nodeNr;
  return has ? found->nodesetval->nodeTab[i] : NULL;
}

GPtrArray *
zb_selector_nodes (const ZbSelector *s, ZbNode *scope, GError **error)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  if (s->expression == NULL) {
    g_ptr_array_add (nodes, scope);
    return g_steal_pointer (&nodes);
  }
  g_autoptr (ZbXPathObject) found = evaluate (s, scope, error);
  if (found == NULL)
    return NULL;
  if (found->type == XPATH_NODESET && found->nodesetval != NULL)
    xmlXPathNodeSetSort (found->nodesetval);
  ZbNode *node;
  for (int i = 0; (node = nth_node (found, i)) != NULL; i++)
    if (zb_node_is_element (node))
      g_ptr_array_add (nodes, node);
  return g_steal_pointer (&nodes);
}

ZbNode *
zb_selector_first (const ZbSelector *s, ZbNode *scope)
{
  g_autoptr (GPtrArray) nodes = zb_selector_nodes (s, scope, NULL);
  return nodes != NULL && nodes->len > 0 ? nodes->pdata[0] : NULL;
}

static char *
computed_text (ZbXPathObject *found)
{
  if (found->type == XPATH_NODESET && found->nodesetval != NULL)
    xmlXPathNodeSetSort (found->nodesetval);
  ZbNode *node = nth_node (found, 0);
  if (node != NULL && zb_node_is_element (node))
    return zb_node_squeezed (node);
  xmlChar *text = xmlXPathCastToString (found); /* an attribute's value, a text node, a computed value */
  char *squeezed = text != NULL ? zb_text_squeeze ((const char *)text, -1) : NULL;
  xmlFree (text);
  return squeezed;
}

char *
zb_selector_text (const ZbSelector *s, ZbNode *scope)
{
  g_autofree char *text = NULL;
  if (s->attribute != NULL) {
    g_autoptr (GPtrArray) nodes = zb_selector_nodes (s, scope, NULL);
    for (guint i = 0; nodes != NULL && i < nodes->len && text == NULL; i++) {
      const char *value = zb_node_attribute (nodes->pdata[i], s->attribute);
      text = value != NULL ? zb_text_squeeze (value, -1) : NULL;
    }
  } else {
    g_autoptr (ZbXPathObject) found = evaluate (s, scope, NULL);
    text = found != NULL ? computed_text (found) : NULL;
  }
  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}
