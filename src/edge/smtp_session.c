/* smtp:// through libesmtp 1.1, with its faults worked around; each workaround names its fault. */
#include "smtp_private.h"

#include "zhoubao/base/error.h"
#include <errno.h>
/* clang-format off: libesmtp declares smtp_auth_set_context only after auth-client.h */
#include <auth-client.h>
#include <libesmtp.h>
/* clang-format on */
#include <openssl/ssl.h>
#include <sys/socket.h>

/* Exported, but its header hides it from every OpenSSL since 1.1. */
int smtp_starttls_set_ctx (smtp_session_t session, SSL_CTX *ctx);

#define GREETING_MS 60000

typedef struct {
  ZbSmtpJob *job;
  smtp_session_t handle;
  smtp_message_t message; /* the one that the job is about */
  auth_context_t auth;
  int fd;
  gboolean handed;    /* the bytes of the message were given away */
  gboolean held_back; /* COMMIT said no */
  gboolean ready;     /* greeted and logged in: MAIL is allowed */
  gboolean login_sent, logged_in;
  gboolean chunking, pipelining; /* as the server offers them */
  char *tls;                     /* kind of TLS in use */
  char *trouble;                 /* why the session had to end, in words */
  GString *last;                 /* the server's last line, up to MAIL */
  GPtrArray *letters;            /* of Letter */
} Session;

/* What a message's callback is told; libesmtp may ask for one that was refused when the next is already
 * there. */
typedef struct {
  Session *session;
  smtp_message_t message;
} Letter;

/* Ends the session at once: libesmtp has no way to, and takes the end of file for a lost connection. */
static void
drop (Session *s, const char *why)
{
  if (s->trouble == NULL && why != NULL)
    s->trouble = zb_error_line (why);
  s->job->left = 0;
  if (s->fd >= 0)
    shutdown (s->fd, SHUT_RDWR);
}

/* Neither the server nor the kernel need wake for each piece that libesmtp writes. With BDAT but without
   pipelining it waits for a reply between a message's pieces: then nothing may be held. */
static void
gather_pieces (Session *s, gsize size)
{
  if (s->pipelining || !s->chunking)
    zb_smtp_hold (s->fd, size);
}

/* libesmtp asks for all bytes, then once more: that is the moment before the end mark (final dot or BDAT 0
   LAST). An errno other than 0 makes it drop the connection; so every callback leaves 0 but to that end. */
static const char *
give_bytes (void **context, int *length, void *data)
{
  Letter *letter = data;
  Session *s = letter->session;
  if (length == NULL) {
    s->handed = FALSE;
    errno = 0;
    return NULL;
  }
  *length = 0;
  if (!zb_smtp_hold_release ()) {
    drop (s, "the connection was lost");
    errno = EPIPE;
    return NULL;
  }
  errno = 0;
  /* Refused at RCPT while BDAT was under way: nothing goes, the server will say no to the end. */
  if (letter->message != s->message || !s->job->open)
    return NULL;
  if (!s->handed) {
    gsize size = 0;
    const char *bytes = g_bytes_get_data (s->job->wire, &size);
    s->handed = TRUE;
    *length = (int)size;
    gather_pieces (s, size);
    errno = 0;
    return bytes;
  }
  s->job->stage = ZB_SMTP_AT_DATA;
  s->held_back = !zb_smtp_job_commit (s->job);
  if (s->held_back)
    drop (s, "held back before its end mark");
  zb_smtp_quick_ack (s->fd);
  errno = s->held_back ? ECANCELED : 0;
  return NULL;
}

static smtp_message_t
add_letter (Session *s)
{
  Letter *letter = g_new (Letter, 1);
  s->message = smtp_add_message (s->handle);
  *letter = (Letter){s, s->message};
  g_ptr_array_add (s->letters, letter);
  smtp_set_messagecb (s->message, give_bytes, letter);
  return s->message;
}

static gboolean
add_next (Session *s)
{
  ZbSmtpJob *job = s->job;
  if (!zb_smtp_job_next (job))
    return FALSE;
  smtp_message_t message = add_letter (s);
  if (s->ready)
    job->stage = ZB_SMTP_AT_MAIL;
  smtp_set_reverse_path (message, job->from);
  smtp_size_set_estimate (message, g_bytes_get_size (job->wire));
  smtp_recipient_t recipient = smtp_add_recipient (message, job->to);
  if (job->message.envid != NULL) {
    smtp_dsn_set_ret (message, Ret_HDRS);
    smtp_dsn_set_envid (message, job->message.envid);
    smtp_dsn_set_notify (recipient, Notify_FAILURE);
    smtp_dsn_set_orcpt (recipient, "rfc822", job->to);
  }
  return TRUE;
}

static void
tell_reply (Session *s, const smtp_status_t *reply)
{
  g_autofree char *status = NULL;
  if (reply->enh_class != 0)
    status = g_strdup_printf ("%d.%d.%d", reply->enh_class, reply->enh_subject, reply->enh_detail);
  zb_smtp_job_reply (s->job, reply->code, status, reply->text);
  /* 421 may come unasked and be taken for the reply to what was asked: whatever is read after it belongs
     elsewhere, so nothing is. With BDAT, a connection that is lost gets here too, as code 0. */
  if (reply->code == 421 || reply->code < 200 || reply->code >= 600)
    drop (s, reply->text != NULL ? reply->text : "the connection was lost");
}

static void
on_mail_status (Session *s, smtp_message_t message)
{
  const smtp_status_t *reply = smtp_reverse_path_status (message);
  s->job->stage = ZB_SMTP_AT_MAIL;
  if (reply->code / 100 != 2) {
    tell_reply (s, reply);
    if (s->trouble == NULL)
      add_next (s);
    return;
  }
  s->job->stage = ZB_SMTP_AT_RCPT;
  /* RCPT and DATA or BDAT go together now; a server that has Nagle's delay on keeps its second reply until we
     acknowledge the first, for 40 ms unless told to do so at once. */
  zb_smtp_quick_ack (s->fd);
}

static void
on_recipient_status (Session *s, smtp_recipient_t recipient)
{
  const smtp_status_t *reply = smtp_recipient_status (recipient);
  if (reply->code / 100 == 2) {
    s->job->stage = ZB_SMTP_AT_DATA;
    zb_smtp_quick_ack (s->fd); /* it may have come after the end mark went out; the last reply waits for it */
    return;
  }
  /* The next message must be there before the reply to DATA, which libesmtp has sent along, comes in. */
  s->job->stage = ZB_SMTP_AT_RCPT; /* with BDAT the end mark may be out already */
  tell_reply (s, reply);
  if (s->trouble == NULL)
    add_next (s);
}

/* Also fires where DATA is refused; the message's own status decides, the recipient's stays at 250. */
static void
on_message_end (Session *s, smtp_message_t message)
{
  const smtp_status_t *reply = smtp_message_transfer_status (message);
  if (message != s->message || !s->job->open) { /* refused before, at RCPT */
    if (reply->code == 421)
      drop (s, reply->text);
    return;
  }
  gboolean at_end = s->job->committed;
  tell_reply (s, reply);
  /* libesmtp looks for the next message after this event, but before it where DATA itself was refused. */
  if (s->trouble == NULL && at_end)
    add_next (s);
}

static void
on_certificate (Session *s, long result, int *ok)
{
  g_autofree char *why =
      g_strdup_printf ("the server's certificate is not valid: %s", X509_verify_cert_error_string (result));
  *ok = !s->job->server->verify;
  if (!*ok && s->trouble == NULL)
    s->trouble = g_steal_pointer (&why);
}

static void
on_event (smtp_session_t handle, int event, void *data, ...)
{
  Session *s = data;
  va_list args;
  if (event == SMTP_EV_MESSAGEDATA) { /* once a line */
    errno = 0;
    return;
  }
  va_start (args, data);
  switch (event) {
  case SMTP_EV_CONNECT:
    s->fd = zb_smtp_dial_end ();
    break;
  case SMTP_EV_DISCONNECT:
    s->fd = -1;
    zb_smtp_hold_end ();
    zb_smtp_dial_begin (ZB_SMTP_CONNECT_MS); /* libesmtp may go on to the host's next address */
    break;
  case SMTP_EV_MAILSTATUS:
    (void)va_arg (args, char *);
    on_mail_status (s, va_arg (args, smtp_message_t));
    break;
  case SMTP_EV_RCPTSTATUS:
    (void)va_arg (args, char *);
    on_recipient_status (s, va_arg (args, smtp_recipient_t));
    break;
  case SMTP_EV_MESSAGESENT:
    on_message_end (s, va_arg (args, smtp_message_t));
    break;
  case SMTP_EV_EXTNA_STARTTLS:
    if (s->trouble == NULL)
      s->trouble = g_strdup ("the server offers no STARTTLS (smtp.plaintext: true would do without)");
    break;
  case SMTP_EV_INVALID_PEER_CERTIFICATE: {
    long result = va_arg (args, long);
    on_certificate (s, result, va_arg (args, int *));
    break;
  }
  case SMTP_EV_WRONG_PEER_CERTIFICATE: /* OpenSSL has compared the name; libesmtp compares what DNS made of it
                                        */
    *va_arg (args, int *) = 1;
    break;
  case SMTP_EV_STARTTLS_OK: {
    SSL *ssl = va_arg (args, SSL *);
    g_free (s->tls);
    s->tls = g_strdup_printf ("%s, %s", SSL_get_version (ssl), SSL_get_cipher_name (ssl));
    break;
  }
  default:
    break;
  }
  va_end (args);
  errno = 0;
}

static void
on_read (Session *s, const char *bytes, int length)
{
  g_string_truncate (s->last, 0);
  g_string_append_len (s->last, bytes, MIN (length, 500));
  if (g_strstr_len (bytes, length, "CHUNKING") != NULL)
    s->chunking = TRUE;
  if (g_strstr_len (bytes, length, "PIPELINING") != NULL)
    s->pipelining = TRUE;
  if (s->login_sent && g_str_has_prefix (s->last->str, "235"))
    s->logged_in = TRUE;
}

/* Watches the talk up to the first MAIL. libesmtp goes on to MAIL after a login was refused, and says
 * nothing. */
static void
on_talk (const char *bytes, int length, int writing, void *data)
{
  Session *s = data;
  const ZbSmtpServer *server = s->job->server;
  if (s->ready || writing == SMTP_CB_HEADERS) {
    errno = 0;
    return;
  }
  if (!writing)
    on_read (s, bytes, length);
  else if (length >= 5 && strncmp (bytes, "EHLO ", 5) == 0) /* what was offered without TLS no longer holds */
    s->chunking = s->pipelining = FALSE;
  else if (length >= 5 && strncmp (bytes, "AUTH ", 5) == 0)
    s->login_sent = TRUE;
  else if (length >= 10 && strncmp (bytes, "MAIL FROM:", 10) == 0) {
    s->ready = server->user == NULL || s->logged_in;
    if (!s->ready) {
      g_autofree char *why = g_strdup_printf ("the login was refused: %s", s->last->str);
      drop (s, s->login_sent ? why : "the server offers no login that we know (PLAIN, LOGIN, CRAM-MD5)");
    } else if (s->job->calls == NULL)
      drop (s, NULL); /* a probe: all is known */
  }
  errno = 0;
}

static int
on_login (auth_client_request_t request, char **result, int fields, void *data)
{
  const ZbSmtpServer *server = data;
  for (int i = 0; i < fields; i++)
    result[i] = (request[i].flags & AUTH_USER) != 0   ? server->user
                : (request[i].flags & AUTH_PASS) != 0 ? server->password
                                                      : NULL;
  return 1;
}

static void
set_up (Session *s)
{
  const ZbSmtpServer *server = s->job->server;
  g_autofree char *where = strchr (server->host, ':') != NULL
                               ? g_strdup_printf ("[%s]:%d", server->host, server->port)
                               : g_strdup_printf ("%s:%d", server->host, server->port);
  smtp_set_server (s->handle, where);
  if (server->helo != NULL)
    smtp_set_hostname (s->handle, server->helo);
  smtp_set_eventcb (s->handle, on_event, s);
  smtp_set_monitorcb (s->handle, on_talk, s, 0);
  smtp_starttls_set_ctx (s->handle, server->tls);
  smtp_starttls_enable (s->handle, server->plaintext ? Starttls_ENABLED : Starttls_REQUIRED);
  smtp_set_timeout (s->handle, Timeout_GREETING | Timeout_OVERRIDE_RFC2822_MINIMUM, GREETING_MS);
  smtp_set_timeout (s->handle, Timeout_DATA2, ZB_SMTP_END_MS);
  if (server->user != NULL) {
    s->auth = auth_create_context ();
    auth_set_mechanism_flags (s->auth, AUTH_PLUGIN_PLAIN, 0);
    auth_set_interact_cb (s->auth, on_login, (void *)server);
    smtp_auth_set_context (s->handle, s->auth);
  }
}

static char *
library_words (void)
{
  char text[256];
  int code = smtp_errno ();
  return g_strdup (code != 0 && smtp_strerror (code, text, sizeof text) != NULL ? text
                                                                                : "the connection was lost");
}

/* What went wrong with the session as a whole, NULL where nothing did. */
static char *
find_trouble (Session *s, gboolean ran)
{
  if (s->trouble != NULL)
    return g_strdup (s->trouble);
  if (ran && s->ready && !s->job->open)
    return NULL;
  if (s->last->len > 0 && !s->ready && g_ascii_isdigit (s->last->str[0]) && s->last->str[0] >= '4')
    return zb_error_line (s->last->str);
  return library_words ();
}

static void
clear (Session *s)
{
  smtp_destroy_session (s->handle);
  if (s->auth != NULL)
    auth_destroy_context (s->auth);
  g_string_free (s->last, TRUE);
  g_ptr_array_unref (s->letters);
  g_free (s->trouble);
  g_free (s->tls);
}

/* A probe needs a message to come as far as MAIL, where it ends. */
static void
add_nothing (Session *s)
{
  smtp_add_recipient (add_letter (s), "postmaster");
}

gboolean
zb_smtp_plain_session (const ZbSmtpServer *server, ZbSmtpJob *job, char **tls, GError **error)
{
  static gsize once;
  if (g_once_init_enter (&once)) {
    auth_client_init ();
    g_once_init_leave (&once, 1);
  }
  Session s = {.job = job,
               .handle = smtp_create_session (),
               .fd = -1,
               .last = g_string_new (NULL),
               .letters = g_ptr_array_new_with_free_func (g_free)};
  set_up (&s);
  if (job->calls == NULL)
    add_nothing (&s);
  else if (!add_next (&s)) {
    clear (&s);
    return TRUE;
  }
  zb_smtp_dial_begin (ZB_SMTP_CONNECT_MS);
  gboolean ran = smtp_start_session (s.handle) != 0;
  zb_smtp_dial_end ();
  g_autofree char *trouble = job->calls == NULL && s.ready ? NULL : find_trouble (&s, ran);
  zb_smtp_job_lost (job, trouble);
  if (tls != NULL)
    *tls = s.tls != NULL ? g_strdup (s.tls) : g_strdup ("no TLS");
  gboolean fine = trouble == NULL || s.held_back;
  clear (&s);
  if (fine)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s", server->name, trouble);
  return FALSE;
}
