/* HTTP and HTTPS: an asynchronous client over libcurl, with every limit on what a server may do to us.
   One client belongs to one thread. Redirects are answers like any other: whoever asked looks where they lead
   (zb_http_redirect) and asks again, so that manners hold for each hop; zb_http_get does all of it and waits.
   Proxies of the environment, cookies, .netrc and any scheme but http and https are never used. */
#pragma once
#include "zhoubao/base/time.h"

typedef struct ZbHttp ZbHttp;

/* Units as in the table of model/limits.h; what is 0 is not limited. */
typedef struct {
  const char *user_agent;
  const char *proxy;                /* its own address is trusted, and it resolves the names; or NULL */
  const char *ca_file;              /* certificates to trust instead of the system's, or NULL */
  const char *const *allow_private; /* blocks that may be reached although they are reserved, or NULL */
  gint64 wire_bytes, decoded_bytes, ratio, ratio_after_bytes, header_bytes;
  gint64 connect_seconds, total_seconds, slow_bytes, slow_seconds, redirects;
  gint64 connections; /* at the same time; requests beyond it wait their turn */
  gint64 held_bytes;  /* of all bodies in memory; beyond it large answers are ended */
} ZbHttpOptions;

/* All is copied by zb_http_submit. */
typedef struct {
  const char *url;
  const char *body;                 /* sent by POST; NULL: GET */
  const char *etag, *last_modified; /* validators of an earlier answer, for a conditional request, or NULL */
  const char *accept, *referer;     /* or NULL */
  const char *const *headers;       /* "Name: value", or NULL */
  gint64 keep_bytes;                /* not 0: the body's first so many bytes are enough, the rest is left */
} ZbHttpRequest;

typedef struct {
  int status;
  char *url;     /* that was asked; for zb_http_get the last of the chain */
  char *headers; /* the final status line and the fields, as received, each ended by CRLF */
  GBytes *body;  /* unpacked; empty where there is none */
  char *etag, *last_modified, *content_type, *location; /* NULL where absent */
  char *address;                                        /* the peer's */
  char *moved_to; /* where the permanent redirects at the head of the chain lead, by zb_http_get; or NULL */
  int redirects;  /* followed, by zb_http_get */
  gint64 wire_bytes, header_bytes, milliseconds;
} ZbHttpResponse;

void zb_http_response_free (ZbHttpResponse *response);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbHttpResponse, zb_http_response_free)

/* The bodies of its answers are to be freed by the same thread. NULL where allow_private has what is not a
 * block of addresses. */
ZbHttp *zb_http_new (const ZbHttpOptions *options, GError **error);
void zb_http_free (ZbHttp *http); /* requests under way are dropped, their callbacks not called */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbHttp, zb_http_free)

/* RESPONSE (transfer full) of whatever status, or NULL and ERROR (borrowed): ZB_ERROR_LIMIT for a limit,
   ZB_ERROR_REFUSED for an address or scheme, ZB_ERROR_NOT_FOUND where nobody is there (no such name, no
   connection), ZB_ERROR_FAILED for all else. The words do not name the URL. It may submit. */
typedef void (*ZbHttpDone) (ZbHttpResponse *response, const GError *error, gpointer data);

/* Called back exactly once, from zb_http_poll. */
void zb_http_submit (ZbHttp *http, const ZbHttpRequest *request, ZbHttpDone done, gpointer data);

/* Requests submitted and not yet called back. */
guint zb_http_pending (ZbHttp *http);

/* Bytes of bodies in memory: of answers under way, and of those whose last reference is not gone. */
gint64 zb_http_held (ZbHttp *http);

/* Waits until something happened on a connection or on one of the N further FDS (whose revents are set), at
   most TIMEOUT_MS, and calls back what is done. FALSE where libcurl itself fails: then every request under
   way has been called back with that error. */
gboolean zb_http_poll (ZbHttp *http, GPollFD *fds, guint n, int timeout_ms,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The value of the first field NAME. Returns: (transfer full), NULL where absent. */
char *zb_http_header (const ZbHttpResponse *response, const char *name);

/* A date of HTTP (RFC 9110 §5.6.7, the obsolete forms too); ZB_TIME_NONE where TEXT is none. */
ZbTime zb_http_date (const char *text);

/* Where a redirect leads, absolute and http or https; *URL is NULL where RESPONSE is none. (transfer full) */
gboolean zb_http_redirect (const ZbHttpResponse *response, char **url,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_http_is_permanent (int status); /* 301 or 308 */
gboolean zb_http_keeps_body (int status);   /* 307 or 308: the POST is repeated; else it becomes a GET */

/* Asks, follows redirects and waits. (transfer full); NULL with ERROR, which names the URL. Any status is an
   answer. */
ZbHttpResponse *zb_http_get (ZbHttp *http, const ZbHttpRequest *request, GError **error);
