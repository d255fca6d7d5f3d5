/* The host of a URL: domains, IPv4 and IPv6 addresses. */
#include "url_host.h"

#include "zhoubao/base/url.h"
#include <unicode/uidna.h>

#define HOST_MAX 2048
#define IPV6_PIECES 8

/* The standard's CheckHyphens=false, VerifyDnsLength=false. */
#define FORGIVEN                                                                                             \
  (UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |                 \
   UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4)

static const UIDNA *
idna (void)
{
  static gsize once;
  if (g_once_init_enter (&once)) {
    UErrorCode status = U_ZERO_ERROR;
    UIDNA *made = uidna_openUTS46 (UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII |
                                       UIDNA_NONTRANSITIONAL_TO_UNICODE,
                                   &status);
    g_assert (U_SUCCESS (status)); /* its data is inside ICU's library */
    g_once_init_leave (&once, (gsize)made);
  }
  return (const UIDNA *)once;
}

static char *
domain_to_ascii (const GString *domain)
{
  /* ASCII is only lowered: punycode that decodes to nothing valid is a host all the same. */
  if (g_str_is_ascii (domain->str))
    return g_ascii_strdown (domain->str, -1);
  char ascii[HOST_MAX];
  UErrorCode status = U_ZERO_ERROR;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  int32_t n = uidna_nameToASCII_UTF8 (idna (), domain->str, (int32_t)domain->len, ascii, sizeof ascii, &info,
                                      &status);
  if (U_FAILURE (status) || (info.errors & ~(uint32_t)FORGIVEN) != 0)
    return NULL;
  return g_strndup (ascii, (gsize)n);
}

static gboolean
has_forbidden (const char *host)
{
  for (const char *p = host; *p != '\0'; p++)
    if ((guchar)*p <= 0x20 || *p == 0x7f || strchr ("#/:<>?@[\\]^|%", *p) != NULL)
      return TRUE;
  return *host == '\0';
}

/* One part of an IPv4 address: decimal, 0 octal, 0x hexadecimal. Values that do not fit are G_MAXUINT32 + 1.
 */
static gboolean
ipv4_number (const char *text, gsize n, guint64 *out)
{
  int radix = 10;
  if (n == 0)
    return FALSE;
  if (n >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x') {
    radix = 16;
    text += 2;
    n -= 2;
  } else if (n >= 2 && text[0] == '0') {
    radix = 8;
    text++;
    n--;
  }
  guint64 value = 0;
  for (gsize i = 0; i < n; i++) {
    int digit = g_ascii_xdigit_value (text[i]);
    if (digit < 0 || digit >= radix)
      return FALSE;
    value = MIN (value * (guint64)radix + (guint64)digit, G_MAXUINT32 + G_GUINT64_CONSTANT (1));
  }
  *out = value;
  return TRUE;
}

static gsize
without_last_dot (const char *host)
{
  gsize n = strlen (host);
  return n > 1 && host[n - 1] == '.' ? n - 1 : n;
}

static gboolean
ends_in_number (const char *host)
{
  gsize end = without_last_dot (host), start = end;
  while (start > 0 && host[start - 1] != '.')
    start--;
  gsize digits = strspn (host + start, "0123456789");
  guint64 value;
  return (end > start && digits >= end - start) || ipv4_number (host + start, end - start, &value);
}

static char *
ipv4_parse (const char *host)
{
  guint64 address = 0;
  gsize end = without_last_dot (host), start = 0;
  for (int part = 0; part < 4; part++) {
    gsize stop = start;
    while (stop < end && host[stop] != '.')
      stop++;
    guint64 value;
    if (!ipv4_number (host + start, stop - start, &value))
      return NULL;
    if (stop == end) { /* the last part fills all bytes that are left */
      int bits = 8 * (4 - part);
      if (value >> bits != 0)
        return NULL;
      address = (address << bits) | value;
      return g_strdup_printf ("%u.%u.%u.%u", (guint)(address >> 24), (guint)(address >> 16) & 255,
                              (guint)(address >> 8) & 255, (guint)address & 255);
    }
    if (value > 255)
      return NULL;
    address = (address << 8) | value;
    start = stop + 1;
  }
  return NULL;
}

/* The dotted end of an IPv6 address: exactly four decimal bytes without leading zeros, into two pieces. */
static gboolean
ipv6_dotted (const char *p, const char *end, guint16 pieces[2])
{
  for (int seen = 0; seen < 4; seen++) {
    if (seen > 0 && (p == end || *p++ != '.'))
      return FALSE;
    int value = -1;
    for (; p < end && g_ascii_isdigit (*p); p++) {
      if (value == 0)
        return FALSE;
      value = (value < 0 ? 0 : value * 10) + (*p - '0');
      if (value > 255)
        return FALSE;
    }
    if (value < 0)
      return FALSE;
    pieces[seen / 2] = (guint16)(pieces[seen / 2] * 256 + value);
  }
  return p == end;
}

/* Fills PIECES; *COMPRESS is where "::" stood, or -1. Returns the number of pieces read, -1 on failure. */
static int
ipv6_pieces (const char *p, const char *end, guint16 pieces[IPV6_PIECES], int *compress)
{
  int n = 0;
  *compress = -1;
  if (p < end && *p == ':') {
    if (end - p < 2 || p[1] != ':')
      return -1;
    p += 2;
    *compress = 0;
  }
  while (p < end) {
    if (n == IPV6_PIECES)
      return -1;
    if (*p == ':') {
      if (*compress >= 0)
        return -1;
      p++;
      *compress = n;
      continue;
    }
    const char *start = p;
    guint value = 0;
    for (; p < end && p - start < 4 && g_ascii_isxdigit (*p); p++)
      value = value * 16 + (guint)g_ascii_xdigit_value (*p);
    if (p < end && *p == '.')
      return p > start && n <= IPV6_PIECES - 2 && ipv6_dotted (start, end, pieces + n) ? n + 2 : -1;
    if (p < end && (*p != ':' || p + 1 == end))
      return -1;
    /* A piece may only be empty between two colons, which the branch above has eaten. */
    if (p == start)
      return -1;
    pieces[n++] = (guint16)value;
    if (p < end)
      p++;
  }
  return n;
}

static gboolean
ipv6_parse (const char *text, const char *end, guint16 address[IPV6_PIECES])
{
  guint16 pieces[IPV6_PIECES] = {0};
  int compress, n = ipv6_pieces (text, end, pieces, &compress);
  if (n < 0 || (compress < 0 && n != IPV6_PIECES) || (compress >= 0 && n == IPV6_PIECES))
    return FALSE;
  int head = compress < 0 ? n : compress;
  memset (address, 0, IPV6_PIECES * sizeof *address);
  memcpy (address, pieces, (gsize)head * sizeof *address);
  memcpy (address + IPV6_PIECES - (n - head), pieces + head, (gsize)(n - head) * sizeof *address);
  return TRUE;
}

/* The first longest run of two or more zero pieces becomes "::" (RFC 5952). */
static char *
ipv6_write (const guint16 address[IPV6_PIECES])
{
  int best = -1, longest = 1;
  for (int i = 0; i < IPV6_PIECES; i++) {
    int n = 0;
    while (i + n < IPV6_PIECES && address[i + n] == 0)
      n++;
    if (n > longest) {
      best = i;
      longest = n;
    }
  }
  GString *out = g_string_new ("[");
  for (int i = 0; i < IPV6_PIECES; i++) {
    if (i == best) {
      g_string_append (out, i == 0 ? "::" : ":");
      i += longest - 1;
      continue;
    }
    g_string_append_printf (out, "%x", address[i]);
    if (i < IPV6_PIECES - 1)
      g_string_append_c (out, ':');
  }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

/* What most hosts are, and nothing is to be done about. */
static gboolean
is_plain (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '.' && text[i] != '-')
      return FALSE;
  return TRUE;
}

/* TEXT without percents, in ASCII; NULL where it is no host. */
static char *
decode_host (const char *text, gsize length)
{
  g_autofree char *raw = g_strndup (text, length);
  if (is_plain (raw, length))
    return g_steal_pointer (&raw);
  g_autoptr (GString) bytes = zb_url_unescape (raw);
  if (memchr (bytes->str, '\0', bytes->len) != NULL)
    return NULL;
  g_autofree char *valid = g_utf8_make_valid (bytes->str, (gssize)bytes->len);
  g_string_assign (bytes, valid);
  g_autofree char *host = domain_to_ascii (bytes);
  return host != NULL && !has_forbidden (host) ? g_steal_pointer (&host) : NULL;
}

char *
zb_url_host_parse (const char *text, gsize length)
{
  if (text[0] == '[') {
    guint16 address[IPV6_PIECES];
    if (text[length - 1] != ']' || !ipv6_parse (text + 1, text + length - 1, address))
      return NULL;
    return ipv6_write (address);
  }
  g_autofree char *host = decode_host (text, length);
  if (host == NULL)
    return NULL;
  return ends_in_number (host) ? ipv4_parse (host) : g_steal_pointer (&host);
}
