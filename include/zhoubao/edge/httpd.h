/* An HTTP server over libmicrohttpd: whole requests in, whole responses out. TLS is the reverse proxy's.

   Requests are answered by a few threads at once; HANDLER must be safe for that (a ZbDb per thread). Polling,
   not epoll: with epoll libmicrohttpd 0.9.75 stalls at 128 ready connections. */
#pragma once
#include <gio/gio.h>

typedef struct ZbHttpd ZbHttpd;
typedef struct ZbRequest ZbRequest;
typedef struct ZbResponse ZbResponse;

typedef void (*ZbHttpdHandler) (const ZbRequest *request, ZbResponse *response, gpointer data);

typedef struct {
  const char *address; /* "127.0.0.1" or "::1"; names are not looked up */
  guint16 port;        /* 0: the system chooses */
  guint threads;
  gint64 body_bytes;        /* of a request; more is answered with 413 */
  gboolean trust_forwarded; /* the last X-Forwarded-For of a loopback peer is the client: a reverse proxy is
                               before us */
  ZbHttpdHandler handler;
  gpointer data;
} ZbHttpdOptions;

/* Listens and serves at once. A port in use is an error that names it. (transfer full) */
ZbHttpd *zb_httpd_new (const ZbHttpdOptions *options, GError **error);
guint16 zb_httpd_port (ZbHttpd *httpd);

/* Stops listening, waits for what is being answered. */
void zb_httpd_free (ZbHttpd *httpd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbHttpd, zb_httpd_free)

/* What was asked. All text is UTF-8 (other bytes are replaced), borrowed while the handler runs. */
const char *zb_request_method (const ZbRequest *r); /* "GET"; HEAD is answered as GET without its body */
const char *zb_request_path (const ZbRequest *r);   /* decoded, begins with / */
const char *zb_request_query (const ZbRequest *r, const char *name); /* NULL: not there */
const char *
zb_request_field (const ZbRequest *r,
                  const char *name); /* of a posted form, urlencoded or multipart; NULL: not there */
char **zb_request_fields (const ZbRequest *r, const char *name); /* all of that name. (transfer full) */
GBytes *zb_request_file (const ZbRequest *r,
                         const char *name);   /* an uploaded file of a form; NULL; borrowed */
GBytes *zb_request_body (const ZbRequest *r); /* the body as sent; borrowed */
const char *zb_request_header (const ZbRequest *r, const char *name); /* NULL: not there */
const char *zb_request_cookie (const ZbRequest *r, const char *name); /* NULL: not there */
const char *zb_request_peer (const ZbRequest *r);                     /* the client's address, "192.0.2.1" */

/* What is answered: 200, nothing, text/html in UTF-8 until set. */
void zb_response_status (ZbResponse *r, int status);
int zb_response_get_status (const ZbResponse *r);
void zb_response_type (ZbResponse *r, const char *content_type);
/* NAME must be a token; a VALUE with control characters is a bug of ours and aborts. */
void zb_response_header (ZbResponse *r, const char *name, const char *value);
void zb_response_text (ZbResponse *r, const char *text);
void zb_response_bytes (ZbResponse *r, GBytes *bytes);
/* 303 to a path of this server. */
void zb_response_redirect (ZbResponse *r, const char *location);
