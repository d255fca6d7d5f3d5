/* Plain text out of HTML without a tree: quick, for titles and for bodies that nobody reads yet. The result
   is text, not markup: whoever prints it escapes it. */
#pragma once
#include <glib.h>

/* Whether TEXT holds a tag that HTML knows, or a reference to a character. */
gboolean zb_plain_is_html (const char *text, gsize length);

/* TEXT with HTML's tags away (only those that HTML has: "a <b" and "<thing>" stay), references decoded,
   scripts and comments dropped, white space folded; blocks end lines. At most MAX bytes. Returns: (transfer
   full). */
char *zb_plain_from_html (const char *text, gsize length, gsize max);

/* HTML of a feed made fit for a browser's rules: without the tags of frames and plug-ins, what stands between
   them kept (its author put it there for those who do not get the frame), and "<!" that begins no declaration
   escaped. Returns: (transfer full), NULL where nothing had to be done. */
char *zb_plain_mend_html (const char *html, gsize length);

/* White space folded to single spaces, control characters gone, at most MAX_CHARS characters, the last of
   them then "…". Returns: (transfer full), NULL where nothing is left. */
char *zb_plain_line (const char *text, gsize max_chars);
