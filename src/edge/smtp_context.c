/* The SSL_CTX for STARTTLS; libesmtp's own crashes in the second session. */
#include "smtp_private.h"

#include "zhoubao/base/error.h"
#include <gio/gio.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/* libesmtp sets no SNI, so it is set where every handshake passes. */
static void
on_handshake (const SSL *ssl, int where, int value)
{
  const char *host = SSL_CTX_get_app_data (SSL_get_SSL_CTX (ssl));
  if ((where & SSL_CB_HANDSHAKE_START) != 0 && !g_hostname_is_ip_address (host))
    SSL_set_tlsext_host_name ((SSL *)ssl, host);
}

gpointer
zb_smtp_context_new (const ZbSmtpServer *server, GError **error)
{
  SSL_CTX *context = SSL_CTX_new (TLS_client_method ());
  X509_VERIFY_PARAM *param = context != NULL ? SSL_CTX_get0_param (context) : NULL;
  gboolean is_address = g_hostname_is_ip_address (server->host);
  /* Not TLS 1.3: its session tickets, when they come before EHLO is written, hang libesmtp until a time-out.
   */
  if (context == NULL || !SSL_CTX_set_min_proto_version (context, TLS1_2_VERSION) ||
      !SSL_CTX_set_max_proto_version (context, TLS1_2_VERSION) ||
      !SSL_CTX_set_default_verify_paths (context) ||
      !(is_address ? X509_VERIFY_PARAM_set1_ip_asc (param, server->host)
                   : X509_VERIFY_PARAM_set1_host (param, server->host, 0))) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: cannot set up TLS", server->name);
    SSL_CTX_free (context);
    return NULL;
  }
  /* The handshake goes on in any case; the result is judged at libesmtp's event, which knows words for it. */
  SSL_CTX_set_verify (context, SSL_VERIFY_NONE, NULL);
  SSL_CTX_set_app_data (context, server->host);
  SSL_CTX_set_info_callback (context, on_handshake);
  return context;
}

void
zb_smtp_context_free (gpointer context)
{
  SSL_CTX_free (context);
}
