/* libmicrohttpd: listening, gathering whole requests, sending whole responses. */
#include "zhoubao/edge/httpd.h"

#include "httpd_form.h"
#include "zhoubao/base/error.h"
#include <microhttpd.h>
#include <netinet/in.h>

#define IDLE_SECONDS 30
#define CONNECTIONS 1000

struct ZbHttpd {
  struct MHD_Daemon *daemon;
  ZbHttpdOptions options;
};

struct ZbRequest {
  struct MHD_Connection *connection;
  char *method, *path, *peer;
  GByteArray *gathered;
  GBytes *body;
  ZbForm *form;
  GPtrArray *kept; /* texts made valid, freed with the request */
  gboolean too_large;
};

typedef struct {
  char *name, *value;
} Header;

struct ZbResponse {
  int status;
  char *type;
  GBytes *body;
  GArray *headers; /* of Header */
};

static void
header_clear (gpointer at)
{
  Header *header = at;
  g_free (header->name);
  g_free (header->value);
}

static void
request_free (ZbRequest *r)
{
  g_free (r->method);
  g_free (r->path);
  g_free (r->peer);
  g_byte_array_unref (r->gathered);
  g_clear_pointer (&r->body, g_bytes_unref);
  g_clear_pointer (&r->form, zb_form_free);
  g_ptr_array_unref (r->kept);
  g_free (r);
}

static char *
peer_address (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const struct sockaddr *native = info != NULL ? info->client_addr : NULL;
  gsize size = native != NULL && native->sa_family == AF_INET6 ? sizeof (struct sockaddr_in6)
                                                               : sizeof (struct sockaddr_in);
  g_autoptr (GSocketAddress) address =
      native != NULL ? g_socket_address_new_from_native ((gpointer)native, size) : NULL;
  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("unknown");
  return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* Behind a reverse proxy on this machine the client is the last that it names; earlier ones are hearsay. */
static char *
client_address (const ZbHttpd *httpd, struct MHD_Connection *connection)
{
  g_autofree char *peer = peer_address (connection);
  const char *forwarded = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "X-Forwarded-For");
  g_autoptr (GInetAddress) from = g_inet_address_new_from_string (peer);
  if (!httpd->options.trust_forwarded || forwarded == NULL || from == NULL ||
      !g_inet_address_get_is_loopback (from))
    return g_steal_pointer (&peer);
  const char *comma = strrchr (forwarded, ',');
  g_autofree char *last = g_strstrip (g_strdup (comma != NULL ? comma + 1 : forwarded));
  g_autoptr (GInetAddress) client = g_inet_address_new_from_string (last);
  return client != NULL ? g_inet_address_to_string (client) : g_steal_pointer (&peer);
}

static ZbRequest *
request_new (const ZbHttpd *httpd, struct MHD_Connection *connection, const char *url, const char *method)
{
  ZbRequest *r = g_new0 (ZbRequest, 1);
  r->connection = connection;
  r->method = g_strdup (g_str_equal (method, "HEAD") ? "GET" : method);
  r->path = g_utf8_make_valid (url, -1);
  r->peer = client_address (httpd, connection);
  r->gathered = g_byte_array_new ();
  r->kept = g_ptr_array_new_with_free_func (g_free);
  return r;
}

static const char *
lookup (const ZbRequest *r, enum MHD_ValueKind kind, const char *name)
{
  const char *value = MHD_lookup_connection_value (r->connection, kind, name);
  if (value == NULL || g_utf8_validate (value, -1, NULL))
    return value;
  char *valid = g_utf8_make_valid (value, -1);
  g_ptr_array_add (r->kept, valid);
  return valid;
}

const char *
zb_request_method (const ZbRequest *r)
{
  return r->method;
}

const char *
zb_request_path (const ZbRequest *r)
{
  return r->path;
}

const char *
zb_request_query (const ZbRequest *r, const char *name)
{
  return lookup (r, MHD_GET_ARGUMENT_KIND, name);
}

const char *
zb_request_field (const ZbRequest *r, const char *name)
{
  return zb_form_get (r->form, name);
}

char **
zb_request_fields (const ZbRequest *r, const char *name)
{
  return zb_form_get_all (r->form, name);
}

GBytes *
zb_request_file (const ZbRequest *r, const char *name)
{
  return zb_form_file (r->form, name);
}

GBytes *
zb_request_body (const ZbRequest *r)
{
  return r->body;
}

const char *
zb_request_header (const ZbRequest *r, const char *name)
{
  return lookup (r, MHD_HEADER_KIND, name);
}

const char *
zb_request_cookie (const ZbRequest *r, const char *name)
{
  return lookup (r, MHD_COOKIE_KIND, name);
}

const char *
zb_request_peer (const ZbRequest *r)
{
  return r->peer;
}

void
zb_response_status (ZbResponse *r, int status)
{
  r->status = status;
}

int
zb_response_get_status (const ZbResponse *r)
{
  return r->status;
}

void
zb_response_type (ZbResponse *r, const char *content_type)
{
  g_free (r->type);
  r->type = g_strdup (content_type);
}

void
zb_response_header (ZbResponse *r, const char *name, const char *value)
{
  for (const char *p = value; *p != '\0'; p++)
    g_assert (!g_ascii_iscntrl (*p));
  Header header = {g_strdup (name), g_strdup (value)};
  g_array_append_val (r->headers, header);
}

void
zb_response_text (ZbResponse *r, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  zb_response_bytes (r, bytes);
}

void
zb_response_bytes (ZbResponse *r, GBytes *bytes)
{
  g_clear_pointer (&r->body, g_bytes_unref);
  r->body = g_bytes_ref (bytes);
}

void
zb_response_redirect (ZbResponse *r, const char *location)
{
  g_assert (location[0] == '/' && location[1] != '/');
  r->status = MHD_HTTP_SEE_OTHER;
  zb_response_header (r, "Location", location);
}

static void
unref_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

static enum MHD_Result
send_response (struct MHD_Connection *connection, ZbResponse *answer)
{
  GBytes *body = answer->body != NULL ? g_bytes_ref (answer->body) : g_bytes_new (NULL, 0);
  gsize size = 0;
  const void *data = g_bytes_get_data (body, &size);
  struct MHD_Response *r = MHD_create_response_from_buffer_with_free_callback_cls (
      size, (void *)(size > 0 ? data : ""), unref_bytes, body);
  MHD_add_response_header (r, "Content-Type", answer->type);
  for (guint i = 0; i < answer->headers->len; i++) {
    const Header *header = &g_array_index (answer->headers, Header, i);
    MHD_add_response_header (r, header->name, header->value);
  }
  enum MHD_Result queued = MHD_queue_response (connection, (unsigned)answer->status, r);
  MHD_destroy_response (r);
  return queued;
}

static enum MHD_Result
answer (ZbHttpd *httpd, ZbRequest *r)
{
  ZbResponse response = {.status = MHD_HTTP_OK, .type = g_strdup ("text/html; charset=utf-8")};
  response.headers = g_array_new (FALSE, FALSE, sizeof (Header));
  g_array_set_clear_func (response.headers, header_clear);
  if (r->too_large) {
    response.status = MHD_HTTP_CONTENT_TOO_LARGE;
    zb_response_type (&response, "text/plain; charset=utf-8");
    zb_response_text (&response, "That is more than this server takes at once.\n");
  } else {
    r->body = g_byte_array_free_to_bytes (g_steal_pointer (&r->gathered));
    r->gathered = g_byte_array_new ();
    r->form = zb_form_parse (zb_request_header (r, "Content-Type"), r->body);
    httpd->options.handler (r, &response, httpd->options.data);
  }
  enum MHD_Result queued = send_response (r->connection, &response);
  g_free (response.type);
  g_clear_pointer (&response.body, g_bytes_unref);
  g_array_unref (response.headers);
  return queued;
}

/* Called once when the head is there, for each piece of the body, and once at the end. */
static enum MHD_Result
on_request (void *data, struct MHD_Connection *connection, const char *url, const char *method,
            const char *version, const char *upload, size_t *upload_size, void **state)
{
  ZbHttpd *httpd = data;
  if (*state == NULL) {
    *state = request_new (httpd, connection, url, method);
    return MHD_YES;
  }
  ZbRequest *r = *state;
  if (*upload_size == 0)
    return answer (httpd, r);
  if ((gint64)(r->gathered->len + *upload_size) > httpd->options.body_bytes)
    r->too_large = TRUE;
  else
    g_byte_array_append (r->gathered, (const guint8 *)upload, (guint)*upload_size);
  *upload_size = 0;
  return MHD_YES;
}

static void
on_completed (void *data, struct MHD_Connection *connection, void **state,
              enum MHD_RequestTerminationCode why)
{
  if (*state != NULL)
    request_free (*state);
  *state = NULL;
}

static GSocketAddress *
listen_address (const ZbHttpdOptions *options, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (options->address);
  if (address == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is no address to listen on, such as 127.0.0.1",
                 options->address);
    return NULL;
  }
  return g_inet_socket_address_new (address, options->port);
}

ZbHttpd *
zb_httpd_new (const ZbHttpdOptions *options, GError **error)
{
  g_autoptr (GSocketAddress) address = listen_address (options, error);
  struct sockaddr_storage native = {0};
  if (address == NULL || !g_socket_address_to_native (address, &native, sizeof native, error))
    return NULL;
  ZbHttpd *httpd = g_new0 (ZbHttpd, 1);
  httpd->options = *options;
  unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_TCP_FASTOPEN;
  flags |= native.ss_family == AF_INET6 ? MHD_USE_IPv6 : 0;
  httpd->daemon =
      MHD_start_daemon (flags, options->port, NULL, NULL, on_request, httpd, MHD_OPTION_SOCK_ADDR, &native,
                        MHD_OPTION_THREAD_POOL_SIZE, MAX (options->threads, 1u), MHD_OPTION_CONNECTION_LIMIT,
                        (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
                        MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_LISTENING_ADDRESS_REUSE,
                        1u, MHD_OPTION_END);
  if (httpd->daemon != NULL)
    return httpd;
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "cannot listen on %s port %u: %s", options->address,
               options->port, g_strerror (errno));
  g_free (httpd);
  return NULL;
}

guint16
zb_httpd_port (ZbHttpd *httpd)
{
  const union MHD_DaemonInfo *info = MHD_get_daemon_info (httpd->daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info != NULL ? info->port : 0;
}

void
zb_httpd_free (ZbHttpd *httpd)
{
  MHD_stop_daemon (httpd->daemon);
  g_free (httpd);
}
