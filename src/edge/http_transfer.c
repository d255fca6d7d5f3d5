/* One request: libcurl's options, its callbacks that count and refuse, and its result in our words. */
#include "http_transfer.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>

/* libcurl counts a chunked body's bytes on the wire only after it has handed on what they unpack to; until
   the end the ratio therefore allows for one full receive buffer. */
#define RECEIVE_BUFFER (64 * 1024L)

ZbTransfer *
zb_transfer_new (const ZbHttpRules *rules, const ZbHttpRequest *request, ZbHttpDone done, gpointer data)
{
  ZbTransfer *t = g_new0 (ZbTransfer, 1);
  t->rules = rules;
  t->url = g_strdup (request->url);
  t->body = g_strdup (request->body);
  t->etag = g_strdup (request->etag);
  t->last_modified = g_strdup (request->last_modified);
  t->accept = g_strdup (request->accept);
  t->referer = g_strdup (request->referer);
  t->extra = g_strdupv ((char **)request->headers);
  t->keep_bytes = request->keep_bytes;
  t->headers = g_string_new (NULL);
  t->content = zb_body_new (rules->bodies);
  t->done = done;
  t->data = data;
  return t;
}

void
zb_transfer_free (ZbTransfer *t)
{
  char **texts[] = {&t->url, &t->body, &t->etag, &t->last_modified, &t->accept, &t->referer};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_strfreev (t->extra);
  curl_slist_free_all (t->fields);
  g_string_free (t->headers, TRUE);
  g_clear_pointer (&t->content, zb_body_free);
  g_clear_error (&t->error);
  g_clear_error (&t->refused);
  g_free (t);
}

static gboolean
over (gint64 value, gint64 limit)
{
  return limit > 0 && value > limit;
}

/* Keeps the reason; the callback's caller then ends the transfer. Returns: 0, "nothing taken". */
static gsize
stop (ZbTransfer *t, const char *format, gint64 limit)
{
  if (t->error == NULL) {
    g_autofree char *words = g_strdup_printf ("%" G_GINT64_FORMAT, limit);
    g_auto (GStrv) parts = g_strsplit (format, "%", 2);
    t->error = g_error_new (ZB_ERROR, ZB_ERROR_LIMIT, "%s%s%s", parts[0], words, parts[1]);
  }
  return 0;
}

static gint64
received (ZbTransfer *t)
{
  curl_off_t bytes = 0;
  curl_easy_getinfo (t->easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
  return bytes;
}

static gboolean
is_bomb (ZbTransfer *t, gint64 unpacked, gint64 wire)
{
  const ZbHttpOptions *o = &t->rules->options;
  return o->ratio > 0 && unpacked > o->ratio_after_bytes && unpacked > wire * o->ratio;
}

static const char too_big_on_wire[] = "the answer is over % bytes on the wire";
static const char too_big_unpacked[] = "the answer is over % bytes once unpacked";
static const char too_packed[] = "the answer unpacks to more than % times its size";
static const char too_crowded[] =
    "it is large, and more than % bytes of answers are at hand already: for another time";
static const char too_many_headers[] = "the header fields are over % bytes";

/* Many large answers at the same time: those that are above their share of the room have to go, not the small
   ones. */
static gboolean
crowds (ZbTransfer *t, gint64 unpacked)
{
  const ZbHttpOptions *o = &t->rules->options;
  return over (zb_bodies_held (t->rules->bodies), o->held_bytes) &&
         unpacked > o->held_bytes / MAX (o->connections, 1);
}

static size_t
on_body (char *data, size_t size, size_t n, void *user)
{
  ZbTransfer *t = user;
  const ZbHttpOptions *o = &t->rules->options;
  gint64 unpacked = (gint64)(zb_body_length (t->content) + size * n), wire = received (t);
  if (t->keep_bytes > 0 && unpacked >= t->keep_bytes) {
    zb_body_append (t->content, data, (gsize)t->keep_bytes - zb_body_length (t->content));
    t->enough = TRUE;
    return 0;
  }
  if (over (unpacked, o->decoded_bytes))
    return stop (t, too_big_unpacked, o->decoded_bytes);
  if (over (wire, o->wire_bytes))
    return stop (t, too_big_on_wire, o->wire_bytes);
  if (is_bomb (t, unpacked, wire + RECEIVE_BUFFER))
    return stop (t, too_packed, o->ratio);
  if (crowds (t, unpacked))
    return stop (t, too_crowded, o->held_bytes);
  zb_body_append (t->content, data, size * n);
  return size * n;
}

static size_t
on_header (char *data, size_t size, size_t n, void *user)
{
  ZbTransfer *t = user;
  gint64 limit = t->rules->options.header_bytes;
  t->header_bytes += (gint64)(size * n);
  if (over (t->header_bytes, limit))
    return stop (t, too_many_headers, limit);
  if (size * n > 5 && memcmp (data, "HTTP/", 5) == 0)
    g_string_truncate (t->headers, 0); /* what came before was an interim answer (1xx) */
  if (size * n > 2)
    g_string_append_len (t->headers, data, (gssize)(size * n));
  return size * n;
}

/* Sees what on_body does not: bytes that unpack to nothing. */
static int
on_progress (void *user, curl_off_t total, curl_off_t now, curl_off_t up_total, curl_off_t up_now)
{
  ZbTransfer *t = user;
  gint64 limit = t->rules->options.wire_bytes;
  if (!over (now, limit))
    return 0;
  stop (t, too_big_on_wire, limit);
  return 1;
}

static gboolean
read_peer (const struct curl_sockaddr *peer, ZbAddress *out)
{
  if (peer->family == AF_INET) {
    struct sockaddr_in in;
    memcpy (&in, &peer->addr, sizeof in);
    *out = (ZbAddress){.length = 4};
    memcpy (out->bytes, &in.sin_addr, 4);
    return TRUE;
  }
  if (peer->family == AF_INET6) {
    const struct sockaddr_in6 *in = (const void *)&peer->addr; /* longer than sockaddr: curl has the room */
    *out = (ZbAddress){.length = 16};
    memcpy (out->bytes, &in->sin6_addr, 16);
    return TRUE;
  }
  return FALSE;
}

static gboolean
is_allowed (const ZbHttpRules *rules, const ZbAddress *address)
{
  for (guint i = 0; i < rules->allowed->len; i++)
    if (zb_address_block_has (&g_array_index (rules->allowed, ZbAddressBlock, i), address))
      return TRUE;
  return FALSE;
}

/* Why ADDRESS is not asked; NULL: it may be. (transfer full) */
static GError *
refusal (const ZbHttpRules *rules, const ZbAddress *address)
{
  const char *words = zb_address_reserved (address);
  if (words == NULL || is_allowed (rules, address))
    return NULL;
  g_autofree char *text = zb_address_to_text (address);
  return g_error_new (ZB_ERROR, ZB_ERROR_REFUSED,
                      "refused: %s is %s, and crawl.allow_private does not name it", text, words);
}

/* Called with the very address that is about to be connected to: names that resolve differently the second
   time (rebinding) and redirects find the same door. */
static curl_socket_t
on_socket (void *user, curlsocktype purpose, struct curl_sockaddr *peer)
{
  ZbTransfer *t = user;
  ZbAddress address;
  if (!read_peer (peer, &address))
    return CURL_SOCKET_BAD;
  GError *why = t->rules->proxy == NULL ? refusal (t->rules, &address) : NULL;
  if (why == NULL)
    return socket (peer->family, peer->socktype | SOCK_CLOEXEC, peer->protocol);
  g_clear_error (&t->refused);
  t->refused = why;
  return CURL_SOCKET_BAD;
}

/* A proxy resolves names by itself, where nobody sees it; an address that is written out is seen here. */
static gboolean
check_proxied (const ZbHttpRules *rules, const ZbUrl *url, GError **error)
{
  const char *host = zb_url_host (url);
  gsize brackets = *host == '[' ? 1 : 0;
  g_autofree char *bare = g_strndup (host + brackets, strlen (host) - 2 * brackets);
  ZbAddress address;
  GError *why = rules->proxy != NULL && zb_address_parse (bare, &address) ? refusal (rules, &address) : NULL;
  if (why != NULL)
    g_propagate_error (error, why);
  return why == NULL;
}

/* A value from outside must not start a header field of its own. */
static gboolean
add_field (ZbTransfer *t, const char *name, const char *value, GError **error)
{
  if (value == NULL)
    return TRUE;
  for (const char *p = value; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && *p != '\t') {
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "a control character in a header field to be sent");
      return FALSE;
    }
  g_autofree char *line = *name != '\0' ? g_strconcat (name, ": ", value, NULL) : g_strdup (value);
  t->fields = curl_slist_append (t->fields, line);
  return TRUE;
}

static gboolean
add_fields (ZbTransfer *t, GError **error)
{
  for (char **line = t->extra; line != NULL && *line != NULL; line++)
    if (!add_field (t, "", *line, error))
      return FALSE;
  return add_field (t, "If-None-Match", t->etag, error) &&
         add_field (t, "If-Modified-Since", t->last_modified, error) &&
         add_field (t, "Accept", t->accept, error) && add_field (t, "Referer", t->referer, error);
}

static void
set_limits (CURL *easy, const ZbHttpOptions *o)
{
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT, (long)o->connect_seconds);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT, (long)o->total_seconds);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_LIMIT, (long)o->slow_bytes);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_TIME, (long)o->slow_seconds);
  curl_easy_setopt (easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)o->wire_bytes);
  curl_easy_setopt (easy, CURLOPT_BUFFERSIZE, RECEIVE_BUFFER);
}

static void
set_callbacks (ZbTransfer *t, CURL *easy)
{
  curl_easy_setopt (easy, CURLOPT_PRIVATE, t);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, t->words);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, t);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, t);
  curl_easy_setopt (easy, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (easy, CURLOPT_XFERINFODATA, t);
  curl_easy_setopt (easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETFUNCTION, on_socket);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETDATA, t);
}

/* libcurl is given what a browser would ask for: names in ASCII, every spelling of an address resolved. */
static gboolean
normalise (ZbTransfer *t, GError **error)
{
  g_autoptr (ZbUrl) url = zb_url_parse (t->url, NULL, error);
  if (url == NULL || !check_proxied (t->rules, url, error))
    return FALSE;
  g_free (t->url);
  t->url = g_strdup (zb_url_href (url));
  t->url[strcspn (t->url, "#")] = '\0';
  return TRUE;
}

gboolean
zb_transfer_prepare (ZbTransfer *t, CURL *easy, GError **error)
{
  const ZbHttpRules *r = t->rules;
  if (!normalise (t, error) || !add_fields (t, error))
    return FALSE;
  t->easy = easy;
  t->started = g_get_monotonic_time ();
  curl_easy_setopt (easy, CURLOPT_URL, t->url);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_PROXY, r->proxy != NULL ? r->proxy : ""); /* "": none of the environment */
  curl_easy_setopt (easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (easy, CURLOPT_ACCEPT_ENCODING, ""); /* all that libcurl can unpack */
  curl_easy_setopt (easy, CURLOPT_USERAGENT, r->user_agent);
  if (r->ca_file != NULL)
    curl_easy_setopt (easy, CURLOPT_CAINFO, r->ca_file);
  if (t->body != NULL)
    curl_easy_setopt (easy, CURLOPT_POSTFIELDS, t->body);
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, t->fields);
  set_limits (easy, &r->options);
  set_callbacks (t, easy);
  return TRUE;
}

typedef struct {
  CURLcode code;
  ZbErrorCode ours;
  const char *words;
  gboolean detail; /* libcurl's own words follow */
} Meaning;

static const Meaning meanings[] = {
    {CURLE_COULDNT_RESOLVE_HOST, ZB_ERROR_NOT_FOUND, "the host's name does not resolve", FALSE},
    {CURLE_COULDNT_RESOLVE_PROXY, ZB_ERROR_NOT_FOUND, "the proxy's name does not resolve", FALSE},
    {CURLE_COULDNT_CONNECT, ZB_ERROR_NOT_FOUND, "no connection", TRUE},
    {CURLE_GOT_NOTHING, ZB_ERROR_FAILED, "the server closed the connection without an answer", FALSE},
    {CURLE_PARTIAL_FILE, ZB_ERROR_FAILED, "the answer ends before the length that it promised", FALSE},
    {CURLE_RECV_ERROR, ZB_ERROR_FAILED, "the connection broke off", TRUE},
    {CURLE_SEND_ERROR, ZB_ERROR_FAILED, "the connection broke off while asking", TRUE},
    {CURLE_BAD_CONTENT_ENCODING, ZB_ERROR_FAILED, "the packed answer is damaged", TRUE},
    {CURLE_WEIRD_SERVER_REPLY, ZB_ERROR_FAILED, "the answer is not HTTP", TRUE},
    {CURLE_UNSUPPORTED_PROTOCOL, ZB_ERROR_REFUSED, "refused: neither http nor https, or no HTTP answer",
     TRUE},
    {CURLE_URL_MALFORMAT, ZB_ERROR_INVALID, "this is no address of the web", TRUE},
    {CURLE_PEER_FAILED_VERIFICATION, ZB_ERROR_FAILED, "the certificate is not valid", TRUE},
    {CURLE_SSL_CONNECT_ERROR, ZB_ERROR_FAILED, "TLS failed", TRUE},
    {CURLE_HTTP2, ZB_ERROR_FAILED, "HTTP/2 failed", TRUE},
    {CURLE_HTTP2_STREAM, ZB_ERROR_FAILED, "HTTP/2 failed", TRUE},
};

static void
set_timeout_error (ZbTransfer *t, GError **error)
{
  const ZbHttpOptions *o = &t->rules->options;
  double connected = 0;
  curl_easy_getinfo (t->easy, CURLINFO_CONNECT_TIME, &connected);
  if (strstr (t->words, "too slow") != NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT,
                 "the answer came slower than %" G_GINT64_FORMAT " bytes a second for %" G_GINT64_FORMAT " s",
                 o->slow_bytes, o->slow_seconds);
  else if (connected == 0)
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "no connection within %" G_GINT64_FORMAT " s",
                 o->connect_seconds);
  else
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "no complete answer within %" G_GINT64_FORMAT " s",
                 o->total_seconds);
}

/* The system's words where it has said why, else libcurl's. */
static char *
detail_of (ZbTransfer *t, CURLcode code)
{
  long number = 0;
  curl_easy_getinfo (t->easy, CURLINFO_OS_ERRNO, &number);
  if (code == CURLE_COULDNT_CONNECT && number != 0)
    return g_strdup (g_strerror ((int)number));
  return zb_error_line (*t->words != '\0' ? t->words : curl_easy_strerror (code));
}

static void
set_error (ZbTransfer *t, CURLcode code, GError **error)
{
  const Meaning *m = NULL;
  if (strstr (t->words, "HTTP/0.9") != NULL) /* an answer without a status line */
    code = CURLE_WEIRD_SERVER_REPLY;
  for (guint i = 0; i < G_N_ELEMENTS (meanings) && m == NULL; i++)
    if (meanings[i].code == code)
      m = &meanings[i];
  g_autofree char *detail = detail_of (t, code);
  if (t->error != NULL)
    g_propagate_error (error, g_steal_pointer (&t->error));
  else if (t->refused != NULL && code == CURLE_COULDNT_CONNECT)
    g_propagate_error (error, g_steal_pointer (&t->refused));
  else if (code == CURLE_OPERATION_TIMEDOUT)
    set_timeout_error (t, error);
  else if (code == CURLE_FILESIZE_EXCEEDED)
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "the answer is over %" G_GINT64_FORMAT " bytes on the wire",
                 t->rules->options.wire_bytes);
  else if (m == NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s", detail);
  else
    g_set_error (error, ZB_ERROR, m->ours, "%s%s%s", m->words, m->detail ? ": " : "",
                 m->detail ? detail : "");
}

ZbHttpResponse *
zb_transfer_finish (ZbTransfer *t, CURLcode code, GError **error)
{
  gint64 wire = received (t);
  if (code != CURLE_OK && !t->enough) {
    set_error (t, code, error);
    return NULL;
  }
  if (!t->enough && is_bomb (t, (gint64)zb_body_length (t->content), wire)) {
    stop (t, too_packed, t->rules->options.ratio);
    g_propagate_error (error, g_steal_pointer (&t->error));
    return NULL;
  }
  long status = 0;
  const char *address = NULL;
  curl_easy_getinfo (t->easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (t->easy, CURLINFO_PRIMARY_IP, &address);
  g_autoptr (ZbHttpResponse) r = g_new0 (ZbHttpResponse, 1);
  r->status = (int)status;
  r->url = g_strdup (t->url);
  r->address = g_strdup (address);
  r->headers = g_utf8_make_valid (t->headers->str, (gssize)t->headers->len);
  r->body = zb_body_to_bytes (g_steal_pointer (&t->content));
  r->wire_bytes = wire;
  r->header_bytes = t->header_bytes;
  r->milliseconds = (g_get_monotonic_time () - t->started) / 1000;
  r->etag = zb_http_header (r, "ETag");
  r->last_modified = zb_http_header (r, "Last-Modified");
  r->content_type = zb_http_header (r, "Content-Type");
  r->location = zb_http_header (r, "Location");
  return g_steal_pointer (&r);
}
