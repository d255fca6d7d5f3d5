/* Selectors as sources write them: XPath where the text starts with / . or ( and CSS otherwise; "/@name" at
   the end, or "@name" alone, takes an attribute. Evaluation stops at a fixed number of steps. */
#pragma once
#include "zhoubao/edge/xml.h"

typedef struct ZbSelector ZbSelector;

/* ERROR quotes TEXT and says what is wrong with it. (transfer full) */
ZbSelector *zb_selector_new (const char *text, GError **error);
void zb_selector_free (ZbSelector *selector);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbSelector, zb_selector_free)

/* The elements below SCOPE that match, in document order. CSS matches below SCOPE alone, "." is SCOPE in
   XPath. Returns: (transfer container) of ZbNode, never NULL unless ERROR is set. */
GPtrArray *zb_selector_nodes (const ZbSelector *selector, ZbNode *scope, GError **error);

/* The first of them; NULL where none matches, or the steps ran out. */
ZbNode *zb_selector_first (const ZbSelector *selector, ZbNode *scope);

/* The text of the first match, squeezed, or the attribute's value, or what the expression computes. (transfer
   full), NULL where there is none or it is empty. */
char *zb_selector_text (const ZbSelector *selector, ZbNode *scope);
