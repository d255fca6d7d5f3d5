/* Mail addresses: what is accepted, what is refused and with which words. */
#include "zhoubao/base/mailbox.h"

#include "zhoubao/base/error.h"

static void
test_good_addresses_come_back_as_they_go_over_the_wire (void)
{
  const char *pairs[][2] = {{"Anna.Li+zb@Example.ORG", "Anna.Li+zb@example.org"},
                            {"o'hara_{x}@a-b.example", "o'hara_{x}@a-b.example"},
                            {"wang@例子.测试", "wang@xn--fsqu00a.xn--0zwm56d"},
                            {"m@bücher.example", "m@xn--bcher-kva.example"},
                            {"a@faß.example", "a@xn--fa-hia.example"}};
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *out = NULL;
    g_assert_true (zb_mailbox_parse (pairs[i][0], &out, &error));
    g_assert_cmpstr (out, ==, pairs[i][1]);
  }
}

static void
test_bad_addresses_are_refused_in_one_line (void)
{
  const char *bad[][2] = {{"", "is empty"},
                          {"a@b.example\r\nRCPT TO:<x@y.example>", "control character"},
                          {"a\tb@example.org", "control character"},
                          {"a@b.example\n", "control character"},
                          {"a\xc2\x85@example.org", "control character"},
                          {"<a@example.org>", "< or >"},
                          {"a b@example.org", "space"},
                          {"a\xe3\x80\x80@example.org", "space"},
                          {"example.org", "no @"},
                          {"@example.org", "nothing before"},
                          {"a@", "nothing after"},
                          {".a@example.org", "misplaced dot"},
                          {"a..b@example.org", "misplaced dot"},
                          {"\"a\"@example.org", "not allowed before"},
                          {"a,b@example.org", "not allowed before"},
                          {"a@b@example.org", "not allowed before"},
                          {"王@example.org", "SMTPUTF8"},
                          {"a@localhost", "without a dot"},
                          {"a@example.org.", "dot"},
                          {"a@-x.example", "cannot be one"},
                          {"a@x..example", "cannot be one"},
                          {"a@under_score.example", "cannot be one"},
                          {"a@[127.0.0.1]", "by number"},
                          {"a@127.0.0.1", "by number"},
                          {"a\xff@example.org", "not UTF-8"}};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *out = NULL;
    g_assert_false (zb_mailbox_parse (bad[i][0], &out, &error));
    g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
    if (strstr (error->message, bad[i][1]) == NULL)
      g_error ("%s: %s", bad[i][0], error->message);
    g_assert_null (strpbrk (error->message, "\r\n"));
    g_assert_null (out);
  }
}

static void
test_lengths_are_held (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *local64 = g_strnfill (64, 'a'), *label = g_strnfill (59, 'b'), *out = NULL, *none = NULL;
  g_autofree char *fits = g_strconcat (local64, "@example.org", NULL);
  g_autofree char *too_long = g_strconcat ("a", fits, NULL);
  g_assert_true (zb_mailbox_parse (fits, &out, &error));
  g_assert_false (zb_mailbox_parse (too_long, &none, &error));
  g_assert_nonnull (strstr (error->message, "64 octets"));
  g_clear_error (&error);
  g_autofree char *whole = g_strdup_printf ("%s@%s.%s.%s.exampleab", local64, label, label, label),
                  *ok = NULL;
  g_autofree char *over = g_strconcat (whole, "c", NULL);
  g_assert_cmpuint (strlen (whole), ==, 254);
  g_assert_true (zb_mailbox_parse (whole, &ok, NULL));
  g_assert_false (zb_mailbox_parse (over, &none, &error));
  g_assert_nonnull (strstr (error->message, "254"));
}

static void
test_keys_masks_and_domains (void)
{
  g_autofree char *key = zb_mailbox_key ("Anna@example.org");
  g_assert_cmpstr (key, ==, "anna@example.org");
  g_assert_cmpstr (zb_mailbox_domain ("a@b.example"), ==, "b.example");
  g_assert_cmpstr (zb_mailbox_domain ("none"), ==, "");
  g_autofree char *mask = zb_mailbox_mask ("martha@example.org"), *small = zb_mailbox_mask ("m@qq.com");
  g_assert_cmpstr (mask, ==, "m…@e…e.org");
  g_assert_cmpstr (small, ==, "m…@q….com");
}

static void
test_names_with_line_breaks_are_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (zb_mailbox_check_name (NULL, NULL));
  g_assert_true (zb_mailbox_check_name ("张三, \"Ltd\" <x>", NULL));
  g_assert_false (zb_mailbox_check_name ("\"张三\" <x>\r\nBcc: y@z", &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "line break"));
  g_autofree char *longest = g_strnfill (201, 'n');
  g_assert_false (zb_mailbox_check_name (longest, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mailbox/good_addresses_come_back_as_they_go_over_the_wire",
                   test_good_addresses_come_back_as_they_go_over_the_wire);
  g_test_add_func ("/mailbox/bad_addresses_are_refused_in_one_line",
                   test_bad_addresses_are_refused_in_one_line);
  g_test_add_func ("/mailbox/lengths_are_held", test_lengths_are_held);
  g_test_add_func ("/mailbox/keys_masks_and_domains", test_keys_masks_and_domains);
  g_test_add_func ("/mailbox/names_with_line_breaks_are_refused", test_names_with_line_breaks_are_refused);
  return g_test_run ();
}
