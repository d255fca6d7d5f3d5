/* Text that was encoded twice: UTF-8 read as windows-1252 or Latin-1, and written as UTF-8 again. */
#include "zhoubao/base/charset.h"

#include <string.h>

#define FEWEST 3 /* characters that were encoded twice: fewer may be chance */

/* windows-1252's characters for the bytes from 0x80 to 0x9f; where it has none, Latin-1's controls are kept.
 */
static const gunichar upper[32] = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                   0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                                   0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                   0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

/* The byte that C was read from, -1 for none. */
static int
byte_of (gunichar c)
{
  if (c <= 0xff)
    return (int)c;
  for (int i = 0; i < 32; i++)
    if (upper[i] == c)
      return 0x80 + i;
  return -1;
}

char *
zb_charset_decode_again (const char *text, gsize length, gsize *out_length)
{
  g_autoptr (GString) bytes = NULL;
  guint wide = 0;
  for (const char *p = text, *end = text + length; p < end; p = g_utf8_next_char (p)) {
    if ((guchar)*p < 0x80) {
      if (bytes != NULL)
        g_string_append_c (bytes, *p);
      continue;
    }
    int byte = byte_of (g_utf8_get_char (p));
    if (byte < 0)
      return NULL;
    if (bytes == NULL) {
      bytes = g_string_sized_new (length);
      g_string_append_len (bytes, text, p - text);
    }
    g_string_append_c (bytes, (char)byte);
    wide += byte >= 0xc2;
  }
  if (bytes == NULL || wide < FEWEST || !zb_charset_is_utf8 (bytes->str, bytes->len))
    return NULL;
  *out_length = bytes->len;
  return g_string_free (g_steal_pointer (&bytes), FALSE);
}
