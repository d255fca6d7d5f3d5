/* Mail that comes in: charsets, parts, messages within messages, and what is no mail. */
#include "zhoubao/edge/message.h"

#include "zhoubao/base/error.h"

static ZbMessage *
parse (const char *raw)
{
  g_autoptr (GError) error = NULL;
  ZbMessage *message = zb_message_parse (raw, strlen (raw), &error);
  g_assert_no_error (error);
  return message;
}

static void
test_headers_and_text_come_in_utf8 (void)
{
  g_autoptr (ZbMessage) m = parse ("From someone Mon Jul  3 2017\n"
                                   "Subject: =?GB2312?B?0MXTww==?= and\n =?iso-8859-1?Q?caf=E9?=\n"
                                   "Date: Mon, 03 Jul 2017 09:00:00 +0800\n"
                                   "Content-Type: text/plain; charset=gb2312\n"
                                   "Content-Transfer-Encoding: base64\n\n0MXTww0K\n");
  g_assert_cmpstr (zb_header_find (m->headers, "subject"), ==, "信用 and café");
  g_assert_cmpstr (zb_message_text (m, "text/plain"), ==, "信用\n");
  g_assert_cmpint (zb_message_date (m), ==, 1499043600);
}

static const char *const report =
    "From: mailer@example.org\r\n"
    "Content-Type: multipart/report; report-type=Delivery-Status; boundary=b\r\n\r\n"
    "--b\r\nContent-Description: Notification\r\n\r\nIt did not go.\r\n"
    "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    "Reporting-MTA: dns; a.example\r\n\r\n"
    "Final-Recipient: rfc822;\r\n  x@example.net\r\nAction: failed\r\n"
    "--b\r\nContent-Type: message/rfc822\r\n\r\n"
    "Subject: inner\r\nMessage-ID: <1@example.org>\r\n\r\nhello\r\n"
    "--b--\r\n";

static void
check_report (const ZbMessage *m)
{
  g_assert_cmpstr (m->report_type, ==, "delivery-status");
  g_assert_cmpuint (m->parts->len, ==, 4);
  const ZbPart *first = m->parts->pdata[0], *status = m->parts->pdata[1], *inner = m->parts->pdata[2],
               *body = m->parts->pdata[3];
  g_assert_cmpstr (first->description, ==, "Notification");
  g_assert_cmpstr (status->type, ==, "message/delivery-status");
  g_autoptr (GPtrArray) groups = zb_header_groups (status->text);
  g_assert_cmpuint (groups->len, ==, 2);
  g_assert_cmpstr (zb_header_find (groups->pdata[1], "final-recipient"), ==, "rfc822; x@example.net");
  g_assert_cmpstr (zb_header_find (inner->headers, "Subject"), ==, "inner");
  g_assert_cmpuint (inner->enclosed, ==, 1);
  g_assert_null (inner->text);
  g_assert_cmpuint (body->enclosed, ==, 1);
  g_assert_cmpstr (zb_message_text (m, "text/plain"), ==, first->text);
}

static void
test_a_report_is_walked_with_any_line_ends (void)
{
  g_autoptr (ZbMessage) dos = parse (report);
  check_report (dos);
  g_autoptr (GString) lf = g_string_new (report), cr = g_string_new (report);
  g_string_replace (lf, "\r\n", "\n", 0);
  g_string_replace (cr, "\r\n", "\r", 0);
  g_autoptr (ZbMessage) unix_ends = parse (lf->str);
  g_autoptr (ZbMessage) mac = parse (cr->str);
  check_report (unix_ends);
  check_report (mac);
}

static void
test_addresses_and_ids (void)
{
  g_auto (GStrv) addresses = zb_message_addresses ("\"A, B\" <a@example.org>, c@example.org");
  g_assert_cmpstr (addresses[0], ==, "a@example.org");
  g_assert_cmpstr (addresses[1], ==, "c@example.org");
  g_assert_null (addresses[2]);
  g_autofree char *id = zb_message_id ("see <1.2@example.org> (x)");
  g_assert_cmpstr (id, ==, "1.2@example.org");
  g_assert_null (zb_message_id ("none"));
  g_assert_null (zb_message_id (NULL));
}

static void
test_wrong_bytes_are_mended_or_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_message_parse ("", 0, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
  g_autoptr (ZbMessage) m =
      parse ("Subject: \xff\xfe\nContent-Type: text/plain; charset=no-such-set\n\n\xd0\xc5\n");
  g_assert_true (g_utf8_validate (zb_header_find (m->headers, "Subject"), -1, NULL));
  g_assert_true (g_utf8_validate (zb_message_text (m, "text/plain"), -1, NULL));
}

static void
test_deep_nesting_ends (void)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  for (guint i = 0; i < 300; i++)
    g_string_append_printf (raw, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
  g_string_append (raw, "\nend\n");
  g_autoptr (ZbMessage) m = parse (raw->str);
  g_assert_cmpuint (m->parts->len, <=, 1);
}

#define CASE(name) g_test_add_func ("/message/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE (headers_and_text_come_in_utf8);
  CASE (a_report_is_walked_with_any_line_ends);
  CASE (addresses_and_ids);
  CASE (wrong_bytes_are_mended_or_refused);
  CASE (deep_nesting_ends);
  return g_test_run ();
}
