/* Which encoding bytes are in: declared, checked, guessed (uchardet). */
#include "zhoubao/edge/charset.h"

#include "zhoubao/base/charset.h"
#include <uchardet.h>

#define GUESS_BYTES (256u << 10)
#define TOLERATED                                                                                            \
  20u             /* one broken sequence in so many foreign characters does not make a declaration a lie */
#define CHANCE 4u /* so many sequences of valid UTF-8 are none in another multi-byte encoding */

typedef struct {
  const guint8 *data;
  gsize length;
  gboolean utf8;        /* valid as such */
  gsize sequences;      /* beyond ASCII, counted where valid and declared otherwise */
  const char *names[2]; /* by the header, by the document; either may be NULL */
} Input;

void
zb_decoded_clear (ZbDecoded *d)
{
  g_clear_pointer (&d->owned, g_free);
}

static gboolean
is_one_byte (const char *name)
{
  return g_str_has_prefix (name, "windows-") || g_str_has_prefix (name, "ISO-8859") ||
         g_str_has_prefix (name, "KOI8") || g_str_has_prefix (name, "IBM") || g_str_has_prefix (name, "mac");
}

/* Encodings in which bytes below 0x80 are not, or not always, ASCII. */
static gboolean
is_beyond_ascii (const char *name)
{
  return g_str_has_prefix (name, "UTF-16") || g_str_has_prefix (name, "UTF-32") ||
         g_str_has_prefix (name, "ISO-2022") || g_str_has_prefix (name, "HZ") ||
         g_str_has_prefix (name, "UTF-7") || g_ascii_strcasecmp (name, "IBM037") == 0 ||
         g_str_has_prefix (name, "IBM01") || g_str_has_prefix (name, "ebcdic");
}

static gboolean
convert (const Input *in, const char *name, ZbDecoded *out, ZbCharsetTally *tally)
{
  zb_decoded_clear (out);
  out->owned = zb_charset_to_utf8 (name, in->data, in->length, &out->length, tally);
  out->text = out->owned;
  out->encoding = name;
  out->broken = tally->broken;
  return out->owned != NULL;
}

static gsize
count_sequences (const Input *in)
{
  gsize n = 0;
  for (gsize i = 0; i < in->length; i++)
    n += in->data[i] >= 0xc0;
  return n;
}

/* The bytes as they stand. */
static void
take_utf8 (const Input *in, const char *name, ZbDecoded *out)
{
  zb_decoded_clear (out);
  out->text = (const char *)in->data;
  out->length = in->length;
  out->encoding = name;
  out->broken = 0;
}

static const char *
first_name (const Input *in)
{
  return in->names[0] != NULL ? in->names[0] : in->names[1];
}

/* A server's default header (latin1) gives way to what the document itself says. */
static const char *
likelier_name (const Input *in)
{
  gboolean latin = g_strcmp0 (in->names[0], "windows-1252") == 0;
  return latin && in->names[1] != NULL ? in->names[1] : first_name (in);
}

/* ASCII with the escapes of ISO-2022-JP or -KR, whose letters are ASCII too: mail made into feeds. */
static gboolean
has_escapes (const Input *in)
{
  static const char *const marks[] = {"\x1b$B", "\x1b$@", "\x1b$)C"};
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (memmem (in->data, in->length, marks[i], strlen (marks[i])) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_really_utf8 (const Input *in)
{
  const char *name = first_name (in);
  if (name == NULL && in->utf8 && has_escapes (in))
    return FALSE;
  if (!in->utf8 || name == NULL || g_str_equal (name, "UTF-8"))
    return in->utf8;
  if (is_beyond_ascii (name))
    return FALSE;
  return in->sequences >= CHANCE || (in->sequences > 0 && is_one_byte (name));
}

static gboolean
is_good (const ZbCharsetTally *tally)
{
  return tally->broken * TOLERATED <= tally->foreign;
}

/* Half of the bytes at even, or odd, places are NUL: UTF-16 of Latin text, without a mark. */
static const char *
guess_wide (const Input *in)
{
  gsize n = MIN (in->length, 2048) & ~(gsize)1, zeros[2] = {0};
  for (gsize i = 0; i < n; i++)
    zeros[i & 1] += in->data[i] == 0;
  if (n < 8 || zeros[0] + zeros[1] < n / 5)
    return NULL;
  return zeros[0] > zeros[1] ? "UTF-16BE" : "UTF-16LE";
}

static const char *
guess (const Input *in)
{
  const char *wide = guess_wide (in);
  if (wide != NULL)
    return wide;
  uchardet_t detector = uchardet_new ();
  const char *name = NULL;
  if (uchardet_handle_data (detector, (const char *)in->data, MIN (in->length, GUESS_BYTES)) == 0) {
    uchardet_data_end (detector);
    name = zb_charset_name (uchardet_get_charset (detector), -1);
  }
  uchardet_delete (detector);
  return name;
}

/* What nobody declared, or declared falsely. */
static void
decode_by_guess (const Input *in, ZbDecoded *out)
{
  ZbCharsetTally tally;
  const char *name = guess (in), *declared = likelier_name (in);
  if (name != NULL && convert (in, name, out, &tally) && is_good (&tally))
    return;
  if (declared != NULL && convert (in, declared, out, &tally))
    return;
  if (!convert (in, "windows-1252", out, &tally))
    g_assert_not_reached ();
}

static void
decode_declared (const Input *in, ZbDecoded *out)
{
  const char *names[] = {likelier_name (in), in->names[0], in->names[1]};
  ZbCharsetTally tally;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i] != NULL && convert (in, names[i], out, &tally) && is_good (&tally))
      return;
  decode_by_guess (in, out);
}

static void
decode (const Input *in, ZbDecoded *out)
{
  const char *name = first_name (in);
  if (is_really_utf8 (in))
    take_utf8 (in, in->sequences == 0 && name != NULL ? name : "UTF-8", out);
  else if (name != NULL)
    decode_declared (in, out);
  else
    decode_by_guess (in, out);
}

static gboolean
is_wide (const char *name)
{
  return name != NULL && (g_str_has_prefix (name, "UTF-16") || g_str_has_prefix (name, "UTF-32"));
}

/* A header's UTF-16 is a lie where the first characters of markup hold no NUL, and knows less of the order of
   bytes than these do. */
static void
weigh_wide_header (Input *in)
{
  if (is_wide (in->names[0]) && (is_wide (in->names[1]) || memchr (in->data, 0, MIN (in->length, 4)) == NULL))
    in->names[0] = NULL;
}

static void
decode_twice (ZbDecoded *out)
{
  gsize length = 0;
  char *text = out->broken == 0 ? zb_charset_decode_again (out->text, out->length, &length) : NULL;
  if (text == NULL)
    return;
  g_free (out->owned);
  out->text = out->owned = text;
  out->length = length;
}

void
zb_charset_decode (const guint8 *data, gsize length, const char *content_type, ZbCharsetKind kind,
                   ZbDecoded *out)
{
  gsize mark;
  data = length > 0 ? data : (const guint8 *)""; /* empty GBytes have no address */
  const char *by_mark = zb_charset_mark (data, length, &mark);
  Input in = {data + mark, length - mark};
  *out = (ZbDecoded){0};
  in.utf8 = zb_charset_is_utf8 ((const char *)in.data, in.length);
  if (by_mark != NULL) {
    in.names[0] = by_mark;
  } else {
    in.names[0] = zb_charset_of_header (content_type);
    in.names[1] = zb_charset_declared (data, length, kind == ZB_CHARSET_HTML);
    weigh_wide_header (&in);
  }
  if (in.utf8 && first_name (&in) != NULL && !g_str_equal (first_name (&in), "UTF-8"))
    in.sequences = count_sequences (&in);
  decode (&in, out);
  decode_twice (out);
  out->declared = out->encoding == in.names[0] || out->encoding == in.names[1];
  out->lied = !out->declared && first_name (&in) != NULL;
}
