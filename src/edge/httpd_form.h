/* Posted forms. Private to src/edge. */
#pragma once
#include <gio/gio.h>

typedef struct ZbForm ZbForm;

/* The fields of BODY, urlencoded or multipart by CONTENT_TYPE (may be NULL); empty for any other. (transfer
 * full) */
ZbForm *zb_form_parse (const char *content_type, GBytes *body);
void zb_form_free (ZbForm *form);

/* FORM may be NULL. */
const char *zb_form_get (const ZbForm *form, const char *name);
char **zb_form_get_all (const ZbForm *form, const char *name);
GBytes *zb_form_file (const ZbForm *form, const char *name);
