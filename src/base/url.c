/* Reading URLs of http and https (WHATWG URL Standard, section 4.4). Both schemes are "special" ones, so the
 * standard's state machine folds into: scheme, authority, path, query, fragment. */
#include "zhoubao/base/url.h"

#include "url_host.h"
#include "zhoubao/base/error.h"

struct ZbUrl {
  gboolean https;
  int port;                             /* -1: the scheme's own */
  char *username, *password, *host;     /* "" where there is none */
  char *path, *query, *fragment, *href; /* query and fragment NULL where there is none */
};

/* What each part percent-encodes, beside control characters and all that is not ASCII; letters and digits
 * none. */
#define SET_FRAGMENT " \"<>`"
#define SET_QUERY " \"#<>'"
#define SET_PATH " \"#<>?^`{}"
#define SET_USERINFO SET_PATH "/:;=@[\\]|"

static void
append_encoded (GString *to, const char *from, const char *end, const char *set)
{
  for (const char *p = from; p < end; p++)
    if (!g_ascii_isalnum (*p) && ((guchar)*p < 0x20 || (guchar)*p > 0x7e || strchr (set, *p) != NULL))
      g_string_append_printf (to, "%%%02X", (guchar)*p);
    else
      g_string_append_c (to, *p);
}

static char *
encode (const char *from, const char *end, const char *set)
{
  GString *text = g_string_sized_new ((gsize)(end - from));
  append_encoded (text, from, end, set);
  return g_string_free (text, FALSE);
}

GString *
zb_url_unescape (const char *text)
{
  GString *bytes = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '%' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2])) {
      g_string_append_c (bytes, (char)(g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2])));
      p += 2;
    } else {
      g_string_append_c (bytes, *p);
    }
  return bytes;
}

static gboolean
is_printable (const char *text)
{
  while (*text > ' ' && *text < 0x7f)
    text++;
  return *text == '\0';
}

/* INPUT without control characters and spaces at its ends, and without tabs and line ends anywhere. */
static char *
clean_input (const char *input)
{
  if (is_printable (input))
    return g_strdup (input);
  g_autofree char *valid = g_utf8_make_valid (input, -1);
  const char *start = valid, *end = valid + strlen (valid);
  while (start < end && (guchar)*start <= 0x20)
    start++;
  while (end > start && (guchar)end[-1] <= 0x20)
    end--;
  GString *text = g_string_sized_new ((gsize)(end - start));
  for (; start < end; start++)
    if (*start != '\t' && *start != '\n' && *start != '\r')
      g_string_append_c (text, *start);
  return g_string_free (text, FALSE);
}

/* The length of the scheme that TEXT begins with, 0 where it has none. */
static gsize
scheme_length (const char *text)
{
  if (!g_ascii_isalpha (text[0]))
    return 0;
  gsize n = 1;
  while (g_ascii_isalnum (text[n]) || (text[n] != '\0' && strchr ("+-.", text[n]) != NULL))
    n++;
  return text[n] == ':' ? n : 0;
}

char *
zb_url_scheme_of (const char *text)
{
  g_autofree char *clean = clean_input (text);
  gsize n = scheme_length (clean);
  return n > 0 ? g_ascii_strdown (clean, (gssize)n) : NULL;
}

static gboolean
is_slash (char c)
{
  return c == '/' || c == '\\';
}

/* "." and ".." also hide behind %2e. Returns the number of dots that the segment is, 0 where it is none. */
static int
segment_dots (const char *p, const char *end)
{
  int dots = 0;
  while (p < end && dots < 3) {
    if (*p == '.')
      p++;
    else if (end - p >= 3 && g_ascii_strncasecmp (p, "%2e", 3) == 0)
      p += 3;
    else
      return 0;
    dots++;
  }
  return p == end && dots < 3 ? dots : 0;
}

static void
path_shorten (GString *path)
{
  const char *slash = strrchr (path->str, '/');
  g_string_truncate (path, slash != NULL ? (gsize)(slash - path->str) : 0);
}

/* Appends the segments between P and END, which begins behind a slash, to PATH. */
static void
path_append (GString *path, const char *p, const char *end)
{
  for (;;) {
    const char *stop = p;
    while (stop < end && !is_slash (*stop))
      stop++;
    int dots = segment_dots (p, stop);
    if (dots == 2)
      path_shorten (path);
    if (dots == 0 || stop == end)
      g_string_append_c (path, '/');
    if (dots == 0)
      append_encoded (path, p, stop, SET_PATH);
    if (stop == end)
      return;
    p = stop + 1;
  }
}

static gboolean
read_port (ZbUrl *url, const char *p, const char *end)
{
  int port = 0;
  if (p == end)
    return TRUE;
  for (; p < end; p++) {
    if (!g_ascii_isdigit (*p))
      return FALSE;
    port = port * 10 + (*p - '0');
    if (port > 65535)
      return FALSE;
  }
  url->port = port == (url->https ? 443 : 80) ? -1 : port;
  return TRUE;
}

static void
read_credentials (ZbUrl *url, const char *p, const char *end)
{
  const char *colon = memchr (p, ':', (gsize)(end - p));
  url->username = encode (p, colon != NULL ? colon : end, SET_USERINFO);
  url->password = colon != NULL ? encode (colon + 1, end, SET_USERINFO) : g_strdup ("");
}

static gboolean
read_authority (ZbUrl *url, const char *p, const char *end)
{
  const char *at = end;
  while (at > p && at[-1] != '@')
    at--;
  read_credentials (url, p, at > p ? at - 1 : p);
  const char *colon = at;
  gboolean inside = FALSE;
  for (; colon < end && (inside || *colon != ':'); colon++)
    inside = *colon == '[' ? TRUE : *colon == ']' ? FALSE : inside;
  if (colon == at)
    return FALSE;
  url->host = zb_url_host_parse (at, (gsize)(colon - at));
  return url->host != NULL && (colon == end || read_port (url, colon + 1, end));
}

static void
copy_authority (ZbUrl *url, const ZbUrl *base)
{
  url->username = g_strdup (base->username);
  url->password = g_strdup (base->password);
  url->host = g_strdup (base->host);
  url->port = base->port;
}

static const char *
find_first (const char *p, const char *set)
{
  return p + strcspn (p, set);
}

/* Reads "//host/path", at any number of slashes. */
static gboolean
read_absolute (ZbUrl *url, const char *p, const char *path_end)
{
  while (is_slash (*p))
    p++;
  const char *stop = find_first (p, "/\\?#");
  if (!read_authority (url, p, stop))
    return FALSE;
  g_autoptr (GString) path = g_string_new (NULL);
  path_append (path, is_slash (*stop) ? stop + 1 : stop, path_end);
  url->path = g_strdup (path->str);
  return TRUE;
}

static void
read_relative (ZbUrl *url, const ZbUrl *base, const char *p, const char *path_end)
{
  copy_authority (url, base);
  if (p == path_end) { /* only a query, a fragment, or nothing: all of the base's path stays */
    url->path = g_strdup (base->path);
    if (*path_end != '?')
      url->query = g_strdup (base->query);
    return;
  }
  g_autoptr (GString) path = g_string_new (is_slash (*p) ? NULL : base->path);
  path_shorten (path);
  path_append (path, is_slash (*p) ? p + 1 : p, path_end);
  url->path = g_strdup (path->str);
}

static void
read_tail (ZbUrl *url, const char *p)
{
  const char *hash = find_first (p, "#");
  if (*p == '?')
    url->query = encode (p + 1, hash, SET_QUERY);
  if (*hash == '#')
    url->fragment = encode (hash + 1, hash + strlen (hash), SET_FRAGMENT);
}

static void
write_href (ZbUrl *url)
{
  GString *href = g_string_new (url->https ? "https://" : "http://");
  if (*url->username != '\0' || *url->password != '\0') {
    g_string_append (href, url->username);
    if (*url->password != '\0')
      g_string_append_printf (href, ":%s", url->password);
    g_string_append_c (href, '@');
  }
  g_string_append (href, url->host);
  if (url->port >= 0)
    g_string_append_printf (href, ":%d", url->port);
  g_string_append (href, url->path);
  if (url->query != NULL)
    g_string_append_printf (href, "?%s", url->query);
  if (url->fragment != NULL)
    g_string_append_printf (href, "#%s", url->fragment);
  url->href = g_string_free (href, FALSE);
}

static gboolean
fail (GError **error, const char *text, const char *why)
{
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "'%s' %s", text, why);
  return FALSE;
}

/* Decides between absolute and relative, by scheme and slashes. */
static gboolean
read_all (ZbUrl *url, const char *text, const ZbUrl *base, GError **error)
{
  gsize scheme = scheme_length (text);
  const char *p = scheme > 0 ? text + scheme + 1 : text;
  gboolean http = g_ascii_strncasecmp (text, "http:", 5) == 0;
  url->https = g_ascii_strncasecmp (text, "https:", 6) == 0 || (scheme == 0 && base != NULL && base->https);
  if (scheme > 0 && !http && !url->https)
    return fail (error, text, "is not an http or https URL");
  if (scheme == 0 && base == NULL)
    return fail (error, text, "is a relative URL without a base");
  const char *path_end = find_first (p, "?#");
  gboolean same = base != NULL && base->https == url->https; /* then "http:x" is as relative as "x" */
  if (same && !(is_slash (p[0]) && is_slash (p[1])))
    read_relative (url, base, p, path_end);
  else if (!read_absolute (url, p, path_end))
    return fail (error, text, "has no valid host and port");
  read_tail (url, path_end);
  return TRUE;
}

ZbUrl *
zb_url_parse (const char *input, const ZbUrl *base, GError **error)
{
  if (strlen (input) > ZB_URL_MAX) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "a URL of %" G_GSIZE_FORMAT " bytes is too long",
                 strlen (input));
    return NULL;
  }
  g_autofree char *text = clean_input (input);
  g_autoptr (ZbUrl) url = g_new0 (ZbUrl, 1);
  url->port = -1;
  if (!read_all (url, text, base, error))
    return NULL;
  write_href (url);
  return g_steal_pointer (&url);
}

void
zb_url_free (ZbUrl *url)
{
  char *texts[] = {url->username, url->password, url->host, url->path, url->query, url->fragment, url->href};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (url);
}

/* Whether INPUT names a host, so that no base matters; not always seen where control characters hide it. */
static gboolean
is_absolute (const char *input)
{
  gsize n = scheme_length (input);
  return n > 0 && is_slash (input[n + 1]) && is_slash (input[n + 2]);
}

char *
zb_url_resolve (const char *input, const char *base)
{
  gboolean needs = base != NULL && !is_absolute (input);
  g_autoptr (ZbUrl) parsed_base = needs ? zb_url_parse (base, NULL, NULL) : NULL;
  if (needs && parsed_base == NULL)
    return NULL;
  g_autoptr (ZbUrl) url = zb_url_parse (input, parsed_base, NULL);
  return url != NULL ? g_strdup (url->href) : NULL;
}

const char *
zb_url_href (const ZbUrl *url)
{
  return url->href;
}

const char *
zb_url_scheme (const ZbUrl *url)
{
  return url->https ? "https" : "http";
}

const char *
zb_url_username (const ZbUrl *url)
{
  return url->username;
}

const char *
zb_url_password (const ZbUrl *url)
{
  return url->password;
}

const char *
zb_url_host (const ZbUrl *url)
{
  return url->host;
}

int
zb_url_port (const ZbUrl *url)
{
  return url->port >= 0 ? url->port : url->https ? 443 : 80;
}

const char *
zb_url_path (const ZbUrl *url)
{
  return url->path;
}

const char *
zb_url_query (const ZbUrl *url)
{
  return url->query;
}

const char *
zb_url_fragment (const ZbUrl *url)
{
  return url->fragment;
}

char *
zb_url_origin (const ZbUrl *url)
{
  return g_strdup_printf ("%s://%s:%d", zb_url_scheme (url), url->host, zb_url_port (url));
}
