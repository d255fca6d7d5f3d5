/* Bytes from the web as UTF-8: what their header and they themselves declare is weighed against what they are
   (uchardet guesses where nothing, or nothing true, is declared). */
#pragma once
#include <glib.h>

typedef enum {
  ZB_CHARSET_XML, /* a declaration, else UTF-8 */
  ZB_CHARSET_HTML /* <meta> too */
} ZbCharsetKind;

typedef struct {
  const char *text;     /* UTF-8 without byte order mark, not ended by NUL; it may lie in the bytes given */
  gsize length;         /* of text */
  const char *encoding; /* WHATWG name, static */
  gboolean declared;    /* the encoding is the one that was declared */
  gboolean lied;        /* another was declared */
  gsize broken;         /* sequences that are U+FFFD now */
  char *owned;
} ZbDecoded;

/* CONTENT_TYPE: the header's value, or NULL. DATA must outlive OUT. */
void zb_charset_decode (const guint8 *data, gsize length, const char *content_type, ZbCharsetKind kind,
                        ZbDecoded *out);
void zb_decoded_clear (ZbDecoded *decoded);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbDecoded, zb_decoded_clear)

/* Opens uchardet now, for a process that may open nothing later. */
void zb_charset_prepare (void);
