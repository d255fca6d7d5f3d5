/* Quoted-printable and base64 in pieces between tokens.

   Quoted-printable: a soft line break makes any piece independent of the column where it starts. Base64:
   three bytes make four characters, so each piece is kept three times, beginning at its first, second and
   third byte; the bytes around a token are encoded at filling time until the next piece is in step again. */
#include "mime_body.h"

#include "zhoubao/base/error.h"
#include <string.h>

#define QP_COLUMNS 75    /* 76 less the soft break's "=" (RFC 2045 §6.7) */
#define BASE64_OCTETS 57 /* of one line of 76 characters */
#define BASE64_LINE 80   /* 76, CRLF and room for what g_base64_encode_close may add */

typedef struct {
  ZbMimeToken token; /* that stands before this piece; ZB_MIME_TOKENS before the first */
  GString *plain;    /* with CRLF */
  GString *quoted;
  GString *base64[3]; /* from byte 0, 1, 2, in whole groups of three */
  guint quoted_end;   /* column after QUOTED */
} Piece;

struct ZbMimeBody {
  GPtrArray *pieces;
  gboolean html, base64;
};

static const char *const token_texts[ZB_MIME_TOKENS] = {"\x02name\x03",
                                                        "\x02"
                                                        "address\x03",
                                                        "\x02unsubscribe\x03", "\x02preferences\x03"};

const char *
zb_mime_token (ZbMimeToken token)
{
  return token_texts[token];
}

static void
piece_free (Piece *piece)
{
  g_string_free (piece->plain, TRUE);
  g_string_free (piece->quoted, TRUE);
  for (guint k = 0; k < 3; k++)
    g_string_free (piece->base64[k], TRUE);
  g_free (piece);
}

static Piece *
piece_new (ZbMimeToken token)
{
  Piece *piece = g_new0 (Piece, 1);
  piece->token = token;
  piece->plain = g_string_new (NULL);
  piece->quoted = g_string_new (NULL);
  for (guint k = 0; k < 3; k++)
    piece->base64[k] = g_string_new (NULL);
  return piece;
}

/* Whether the octet at AT may stand for itself. A space before a line's end may not, nor may a dot at a
   line's beginning: some servers mend such lines in their own way. */
static gboolean
stands_for_itself (const char *text, gsize length, gsize at, guint column)
{
  guchar c = (guchar)text[at];
  if (c == ' ' || c == '\t')
    return at + 1 < length && text[at + 1] != '\r';
  if (c == '.' && column == 0)
    return FALSE;
  return c > ' ' && c < 0x7f && c != '=';
}

/* TEXT has no line ends but CRLF. */
static void
quote (const char *text, gsize length, guint *column, GString *out)
{
  for (gsize i = 0; i < length; i++) {
    if (text[i] == '\r') {
      g_string_append (out, "\r\n");
      *column = 0;
      i++;
      continue;
    }
    gboolean plain = stands_for_itself (text, length, i, *column);
    if (*column + (plain ? 1 : 3) > QP_COLUMNS) {
      g_string_append (out, "=\r\n");
      *column = 0;
      plain = stands_for_itself (text, length, i, 0);
    }
    if (plain)
      g_string_append_c (out, text[i]);
    else
      g_string_append_printf (out, "=%02X", (guchar)text[i]);
    *column += plain ? 1 : 3;
  }
}

/* Lines of 76 characters, each ended by CRLF; the last may be shorter. */
static void
encode_base64 (const char *data, gsize length, GString *out)
{
  gsize end = out->len;
  g_string_set_size (out, end + (length / BASE64_OCTETS + 1) * BASE64_LINE);
  for (gsize at = 0; at < length; at += BASE64_OCTETS) {
    gint state = 0, save = 0;
    gsize n = MIN (BASE64_OCTETS, length - at);
    end += g_base64_encode_step ((const guchar *)data + at, n, FALSE, out->str + end, &state, &save);
    end += g_base64_encode_close (FALSE, out->str + end, &state, &save);
    out->str[end++] = '\r';
    out->str[end++] = '\n';
  }
  g_string_truncate (out, end);
}

static void
piece_encode (Piece *piece)
{
  quote (piece->plain->str, piece->plain->len, &piece->quoted_end, piece->quoted);
  for (gsize k = 0; k < 3; k++)
    if (piece->plain->len > k)
      encode_base64 (piece->plain->str + k, (piece->plain->len - k) / 3 * 3, piece->base64[k]);
}

/* The token that TEXT starts with, or ZB_MIME_TOKENS. */
static ZbMimeToken
token_at (const char *text)
{
  guint token = 0;
  while (token < ZB_MIME_TOKENS && !g_str_has_prefix (text, token_texts[token]))
    token++;
  return (ZbMimeToken)token;
}

static gboolean
split (ZbMimeBody *body, const char *content, const char *what, GError **error)
{
  Piece *piece = piece_new (ZB_MIME_TOKENS);
  g_ptr_array_add (body->pieces, piece);
  for (const char *p = content; *p != '\0'; p++) {
    ZbMimeToken token = *p == '\x02' ? token_at (p) : ZB_MIME_TOKENS;
    if (token != ZB_MIME_TOKENS) {
      piece = piece_new (token);
      g_ptr_array_add (body->pieces, piece);
      p += strlen (token_texts[token]) - 1;
    } else if (*p == '\n' || *p == '\r') {
      g_string_append (piece->plain, "\r\n");
      p += *p == '\r' && p[1] == '\n';
    } else if ((g_ascii_iscntrl (*p) && *p != '\t')) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "the mail's %s holds the control character U+%04X",
                   what, (guint)*p);
      return FALSE;
    } else {
      g_string_append_c (piece->plain, *p);
    }
  }
  return TRUE;
}

static gboolean
ends_in_line_end (const ZbMimeBody *body)
{
  const Piece *last = g_ptr_array_index (body->pieces, body->pieces->len - 1);
  return g_str_has_suffix (last->plain->str, "\r\n");
}

ZbMimeBody *
zb_mime_body_new (const char *content, gboolean html, const char *what, GError **error)
{
  if (!g_utf8_validate (content, -1, NULL)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "the mail's %s is not UTF-8", what);
    return NULL;
  }
  g_autoptr (ZbMimeBody) body = g_new0 (ZbMimeBody, 1);
  body->html = html;
  body->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify)piece_free);
  if (!split (body, content, what, error))
    return NULL;
  if (!ends_in_line_end (body))
    g_string_append (((Piece *)g_ptr_array_index (body->pieces, body->pieces->len - 1))->plain, "\r\n");
  gsize quoted = 0, base64 = 0;
  for (guint i = 0; i < body->pieces->len; i++) {
    Piece *piece = g_ptr_array_index (body->pieces, i);
    piece_encode (piece);
    quoted += piece->quoted->len;
    base64 += piece->base64[0]->len;
  }
  body->base64 = base64 < quoted;
  return g_steal_pointer (&body);
}

void
zb_mime_body_free (ZbMimeBody *body)
{
  g_ptr_array_unref (body->pieces);
  g_free (body);
}

gboolean
zb_mime_body_is_base64 (const ZbMimeBody *body)
{
  return body->base64;
}

gboolean
zb_mime_body_uses (const ZbMimeBody *body, ZbMimeToken token)
{
  for (guint i = 0; i < body->pieces->len; i++)
    if (((const Piece *)g_ptr_array_index (body->pieces, i))->token == token)
      return TRUE;
  return FALSE;
}

/* The value before PIECE, escaped where the body is HTML. Returns: (transfer full). */
static char *
value_of (const ZbMimeBody *body, const Piece *piece, const char *const *values)
{
  const char *value = piece->token == ZB_MIME_TOKENS ? NULL : values[piece->token];
  if (value == NULL)
    return g_strdup ("");
  return body->html ? g_markup_escape_text (value, -1) : g_strdup (value);
}

static void
fill_quoted (const ZbMimeBody *body, const char *const *values, GString *out)
{
  guint column = 0;
  for (guint i = 0; i < body->pieces->len; i++) {
    const Piece *piece = g_ptr_array_index (body->pieces, i);
    g_autofree char *value = value_of (body, piece, values);
    quote (value, strlen (value), &column, out);
    if (column > 0 && piece->quoted->len > 0 && piece->quoted->str[0] != '\r')
      g_string_append (out, "=\r\n");
    g_string_append_len (out, piece->quoted->str, (gssize)piece->quoted->len);
    column = piece->quoted->len > 0 ? piece->quoted_end : column;
  }
}

static void
fill_base64 (const ZbMimeBody *body, const char *const *values, GString *out)
{
  g_autoptr (GString) carry = g_string_new (NULL); /* not yet encoded */
  for (guint i = 0; i < body->pieces->len; i++) {
    const Piece *piece = g_ptr_array_index (body->pieces, i);
    g_autofree char *value = value_of (body, piece, values);
    g_string_append (carry, value);
    gsize k = (3 - carry->len % 3) % 3;
    if (piece->plain->len < k) {
      g_string_append_len (carry, piece->plain->str, (gssize)piece->plain->len);
      continue;
    }
    g_string_append_len (carry, piece->plain->str, (gssize)k);
    encode_base64 (carry->str, carry->len, out);
    g_string_append_len (out, piece->base64[k]->str, (gssize)piece->base64[k]->len);
    gsize rest = (piece->plain->len - k) % 3;
    g_string_truncate (carry, 0);
    g_string_append_len (carry, piece->plain->str + piece->plain->len - rest, (gssize)rest);
  }
  encode_base64 (carry->str, carry->len, out);
}

void
zb_mime_body_fill (const ZbMimeBody *body, const char *const *values, GString *out)
{
  if (body->base64)
    fill_base64 (body, values, out);
  else
    fill_quoted (body, values, out);
}
