/* A body with tokens, encoded ahead of time so that filling it copies what does not change. */
#pragma once
#include "zhoubao/edge/mime.h"

typedef struct ZbMimeBody ZbMimeBody;

/* Line ends become CRLF. A control character that starts no token is an error that names WHAT. (transfer
 * full)
 */
ZbMimeBody *zb_mime_body_new (const char *content, gboolean html, const char *what, GError **error);
void zb_mime_body_free (ZbMimeBody *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbMimeBody, zb_mime_body_free)

gboolean zb_mime_body_is_base64 (const ZbMimeBody *body);
gboolean zb_mime_body_uses (const ZbMimeBody *body, ZbMimeToken token);

/* Appends the encoded body, with VALUES (of ZB_MIME_TOKENS; UTF-8 without control characters) in the tokens'
   places. It ends in CRLF. */
void zb_mime_body_fill (const ZbMimeBody *body, const char *const *values, GString *out);
