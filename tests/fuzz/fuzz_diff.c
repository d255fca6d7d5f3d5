/* Any bytes as two texts, parted by a NUL or in the middle: the pieces that are the same or gone are the one,
   those that are the same or new the other. */
#include "zhoubao/base/diff.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_pieces (GPtrArray *pieces, const char *before, const char *after)
{
  g_autoptr (GString) old = g_string_new (NULL), new = g_string_new (NULL);
  for (guint i = 0; i < pieces->len; i++) {
    const ZbDiffPiece *piece = pieces->pdata[i];
    if (piece->kind != ZB_DIFF_NEW)
      g_string_append (old, piece->text);
    if (piece->kind != ZB_DIFF_GONE)
      g_string_append (new, piece->text);
  }
  g_assert_cmpstr (old->str, ==, before);
  g_assert_cmpstr (new->str, ==, after);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *stop = memchr (data, '\0', size);
  gsize first = stop != NULL ? (gsize)(stop - data) : size / 2;
  g_autofree char *before = g_utf8_make_valid ((const char *)data, (gssize)first);
  g_autofree char *after = g_utf8_make_valid ((const char *)data + first, (gssize)(size - first));
  g_autoptr (GPtrArray) lines = zb_diff_lines (before, after), words = zb_diff_words (before, after);
  check_pieces (lines, before, after);
  check_pieces (words, before, after);
  return 0;
}
