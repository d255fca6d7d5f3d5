/* Width, wrapping, cutting and folding of text, by ICU's tables. */
#include "zhoubao/base/text.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UBreakIterator, ubrk_close)

#define ZERO_WIDTH_JOINER 0x200d

/* What nearly all of a text is: ASCII, the letters of Europe, dashes and quotation marks, Chinese with its
   punctuation and full-width forms. No table needs to be asked, or opened, whether one can see it. */
static gboolean
is_surely_visible (UChar32 c)
{
  return (c > 0x20 && c < 0x7f) || (c > 0xad && c < 0x300) || (c >= 0x2010 && c <= 0x2027) ||
         (c > 0x3000 && c <= 0x9fff) || (c > 0xff00 && c < 0xfff0);
}

/* Byte order marks, marks of direction, soft hyphens and the like, but not what joins characters. */
static gboolean
is_invisible (UChar32 c)
{
  return !is_surely_visible (c) && u_charType (c) == U_FORMAT_CHAR && c != ZERO_WIDTH_JOINER && c != 0x200c;
}

/* The character at *AT, which moves on; a wrong byte is U+FFFD. */
static UChar32
next_char (const char **at, const char *end)
{
  gunichar c = g_utf8_get_char_validated (*at, end - *at);
  if (c == (gunichar)-1 || c == (gunichar)-2 || c == 0) {
    *at += 1;
    return c == 0 ? 0 : 0xfffd;
  }
  *at += g_utf8_skip[(guchar) * *at];
  return (UChar32)c;
}

static guint
char_width (UChar32 c)
{
  if (c >= 0x20 && c < 0x7f)
    return 1;
  int hangul = u_getIntPropertyValue (c, UCHAR_HANGUL_SYLLABLE_TYPE);
  if (hangul == U_HST_VOWEL_JAMO || hangul == U_HST_TRAILING_JAMO || u_iscntrl (c))
    return 0;
  int8_t type = u_charType (c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR)
    return 0;
  int east = u_getIntPropertyValue (c, UCHAR_EAST_ASIAN_WIDTH);
  return east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
}

static const char *
end_of (const char *text, gssize length)
{
  return text + (length < 0 ? (gssize)strlen (text) : length);
}

guint
zb_text_width (const char *text, gssize length)
{
  const char *end = end_of (text, length);
  guint width = 0;
  gboolean joined = FALSE;
  while (text < end) {
    UChar32 c = next_char (&text, end);
    if (!joined)
      width += char_width (c);
    joined = c == ZERO_WIDTH_JOINER;
  }
  return width;
}

/* How many bytes from TEXT on are surely ASCII: whole words of them. */
static gsize
ascii_length (const char *text, gsize length)
{
  const guint64 tops = 0x8080808080808080;
  guint64 words[4];
  gsize at = 0;
  for (; length - at >= sizeof words; at += sizeof words) {
    memcpy (words, text + at, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & tops) != 0)
      break;
  }
  for (; length - at >= sizeof words[0]; at += sizeof words[0]) {
    memcpy (words, text + at, sizeof words[0]);
    if ((words[0] & tops) != 0)
      break;
  }
  return at;
}

gboolean
zb_text_is_valid (const char *text, gsize length, const char **end)
{
  const char *nul = length > 0 ? memchr (text, '\0', length) : NULL;
  gsize limit = nul != NULL ? (gsize)(nul - text) : length;
  for (gsize at = 0; at < limit;) {
    gsize plain = ascii_length (text + at, limit - at);
    if (plain > 0) {
      at += plain;
      continue;
    }
    gunichar c = g_utf8_get_char_validated (text + at, (gssize)(limit - at));
    if (c == (gunichar)-1 || c == (gunichar)-2) {
      *end = text + at;
      return FALSE;
    }
    at += g_utf8_skip[(guchar)text[at]];
  }
  *end = nul;
  return nul == NULL;
}

static gboolean
is_gap (UChar32 c)
{
  if (c <= 0x20 || c == 0x7f)
    return TRUE;
  return !is_surely_visible (c) && (u_isUWhiteSpace (c) || u_charType (c) == U_CONTROL_CHAR);
}

gboolean
zb_text_is_blank (const char *text)
{
  const char *end = end_of (text, -1);
  while (text < end) {
    UChar32 c = next_char (&text, end);
    if (!is_gap (c) && !is_invisible (c))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_visible_ascii (char c)
{
  return c > 0x20 && c < 0x7f;
}

/* How many bytes from AT on are words of visible ASCII, one space between them. */
static gsize
visible_length (const char *at, const char *end)
{
  const char *p = at;
  while (p < end &&
         (is_visible_ascii (*p) || (*p == ' ' && p > at && p + 1 < end && is_visible_ascii (p[1]))))
    p++;
  return (gsize)(p - at);
}

char *
zb_text_squeeze (const char *text, gssize length)
{
  const char *end = end_of (text, length);
  GString *out = g_string_sized_new ((gsize)(end - text));
  gboolean space = FALSE;
  while (text < end) {
    gsize plain = visible_length (text, end);
    if (plain > 0) {
      if (space && out->len > 0)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_len (out, text, (gssize)plain);
      text += plain;
      continue;
    }
    UChar32 c = next_char (&text, end);
    gboolean gap = is_gap (c);
    space = space || gap;
    if (gap || is_invisible (c))
      continue;
    if (space && out->len > 0)
      g_string_append_c (out, ' ');
    space = FALSE;
    g_string_append_unichar (out, (gunichar)c);
  }
  return g_string_free (out, FALSE);
}

/* A break iterator over TEXT whose places are bytes. Opening one reads rules: each thread keeps one a kind.
 */
static UBreakIterator *
breaks_open (UBreakIteratorType kind, UText *utext)
{
  static GPrivate lines = G_PRIVATE_INIT ((GDestroyNotify)ubrk_close);
  static GPrivate characters = G_PRIVATE_INIT ((GDestroyNotify)ubrk_close);
  GPrivate *kept = kind == UBRK_LINE ? &lines : &characters;
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *breaks = g_private_get (kept);
  if (breaks == NULL) {
    breaks = ubrk_open (kind, "zh", NULL, 0, &status);
    g_assert (U_SUCCESS (status)); /* ICU's own data is missing */
    g_private_set (kept, breaks);
  }
  ubrk_setUText (breaks, utext, &status);
  g_assert (U_SUCCESS (status));
  return breaks;
}

typedef struct {
  const ZbTextWrap *wrap;
  GString *out;
  gsize line; /* where the present line begins in OUT */
  guint width;
  gboolean bare; /* nothing but the indentation is in the line */
  gsize lines;
} Wrapper;

static void
begin_line (Wrapper *w)
{
  const char *indent = w->lines++ == 0 ? w->wrap->first : w->wrap->rest;
  w->line = w->out->len;
  if (indent != NULL)
    g_string_append (w->out, indent);
  w->width = zb_text_width (w->out->str + w->line, -1);
  w->bare = TRUE;
}

static void
end_line (Wrapper *w)
{
  gsize length = w->out->len;
  while (length > w->line && w->out->str[length - 1] == ' ')
    length--;
  g_string_truncate (w->out, length);
  g_string_append_c (w->out, '\n');
}

/* Puts a piece that must stay whole, with a space before it if SPACE, on this line or the next. */
static void
put_piece (Wrapper *w, const char *piece, gsize length, gboolean space)
{
  guint width = zb_text_width (piece, (gssize)length);
  space = space && !w->bare;
  if (!w->bare && w->wrap->columns > 0 && w->width + space + width > w->wrap->columns) {
    end_line (w);
    begin_line (w);
    space = FALSE;
  }
  if (space)
    g_string_append_c (w->out, ' ');
  g_string_append_len (w->out, piece, (gssize)length);
  w->width += space + width;
  w->bare = FALSE;
}

/* Where the address that begins at AT ends; AT itself where none begins. */
static const char *
address_end (const char *at, const char *end)
{
  static const char *const schemes[] = {"https://", "http://", "mailto:"};
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    gsize n = strlen (schemes[i]);
    if ((gsize)(end - at) < n || g_ascii_strncasecmp (at, schemes[i], n) != 0)
      continue;
    while (at < end && g_ascii_isgraph (*at) && strchr ("<>\"", *at) == NULL)
      at++;
    return at;
  }
  return at;
}

/* The end of the first address that begins in [FROM, TO), or FROM. */
static const char *
find_address_end (const char *from, const char *to, const char *end)
{
  for (const char *p = from; p < to; p++) {
    const char *stop = address_end (p, end);
    if (stop > p)
      return stop;
  }
  return from;
}

/* Wraps one line of the input. */
static void
wrap_line (Wrapper *w, const char *text, gsize length)
{
  UErrorCode status = U_ZERO_ERROR;
  UText utext = UTEXT_INITIALIZER;
  utext_openUTF8 (&utext, text, (int64_t)length, &status);
  UBreakIterator *breaks = breaks_open (UBRK_LINE, &utext);
  const char *end = text + length, *address = text;
  gboolean space = FALSE;
  int32_t from = ubrk_first (breaks);
  for (int32_t to = ubrk_next (breaks); to != UBRK_DONE; to = ubrk_next (breaks)) {
    if (address <= text + from)
      address = find_address_end (text + from, text + to, end);
    if (address > text + to)
      continue;
    gsize n = (gsize)(to - from);
    gboolean blank = n > 0 && text[to - 1] == ' ';
    while (n > 0 && text[from + (gssize)n - 1] == ' ')
      n--;
    if (n > 0)
      put_piece (w, text + from, n, space);
    space = (space && n == 0) || blank;
    from = to;
  }
  utext_close (&utext);
}

char *
zb_text_wrap (const char *text, gssize length, const ZbTextWrap *wrap)
{
  const char *end = end_of (text, length);
  Wrapper w = {.wrap = wrap, .out = g_string_sized_new ((gsize)(end - text) + 64)};
  while (text < end) {
    const char *newline = memchr (text, '\n', (gsize)(end - text));
    const char *stop = newline != NULL ? newline : end;
    g_autofree char *line = zb_text_squeeze (text, stop - text);
    begin_line (&w);
    wrap_line (&w, line, strlen (line));
    end_line (&w);
    if (newline == NULL)
      g_string_truncate (w.out, w.out->len - 1);
    text = newline != NULL ? newline + 1 : end;
  }
  return g_string_free (w.out, FALSE);
}

/* How far the first MAX characters reach. */
static gsize
reach (const char *text, gsize length, guint max)
{
  UErrorCode status = U_ZERO_ERROR;
  UText utext = UTEXT_INITIALIZER;
  utext_openUTF8 (&utext, text, (int64_t)length, &status);
  UBreakIterator *breaks = breaks_open (UBRK_CHARACTER, &utext);
  int32_t at = ubrk_first (breaks);
  for (guint i = 0; i < max && at != UBRK_DONE; i++)
    at = ubrk_next (breaks);
  utext_close (&utext);
  return at == UBRK_DONE ? length : (gsize)at;
}

char *
zb_text_cut (const char *text, gssize length, guint max)
{
  gsize size = (gsize)(end_of (text, length) - text);
  if (size <= max || reach (text, size, max) == size)
    return g_strndup (text, size);
  gsize keep = max > 0 ? reach (text, size, max - 1) : 0;
  gsize word = keep; /* in the middle of a Latin word, back to where it begins */
  if (keep > 0 && g_ascii_isalnum (text[keep]))
    while (word > 0 && g_ascii_isalnum (text[word - 1]))
      word--;
  if (word > keep / 2)
    keep = word;
  while (keep > 0 && text[keep - 1] == ' ')
    keep--;
  return g_strdup_printf ("%.*s%s", (int)keep, text, max > 0 ? "…" : "");
}

char *
zb_text_fold (const char *text, gssize length)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance (&status);
  g_autofree char *valid = g_utf8_make_valid (text, length);
  gsize size = strlen (valid);
  g_autofree UChar *in = g_new (UChar, size + 1);
  int32_t in_length = 0, out_length = 0, utf8_length = 0;
  u_strFromUTF8 (in, (int32_t)size + 1, &in_length, valid, (int32_t)size, &status);
  /* One character may become 18 (U+FDFA): ask for the room first. */
  UErrorCode room = U_ZERO_ERROR;
  out_length = unorm2_normalize (form, in, in_length, NULL, 0, &room);
  g_autofree UChar *out = g_new (UChar, (gsize)out_length + 1);
  out_length = unorm2_normalize (form, in, in_length, out, out_length + 1, &status);
  char *folded = g_malloc ((gsize)out_length * 3 + 1);
  u_strToUTF8 (folded, out_length * 3 + 1, &utf8_length, out, out_length, &status);
  g_assert (U_SUCCESS (status));
  return folded;
}
