/* Header fields out: RFC 2047 words and folding. GMime is not asked: its encoded words are longer than 75
   characters, and it encodes long links. Values are checked before: no control characters. */
#pragma once
#include "zhoubao/edge/mime.h"

/* "Name: value", unstructured: words that are not ASCII are encoded. */
void zb_mime_header_text (GString *out, const char *name, const char *value);

/* "Name: phrase <address>"; nothing where ADDRESS is NULL. PHRASE may be NULL. Also a List-Id, and a link. */
void zb_mime_header_angle (GString *out, const char *name, const char *phrase, const char *address);
