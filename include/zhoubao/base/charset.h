/* Character encodings: labels as the web means them, what a document declares, and conversion to UTF-8.
   Sources: WHATWG Encoding (labels), WHATWG HTML §13.2.3.2 (the prescan for <meta>), XML 1.0 appendix F.
   What a document is really in is decided by edge/charset.h. */
#pragma once
#include <glib.h>

/* The WHATWG name that LABEL means ("latin1" is windows-1252, "gb2312" is GBK), or for encodings that the web
   does not know ICU's IANA name ("IBM855"). LENGTH -1: up to NUL. Static; NULL where nobody knows it. */
const char *zb_charset_name (const char *label, gssize length);

/* What DATA declares inside itself: the XML declaration, also in EBCDIC and UTF-16 without a mark, and where
   META is set the <meta> of HTML. Static name, or NULL. */
const char *zb_charset_declared (const guint8 *data, gsize length, gboolean meta);

/* The charset parameter of a Content-Type header, or NULL. */
const char *zb_charset_of_header (const char *content_type);

/* By byte order mark (UTF-8, UTF-16, UTF-32) whose length goes to *MARK; NULL where there is none. */
const char *zb_charset_mark (const guint8 *data, gsize length, gsize *mark);

/* As g_utf8_validate_len, NUL refused too, but eight bytes at a time where they are ASCII. */
gboolean zb_charset_is_utf8 (const char *text, gsize length);

/* What conversion met. */
typedef struct {
  gsize foreign; /* characters beyond ASCII */
  gsize broken;  /* bytes or sequences that the encoding does not have, now U+FFFD */
} ZbCharsetTally;

/* DATA from the encoding NAME as UTF-8, ended by NUL; what does not convert, and NUL, becomes U+FFFD. gb2312,
   GBK and gb18030 are all read as GB18030. TALLY may be NULL. Returns: (transfer full), NULL where NAME is
   unknown. */
char *zb_charset_to_utf8 (const char *name, const guint8 *data, gsize length, gsize *out_length,
                          ZbCharsetTally *tally);

/* Valid UTF-8 whose every character beyond ASCII is a byte of other UTF-8 ("ä¿¡ç”¨" for 信用), decoded once
   more. Returns: (transfer full), ended by NUL; NULL where TEXT is what it seems. */
char *zb_charset_decode_again (const char *text, gsize length, gsize *out_length);
