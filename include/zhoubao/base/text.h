/* Plain text as people see it: columns, lines, characters, and forms that match. All input is UTF-8; bytes
   that are not count as U+FFFD. LENGTH is in bytes, negative: up to the NUL. */
#pragma once
#include <glib.h>

/* Columns of a terminal or a fixed-width mail: East Asian wide and full-width characters and emoji 2, marks,
   joiners and controls 0, all others 1 (Unicode TR 11; ambiguous ones are narrow). */
guint zb_text_width (const char *text, gssize length);

typedef struct {
  guint columns;            /* the widest line, indentation counted; 0: no limit */
  const char *first, *rest; /* put before the first line, and before each further one; NULL is "" */
} ZbTextWrap;

/* Breaks TEXT into lines of at most that width: between words, and between Chinese, Japanese or Thai
   characters as Unicode TR 14 allows (no closing mark begins a line). Line ends in TEXT stay; other runs of
   white space become one space. An address (http://…) or a word that is wider than a line stands whole on a
   line of its own. The last line has no line end unless TEXT has. Returns: (transfer full). */
char *zb_text_wrap (const char *text, gssize length, const ZbTextWrap *wrap);

/* Whether TEXT is UTF-8 without a NUL, as g_utf8_validate_len, but eight bytes at a time where they are
   ASCII: whole files go through it. END is the first wrong byte where there is one. */
gboolean zb_text_is_valid (const char *text, gsize length, const char **end);

/* TEXT with every run of white space, control and line-end characters (U+3000 and U+00A0 too) as one space,
   and none at its ends; invisible format characters other than joiners are left out. Returns: (transfer
   full). */
char *zb_text_squeeze (const char *text, gssize length);

/* Whether nothing would be left of TEXT. */
gboolean zb_text_is_blank (const char *text);

/* At most MAX characters as people count them (grapheme clusters); where some are cut off the last is "…",
   and a Latin word is not cut through if a space is near. Returns: (transfer full). */
char *zb_text_cut (const char *text, gssize length, guint max);

/* The form under which texts that differ in case, width or composition only are equal (NFKC_Casefold):
   ＡＢＣ, abc and ABC; ﾎﾞ and ボ. Accents count. Returns: (transfer full). */
char *zb_text_fold (const char *text, gssize length);
