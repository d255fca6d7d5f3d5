/* smtps:// (TLS from the first byte, port 465) through libcurl. */
#include "smtp_private.h"

#include "zhoubao/base/error.h"
#include <curl/curl.h>

typedef struct {
  ZbSmtpJob *job;
  CURL *curl;
  gsize sent;    /* bytes given to curl */
  GString *last; /* the server's last line, or its refusal */
  char problem[CURL_ERROR_SIZE];
} Session;

/* curl knows the size, so it writes the end mark after the last bytes without asking again. */
static size_t
give_bytes (char *buffer, size_t unit, size_t count, void *data)
{
  Session *s = data;
  gsize size = 0;
  const char *bytes = g_bytes_get_data (s->job->wire, &size);
  gsize n = MIN (unit * count, size - s->sent);
  s->job->stage = ZB_SMTP_AT_DATA;
  if (s->sent + n == size && !zb_smtp_job_commit (s->job))
    return CURL_READFUNC_ABORT;
  memcpy (buffer, bytes + s->sent, n);
  s->sent += n;
  return n;
}

/* Replies come as header lines; a refusal stays, for curl takes its leave (QUIT) after one. */
static size_t
take_line (char *line, size_t unit, size_t count, void *data)
{
  Session *s = data;
  if (s->last->len > 0 && s->last->str[0] >= '4')
    return unit * count;
  g_string_truncate (s->last, 0);
  g_string_append_len (s->last, line, (gssize)MIN (unit * count, 500));
  return unit * count;
}

static size_t
drop_body (char *bytes, size_t unit, size_t count, void *data)
{
  return unit * count;
}

static void
set_up (Session *s)
{
  const ZbSmtpServer *server = s->job->server;
  g_autofree char *url = g_strdup_printf ("%s/%s", server->name, server->helo != NULL ? server->helo : "");
  const char *authorities = g_getenv ("SSL_CERT_FILE");
  curl_easy_setopt (s->curl, CURLOPT_URL, url);
  curl_easy_setopt (s->curl, CURLOPT_PROTOCOLS_STR, "smtps");
  curl_easy_setopt (s->curl, CURLOPT_PROXY, "");
  curl_easy_setopt (s->curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (s->curl, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt (s->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)ZB_SMTP_CONNECT_MS);
  curl_easy_setopt (s->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)(ZB_SMTP_END_MS / 1000));
  curl_easy_setopt (s->curl, CURLOPT_SSL_VERIFYPEER, server->verify ? 1L : 0L);
  curl_easy_setopt (s->curl, CURLOPT_SSL_VERIFYHOST, server->verify ? 2L : 0L);
  if (authorities != NULL)
    curl_easy_setopt (s->curl, CURLOPT_CAINFO, authorities);
  if (server->user != NULL) {
    curl_easy_setopt (s->curl, CURLOPT_USERNAME, server->user);
    curl_easy_setopt (s->curl, CURLOPT_PASSWORD, server->password);
    curl_easy_setopt (s->curl, CURLOPT_SASL_IR, 1L);
  }
  curl_easy_setopt (s->curl, CURLOPT_ERRORBUFFER, s->problem);
  curl_easy_setopt (s->curl, CURLOPT_HEADERFUNCTION, take_line);
  curl_easy_setopt (s->curl, CURLOPT_HEADERDATA, s);
  curl_easy_setopt (s->curl, CURLOPT_WRITEFUNCTION, drop_body);
}

/* "550 5.1.1 no such user" without code and status; STATUS gets "5.1.1" or NULL. */
static const char *
split_reply (const char *line, char **status)
{
  const char *words = strlen (line) > 4 ? line + 4 : "";
  gsize n = strspn (words, "0123456789.");
  gboolean is_status = n >= 5 && words[1] == '.' && words[n] == ' ' && strchr ("245", words[0]) != NULL;
  *status = is_status ? g_strndup (words, n) : NULL;
  return is_status ? words + n + 1 : words;
}

/* The stage at which curl stopped; it names no command but in its words. */
static ZbSmtpStage
stage_of (Session *s, CURLcode code)
{
  if (s->job->stage == ZB_SMTP_AT_DATA)
    return ZB_SMTP_AT_DATA;
  if (g_str_has_prefix (s->problem, "MAIL failed"))
    return ZB_SMTP_AT_MAIL;
  if (g_str_has_prefix (s->problem, "RCPT failed"))
    return ZB_SMTP_AT_RCPT;
  if (g_str_has_prefix (s->problem, "DATA failed"))
    return ZB_SMTP_AT_DATA;
  return ZB_SMTP_AT_CONNECT;
}

/* TRUE where the connection can take another message. */
static gboolean
tell_fate (Session *s, CURLcode code)
{
  g_autofree char *status = NULL;
  long reply = 0;
  curl_easy_getinfo (s->curl, CURLINFO_RESPONSE_CODE, &reply);
  const char *words = split_reply (s->last->str, &status);
  gboolean replied = reply >= 200 && (code == CURLE_OK || code == CURLE_SEND_ERROR ||
                                      code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_REMOTE_ACCESS_DENIED);
  s->job->stage = stage_of (s, code);
  if (replied && (code == CURLE_OK) == (reply / 100 == 2) && s->job->stage != ZB_SMTP_AT_CONNECT) {
    zb_smtp_job_reply (s->job, (int)reply, status, words);
    return reply != 421;
  }
  zb_smtp_job_lost (s->job, *s->problem != '\0' ? s->problem : curl_easy_strerror (code));
  return FALSE;
}

static CURLcode
send_one (Session *s)
{
  ZbSmtpJob *job = s->job;
  g_autofree char *from = g_strdup_printf ("<%s>", job->from);
  g_autofree char *to = g_strdup_printf ("<%s>", job->to);
  struct curl_slist *recipients = curl_slist_append (NULL, to);
  s->sent = 0;
  s->problem[0] = '\0';
  g_string_truncate (s->last, 0);
  curl_easy_setopt (s->curl, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (s->curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt (s->curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (s->curl, CURLOPT_READFUNCTION, give_bytes);
  curl_easy_setopt (s->curl, CURLOPT_READDATA, s);
  curl_easy_setopt (s->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)g_bytes_get_size (job->wire));
  CURLcode code = curl_easy_perform (s->curl);
  curl_slist_free_all (recipients);
  return code;
}

static CURLcode
probe (Session *s, char **tls)
{
  curl_easy_setopt (s->curl, CURLOPT_NOBODY, 1L);
  curl_easy_setopt (s->curl, CURLOPT_CUSTOMREQUEST, "NOOP");
  CURLcode code = curl_easy_perform (s->curl);
  *tls = g_strdup ("TLS from the first byte");
  return code;
}

gboolean
zb_smtp_tls_session (const ZbSmtpServer *server, ZbSmtpJob *job, char **tls, GError **error)
{
  Session s = {.job = job, .curl = curl_easy_init (), .last = g_string_new (NULL)};
  CURLcode code = CURLE_OK;
  gboolean going = TRUE, held_back = FALSE;
  set_up (&s);
  if (job->calls == NULL)
    code = probe (&s, tls);
  while (job->calls != NULL && going && zb_smtp_job_next (job)) {
    code = send_one (&s);
    held_back = code == CURLE_ABORTED_BY_CALLBACK;
    going = tell_fate (&s, code);
  }
  gboolean done = held_back || (job->calls == NULL ? code == CURLE_OK : going);
  if (!done)
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s", server->name,
                 *s.problem != '\0' ? s.problem : curl_easy_strerror (code));
  curl_easy_cleanup (s.curl);
  g_string_free (s.last, TRUE);
  return done;
}
