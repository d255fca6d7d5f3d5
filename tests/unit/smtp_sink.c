/* A small SMTP server in a thread, for test_smtp.c, which includes it. */
#include <gio/gio.h>

/* How the server behaves; the first word of a command decides, N counts its messages from 1. */
typedef struct {
  const char *greeting;           /* NULL: 220 */
  const char *extensions;         /* after EHLO, each "250-…\r\n" */
  const char *mail, *rcpt, *data; /* replies, NULL: 250, 250, 354; DATA "vanish": 354, then reset */
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

/* Leaves when the message has begun, with the rest of it unread: what the client writes then fails. */
static gboolean
vanish (GDataInputStream *in)
{
  g_autofree char *line = g_data_input_stream_read_line (in, NULL, NULL, NULL);
  return FALSE;
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
  if (g_str_equal (reply, "vanish"))
    return say (out, "354 go") && vanish (in);
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
