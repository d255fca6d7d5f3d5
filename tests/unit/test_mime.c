/* Mail that goes out: every rule of the wire on the raw bytes, then read back. */
#include "zhoubao/edge/mime.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/message.h"

static const char *const long_url =
    "https://weekly.example.org/unsubscribe/"
    "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwxyz234567?a=b&c=d";

static ZbMimeDraft
draft (const char *text, const char *html)
{
  return (ZbMimeDraft){.from = {"社会信用周报", "weekly@example.org"},
                       .reply_to = {"Desk, the", "desk@example.org"},
                       .subject = "Social Credit Weekly – 3rd July 2017",
                       .date = 1499043600,
                       .list_id = "weekly.example.org",
                       .list_name = "Weekly",
                       .bulk = TRUE,
                       .text = text,
                       .html = html};
}

static ZbMimeRecipient
recipient (const char *name)
{
  return (ZbMimeRecipient){.to = {name, "anna@example.net"},
                           .message_id = "abc@weekly.example.org",
                           .unsubscribe_url = long_url,
                           .values = {name, "anna@example.net", long_url, long_url}};
}

static char *
build (const ZbMimeDraft *d, const ZbMimeRecipient *r)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = zb_mime_build (d, r, &error);
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The rules that hold for every message: ASCII, CRLF alone, no line over 998, no encoded word over 75 and no
   line with one over 76. */
static void
check_wire (const char *raw)
{
  g_assert_true (g_str_is_ascii (raw));
  g_assert_true (g_str_has_suffix (raw, "\r\n"));
  gboolean in_header = TRUE;
  g_auto (GStrv) lines = g_strsplit (raw, "\r\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    g_assert_null (strpbrk (*line, "\r\n"));
    g_assert_cmpuint (strlen (*line), <=, 998);
    in_header = in_header && **line != '\0';
    if (!in_header) {
      g_assert_cmpuint (strlen (*line), <=, 76);
      continue;
    }
    for (char *word = *line; (word = strstr (word, "=?UTF-8?B?")) != NULL; word += 2) {
      g_assert_cmpuint (strcspn (word, " "), <=, 75);
      g_assert_cmpuint (strlen (*line), <=, 76);
    }
  }
}

static ZbMessage *
read_back (const char *raw)
{
  g_autoptr (GError) error = NULL;
  ZbMessage *message = zb_message_parse (raw, strlen (raw), &error);
  g_assert_no_error (error);
  return message;
}

static void
test_a_message_says_the_same_when_read (void)
{
  ZbMimeDraft d = draft ("河北省\n.\nend\n", "<p>河北省 &amp; more</p>\n");
  ZbMimeRecipient r = recipient ("张三 \"Zhang\", Ltd");
  g_autofree char *raw = build (&d, &r);
  check_wire (raw);
  g_autoptr (ZbMessage) m = read_back (raw);
  const char *expected[][2] = {{"From", "社会信用周报 <weekly@example.org>"},
                               {"Reply-To", "\"Desk, the\" <desk@example.org>"},
                               {"To", "张三 \"Zhang\", Ltd <anna@example.net>"},
                               {"Subject", "Social Credit Weekly – 3rd July 2017"},
                               {"Date", "Mon, 3 Jul 2017 01:00:00 +0000"},
                               {"Message-ID", "<abc@weekly.example.org>"},
                               {"List-Id", "Weekly <weekly.example.org>"},
                               {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"},
                               {"Precedence", "bulk"},
                               {"MIME-Version", "1.0"}};
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (zb_header_find (m->headers, expected[i][0]), ==, expected[i][1]);
  g_autofree char *angle = g_strdup_printf ("<%s>", long_url);
  g_assert_cmpstr (zb_header_find (m->headers, "List-Unsubscribe"), ==, angle);
  g_assert_cmpstr (m->type, ==, "multipart/alternative");
  g_assert_cmpstr (zb_message_text (m, "text/plain"), ==, "河北省\n.\nend\n");
  g_assert_cmpstr (zb_message_text (m, "text/html"), ==, "<p>河北省 &amp; more</p>\n");
  g_assert_null (zb_header_find (m->headers, "Auto-Submitted"));
}

/* A body of N characters of EACH around tokens, so that every alignment of base64 is met. */
static void
check_filling (const char *each, guint before, guint after, const char *value)
{
  g_autoptr (GString) text = g_string_new (NULL), want = g_string_new (NULL);
  for (guint part = 0; part < 3; part++) {
    for (guint i = 0; i < before; i++)
      g_string_append (text, each);
    g_string_append (text, part == 2 ? "\n" : zb_mime_token (ZB_MIME_NAME));
    for (guint i = 0; i < after; i++)
      g_string_append (text, part == 1 ? "\n" : "x");
  }
  g_string_append (text, "\n");
  g_string_append (want, text->str);
  g_string_replace (want, zb_mime_token (ZB_MIME_NAME), value, 0);
  ZbMimeDraft d = draft (text->str, NULL);
  ZbMimeRecipient r = recipient (NULL);
  r.values[ZB_MIME_NAME] = value;
  g_autofree char *raw = build (&d, &r);
  check_wire (raw);
  g_autoptr (ZbMessage) m = read_back (raw);
  g_assert_cmpstr (zb_message_text (m, "text/plain"), ==, want->str);
}

static void
test_tokens_are_filled_at_every_alignment (void)
{
  const char *values[] = {"",
                          "a",
                          "ab",
                          "abc",
                          "张三",
                          "with space ",
                          "A much longer value than a line of quoted "
                          "printable can hold = with 信用 inside it"};
  const char *fills[] = {"信", "a", "用 ", "= .", "é"};
  for (guint f = 0; f < G_N_ELEMENTS (fills); f++)
    for (guint v = 0; v < G_N_ELEMENTS (values); v++)
      for (guint before = 0; before < 5; before++)
        for (guint after = 0; after < 5; after++)
          check_filling (fills[f], before, after, values[v]);
  check_filling ("信", 500, 77, "张三");
  check_filling ("a", 500, 77, "张三");
}

static void
test_values_are_escaped_in_html_alone (void)
{
  g_autofree char *text = g_strconcat ("Dear ", zb_mime_token (ZB_MIME_NAME), NULL);
  g_autofree char *html = g_strdup_printf ("<a href=\"%s\">%s</a>", zb_mime_token (ZB_MIME_UNSUBSCRIBE),
                                           zb_mime_token (ZB_MIME_NAME));
  ZbMimeDraft d = draft (text, html);
  ZbMimeRecipient r = recipient ("<b>\"Anna\"</b>");
  g_autofree char *raw = build (&d, &r);
  g_autoptr (ZbMessage) m = read_back (raw);
  g_assert_cmpstr (zb_message_text (m, "text/plain"), ==, "Dear <b>\"Anna\"</b>\n");
  const char *got = zb_message_text (m, "text/html");
  g_assert_nonnull (strstr (got, "?a=b&amp;c=d\">&lt;b&gt;&quot;Anna&quot;&lt;/b&gt;</a>"));
}

static void
test_text_alone_where_the_reader_wants_it (void)
{
  ZbMimeDraft d = draft ("text\n", "<p>html</p>");
  ZbMimeRecipient r = recipient (NULL);
  r.text_only = TRUE;
  g_autofree char *raw = build (&d, &r);
  check_wire (raw);
  g_autoptr (ZbMessage) m = read_back (raw);
  g_assert_cmpstr (m->type, ==, "text/plain");
  g_assert_cmpstr (zb_message_text (m, "text/plain"), ==, "text\n");
  g_assert_null (zb_message_text (m, "text/html"));
  g_assert_cmpstr (zb_header_find (m->headers, "To"), ==, "<anna@example.net>");
}

static void
test_the_smaller_encoding_is_taken (void)
{
  g_autoptr (GString) chinese = g_string_new (NULL);
  for (guint i = 0; i < 1000; i++)
    g_string_append (chinese, "社会信用");
  ZbMimeDraft d = draft (chinese->str, "<p>plain words and one é</p>");
  ZbMimeRecipient r = recipient (NULL);
  g_autofree char *raw = build (&d, &r);
  check_wire (raw);
  char *text = strstr (raw, "text/plain"), *html = strstr (raw, "text/html");
  g_assert_true (g_str_has_prefix (strstr (text, "Encoding: "), "Encoding: base64"));
  g_assert_true (g_str_has_prefix (strstr (html, "Encoding: "), "Encoding: quoted-printable"));
  g_assert_cmpuint (strlen (raw), <, chinese->len * 14 / 10 + 2000);
}

static void
test_long_headers_are_folded_and_come_back_whole (void)
{
  const char *subjects[] = {
      "河北省社会信用信息条例征求意见稿及说明河北省社会信用信息条例征求意见稿及说明河北省社会",
      "One 信用 two three four five six seven eight nine ten eleven twelve 条例 thirteen",
      "words =?UTF-8?B?AAAA?= that look encoded",
      "Averyveryveryveryveryveryveryveryveryveryveryveryveryveryverylongsinglewordofasubject",
      "",
      "trailing 信 用 "};
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++) {
    ZbMimeDraft d = draft ("t", NULL);
    ZbMimeRecipient r = recipient (NULL);
    d.subject = subjects[i];
    g_autofree char *raw = build (&d, &r), *want = g_strstrip (g_strdup (subjects[i]));
    check_wire (raw);
    g_autoptr (ZbMessage) m = read_back (raw);
    g_assert_cmpstr (zb_header_find (m->headers, "Subject"), ==, want);
  }
}

static void
refuse (const ZbMimeDraft *d, const ZbMimeRecipient *r, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_mime_build (d, r, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
  if (strstr (error->message, why) == NULL)
    g_error ("'%s' lacks '%s'", error->message, why);
}

static void
test_line_breaks_in_values_are_refused (void)
{
  const char *evil = "x\r\nBcc: y@example.org";
  ZbMimeDraft good = draft ("t", NULL);
  ZbMimeRecipient fine = recipient (NULL);
  ZbMimeDraft subject = good, sender = good, sender_address = good, list = good, list_name = good,
              text = good;
  subject.subject = sender.from.name = sender_address.from.address = list.list_id = list_name.list_name =
      evil;
  text.text = "a\x01z";
  refuse (&subject, &fine, "subject");
  refuse (&sender, &fine, "sender's name");
  refuse (&sender_address, &fine, "sender's address");
  refuse (&list, &fine, "list id");
  refuse (&list_name, &fine, "list name");
  refuse (&text, &fine, "U+0001");
  ZbMimeRecipient name = fine, address = fine, id = fine, url = fine, value = fine, angle = fine;
  name.to.name = address.to.address = id.message_id = url.unsubscribe_url = value.values[ZB_MIME_NAME] = evil;
  angle.to.address = "a@b.example>, <c@d.example";
  refuse (&good, &name, "recipient's name");
  refuse (&good, &address, "recipient's address");
  refuse (&good, &id, "Message-ID");
  refuse (&good, &url, "unsubscribe link");
  refuse (&good, &value, "one recipient");
  refuse (&good, &angle, "recipient's address");
}

static void
test_a_missing_link_is_an_error (void)
{
  g_autofree char *text = g_strconcat ("Leave: ", zb_mime_token (ZB_MIME_UNSUBSCRIBE), NULL);
  ZbMimeDraft d = draft (text, NULL);
  ZbMimeRecipient r = recipient (NULL);
  r.values[ZB_MIME_UNSUBSCRIBE] = NULL;
  refuse (&d, &r, "unsubscribe");
}

static void
test_the_same_input_gives_the_same_bytes (void)
{
  ZbMimeDraft d = draft ("text\n", "<p>html</p>");
  ZbMimeRecipient r = recipient ("Anna");
  g_autofree char *first = build (&d, &r), *second = build (&d, &r);
  g_assert_cmpstr (first, ==, second);
}

#define CASE(name) g_test_add_func ("/mime/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE (a_message_says_the_same_when_read);
  CASE (tokens_are_filled_at_every_alignment);
  CASE (values_are_escaped_in_html_alone);
  CASE (text_alone_where_the_reader_wants_it);
  CASE (the_smaller_encoding_is_taken);
  CASE (long_headers_are_folded_and_come_back_whole);
  CASE (line_breaks_in_values_are_refused);
  CASE (a_missing_link_is_an_error);
  CASE (the_same_input_gives_the_same_bytes);
  return g_test_run ();
}
