/* CSS selectors as XPath 1.0: types, *, .class, #id, attribute operators (= ~= |= ^= $= *=), the combinators
   (descendant, > + ~), comma, and the pseudo-classes :not() :is() :has() :contains("text") :empty :root
   :scope :first-child :last-child :only-child :nth-child() :nth-last-child() and their -of-type forms.

   Names of types and attributes are folded to lower case, as HTML's are: for XML use XPath.
   Reference: Selectors Level 4; :contains() is jQuery's. */
#pragma once
#include <glib.h>

/* An expression relative to a context node, whose descendants it selects. ERROR names the place in CSS.
   Returns: (transfer full), NULL with ERROR set. */
char *zb_css_to_xpath (const char *css, GError **error);
