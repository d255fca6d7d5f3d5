/* Differences by the longest common subsequence, first of lines, then of the words of what was replaced. */
#include "zhoubao/base/diff.h"

#include "zhoubao/base/words.h"

#define CELLS (4u << 20) /* of the table; above that a part is replaced whole */

typedef struct {
  const char *text;
  gsize length;
} Token;

typedef struct {
  const Token *tokens;
  guint n;
} Run;

static void
piece_free (gpointer data)
{
  ZbDiffPiece *piece = data;
  g_free (piece->text);
  g_free (piece);
}

static void
append (GPtrArray *pieces, ZbDiffKind kind, const char *text, gsize length)
{
  ZbDiffPiece *last = pieces->len > 0 ? pieces->pdata[pieces->len - 1] : NULL;
  if (length == 0)
    return;
  if (last != NULL && last->kind == kind) {
    g_autofree char *old = last->text, *more = g_strndup (text, length);
    last->text = g_strconcat (old, more, NULL);
    return;
  }
  last = g_new0 (ZbDiffPiece, 1);
  last->kind = kind;
  last->text = g_strndup (text, length);
  g_ptr_array_add (pieces, last);
}

/* Tokens lie side by side in their text. */
static void
append_run (GPtrArray *pieces, ZbDiffKind kind, Run run)
{
  if (run.n > 0)
    append (pieces, kind, run.tokens[0].text,
            (gsize)(run.tokens[run.n - 1].text - run.tokens[0].text) + run.tokens[run.n - 1].length);
}

static gboolean
equal (const Token *a, const Token *b)
{
  return a->length == b->length && memcmp (a->text, b->text, a->length) == 0;
}

static GArray *
cut_lines (const char *text)
{
  GArray *tokens = g_array_sized_new (FALSE, FALSE, sizeof (Token), 16);
  for (const char *p = text; *p != '\0';) {
    const char *end = strchr (p, '\n');
    Token token = {p, end != NULL ? (gsize)(end - p) + 1 : strlen (p)};
    g_array_append_val (tokens, token);
    p += token.length;
  }
  return tokens;
}

static int
class_of (gunichar c)
{
  if (zb_words_is_han (c) || g_unichar_ispunct (c) || c == '\n')
    return 0; /* stands alone */
  return g_unichar_isspace (c) ? 1 : 2;
}

static GArray *
cut_words (const char *text)
{
  GArray *tokens = g_array_sized_new (FALSE, FALSE, sizeof (Token), 16);
  for (const char *p = text; *p != '\0';) {
    int class = class_of (g_utf8_get_char (p));
    const char *end = g_utf8_next_char (p);
    while (class != 0 && *end != '\0' && class_of (g_utf8_get_char (end)) == class)
      end = g_utf8_next_char (end);
    Token token = {p, (gsize)(end - p)};
    g_array_append_val (tokens, token);
    p = end;
  }
  return tokens;
}

/* What stands between two texts' common parts, told as it comes. */
typedef void (*Changed) (GPtrArray *pieces, Run gone, Run new);

static void
walk_table (GPtrArray *pieces, Run a, Run b, const guint16 *table, Changed changed)
{
  guint i = 0, j = 0, gone = 0, new = 0, width = b.n + 1;
  while (i < a.n || j < b.n) {
    gboolean same = i < a.n && j < b.n && equal (&a.tokens[i], &b.tokens[j]);
    if (same) {
      changed (pieces, (Run){a.tokens + i - gone, gone}, (Run){b.tokens + j - new, new});
      append_run (pieces, ZB_DIFF_SAME, (Run){a.tokens + i, 1});
      gone = new = 0;
      i++, j++;
    } else if (j == b.n || (i < a.n && table[(i + 1) * width + j] >= table[i * width + j + 1]))
      i++, gone++;
    else
      j++, new ++;
  }
  changed (pieces, (Run){a.tokens + i - gone, gone}, (Run){b.tokens + j - new, new});
}

/* A and B begin and end differently. */
static void
compare_middle (GPtrArray *pieces, Run a, Run b, Changed changed)
{
  if (a.n == 0 || b.n == 0 || (guint64)(a.n + 1) * (b.n + 1) > CELLS || a.n > G_MAXUINT16 ||
      b.n > G_MAXUINT16) {
    changed (pieces, a, b);
    return;
  }
  guint width = b.n + 1;
  g_autofree guint16 *table = g_new0 (guint16, (gsize)(a.n + 1) * width);
  for (guint i = a.n; i-- > 0;)
    for (guint j = b.n; j-- > 0;)
      table[i * width + j] = equal (&a.tokens[i], &b.tokens[j])
                                 ? (guint16)(table[(i + 1) * width + j + 1] + 1)
                                 : MAX (table[(i + 1) * width + j], table[i * width + j + 1]);
  walk_table (pieces, a, b, table, changed);
}

static void
compare (GPtrArray *pieces, const GArray *before, const GArray *after, Changed changed)
{
  const Token *a = (const Token *)(const void *)before->data, *b = (const Token *)(const void *)after->data;
  guint head = 0, tail = 0, n = before->len, m = after->len;
  while (head < MIN (n, m) && equal (&a[head], &b[head]))
    head++;
  while (tail < MIN (n, m) - head && equal (&a[n - 1 - tail], &b[m - 1 - tail]))
    tail++;
  append_run (pieces, ZB_DIFF_SAME, (Run){a, head});
  compare_middle (pieces, (Run){a + head, n - head - tail}, (Run){b + head, m - head - tail}, changed);
  append_run (pieces, ZB_DIFF_SAME, (Run){a + n - tail, tail});
}

static void
replace (GPtrArray *pieces, Run gone, Run new)
{
  append_run (pieces, ZB_DIFF_GONE, gone);
  append_run (pieces, ZB_DIFF_NEW, new);
}

static char *
text_of (Run run)
{
  const Token *last = run.n > 0 ? &run.tokens[run.n - 1] : NULL;
  return last != NULL
             ? g_strndup (run.tokens[0].text, (gsize)(last->text - run.tokens[0].text) + last->length)
             : g_strdup ("");
}

static void
replace_words (GPtrArray *pieces, Run gone, Run new)
{
  if (gone.n == 0 || new.n == 0) {
    replace (pieces, gone, new);
    return;
  }
  g_autofree char *before = text_of (gone), *after = text_of (new);
  g_autoptr (GArray) a = cut_words (before), b = cut_words (after);
  compare (pieces, a, b, replace);
}

static GPtrArray *
compare_lines (const char *before, const char *after, Changed changed)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func (piece_free);
  g_autoptr (GArray) a = cut_lines (before), b = cut_lines (after);
  compare (pieces, a, b, changed);
  return pieces;
}

GPtrArray *
zb_diff_lines (const char *before, const char *after)
{
  return compare_lines (before, after, replace);
}

GPtrArray *
zb_diff_words (const char *before, const char *after)
{
  return compare_lines (before, after, replace_words);
}
