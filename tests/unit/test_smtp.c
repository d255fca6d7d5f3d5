/* Every fate that a message can meet, against a small server that misbehaves on demand. */
#include "zhoubao/edge/smtp.h"

#include "smtp_sink.c" /* the server */
#include "zhoubao/base/error.h"

#define MESSAGE                                                                                              \
  "DKIM-Signature: v=1;\r\n\ta=b\r\nDate: Mon, 3 Jul 2017 08:00:00 +0800\r\nFrom: a@example.org\r\n"         \
  "To: =?utf-8?B?5byg5LiJ?= <b@example.org>\r\nSubject: x\r\nMessage-ID: <1@example.org>\r\n"                \
  "List-Unsubscribe: <https://example.org/u/1>\r\n\r\n.dot\r\n..two\r\nend\r\n"

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
  static const char *const extensions[] = {"", "250-PIPELINING\r\n250-SIZE 1000000\r\n", CHUNKING,
                                           "250-CHUNKING\r\n"};
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
    g_assert_true ((strstr (sink->talk->str, "BDAT 0 LAST") != NULL) == (i >= 2));
    g_string_free (s.log, TRUE);
    sink_free (sink);
  }
}

/* MESSAGE's header and a body that fits no buffer. */
static char *
long_message (void)
{
  GString *text = g_string_new (MESSAGE);
  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (
        text, "%s line %u of a message that is longer than any buffer on its way to the server\r\n",
        i % 7 == 0 ? "." : "a", i);
  return g_string_free (text, FALSE);
}

static void
test_a_long_message_arrives_whole (void)
{
  static const char *const extensions[] = {"", CHUNKING};
  g_autofree char *text = long_message ();
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++) {
    Sink *sink = sink_new ((Behaviour){.extensions = extensions[i]});
    Sender s = {.to = two, .bytes = text};
    g_autofree char *error = run (sink, &s, "");
    g_assert_cmpstr (error, ==, NULL);
    g_assert_cmpstr (s.log->str, ==, BOTH_SENT);
    g_assert_cmpuint (sink->bodies->len, ==, 2);
    g_assert_true (g_str_equal (g_ptr_array_index (sink->bodies, 1), text));
    g_string_free (s.log, TRUE);
    sink_free (sink);
  }
}

static void
test_a_server_gone_before_the_end_mark_has_not_got_it (void)
{
  g_autofree char *text = long_message ();
  Sink *sink = sink_new ((Behaviour){.data = "vanish", .fail_message = 1});
  Sender s = {.to = two, .bytes = text};
  g_autofree char *error = run (sink, &s, "");
  g_assert_nonnull (error);
  g_assert_cmpstr (s.log->str, ==, "not_sent 0 - @4\ncommit 2\nsent 250 2.0.0 @4\n");
  g_string_free (s.log, TRUE);
  sink_free (sink);
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
test_the_last_recipient_refused_is_told_once (void)
{
  static const char *const extensions[] = {"", "250-PIPELINING\r\n", CHUNKING};
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    check ((Behaviour){.extensions = extensions[i],
                       .rcpt = "550 5.1.1 nobody",
                       .data = "503 5.5.1 nobody",
                       .end = "503 5.5.1 nobody",
                       .fail_message = 2},
           two, 0,
           i < 2 ? "commit 1\nsent 250 2.0.0 @4\nfailed 550 5.1.1 @3\n"
                 : "commit 1\nsent 250 2.0.0 @4\ncommit 2\nfailed 550 5.1.1 @3\n",
           NULL);
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
    {"/smtp/a_long_message_arrives_whole", test_a_long_message_arrives_whole},
    {"/smtp/a_server_gone_before_the_end_mark_has_not_got_it",
     test_a_server_gone_before_the_end_mark_has_not_got_it},
    {"/smtp/dsn_is_asked_for_where_it_is_offered", test_dsn_is_asked_for_where_it_is_offered},
    {"/smtp/a_refused_recipient_leaves_the_next_alone", test_a_refused_recipient_leaves_the_next_alone},
    {"/smtp/the_last_recipient_refused_is_told_once", test_the_last_recipient_refused_is_told_once},
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
