/* The HTTP client against a server of canned answers, and against addresses that it must not reach. */
#include "zhoubao/edge/http.h"

#include "zhoubao/base/error.h"
#include <gio/gio.h>
#include <unistd.h>

static const char *const loopback[] = {"127.0.0.0/8", NULL};

static const ZbHttpOptions plain = {.user_agent = "zhoubao-test",
                                    .allow_private = loopback,
                                    .wire_bytes = 4096,
                                    .decoded_bytes = 8192,
                                    .ratio = 25,
                                    .ratio_after_bytes = 1024,
                                    .header_bytes = 2048,
                                    .connect_seconds = 3,
                                    .total_seconds = 1,
                                    .redirects = 3,
                                    .connections = 2};

/* One answer a path, as it goes over the wire. */
static const struct {
  const char *path, *answer;
} answers[] = {
    {"/plain", "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nLast-Modified: Mon, 26 Jun 2017 08:00:00 GMT\r\n"
               "Content-Type: text/plain\r\nContent-Length: 4\r\n\r\nnews"},
    {"/gone", "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"},
    {"/moved", "HTTP/1.1 301 Moved\r\nLocation: moved2\r\nContent-Length: 0\r\n\r\n"},
    {"/moved2", "HTTP/1.1 308 Moved\r\nLocation: /now#part\r\nContent-Length: 0\r\n\r\n"},
    {"/now", "HTTP/1.1 302 Found\r\nLocation: /plain\r\nContent-Length: 0\r\n\r\n"},
    {"/loop", "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n"},
    {"/file", "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"},
    {"/inside", "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"},
    {"/short", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nnews"},
    {"/long", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnews and more"},
    {"/promise", "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nnews"},
    {"/chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnews\r\n0\r\n\r\n"},
    {"/garbage", "\x16\x03\x01 this is not HTTP at all\r\n\r\n"},
    {"/gzip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnews"},
    {"/empty", ""},
};

static void
send_all (GOutputStream *out, const char *text, gsize length)
{
  g_output_stream_write_all (out, text, length, NULL, NULL, NULL);
}

/* Answers that are made, not written down: 100 header fields, 20,000 bytes in chunks, the request sent back.
 */
static gboolean
answer_by_rule (GOutputStream *out, const char *path, const char *request)
{
  g_autoptr (GString) text = g_string_new ("HTTP/1.1 200 OK\r\nConnection: close\r\n");
  if (g_str_equal (path, "/headers"))
    for (int i = 0; i < 100; i++)
      g_string_append_printf (text, "X-%d: 0123456789012345678901234567890123456789\r\n", i);
  else if (g_str_equal (path, "/chunks")) {
    g_string_append (text, "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 200; i++)
      g_string_append_printf (text, "64\r\n%0100d\r\n", i);
    g_string_append (text, "0\r\n");
  } else if (g_str_equal (path, "/echo"))
    g_string_append_printf (text, "\r\n%s", request);
  else
    return FALSE;
  g_string_append (text, g_str_equal (path, "/echo") ? "" : "\r\n");
  send_all (out, text->str, text->len);
  return TRUE;
}

static gboolean
serve (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char buffer[4096];
  gssize n = g_input_stream_read (in, buffer, sizeof buffer - 1, NULL, NULL);
  if (n <= 0)
    return TRUE;
  buffer[n] = '\0';
  g_auto (GStrv) words = g_strsplit (buffer, " ", 3);
  if (answer_by_rule (out, words[1], buffer))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answers[i].path, words[1]))
      send_all (out, answers[i].answer, strlen (answers[i].answer));
  if (g_str_equal (words[1], "/silent"))
    g_usleep (2500000);
  return TRUE;
}

static guint16 port;

static ZbHttpResponse *
get_with (const ZbHttpOptions *options, ZbHttpRequest request, GError **error)
{
  g_autoptr (ZbHttp) http = zb_http_new (options, NULL);
  return zb_http_get (http, &request, error);
}

static ZbHttpResponse *
get (const char *path, GError **error)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%d%s", port, path);
  return get_with (&plain, (ZbHttpRequest){.url = url}, error);
}

static const char *
body (const ZbHttpResponse *r)
{
  static char text[4096];
  gsize n;
  const char *data = g_bytes_get_data (r->body, &n);
  g_assert_cmpuint (n, <, sizeof text);
  if (n > 0)
    memcpy (text, data, n);
  text[n] = '\0';
  return text;
}

static void
test_an_answer_comes_with_its_fields (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbHttpResponse) r = get ("/plain", &error);
  g_assert_no_error (error);
  g_assert_cmpint (r->status, ==, 200);
  g_assert_cmpstr (body (r), ==, "news");
  g_assert_cmpstr (r->etag, ==, "\"a\"");
  g_assert_cmpstr (r->last_modified, ==, "Mon, 26 Jun 2017 08:00:00 GMT");
  g_assert_cmpstr (r->content_type, ==, "text/plain");
  g_assert_cmpstr (r->address, ==, "127.0.0.1");
  g_assert_cmpint (r->wire_bytes, ==, 4);
}

static void
test_any_status_is_an_answer (void)
{
  g_autoptr (ZbHttpResponse) r = get ("/gone", NULL);
  g_assert_cmpint (r->status, ==, 410);
  g_assert_cmpuint (g_bytes_get_size (r->body), ==, 0);
}

static void
test_redirects_are_followed_and_the_permanent_ones_remembered (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbHttpResponse) r = get ("/moved", &error);
  g_assert_no_error (error);
  g_assert_cmpint (r->redirects, ==, 3);
  g_assert_cmpstr (body (r), ==, "news");
  g_assert_true (g_str_has_suffix (r->url, "/plain"));
  g_assert_true (g_str_has_suffix (r->moved_to, "/now#part"));
}

static void
test_what_is_sent_is_honest_and_conditional (void)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%d/echo", port);
  const char *const extra[] = {"X-Channel: 7", NULL};
  g_autoptr (ZbHttpResponse) r = get_with (&plain,
                                           (ZbHttpRequest){.url = url,
                                                           .etag = "\"a\"",
                                                           .last_modified = "Mon, 26 Jun 2017 08:00:00 GMT",
                                                           .referer = "http://example.org/",
                                                           .headers = extra},
                                           NULL);
  const char *lines[] = {
      "\r\nIf-None-Match: \"a\"\r\n", "\r\nIf-Modified-Since: Mon, 26 Jun 2017 08:00:00 GMT\r\n",
      "\r\nUser-Agent: zhoubao-test\r\n", "\r\nReferer: http://example.org/\r\n", "\r\nX-Channel: 7\r\n"};
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_nonnull (strstr (body (r), lines[i]));
}

static void
test_a_validator_cannot_add_a_field (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%d/echo", port);
  g_autoptr (ZbHttpResponse) r =
      get_with (&plain, (ZbHttpRequest){.url = url, .etag = "x\r\nEvil: 1"}, &error);
  g_assert_null (r);
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
}

static void
test_each_misbehaviour_has_its_words (void)
{
  static const struct {
    const char *path;
    ZbErrorCode code;
    const char *words;
  } cases[] = {
      {"/loop", ZB_ERROR_LIMIT, "more than 3 redirects"},
      {"/file", ZB_ERROR_REFUSED, "redirects to 'file:///etc/passwd'"},
      {"/inside", ZB_ERROR_REFUSED, "169.254.169.254 is a link-local address"},
      {"/short", ZB_ERROR_FAILED, "ends before the length"},
      {"/promise", ZB_ERROR_LIMIT, "over 4096 bytes on the wire"},
      {"/chunks", ZB_ERROR_LIMIT, "over 8192 bytes once unpacked"},
      {"/headers", ZB_ERROR_LIMIT, "header fields are over 2048 bytes"},
      {"/chunk", ZB_ERROR_FAILED, "broke off"},
      {"/gzip", ZB_ERROR_FAILED, "packed answer is damaged"},
      {"/garbage", ZB_ERROR_FAILED, "is not HTTP"},
      {"/empty", ZB_ERROR_FAILED, "without an answer"},
      {"/silent", ZB_ERROR_LIMIT, "within 1 s"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ZbHttpResponse) r = get (cases[i].path, &error);
    g_assert_null (r);
    g_test_message ("%s: %s", cases[i].path, error->message);
    g_assert_error (error, ZB_ERROR, (int)cases[i].code);
    g_assert_nonnull (strstr (error->message, cases[i].words));
    g_assert_nonnull (strstr (error->message, "http://"));
  }
}

static void
test_the_first_bytes_can_be_enough (void)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%d/chunks", port);
  g_autoptr (ZbHttpResponse) r = get_with (&plain, (ZbHttpRequest){.url = url, .keep_bytes = 150}, NULL);
  g_assert_cmpuint (g_bytes_get_size (r->body), ==, 150);
}

static void
test_a_body_longer_than_promised_is_cut (void)
{
  g_autoptr (ZbHttpResponse) r = get ("/long", NULL);
  g_assert_cmpstr (body (r), ==, "news");
}

/* Nothing is sent to any of these; a client that would try fails by another error. */
static void
test_no_spelling_of_a_private_address_is_reached (void)
{
  static const char *const hosts[] = {
      "127.0.0.1",
      "127.1",
      "127.0.1",
      "127.255.255.254",
      "2130706433",
      "0x7f000001",
      "0x7f.1",
      "0x7F.0x0.0x0.0x1",
      "017700000001",
      "0177.0.0.1",
      "0177.1",
      "127.0.0.1.",
      "localhost",
      "LOCALHOST",

      "0",
      "0.0.0.0",
      "0x0",
      "0.1.2.3",
      "10.0.0.1",
      "10.1",
      "167772161",
      "0xa000001",
      "012.0.0.1",
      "172.16.0.1",
      "0xac100001",
      "192.168.0.1",
      "192.168.1",
      "3232235521",
      "169.254.169.254",
      "2852039166",
      "0xa9fea9fe",
      "0251.0376.0251.0376",
      "100.64.0.1",
      "198.18.0.1",
      "192.0.2.1",
      "203.0.113.9",
      "224.0.0.1",
      "240.0.0.1",
      "255.255.255.255",
      "[::]",
      "[::1]",
      "[0:0:0:0:0:0:0:1]",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
      "[::ffff:a00:1]",
      "[::127.0.0.1]",
      "[64:ff9b::7f00:1]",
      "[2002:7f00:1::]",
      "[2001:db8::1]",
      "[fc00::1]",
      "[fd00::1]",
      "[fe80::1]",
      "[fec0::1]",
      "[ff02::1]",
      "user:pw@127.0.0.1",
      "%31%32%37.0.0.1",
      "127。0。0。1",
      "①②⑦.0.0.1",
  };
  ZbHttpOptions strict = plain;
  int n_refused = 0;
  strict.allow_private = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *url = g_strdup_printf ("http://%s/", hosts[i]);
    g_autoptr (ZbHttpResponse) r = get_with (&strict, (ZbHttpRequest){.url = url}, &error);
    g_assert_null (r);
    g_test_message ("%s: %s", hosts[i], error->message);
    /* The resolver knows most of these spellings, but not all. */
    g_assert_true (g_error_matches (error, ZB_ERROR, ZB_ERROR_REFUSED) ||
                   strstr (error->message, "does not resolve") != NULL);
    n_refused += error->code == ZB_ERROR_REFUSED;
  }
  g_assert_cmpint (n_refused, >=, 50);
}

static void
test_only_http_and_https_are_spoken (void)
{
  static const char *const urls[] = {"file:///etc/passwd", "ftp://example.org/", "gopher://example.org/",
                                     "dict://example.org/", "javascript:alert(1)"};
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ZbHttpResponse) r = get_with (&plain, (ZbHttpRequest){.url = urls[i]}, &error);
    g_assert_null (r);
    g_test_message ("%s: %s", urls[i], error->message);
    g_assert_true (g_error_matches (error, ZB_ERROR, ZB_ERROR_REFUSED) ||
                   g_error_matches (error, ZB_ERROR, ZB_ERROR_INVALID));
  }
}

static void
keep_response (ZbHttpResponse *response, const GError *error, gpointer data)
{
  if (response != NULL)
    g_ptr_array_add (data, response);
  else
    g_assert_true (g_error_matches (error, ZB_ERROR, ZB_ERROR_LIMIT) && strstr (error->message, "at hand"));
}

static void
test_large_answers_do_not_crowd_out_small_ones (void)
{
  ZbHttpOptions tight = plain;
  tight.wire_bytes = tight.decoded_bytes = 100000;
  tight.connections = 8;
  tight.held_bytes = 45000; /* two of the large answers, of 20,000 bytes each, and no third */
  g_autoptr (ZbHttp) http = zb_http_new (&tight, NULL);
  g_autoptr (GPtrArray) answers_kept = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_http_response_free);
  g_autofree char *large = g_strdup_printf ("http://127.0.0.1:%d/chunks", port);
  g_autofree char *small = g_strdup_printf ("http://127.0.0.1:%d/plain", port);
  for (int i = 0; i < 5; i++)
    zb_http_submit (http, &(ZbHttpRequest){.url = large}, keep_response, answers_kept);
  for (int i = 0; i < 5; i++)
    zb_http_submit (http, &(ZbHttpRequest){.url = small}, keep_response, answers_kept);
  while (zb_http_pending (http) > 0)
    g_assert_true (zb_http_poll (http, NULL, 0, 1000, NULL));
  guint n_small = 0;
  for (guint i = 0; i < answers_kept->len; i++)
    n_small += g_bytes_get_size (((ZbHttpResponse *)answers_kept->pdata[i])->body) == 4;
  g_assert_cmpuint (n_small, ==, 5);
  g_assert_cmpuint (answers_kept->len, <=, 7);
  g_assert_cmpint (zb_http_held (http), ==, (answers_kept->len - 5) * 20000 + 5 * 4);
  g_ptr_array_set_size (answers_kept, 0);
  g_assert_cmpint (zb_http_held (http), ==, 0);
}

static gpointer
run_loop (gpointer loop)
{
  g_main_loop_run (loop);
  return NULL;
}

static void
count (ZbHttpResponse *response, const GError *error, gpointer data)
{
  guint *n = data;
  *n += response != NULL && response->status == 200;
  zb_http_response_free (response);
}

static void
test_more_requests_than_connections_are_all_answered (void)
{
  g_autoptr (ZbHttp) http = zb_http_new (&plain, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%d/echo", port);
  guint n = 0;
  for (int i = 0; i < 20; i++)
    zb_http_submit (http, &(ZbHttpRequest){.url = url}, count, &n);
  g_assert_cmpuint (zb_http_pending (http), ==, 20);
  while (zb_http_pending (http) > 0)
    g_assert_true (zb_http_poll (http, NULL, 0, 1000, NULL));
  g_assert_cmpuint (n, ==, 20);
}

static void
test_a_further_descriptor_wakes_the_loop (void)
{
  g_autoptr (ZbHttp) http = zb_http_new (&plain, NULL);
  int pipe_fds[2];
  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  g_assert_cmpint (write (pipe_fds[1], "x", 1), ==, 1);
  GPollFD fd = {pipe_fds[0], G_IO_IN, 0};
  gint64 start = g_get_monotonic_time ();
  g_assert_true (zb_http_poll (http, &fd, 1, 10000, NULL));
  g_assert_cmpint (fd.revents & G_IO_IN, !=, 0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  close (pipe_fds[0]);
  close (pipe_fds[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Without a bound: GLib 2.74 stops and starts the service at its bound, from two threads at once. */
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (-1);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_signal_connect (service, "run", G_CALLBACK (serve), NULL);
  g_socket_service_start (service);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GThread) thread = g_thread_new ("server", run_loop, loop);
#define ADD(name) g_test_add_func ("/http/" #name, test_##name)
  ADD (an_answer_comes_with_its_fields);
  ADD (any_status_is_an_answer);
  ADD (redirects_are_followed_and_the_permanent_ones_remembered);
  ADD (what_is_sent_is_honest_and_conditional);
  ADD (a_validator_cannot_add_a_field);
  ADD (each_misbehaviour_has_its_words);
  ADD (the_first_bytes_can_be_enough);
  ADD (a_body_longer_than_promised_is_cut);
  ADD (no_spelling_of_a_private_address_is_reached);
  ADD (only_http_and_https_are_spoken);
  ADD (more_requests_than_connections_are_all_answered);
  ADD (large_answers_do_not_crowd_out_small_ones);
  ADD (a_further_descriptor_wakes_the_loop);
  int status = g_test_run ();
  g_main_loop_quit (loop);
  g_thread_join (g_steal_pointer (&thread));
  return status;
}
