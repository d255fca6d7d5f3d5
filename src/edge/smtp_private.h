/* What the files of edge/smtp share. */
#pragma once
#include "zhoubao/edge/smtp.h"

#define ZB_SMTP_CONNECT_MS 10000
/* RFC 5321 §4.5.3.2.6; a shorter wait after the end mark makes duplicates (RFC 1047). */
#define ZB_SMTP_END_MS (10 * 60 * 1000)
/* A stalled peer must end the connection before libesmtp's wait for a writable socket does: after that wait
   it would go on writing with a hole in the message. */
#define ZB_SMTP_STALLED_MS 120000

struct ZbSmtpServer {
  char *name; /* smtp://host:port */
  char *host, *user, *password, *helo;
  int port;
  gboolean implicit_tls; /* smtps */
  gboolean plaintext;    /* STARTTLS is used where offered, not asked for */
  gboolean verify;       /* FALSE: an address of this machine itself, whose certificate proves nothing */
  gpointer tls;          /* SSL_CTX *, of smtp:// */
};

/* One message on its way, in whichever library: its fate is told once. */
typedef struct {
  const ZbSmtpServer *server;
  const ZbSmtpCalls *calls;
  gpointer data;
  guint left; /* messages that may still be asked for */
  ZbSmtpMessage message;
  char *from, *to;    /* as they go on the wire */
  GBytes *wire;       /* the message with CRLF */
  gboolean open;      /* it has had no result yet */
  gboolean committed; /* COMMIT said yes: the end mark may have been sent */
  ZbSmtpStage stage;  /* what the server was asked last */
} ZbSmtpJob;

/* Asks for the next message that can go out; those that cannot are told as failed. */
gboolean zb_smtp_job_next (ZbSmtpJob *job);
/* The caller's COMMIT, asked once a message. */
gboolean zb_smtp_job_commit (ZbSmtpJob *job);
/* Tells the fate by the server's reply CODE at the job's stage. STATUS may be NULL, WORDS are cleaned. */
void zb_smtp_job_reply (ZbSmtpJob *job, int code, const char *status, const char *words);
/* Tells that the connection is gone, with the last WORDS known. */
void zb_smtp_job_lost (ZbSmtpJob *job, const char *words);
void zb_smtp_job_clear (ZbSmtpJob *job);

gboolean zb_smtp_plain_session (const ZbSmtpServer *server, ZbSmtpJob *job, char **tls, GError **error);
gboolean zb_smtp_tls_session (const ZbSmtpServer *server, ZbSmtpJob *job, char **tls, GError **error);

/* smtp_context.c: the SSL_CTX of STARTTLS. */
gpointer zb_smtp_context_new (const ZbSmtpServer *server, GError **error);
void zb_smtp_context_free (gpointer context);

/* smtp_dial.c: what libesmtp's connect() does while this thread dials. */
void zb_smtp_dial_begin (int timeout_ms);
int zb_smtp_dial_end (void);     /* the descriptor that was connected last, or -1 */
void zb_smtp_quick_ack (int fd); /* acknowledges at once; to be said again before each pair of replies */

/* smtp_hold.c: what libesmtp's write() does while this thread holds a message back: what is written to FD
   waits, about SIZE bytes of it, and goes out at once at its release. FALSE: the connection is gone. */
void zb_smtp_hold (int fd, gsize size);
gboolean zb_smtp_hold_release (void) G_GNUC_WARN_UNUSED_RESULT;
void zb_smtp_hold_end (void); /* what is held is dropped */
