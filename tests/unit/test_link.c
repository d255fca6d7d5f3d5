/* A person's own links: found again, and not to be guessed. */
#include "zhoubao/deliver/link.h"

static GBytes *
key_of (const char *text)
{
  return g_bytes_new (text, 32);
}

static void
test_a_token_leads_back_to_its_person (void)
{
  static const gint64 people[] = {1, 255, 256, 1000000, G_GINT64_CONSTANT (1099511627775)};
  g_autoptr (GBytes) key = key_of ("0123456789abcdef0123456789abcdef");
  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    g_autofree char *token = zb_link_token (key, "unsubscribe", people[i]);
    g_autofree char *upper = g_ascii_strup (token, -1);
    g_assert_cmpuint (strlen (token), ==, 24);
    g_assert_cmpint (zb_link_person (key, "unsubscribe", token), ==, people[i]);
    g_assert_cmpint (zb_link_person (key, "unsubscribe", upper), ==, people[i]);
  }
}

static void
test_a_token_is_good_for_one_key_and_one_purpose (void)
{
  g_autoptr (GBytes) key = key_of ("0123456789abcdef0123456789abcdef");
  g_autoptr (GBytes) other = key_of ("0123456789abcdef0123456789abcdeF");
  g_autofree char *token = zb_link_token (key, "unsubscribe", 7);
  g_assert_cmpint (zb_link_person (other, "unsubscribe", token), ==, 0);
  g_assert_cmpint (zb_link_person (key, "preferences", token), ==, 0);
  for (char *p = token; *p != '\0'; p++) {
    char kept = *p;
    *p = kept == 'a' ? 'b' : 'a';
    g_assert_cmpint (zb_link_person (key, "unsubscribe", token), ==, 0);
    *p = kept;
  }
  g_assert_cmpint (zb_link_person (key, "unsubscribe", ""), ==, 0);
  g_assert_cmpint (zb_link_person (key, "unsubscribe", "!"), ==, 0);
}

static void
test_a_url_lies_below_the_base (void)
{
  g_autoptr (GBytes) key = key_of ("0123456789abcdef0123456789abcdef");
  g_autofree char *token = zb_link_token (key, "unsubscribe", 7);
  g_autofree char *url = zb_link_url (key, "https://weekly.example.org", "unsubscribe", 7);
  g_autofree char *expected = g_strconcat ("https://weekly.example.org/unsubscribe/", token, NULL);
  g_assert_cmpstr (url, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link/a_token_leads_back_to_its_person", test_a_token_leads_back_to_its_person);
  g_test_add_func ("/link/a_token_is_good_for_one_key_and_one_purpose",
                   test_a_token_is_good_for_one_key_and_one_purpose);
  g_test_add_func ("/link/a_url_lies_below_the_base", test_a_url_lies_below_the_base);
  return g_test_run ();
}
