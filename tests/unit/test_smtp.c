/* Every fate that a message can meet, against a small server that misbehaves on demand. */
#include "zhoubao/edge/smtp.h"

#include "zhoubao/base/error.h"
#include <gio/gio.h>

#define MESSAGE                                                                                              \
  "DKIM-Signature: v=1;\r\n\ta=b\r\nDate: Mon, 3 Jul 2017 08:00:00 +0800\r\nFrom: a@example.org\r\n"         \
  "To: =?utf-8?B?5byg5LiJ?= <b@example.org>\r\nSubject: x\r\nMessage-ID: <1@example.org>\r\n"                \
  "List-Unsubscribe: <https://example.org/u/1>\r\n\r\n.dot\r\n..two\r\nend\r\n"

/* How the server behaves; the first word of a command decides, N counts its messages from 1. */
typedef struct {
  const char *greeting;           /* NULL: 220 */
  const char *extensions;         /* after EHLO, each "250-…\r\n" */
  const char *mail, *rcpt, *data; /* replies, NULL: 250, 250, 354 */
  const char *end;                /* after the dot or BDAT LAST, NULL: 250; "drop": close */
  const char *idle;               /* said unasked once the first message is accepted */
  const char *auth;               /* NULL: 235 */
  guint fail_message;             /* the replies above hold for this message alone, 0: for all */
} Behaviour;

typedef struct {
  Behaviour how;
  GSocketListener *listener;
  GThread *thread;
  int port;
  GString *talk;     /* all commands */
  GPtrArray *bodies; /* of char *, unstuffed, those accepted */
  guint count, connections;
  gboolean stop;
} Sink;

static gboolean
say (GOutputStream *out, const char *line)
{
  g_autofree char *whole = g_strconcat (line, "\r\n", NULL);
  return g_output_stream_write_all (out, whole, strlen (whole), NULL, NULL, NULL);
}

static gboolean
is_for_this (Sink *sink, const char *reply)
{
  return reply != NULL && (sink->how.fail_message == 0 || sink->how.fail_message == sink->count);
}

/* Reads up to the final dot; NULL where the client left. */
static char *
read_data (GDataInputStream *in)
{
  g_autoptr (GString) body = g_string_new (NULL);
  for (;;) {
    g_autofree char *line = g_data_input_stream_read_line (in, NULL, NULL, NULL);
    if (line == NULL)
      return NULL;
    if (g_str_equal (line, "."))
      return g_string_free (g_steal_pointer (&body), FALSE);
    g_string_append_printf (body, "%s\r\n", *line == '.' ? line + 1 : line);
  }
}

static gboolean
end_message (Sink *sink, GOutputStream *out, const char *body)
{
  const char *end = is_for_this (sink, sink->how.end) ? sink->how.end : "250 2.0.0 kept";
  if (g_str_equal (end, "drop"))
    return FALSE;
  if (*end == '2')
    g_ptr_array_add (sink->bodies, g_strdup (body));
  gboolean going = say (out, end);
  if (sink->how.idle != NULL && sink->count == 1)
    say (out, sink->how.idle);
  return going && !g_str_has_prefix (end, "421");
}

static gboolean
on_chunk (Sink *sink, GDataInputStream *in, GOutputStream *out, const char *line, GString *held)
{
  gsize size = (gsize)g_ascii_strtoull (line + 5, NULL, 10);
  g_autofree char *bytes = g_malloc (size + 1);
  gsize got = 0;
  if (!g_input_stream_read_all (G_INPUT_STREAM (in), bytes, size, &got, NULL, NULL) || got < size)
    return FALSE;
  g_string_append_len (held, bytes, (gssize)size);
  if (strstr (line, "LAST") == NULL)
    return say (out, "250 2.0.0 chunk");
  g_autofree char *body = g_strdup (held->str);
  g_string_truncate (held, 0);
  return end_message (sink, out, body);
}

static gboolean
on_command (Sink *sink, GDataInputStream *in, GOutputStream *out, const char *line, GString *held)
{
  g_string_append_printf (sink->talk, "%s\n", line);
  if (g_str_has_prefix (line, "EHLO")) {
    g_autofree char *reply =
        g_strconcat ("250-sink\r\n", sink->how.extensions != NULL ? sink->how.extensions : "",
                     "250 ENHANCEDSTATUSCODES", NULL);
    return say (out, reply);
  }
  if (g_str_has_prefix (line, "AUTH"))
    return say (out, sink->how.auth != NULL ? sink->how.auth : "235 2.7.0 in");
  sink->count += g_str_has_prefix (line, "MAIL");
  if (g_str_has_prefix (line, "MAIL"))
    return say (out, is_for_this (sink, sink->how.mail) ? sink->how.mail : "250 2.1.0 ok");
  if (g_str_has_prefix (line, "RCPT"))
    return say (out, is_for_this (sink, sink->how.rcpt) ? sink->how.rcpt : "250 2.1.5 ok");
  if (g_str_has_prefix (line, "BDAT"))
    return on_chunk (sink, in, out, line, held);
  if (g_str_has_prefix (line, "QUIT"))
    return FALSE;
  if (!g_str_has_prefix (line, "DATA"))
    return say (out, "250 2.0.0 ok");
  const char *reply = is_for_this (sink, sink->how.data) ? sink->how.data : "354 go";
  if (!say (out, reply) || *reply != '3')
    return *reply != '3';
  g_autofree char *body = read_data (in);
  return body != NULL && end_message (sink, out, body);
}

static gpointer
serve (gpointer data)
{
  Sink *sink = data;
  for (;;) {
    g_autoptr (GSocketConnection) c = g_socket_listener_accept (sink->listener, NULL, NULL, NULL);
    if (c == NULL || sink->stop)
      return NULL;
    sink->connections++;
    g_autoptr (GString) held = g_string_new (NULL);
    g_autoptr (GDataInputStream) in =
        g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (c)));
    GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (c));
    g_data_input_stream_set_newline_type (in, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
    gboolean going = say (out, sink->how.greeting != NULL ? sink->how.greeting : "220 sink");
    while (going) {
      g_autofree char *line = g_data_input_stream_read_line (in, NULL, NULL, NULL);
      going = line != NULL && on_command (sink, in, out, line, held);
    }
    g_io_stream_close (G_IO_STREAM (c), NULL, NULL);
  }
}

static Sink *
sink_new (Behaviour how)
{
  g_autoptr (GError) error = NULL;
  Sink *sink = g_new0 (Sink, 1);
  sink->how = how;
  sink->talk = g_string_new (NULL);
  sink->bodies = g_ptr_array_new_with_free_func (g_free);
  sink->listener = g_socket_listener_new ();
  sink->port = g_socket_listener_add_any_inet_port (sink->listener, NULL, &error);
  g_assert_no_error (error);
  sink->thread = g_thread_new ("sink", serve, sink);
  return sink;
}

static void
sink_free (Sink *sink)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  sink->stop = TRUE;
  g_autoptr (GSocketConnection) c =
      g_socket_client_connect_to_host (client, "127.0.0.1", (guint16)sink->port, NULL, NULL);
  g_thread_join (sink->thread);
  g_object_unref (sink->listener);
  g_string_free (sink->talk, TRUE);
  g_ptr_array_unref (sink->bodies);
  g_free (sink);
}

/* What the sender saw: "commit 1", "sent 250 2.0.0", … one a line. */
typedef struct {
  const char *const *to; /* ended by NULL */
  const char *bytes;
  guint next;
  guint hold_back; /* the message that COMMIT refuses, from 1 */
  GString *log;
  GBytes *held;
} Sender;

static const char *const outcomes[] = {"sent", "deferred", "failed", "uncertain", "not_sent"};

static gboolean
give_next (ZbSmtpMessage *message, gpointer data)
{
  Sender *s = data;
  if (s->to[s->next] == NULL)
    return FALSE;
  g_clear_pointer (&s->held, g_bytes_unref);
  s->held = g_bytes_new_static (s->bytes, strlen (s->bytes));
  *message = (ZbSmtpMessage){"bounce+1@example.org", s->to[s->next], "1.ab", s->held, NULL};
  s->next++;
  return TRUE;
}

static gboolean
note_commit (const ZbSmtpMessage *message, gpointer data)
{
  Sender *s = data;
  g_string_append_printf (s->log, "commit %u\n", s->next);
  return s->hold_back != s->next;
}

static void
note_result (const ZbSmtpMessage *message, const ZbSmtpResult *r, gpointer data)
{
  Sender *s = data;
  g_string_append_printf (s->log, "%s %d %s @%d\n", outcomes[r->outcome], r->code,
                          r->status != NULL ? r->status : "-", r->stage);
}

static const ZbSmtpCalls calls = {give_next, note_commit, note_result};
static const char *const two[] = {"one@example.org", "two@example.org", NULL};

/* Sends to everybody of S, with a new session as long as there is somebody left; returns the first error. */
static char *
run (Sink *sink, Sender *s, const char *userinfo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strdup_printf ("smtp://%s127.0.0.1:%d", userinfo, sink->port);
  g_autoptr (ZbSmtpServer) server = zb_smtp_server_new (url, FALSE, "here.example.org", &error);
  g_assert_no_error (error);
  char *first = NULL;
  s->log = g_string_new (NULL);
  if (s->bytes == NULL)
    s->bytes = MESSAGE;
  for (guint i = 0; i < 4 && s->to[s->next] != NULL; i++) {
    g_clear_error (&error);
    if (!zb_smtp_session (server, 0, &calls, s, &error) && first == NULL)
      first = g_strdup (error->message);
  }
  g_clear_pointer (&s->held, g_bytes_unref);
  return first;
}

static void
check (Behaviour how, const char *const *to, guint hold_back, const char *log, const char *trouble)
{
  Sink *sink = sink_new (how);
  Sender s = {.to = to, .hold_back = hold_back};
  g_autofree char *error = run (sink, &s, "");
  g_assert_cmpstr (s.log->str, ==, log);
  if (trouble == NULL)
    g_assert_cmpstr (error, ==, NULL);
  else
    g_assert_nonnull (error != NULL ? strstr (error, trouble) : NULL);
  g_string_free (s.log, TRUE);
  sink_free (sink);
}

#define BOTH_SENT "commit 1\nsent 250 2.0.0 @4\ncommit 2\nsent 250 2.0.0 @4\n"
#define CHUNKING "250-PIPELINING\r\n250-CHUNKING\r\n"

static void
test_bytes_arrive_as_they_are_by_data_and_by_bdat (void)
{
  static const char *const extensions[] = {"", "250-PIPELINING\r\n250-SIZE 1000000\r\n", CHUNKING};
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++) {
    Sink *sink = sink_new ((Behaviour){.extensions = extensions[i]});
    Sender s = {.to = two};
    g_autofree char *error = run (sink, &s, "");
    g_assert_cmpstr (error, ==, NULL);
    g_assert_cmpstr (s.log->str, ==, BOTH_SENT);
    g_assert_cmpuint (sink->bodies->len, ==, 2);
    g_assert_cmpstr (g_ptr_array_index (sink->bodies, 1), ==, MESSAGE);
    g_assert_cmpuint (sink->connections, ==, 1);
    g_assert_nonnull (strstr (sink->talk->str, "EHLO here.example.org\nMAIL FROM:<bounce+1@example.org>"));
    g_assert_true ((strstr (sink->talk->str, "BDAT 0 LAST") != NULL) == (i == 2));
    g_string_free (s.log, TRUE);
    sink_free (sink);
  }
}

static void
test_dsn_is_asked_for_where_it_is_offered (void)
{
  Sink *sink = sink_new ((Behaviour){.extensions = "250-DSN\r\n"});
  Sender s = {.to = two};
  g_autofree char *error = run (sink, &s, "");
  g_assert_cmpstr (error, ==, NULL);
  g_assert_nonnull (strstr (sink->talk->str, "MAIL FROM:<bounce+1@example.org> RET=HDRS ENVID=1.ab\n"));
  g_assert_nonnull (
      strstr (sink->talk->str, "RCPT TO:<one@example.org> NOTIFY=FAILURE ORCPT=rfc822;one@example.org\n"));
  g_string_free (s.log, TRUE);
  sink_free (sink);
}

static void
test_a_refused_recipient_leaves_the_next_alone (void)
{
  static const char *const extensions[] = {"", "250-PIPELINING\r\n"};
  for (guint i = 0; i < 2; i++) {
    check ((Behaviour){.extensions = extensions[i],
                       .rcpt = "550 5.1.1 nobody",
                       .data = "503 5.5.1 nobody",
                       .fail_message = 1},
           two, 0, "failed 550 5.1.1 @3\ncommit 2\nsent 250 2.0.0 @4\n", NULL);
    check ((Behaviour){.extensions = extensions[i],
                       .rcpt = "450 4.2.1 later",
                       .data = "503 5.5.1 nobody",
                       .fail_message = 1},
           two, 0, "deferred 450 4.2.1 @3\ncommit 2\nsent 250 2.0.0 @4\n", NULL);
  }
}

static void
test_a_refusal_counts_where_bdat_was_pipelined (void)
{
  Sink *sink = sink_new ((Behaviour){
      .extensions = CHUNKING, .rcpt = "550 5.1.1 nobody", .end = "554 5.5.1 nobody", .fail_message = 1});
  Sender s = {.to = two};
  g_autofree char *error = run (sink, &s, "");
  g_assert_cmpstr (error, ==, NULL);
  g_assert_nonnull (strstr (s.log->str, "failed 550 5.1.1 @3\n"));
  g_assert_true (g_str_has_suffix (s.log->str, "commit 2\nsent 250 2.0.0 @4\n"));
  g_string_free (s.log, TRUE);
  sink_free (sink);
}

static void
test_refusals_of_mail_data_and_the_end_are_told_apart (void)
{
  const char *const *to = two;
  check ((Behaviour){.mail = "550 5.7.1 not you", .fail_message = 0}, to, 0,
         "failed 550 5.7.1 @2\nfailed 550 5.7.1 @2\n", NULL);
  check ((Behaviour){.data = "451 4.3.0 no"}, to, 0, "deferred 451 4.3.0 @4\ndeferred 451 4.3.0 @4\n", NULL);
  check ((Behaviour){.end = "451 4.7.1 grey", .fail_message = 1}, to, 0,
         "commit 1\ndeferred 451 4.7.1 @4\ncommit 2\nsent 250 2.0.0 @4\n", NULL);
  check ((Behaviour){.end = "554 5.7.1 spam", .fail_message = 1}, to, 0,
         "commit 1\nfailed 554 5.7.1 @4\ncommit 2\nsent 250 2.0.0 @4\n", NULL);
}

static void
test_a_connection_lost_after_the_dot_is_uncertain (void)
{
  static const char *const extensions[] = {"", "250-PIPELINING\r\n", CHUNKING};
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    check ((Behaviour){.extensions = extensions[i], .end = "drop", .fail_message = 1}, two, 0,
           "commit 1\nuncertain 0 - @4\ncommit 2\nsent 250 2.0.0 @4\n", "127.0.0.1");
}

static void
test_an_unasked_421_belongs_to_no_message (void)
{
  check ((Behaviour){.idle = "421 4.4.2 tired"}, two, 0,
         "commit 1\nsent 250 2.0.0 @4\nnot_sent 421 4.4.2 @2\n", "tired");
}

static void
test_a_message_held_back_never_ends (void)
{
  static const char *const extensions[] = {"", "250-PIPELINING\r\n", CHUNKING};
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++) {
    Sink *sink = sink_new ((Behaviour){.extensions = extensions[i]});
    Sender s = {.to = two, .hold_back = 1};
    g_autofree char *error = run (sink, &s, "");
    g_assert_cmpstr (error, ==, NULL);
    g_assert_cmpstr (s.log->str, ==, "commit 1\nnot_sent 0 - @4\ncommit 2\nsent 250 2.0.0 @4\n");
    g_assert_cmpuint (sink->bodies->len, ==, 1);
    g_string_free (s.log, TRUE);
    sink_free (sink);
  }
}

static void
test_a_relay_that_is_busy_or_gone_is_an_error (void)
{
  check ((Behaviour){.greeting = "554 5.3.2 away"}, (const char *[]){"one@example.org", NULL}, 0,
         "not_sent 0 - @1\n", "554 5.3.2 away");
  Sink *sink = sink_new ((Behaviour){0});
  int port = sink->port;
  sink_free (sink);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strdup_printf ("smtp://127.0.0.1:%d", port);
  g_autoptr (ZbSmtpServer) server = zb_smtp_server_new (url, FALSE, NULL, NULL);
  Sender s = {.to = two, .bytes = MESSAGE, .log = g_string_new (NULL)};
  g_assert_false (zb_smtp_session (server, 0, &calls, &s, &error));
  g_assert_nonnull (strstr (error->message, "refused"));
  g_assert_cmpstr (s.log->str, ==, "not_sent 0 - @1\n");
  g_clear_pointer (&s.held, g_bytes_unref);
  g_string_free (s.log, TRUE);
}

static void
test_a_refused_login_sends_nothing (void)
{
  Sink *sink = sink_new ((Behaviour){.extensions = "250-AUTH PLAIN LOGIN\r\n", .auth = "535 5.7.8 wrong"});
  Sender s = {.to = (const char *[]){"one@example.org", NULL}};
  g_autofree char *error = run (sink, &s, "me:secret@");
  g_assert_nonnull (strstr (error, "the login was refused: 535 5.7.8 wrong"));
  g_assert_null (strstr (error, "secret"));
  g_assert_null (strstr (sink->talk->str, "MAIL"));
  g_assert_cmpstr (s.log->str, ==, "not_sent 0 - @1\n");
  g_string_free (s.log, TRUE);
  sink_free (sink);
}

static void
test_a_login_is_made (void)
{
  Sink *sink = sink_new ((Behaviour){.extensions = "250-AUTH PLAIN\r\n"});
  Sender s = {.to = two};
  g_autofree char *error = run (sink, &s, "me:s%40cret@");
  g_assert_cmpstr (error, ==, NULL);
  g_assert_nonnull (strstr (sink->talk->str, "AUTH PLAIN AG1lAHNAY3JldA==\nMAIL"));
  g_string_free (s.log, TRUE);
  sink_free (sink);
}

static void
test_a_relay_by_name_must_offer_starttls (void)
{
  g_autoptr (GError) error = NULL;
  Sink *sink = sink_new ((Behaviour){0});
  g_autofree char *url = g_strdup_printf ("smtp://localhost:%d", sink->port);
  g_autoptr (ZbSmtpServer) server = zb_smtp_server_new (url, FALSE, NULL, NULL);
  Sender s = {.to = two, .bytes = MESSAGE, .log = g_string_new (NULL)};
  g_assert_false (zb_smtp_session (server, 0, &calls, &s, &error));
  g_assert_nonnull (strstr (error->message, "STARTTLS"));
  g_assert_cmpstr (s.log->str, ==, "not_sent 0 - @1\n");
  g_clear_pointer (&s.held, g_bytes_unref);
  g_string_free (s.log, TRUE);
  sink_free (sink);
}

static void
test_addresses_that_would_inject_are_refused (void)
{
  static const char *const wrong[] = {"a@b\r\nRCPT TO:<c@d>",
                                      "a@b\n",
                                      "<a@b>",
                                      "a b@c.org",
                                      "a@b>",
                                      "ab",
                                      "@b.org",
                                      "a@",
                                      "a..b@c.org",
                                      ".a@c.org",
                                      "\"a b\"@c.org",
                                      "李@例子.org",
                                      "a@b..c",
                                      "a@.b",
                                      "a\x01@b.org",
                                      "a@b\x7f.org",
                                      "a@-_.org"};
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *wire = zb_smtp_address (wrong[i], &error);
    g_assert_null (wire);
    g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
    g_assert_null (strpbrk (error->message, "\r\n"));
  }
  g_autofree char *wire = zb_smtp_address ("o'neil+news@例子.org", NULL);
  g_assert_cmpstr (wire, ==, "o'neil+news@xn--fsqu00a.org");
  g_autofree char *local = g_strnfill (65, 'a');
  g_autofree char *too_long = g_strconcat (local, "@example.org", NULL);
  g_assert_null (zb_smtp_address (too_long, NULL));
}

static void
test_a_bad_message_is_told_and_the_next_goes_out (void)
{
  check ((Behaviour){0}, (const char *[]){"a@b\r\nRCPT TO:<c@d>", "two@example.org", NULL}, 0,
         "failed 0 - @0\ncommit 2\nsent 250 2.0.0 @4\n", NULL);
}

static void
test_line_ends_become_crlf_so_that_no_dot_smuggles (void)
{
  Sink *sink = sink_new ((Behaviour){0});
  Sender s = {.to = (const char *[]){"one@example.org", NULL},
              .bytes =
                  "From: a@example.org\nDate: now\nMessage-ID: <1@x>\n\nhello\n.\r\nMAIL FROM:<evil@x>\n"};
  g_autofree char *error = run (sink, &s, "");
  g_assert_cmpstr (error, ==, NULL);
  g_assert_cmpuint (sink->bodies->len, ==, 1);
  g_assert_cmpstr (
      g_ptr_array_index (sink->bodies, 0), ==,
      "From: a@example.org\r\nDate: now\r\nMessage-ID: <1@x>\r\n\r\nhello\r\n.\r\nMAIL FROM:<evil@x>\r\n");
  g_string_free (s.log, TRUE);
  sink_free (sink);
}

/* The backlog is full, so the kernel answers no SYN. */
static void
test_connecting_gives_up_in_time (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) here = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (here, 0);
  g_autoptr (GSocket) deaf = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, &error);
  g_socket_set_listen_backlog (deaf, 0);
  g_assert_true (g_socket_bind (deaf, any, TRUE, NULL) && g_socket_listen (deaf, NULL));
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (deaf, NULL);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (int i = 0; i < 4; i++) {
    GSocket *one = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);
    g_socket_set_blocking (one, FALSE);
    zb_ignore (g_socket_connect (one, bound, NULL, NULL)); /* never answered */
    g_ptr_array_add (waiting, one);
  }
  g_autofree char *url =
      g_strdup_printf ("smtp://127.0.0.1:%d", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  g_autoptr (ZbSmtpServer) server = zb_smtp_server_new (url, FALSE, NULL, NULL);
  Sender s = {.to = two, .bytes = MESSAGE, .log = g_string_new (NULL)};
  gint64 began = g_get_monotonic_time ();
  g_assert_false (zb_smtp_session (server, 0, &calls, &s, &error));
  g_assert_cmpint (g_get_monotonic_time () - began, <, 15 * G_USEC_PER_SEC);
  g_assert_cmpstr (s.log->str, ==, "not_sent 0 - @1\n");
  g_clear_pointer (&s.held, g_bytes_unref);
  g_string_free (s.log, TRUE);
}

static void
test_a_probe_says_hello_and_leaves (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *tls = NULL;
  Sink *sink = sink_new ((Behaviour){0});
  g_autofree char *url = g_strdup_printf ("smtp://127.0.0.1:%d", sink->port);
  g_autoptr (ZbSmtpServer) server = zb_smtp_server_new (url, FALSE, NULL, NULL);
  g_assert_true (zb_smtp_probe (server, &tls, &error));
  g_assert_cmpstr (tls, ==, "no TLS");
  g_assert_null (strstr (sink->talk->str, "MAIL"));
  sink_free (sink);
}

static const struct {
  const char *name;
  void (*run) (void);
} tests[] = {
    {"/smtp/bytes_arrive_as_they_are_by_data_and_by_bdat", test_bytes_arrive_as_they_are_by_data_and_by_bdat},
    {"/smtp/dsn_is_asked_for_where_it_is_offered", test_dsn_is_asked_for_where_it_is_offered},
    {"/smtp/a_refused_recipient_leaves_the_next_alone", test_a_refused_recipient_leaves_the_next_alone},
    {"/smtp/a_refusal_counts_where_bdat_was_pipelined", test_a_refusal_counts_where_bdat_was_pipelined},
    {"/smtp/refusals_of_mail_data_and_the_end_are_told_apart",
     test_refusals_of_mail_data_and_the_end_are_told_apart},
    {"/smtp/a_connection_lost_after_the_dot_is_uncertain", test_a_connection_lost_after_the_dot_is_uncertain},
    {"/smtp/an_unasked_421_belongs_to_no_message", test_an_unasked_421_belongs_to_no_message},
    {"/smtp/a_message_held_back_never_ends", test_a_message_held_back_never_ends},
    {"/smtp/a_relay_that_is_busy_or_gone_is_an_error", test_a_relay_that_is_busy_or_gone_is_an_error},
    {"/smtp/a_refused_login_sends_nothing", test_a_refused_login_sends_nothing},
    {"/smtp/a_login_is_made", test_a_login_is_made},
    {"/smtp/a_relay_by_name_must_offer_starttls", test_a_relay_by_name_must_offer_starttls},
    {"/smtp/addresses_that_would_inject_are_refused", test_addresses_that_would_inject_are_refused},
    {"/smtp/a_bad_message_is_told_and_the_next_goes_out", test_a_bad_message_is_told_and_the_next_goes_out},
    {"/smtp/line_ends_become_crlf_so_that_no_dot_smuggles",
     test_line_ends_become_crlf_so_that_no_dot_smuggles},
    {"/smtp/connecting_gives_up_in_time", test_connecting_gives_up_in_time},
    {"/smtp/a_probe_says_hello_and_leaves", test_a_probe_says_hello_and_leaves},
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].name, tests[i].run);
  return g_test_run ();
}
