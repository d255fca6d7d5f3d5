/* Sending mail over SMTP, one recipient a message, so that every message's fate is known.

   smtp:// goes through libesmtp (STARTTLS verified), smtps:// through libcurl; both behave alike:
   - The caller is asked for the next message when the last one's fate has been told.
   - Before the mark that ends a message (the final dot, BDAT LAST) COMMIT is called: what it wrote to disk
     by then holds for a message that may from now on have been accepted (RFC 1047).
   - RESULT is called at once after the server's reply, before the next command.
   All calls come from the thread that runs the session and may block; a server that tires of waiting says
   421, which is told as "not sent". Sessions of several threads run side by side. */
#pragma once
#include <glib.h>

typedef enum {
  ZB_SMTP_SENT,      /* 2xx to the whole message */
  ZB_SMTP_DEFERRED,  /* 4xx: try again later */
  ZB_SMTP_FAILED,    /* 5xx, or refused by ourselves (ZB_SMTP_AT_CHECK): do not try again */
  ZB_SMTP_UNCERTAIN, /* the connection broke after the end mark: it may have been accepted */
  ZB_SMTP_NOT_SENT   /* the connection broke before, or COMMIT said no: it was not accepted */
} ZbSmtpOutcome;

/* Where the fate was decided; up to and with MAIL it tells of the relay, later of the recipient. */
typedef enum {
  ZB_SMTP_AT_CHECK,   /* our own look at addresses and bytes */
  ZB_SMTP_AT_CONNECT, /* connecting, greeting, TLS, login */
  ZB_SMTP_AT_MAIL,    /* MAIL FROM */
  ZB_SMTP_AT_RCPT,    /* RCPT TO */
  ZB_SMTP_AT_DATA     /* DATA, BDAT and the reply to their end */
} ZbSmtpStage;

typedef struct {
  ZbSmtpOutcome outcome;
  ZbSmtpStage stage;
  int code;           /* 250, 421, 550; 0: the server did not say */
  const char *status; /* "5.1.1" (RFC 3463), or NULL */
  const char *words;  /* the server's or ours, one line of UTF-8 */
} ZbSmtpResult;

typedef struct {
  const char *from;  /* the return path */
  const char *to;    /* the one recipient */
  const char *envid; /* RFC 3461, or NULL: without DSN parameters */
  GBytes *bytes;     /* the whole message; line ends become CRLF */
  gpointer tag;      /* the caller's own */
} ZbSmtpMessage;

/* DATA is zb_smtp_session's. What NEXT puts into MESSAGE must live until RESULT returns. */
typedef struct {
  /* FALSE: nothing more, the session ends politely. */
  gboolean (*next) (ZbSmtpMessage *message, gpointer data);
  /* FALSE: the message must not go out; the connection is dropped before the end mark. */
  gboolean (*commit) (const ZbSmtpMessage *message, gpointer data);
  void (*result) (const ZbSmtpMessage *message, const ZbSmtpResult *result, gpointer data);
} ZbSmtpCalls;

typedef struct ZbSmtpServer ZbSmtpServer;

/* URL is smtp://user:password@host:port or smtps://…; ports are 25 and 465 unless said. With PLAINTEXT,
   smtp:// goes on where the server offers no STARTTLS; without, it refuses to. Certificates are checked
   against the system's authorities, or the file that the environment's SSL_CERT_FILE names. HELO is the
   name that the server is greeted with, or NULL for this machine's. May be used by many threads.
   (transfer full) */
ZbSmtpServer *zb_smtp_server_new (const char *url, gboolean plaintext, const char *helo, GError **error);
void zb_smtp_server_free (ZbSmtpServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbSmtpServer, zb_smtp_server_free)

/* "smtp://host:port", without the password. Borrowed. */
const char *zb_smtp_server_name (const ZbSmtpServer *server);

/* Connects and sends what NEXT gives, at most MESSAGES of them (0: as many as suit the library, about 100).
   TRUE where the relay did its part, whatever it said of the messages. FALSE with ERROR: it could not be
   reached, refused us, said 421, spoke nonsense, or fell silent; the message that was under way
   has had its RESULT. NEXT is asked before the connection is made, so that no empty session is. */
gboolean zb_smtp_session (ZbSmtpServer *server, guint messages, const ZbSmtpCalls *calls, gpointer data,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Greets and logs in to the relay and leaves again: what `doctor` says of it. WORDS gets the kind of TLS in
   use, as "TLSv1.2, ECDHE-RSA-AES256-GCM-SHA384", or "no TLS". (out) (transfer full) */
gboolean zb_smtp_probe (ZbSmtpServer *server, char **words, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether BYTES may go out as they are: CRLF line ends only, no NUL, no line over 998 octets, a header. */
gboolean zb_smtp_check_bytes (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
