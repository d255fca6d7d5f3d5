/* Servers, addresses and the fate of one message, for both ways of speaking SMTP. */
#include "smtp_private.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include <gio/gio.h>
#include <signal.h>

#define SESSION_MESSAGES 100 /* libesmtp keeps 4.4 KB of each until the session ends */
#define LINE_OCTETS 998      /* RFC 5322 §2.1.1 */

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static gboolean
read_url (ZbSmtpServer *server, const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  server->implicit_tls = g_strcmp0 (scheme, "smtps") == 0;
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      (!server->implicit_tls && g_strcmp0 (scheme, "smtp") != 0)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID,
                 "the url of a relay must be smtp://host:port or smtps://user:password@host");
    return FALSE;
  }
  server->host = g_strdup (g_uri_get_host (uri));
  server->port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : server->implicit_tls ? 465 : 25;
  const char *user = g_uri_get_user (uri), *password = g_uri_get_password (uri);
  if (user != NULL && *user != '\0') {
    server->user = g_strdup (user);
    server->password = g_strdup (password != NULL ? password : "");
  }
  server->name = g_strdup_printf (strchr (server->host, ':') != NULL ? "%s://[%s]:%d" : "%s://%s:%d", scheme,
                                  server->host, server->port);
  return TRUE;
}

ZbSmtpServer *
zb_smtp_server_new (const char *url, gboolean plaintext, const char *helo, GError **error)
{
  signal (SIGPIPE, SIG_IGN); /* libesmtp writes to connections that are gone */
  g_autoptr (ZbSmtpServer) server = g_new0 (ZbSmtpServer, 1);
  if (!read_url (server, url, error))
    return NULL;
  /* An address of this machine: nobody is in between, and no authority vouches for it. */
  gboolean here = is_loopback (server->host);
  server->plaintext = plaintext || here;
  server->verify = !here;
  server->helo = g_strdup (helo);
  if (!server->implicit_tls)
    server->tls = zb_smtp_context_new (server, error);
  return server->implicit_tls || server->tls != NULL ? g_steal_pointer (&server) : NULL;
}

void
zb_smtp_server_free (ZbSmtpServer *server)
{
  g_clear_pointer (&server->tls, zb_smtp_context_free);
  g_free (server->name);
  g_free (server->host);
  g_free (server->user);
  g_free (server->password);
  g_free (server->helo);
  g_free (server);
}

const char *
zb_smtp_server_name (const ZbSmtpServer *server)
{
  return server->name;
}

gboolean
zb_smtp_check_bytes (GBytes *bytes, GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size), *end = text + size;
  const char *why = size == 0 || *text == '\r' || *text == ':' ? "there is no header" : NULL;
  if (why == NULL && memchr (text, '\0', size) != NULL)
    why = "there is a NUL";
  for (const char *line = text; why == NULL && line < end;) {
    const char *stop = memchr (line, '\n', (gsize)(end - line));
    if (stop == NULL || stop == line || stop[-1] != '\r')
      why = "a line does not end in CR LF";
    else if (memchr (line, '\r', (gsize)(stop - 1 - line)) != NULL)
      why = "there is a stray CR";
    else if (stop - 1 - line > LINE_OCTETS)
      why = "a line is longer than 998 octets";
    line = stop != NULL ? stop + 1 : end;
  }
  if (why != NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "the message is not fit for SMTP: %s", why);
  return why == NULL;
}

/* Line ends become CRLF; a bare LF before a dot would let a message smuggle another (libesmtp does not stuff
   that dot). */
static GBytes *
to_wire (GBytes *bytes, GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size);
  if (zb_smtp_check_bytes (bytes, NULL))
    return g_bytes_ref (bytes);
  GString *out = g_string_sized_new (size + size / 40);
  for (gsize i = 0; i < size; i++) {
    if (text[i] == '\r' && i + 1 < size && text[i + 1] == '\n')
      continue;
    if (text[i] == '\n' || text[i] == '\r')
      g_string_append (out, "\r\n");
    else
      g_string_append_c (out, text[i]);
  }
  if (!g_str_has_suffix (out->str, "\r\n"))
    g_string_append (out, "\r\n");
  g_autoptr (GBytes) wire = g_string_free_to_bytes (out);
  return zb_smtp_check_bytes (wire, error) ? g_steal_pointer (&wire) : NULL;
}

void
zb_smtp_job_clear (ZbSmtpJob *job)
{
  g_clear_pointer (&job->from, g_free);
  g_clear_pointer (&job->to, g_free);
  g_clear_pointer (&job->wire, g_bytes_unref);
}

static void
tell (ZbSmtpJob *job, ZbSmtpOutcome outcome, int code, const char *status, const char *words)
{
  g_autofree char *line = zb_error_line (words);
  ZbSmtpResult result = {outcome, job->stage, code, status, line};
  job->open = FALSE;
  job->calls->result (&job->message, &result, job->data);
}

gboolean
zb_smtp_job_next (ZbSmtpJob *job)
{
  while (job->left > 0) {
    g_autoptr (GError) why = NULL;
    job->left--;
    job->message = (ZbSmtpMessage){NULL};
    if (!job->calls->next (&job->message, job->data))
      break;
    zb_smtp_job_clear (job);
    job->stage = ZB_SMTP_AT_CHECK;
    job->committed = FALSE;
    job->open = TRUE;
    gboolean good = zb_mailbox_parse (job->message.from, &job->from, &why) &&
                    zb_mailbox_parse (job->message.to, &job->to, &why);
    job->wire = good ? to_wire (job->message.bytes, &why) : NULL;
    if (job->wire != NULL) {
      job->stage = ZB_SMTP_AT_CONNECT;
      return TRUE;
    }
    tell (job, ZB_SMTP_FAILED, 0, NULL, why->message);
  }
  job->left = 0;
  return FALSE;
}

gboolean
zb_smtp_job_commit (ZbSmtpJob *job)
{
  if (!job->committed)
    job->committed = job->calls->commit (&job->message, job->data);
  return job->committed;
}

void
zb_smtp_job_reply (ZbSmtpJob *job, int code, const char *status, const char *words)
{
  gboolean at_end = job->stage == ZB_SMTP_AT_DATA && job->committed;
  /* A 2xx to data whose end was not committed cannot be; were it to, the message might be on its way. */
  gboolean gone = job->committed || (job->stage == ZB_SMTP_AT_DATA && code / 100 == 2);
  ZbSmtpOutcome outcome = gone ? ZB_SMTP_UNCERTAIN : ZB_SMTP_NOT_SENT;
  if (code / 100 == 2 && at_end)
    outcome = ZB_SMTP_SENT;
  else if (code / 100 == 5)
    outcome = ZB_SMTP_FAILED;
  else if (code / 100 == 4 &&
           (code != 421 || at_end)) /* 421 elsewhere: the server leaves, it says nothing of us */
    outcome = ZB_SMTP_DEFERRED;
  tell (job, outcome, code, status, words);
}

void
zb_smtp_job_lost (ZbSmtpJob *job, const char *words)
{
  if (job->open)
    tell (job, job->committed ? ZB_SMTP_UNCERTAIN : ZB_SMTP_NOT_SENT, 0, NULL,
          words != NULL ? words : "the connection was lost");
}

static gboolean
run (ZbSmtpServer *server, ZbSmtpJob *job, char **tls, GError **error)
{
  gboolean done = server->implicit_tls ? zb_smtp_tls_session (server, job, tls, error)
                                       : zb_smtp_plain_session (server, job, tls, error);
  zb_smtp_job_clear (job);
  return done;
}

gboolean
zb_smtp_session (ZbSmtpServer *server, guint messages, const ZbSmtpCalls *calls, gpointer data,
                 GError **error)
{
  ZbSmtpJob job = {
      .server = server, .calls = calls, .data = data, .left = messages > 0 ? messages : SESSION_MESSAGES};
  return run (server, &job, NULL, error);
}

gboolean
zb_smtp_probe (ZbSmtpServer *server, char **words, GError **error)
{
  ZbSmtpJob job = {.server = server};
  return run (server, &job, words, error);
}
