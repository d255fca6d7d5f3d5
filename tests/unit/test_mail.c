/* Issues as mail: frozen and thawed to the same bytes, and what must not go out. */
#include "zhoubao/render/mail.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/message.h"

static ZbConfig *
config_new (void)
{
  ZbConfig *c = zb_config_new ();
  c->title = g_strdup ("Social Credit Weekly");
  c->base_url = g_strdup ("https://weekly.example.org");
  c->language = g_strdup ("en");
  c->timezone = g_strdup ("Asia/Shanghai");
  c->sender_name = g_strdup ("Social Credit Weekly");
  c->sender_address = g_strdup ("weekly@example.org");
  c->list_id = g_strdup ("weekly.example.org");
  return c;
}

static const ZbMailRecipient anna = {.name = "Anna 李",
                                     .address = "anna@example.net",
                                     .message_id = "abc@example.org",
                                     .unsubscribe_url = "https://weekly.example.org/unsubscribe/t",
                                     .preferences_url = "https://weekly.example.org/preferences/t"};

static ZbMail *
issue_new (ZbConfig *config, const char *extra)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
      g_strconcat ("河北省\n", extra, "\n", zb_mime_token (ZB_MIME_UNSUBSCRIBE), "\n", NULL);
  g_autofree char *html =
      g_strconcat ("<p>河北省</p><a href=\"", zb_mime_token (ZB_MIME_PREFERENCES), "\">p</a>", NULL);
  ZbMailContent content = {
      .subject = "Weekly – 3rd July 2017", .text = text, .html = html, .date = 1499043600};
  ZbMail *mail = zb_mail_new (config, &content, &error);
  g_assert_no_error (error);
  return mail;
}

static void
test_a_thawed_mail_gives_the_same_bytes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbConfig) config = config_new ();
  g_autoptr (ZbMail) mail = issue_new (config, "");
  g_autoptr (GBytes) frozen = zb_mail_freeze (mail);
  g_free (config->sender_address);
  config->sender_address = g_strdup ("other@example.org");
  g_autoptr (ZbMail) thawed = zb_mail_thaw (frozen, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) first = zb_mail_fill (mail, &anna, &error);
  g_autoptr (GBytes) second = zb_mail_fill (thawed, &anna, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (first, second));
}

static void
test_the_headers_of_a_bulk_mail (void)
{
  g_autoptr (ZbConfig) config = config_new ();
  g_autoptr (ZbMail) mail = issue_new (config, "");
  g_autoptr (GBytes) bytes = zb_mail_fill (mail, &anna, NULL);
  g_autoptr (ZbMessage) m = zb_message_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  const char *expected[][2] = {{"From", "Social Credit Weekly <weekly@example.org>"},
                               {"To", "Anna 李 <anna@example.net>"},
                               {"Date", "Mon, 3 Jul 2017 09:00:00 +0800"},
                               {"List-Id", "Social Credit Weekly <weekly.example.org>"},
                               {"List-Unsubscribe", "<https://weekly.example.org/unsubscribe/t>"},
                               {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"},
                               {"Message-ID", "<abc@example.org>"},
                               {"Precedence", "bulk"},
                               {"Auto-Submitted", NULL},
                               {"Reply-To", NULL}};
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (zb_header_find (m->headers, expected[i][0]), ==, expected[i][1]);
  g_assert_cmpstr (zb_message_text (m, "text/plain"), ==,
                   "河北省\n\nhttps://weekly.example.org/unsubscribe/t\n");
}

static void
test_a_notice_is_no_list_mail (void)
{
  g_autoptr (ZbConfig) config = config_new ();
  ZbMailContent content = {.subject = "Please confirm", .text = "link\n", .date = 0, .notice = TRUE};
  ZbMailRecipient r = {.address = "anna@example.net", .message_id = "n@example.org"};
  g_autoptr (ZbMail) mail = zb_mail_new (config, &content, NULL);
  g_autoptr (GBytes) bytes = zb_mail_fill (mail, &r, NULL);
  g_autoptr (ZbMessage) m = zb_message_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  g_assert_cmpstr (zb_header_find (m->headers, "Auto-Submitted"), ==, "auto-generated");
  g_assert_null (zb_header_find (m->headers, "List-Id"));
  g_assert_null (zb_header_find (m->headers, "List-Unsubscribe"));
  g_assert_null (zb_header_find (m->headers, "Precedence"));
}

static void
test_what_must_not_go_out_is_an_error (void)
{
  g_autoptr (ZbConfig) config = config_new ();
  g_autoptr (ZbMail) mail = issue_new (config, "");
  ZbMailRecipient name = anna, address = anna;
  name.name = "\"张三\" <x>\r\nBcc: y@z";
  address.address = "x@example.org>\r\nDATA";
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_mail_fill (mail, &name, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (zb_mail_fill (mail, &address, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
  g_clear_error (&error);
  g_free (config->sender_name);
  config->sender_name = g_strdup ("x\r\nBcc: y@z");
  ZbMailContent content = {.subject = "s", .text = "t"};
  g_assert_null (zb_mail_new (config, &content, &error));
  g_assert_true (g_str_has_prefix (error->message, "sender: "));
}

static void
test_a_mail_over_the_limit_is_an_error (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbConfig) config = config_new ();
  config->limits.mail_bytes = 10000;
  g_autofree char *much = g_strnfill (12000, 'x');
  g_autoptr (ZbMail) mail = issue_new (config, much);
  g_assert_null (zb_mail_fill (mail, &anna, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "10000"));
}

static void
test_what_was_not_frozen_is_not_thawed (void)
{
  const char *bad[] = {"", "[]", "{}", "{\"version\":1}", "{\"version\":2,\"from\":\"a@b.c\"}"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
    g_assert_null (zb_mail_thaw (bytes, &error));
    g_assert_nonnull (error);
  }
}

#define CASE(name) g_test_add_func ("/mail/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE (a_thawed_mail_gives_the_same_bytes);
  CASE (the_headers_of_a_bulk_mail);
  CASE (a_notice_is_no_list_mail);
  CASE (what_must_not_go_out_is_an_error);
  CASE (a_mail_over_the_limit_is_an_error);
  CASE (what_was_not_frozen_is_not_thawed);
  return g_test_run ();
}
