/* Labels, byte order marks, and conversion by ICU (whose tables need no files, unlike iconv's). */
#include "zhoubao/base/charset.h"

#include "charset_labels.h"
#include <unicode/ucnv.h>

#define LABEL_MAX 64

static GHashTable *
make_index (void)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  for (const ZbCharsetRow *row = zb_charset_rows; row->name != NULL; row++) {
    char **labels = g_strsplit (row->labels, " ", -1);
    for (char **label = labels; *label != NULL; label++)
      g_hash_table_insert (index, *label, (gpointer)row); /* the labels live as long as the program */
    g_free (labels);
  }
  return index;
}

static const ZbCharsetRow *
find_row (const char *label)
{
  static GHashTable *index;
  if (g_once_init_enter (&index))
    g_once_init_leave (&index, make_index ());
  return g_hash_table_lookup (index, label);
}

/* A name that ICU alone knows; interned, as names are static. */
static const char *
icu_name (const char *label)
{
  UErrorCode status = U_ZERO_ERROR;
  const char *name = ucnv_getStandardName (label, "IANA", &status);
  if (name == NULL)
    name = ucnv_getAlias (label, 0, &status);
  return name != NULL && U_SUCCESS (status) ? g_intern_string (name) : NULL;
}

const char *
zb_charset_name (const char *label, gssize length)
{
  char text[LABEL_MAX];
  gsize n = length < 0 ? strlen (label) : (gsize)length;
  while (n > 0 && g_ascii_isspace (label[0]))
    label++, n--;
  while (n > 0 && g_ascii_isspace (label[n - 1]))
    n--;
  if (n == 0 || n >= sizeof text)
    return NULL;
  for (gsize i = 0; i < n; i++) {
    if (label[i] <= ' ' || label[i] >= 127)
      return NULL;
    text[i] = g_ascii_tolower (label[i]);
  }
  text[n] = '\0';
  const ZbCharsetRow *row = find_row (text);
  return row != NULL ? row->name : icu_name (text);
}

const char *
zb_charset_mark (const guint8 *data, gsize length, gsize *mark)
{
  static const struct {
    const char *bytes;
    gsize length;
    const char *name;
  } marks[] = {
      {"\xef\xbb\xbf", 3, "UTF-8"}, {"\xff\xfe\0\0", 4, "UTF-32LE"}, {"\0\0\xfe\xff", 4, "UTF-32BE"},
      {"\xff\xfe", 2, "UTF-16LE"},  {"\xfe\xff", 2, "UTF-16BE"},
  };
  *mark = 0;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].length && memcmp (data, marks[i].bytes, marks[i].length) == 0) {
      *mark = marks[i].length;
      return marks[i].name;
    }
  return NULL;
}

static void
substitute (const void *context, UConverterToUnicodeArgs *args, const char *units, int32_t length,
            UConverterCallbackReason reason, UErrorCode *status)
{
  if (reason > UCNV_IRREGULAR)
    return;
  static const UChar replacement[] = {0xfffd};
  ((ZbCharsetTally *)context)->broken++;
  *status = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars (args, replacement, 1, 0, status);
}

/* The length of the sequence at AT by the table of Unicode 15, section 3.9; 0 where it is none. */
static gsize
sequence_length (const guint8 *at, gsize left)
{
  guint8 lead = at[0];
  gsize n = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (n == 0 || n > left || lead == 0)
    return 0;
  for (gsize i = 1; i < n; i++)
    if ((at[i] & 0xc0) != 0x80)
      return 0;
  gboolean overlong = (lead == 0xe0 && at[1] < 0xa0) || (lead == 0xf0 && at[1] < 0x90);
  gboolean surrogate = lead == 0xed && at[1] > 0x9f, beyond = lead == 0xf4 && at[1] > 0x8f;
  return overlong || surrogate || beyond ? 0 : n;
}

/* Past the ASCII at AT, eight bytes at a time: at the first byte that is NUL or beyond ASCII, or at END. */
static const guint8 *
skip_ascii (const guint8 *at, const guint8 *end)
{
  while (end - at >= 8) {
    guint64 word;
    memcpy (&word, at, sizeof word);
    word = GUINT64_FROM_LE (word);
    /* Of the bits that are set the lowest is right; a NUL makes wrong ones above it. */
    guint64 others =
        (word | (word - G_GUINT64_CONSTANT (0x0101010101010101))) & G_GUINT64_CONSTANT (0x8080808080808080);
    if (others != 0)
      return at + __builtin_ctzll (others) / 8;
    at += 8;
  }
  while (at < end && *at < 0x80 && *at != 0)
    at++;
  return at;
}

/* Past the characters from U+1000 to U+CFFF at AT, which are most of a Chinese text and need no closer look.
 */
static const guint8 *
skip_threes (const guint8 *at, const guint8 *end)
{
  while (end - at >= 3 && at[0] >= 0xe1 && at[0] <= 0xec && (at[1] & 0xc0) == 0x80 && (at[2] & 0xc0) == 0x80)
    at += 3;
  return at;
}

gboolean
zb_charset_is_utf8 (const char *text, gsize length)
{
  const guint8 *at = (const guint8 *)text, *end = at + length;
  while (at < end) {
    at = skip_threes (skip_ascii (at, end), end);
    if (at == end)
      break;
    gsize n = sequence_length (at, (gsize)(end - at));
    if (n == 0)
      return FALSE;
    at += n;
  }
  return TRUE;
}

/* NUL and what is no UTF-8 become U+FFFD. */
static char *
mend_utf8 (const char *text, gsize length, gsize *out_length, ZbCharsetTally *tally)
{
  *out_length = length;
  if (zb_charset_is_utf8 (text, length))
    return g_strndup (text, length);
  GString *out = g_string_sized_new (length + 16);
  const char *end = text + length, *stop;
  while (!g_utf8_validate_len (text, (gsize)(end - text), &stop)) {
    g_string_append_len (out, text, stop - text);
    g_string_append (out, "\xef\xbf\xbd");
    tally->broken++;
    text = stop + 1;
    while (text < end && ((guint8)*text & 0xc0) == 0x80) /* one mark for the whole of a broken sequence */
      text++;
  }
  g_string_append_len (out, text, end - text);
  *out_length = out->len;
  return g_string_free (out, FALSE);
}

static gsize
count_foreign (const char *text, gsize length)
{
  gsize n = 0;
  for (gsize i = 0; i < length; i++)
    n += (guint8)text[i] >= 0xc0;
  return n;
}

static UConverter *
open_converter (const char *name)
{
  g_autofree char *label = g_ascii_strdown (name, -1);
  const ZbCharsetRow *row = find_row (label);
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open (row != NULL && row->converter != NULL ? row->converter : label, &status);
  return U_SUCCESS (status) ? converter : NULL;
}

/* Runs DATA through FROM into UTF-8. */
static GString *
convert (UConverter *from, UConverter *to, const guint8 *data, gsize length)
{
  GString *out = g_string_sized_new (length + length / 2 + 16);
  UChar pivot[1024], *pivot_from = pivot, *pivot_to = pivot;
  const char *at = (const char *)data, *end = at + length;
  char chunk[8192];
  UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
  for (gboolean first = TRUE; status == U_BUFFER_OVERFLOW_ERROR; first = FALSE) {
    char *target = chunk;
    status = U_ZERO_ERROR;
    ucnv_convertEx (to, from, &target, chunk + sizeof chunk, &at, end, pivot, &pivot_from, &pivot_to,
                    pivot + G_N_ELEMENTS (pivot), first, TRUE, &status);
    g_string_append_len (out, chunk, target - chunk);
  }
  return out;
}

static char *
convert_by_icu (const char *name, const guint8 *data, gsize length, gsize *out_length, ZbCharsetTally *tally)
{
  UErrorCode status = U_ZERO_ERROR;
  UConverter *from = open_converter (name);
  UConverter *to = from != NULL ? ucnv_open ("utf-8", &status) : NULL;
  g_autoptr (GString) out = NULL;
  if (to != NULL) {
    ucnv_setToUCallBack (from, substitute, tally, NULL, NULL, &status);
    out = convert (from, to, data, length);
  }
  ucnv_close (from);
  ucnv_close (to);
  if (out == NULL)
    return NULL;
  return mend_utf8 (out->str, out->len, out_length, tally); /* only NUL can be amiss by now */
}

char *
zb_charset_to_utf8 (const char *name, const guint8 *data, gsize length, gsize *out_length,
                    ZbCharsetTally *tally)
{
  ZbCharsetTally own;
  tally = tally != NULL ? tally : &own;
  *tally = (ZbCharsetTally){0};
  char *text = g_ascii_strcasecmp (name, "UTF-8") == 0
                   ? mend_utf8 ((const char *)data, length, out_length, tally)
                   : convert_by_icu (name, data, length, out_length, tally);
  if (text != NULL)
    tally->foreign = count_foreign (text, *out_length);
  return text;
}
