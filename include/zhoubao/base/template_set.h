/* Finds templates by name, and the files beside them: the workspace's own come first, one by one, so that it
   may override a single partial. In this order, for the name "mail/issue" and the theme T:
     WORKSPACE/templates/mail/issue.mustache
     WORKSPACE/templates/themes/T/mail/issue.mustache
     the program's own templates/themes/T/mail/issue.mustache
     the program's own templates/mail/issue.mustache
   Partials and parents are found by the same rule. A file of the first row that is a copy of the last one's
   counts as the last: who has the program's templates in the workspace can still choose a theme. A set
   belongs to one thread. */
#pragma once
#include "zhoubao/base/template.h"

typedef struct ZbTemplateSet ZbTemplateSet;

/* WORKSPACE is a folder, or NULL for the program's own templates only; THEME may be NULL. (transfer full) */
ZbTemplateSet *zb_template_set_new (const char *workspace, const char *theme);
void zb_template_set_free (ZbTemplateSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbTemplateSet, zb_template_set_free)

/* The compiled template NAME, kept from then on: borrowed. ZB_ERROR_NOT_FOUND lists nothing but the name. */
const ZbTemplate *zb_template_set_get (ZbTemplateSet *set, const char *name, GError **error);

/* For ZbTemplateOptions.find; SET is its data. */
const ZbTemplate *zb_template_set_find (const char *name, gpointer set, GError **error);

/* Renders NAME strictly, with the set's own partials. ESCAPE NULL: HTML. Returns: (transfer full) text, NULL
   with ERROR set. */
char *zb_template_set_render (ZbTemplateSet *set, const char *name, const ZbViewNode *context,
                              ZbTemplateEscape escape, GError **error);

/* The same of a context in JSON. */
char *zb_template_set_render_json (ZbTemplateSet *set, const char *name, JsonNode *context,
                                   ZbTemplateEscape escape, GError **error);

/* The bytes of the file PATH ("style.css"), found by the same rule. Returns: (transfer full). */
GBytes *zb_template_set_file (ZbTemplateSet *set, const char *path, GError **error);

/* Forgets what was compiled, after somebody has edited a file. */
void zb_template_set_forget (ZbTemplateSet *set);
