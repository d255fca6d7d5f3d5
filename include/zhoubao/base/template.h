/* Mustache templates over views: compiled once, rendered many times. The required modules of the public
   specification and inheritance ({{<parent}} and {{$block}}); no lambdas.

   False are false, null, "", 0 and []; an object opens a section once, a list once a member. A value is
   escaped by {{name}} and not by {{{name}}} or {{&name}}. Where a block overridden in a page names a parent
   again, that parent's blocks are its own: arguments reach the templates that a parent includes, not those
   that the page's own text includes. */
#pragma once
#include "zhoubao/base/view.h"

typedef struct ZbTemplate ZbTemplate;

#define ZB_TEMPLATE_MAX_DEPTH 64 /* of templates that include each other */

/* Compiles TEXT; NAME is for error messages ("templates/page.mustache:12: …"). An error is ZB_ERROR_INVALID.
   Returns: (transfer full). A compiled template is never changed: threads may share it. */
ZbTemplate *zb_template_parse (const char *name, const char *text, gssize length, GError **error);
void zb_template_free (ZbTemplate *tpl);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbTemplate, zb_template_free)

/* The template that {{>NAME}} or {{<NAME}} asks for: borrowed. NULL without ERROR where there is none. */
typedef const ZbTemplate *(*ZbTemplateFind) (const char *name, gpointer data, GError **error);

/* Appends TEXT to OUT in such a form that it is only text there. */
typedef void (*ZbTemplateEscape) (GString *out, const char *text, gsize length);

typedef struct {
  ZbTemplateFind find;     /* NULL: there are no partials; zb_template_set_find is the usual one */
  gpointer data;           /* for FIND */
  ZbTemplateEscape escape; /* NULL: zb_template_escape_html */
  gboolean strict; /* a name that the context does not have, or a template that is not found, is an error;
                      null is a value */
} ZbTemplateOptions;

/* Appends to OUT what TPL makes of CONTEXT (usually an object; NULL: an empty one). OPTIONS may be NULL.
   An error names template, line and variable; then OUT holds a part. */
gboolean zb_template_render (const ZbTemplate *tpl, const ZbViewNode *context,
                             const ZbTemplateOptions *options, GString *out,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* & < > " ' as character references, C0 controls other than tab and line ends left out: fit for the text and
   the quoted attributes of HTML and XML. */
void zb_template_escape_html (GString *out, const char *text, gsize length);

/* As it is: for plain text, CommonMark and mail headers. */
void zb_template_escape_none (GString *out, const char *text, gsize length);
