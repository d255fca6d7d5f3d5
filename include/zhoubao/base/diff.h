/* What changed between two texts, for people: by lines, or by words inside the lines that changed. */
#pragma once
#include <glib.h>

typedef enum { ZB_DIFF_SAME, ZB_DIFF_GONE, ZB_DIFF_NEW } ZbDiffKind;

typedef struct {
  ZbDiffKind kind;
  char *text;
} ZbDiffPiece;

/* Of ZbDiffPiece: all that is SAME or GONE is BEFORE, all that is SAME or NEW is AFTER. Whole lines, with
   their line ends; neighbours are of different kinds. A longest common subsequence, unless the changed part
   of both is so long (some 2000 lines) that it is given as replaced whole. (transfer full) */
GPtrArray *zb_diff_lines (const char *before, const char *after);

/* The same by words, Han characters one by one. (transfer full) */
GPtrArray *zb_diff_words (const char *before, const char *after);
