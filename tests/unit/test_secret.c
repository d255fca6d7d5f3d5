/* Keys, tags, tokens, passwords and signatures, against the vectors of their RFCs. */
#include "zhoubao/edge/secret.h"

#include "zhoubao/base/error.h"
#include <glib/gstdio.h>
#include <sys/stat.h>

static void
test_base32_is_that_of_rfc_4648 (void)
{
  static const struct {
    const char *plain, *encoded;
  } rows[] = {{"", ""},
              {"f", "my"},
              {"fo", "mzxq"},
              {"foo", "mzxw6"},
              {"foob", "mzxw6yq"},
              {"fooba", "mzxw6ytb"},
              {"foobar", "mzxw6ytboi"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize length = strlen (rows[i].plain);
    g_autofree char *encoded = zb_base32_encode ((const guint8 *)rows[i].plain, length);
    g_assert_cmpstr (encoded, ==, rows[i].encoded);
    g_autofree char *upper = g_ascii_strup (encoded, -1);
    g_autoptr (GBytes) back = zb_base32_decode (upper);
    g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), rows[i].plain, length);
  }
}

static void
test_base32_has_one_spelling_per_value (void)
{
  static const char *const wrong[] = {"m", "mz1", "mz", "my======", "mzx", "mzxw6y", "my "};
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (zb_base32_decode (wrong[i]));
}

static void
test_sha256_and_hmac_agree_with_glib (void)
{
  guint8 raw[ZB_SECRET_BYTES], ours[ZB_SECRET_BYTES], theirs[ZB_SECRET_BYTES];
  zb_secret_random (raw, sizeof raw);
  g_autoptr (GBytes) key = g_bytes_new (raw, sizeof raw);
  zb_secret_hmac (key, "信用", 6, ours);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, raw, sizeof raw);
  g_hmac_update (hmac, (const guchar *)"信用", 6);
  gsize length = sizeof theirs;
  g_hmac_get_digest (hmac, theirs, &length);
  g_assert_cmpmem (ours, sizeof ours, theirs, length);
  g_autofree char *sum = zb_sha256 ("信用", 6);
  g_autofree char *check = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "信用", 6);
  g_assert_cmpstr (sum, ==, check);
}

static void
test_tags_keep_their_fields_apart (void)
{
  g_autoptr (GBytes) key = g_bytes_new ("0123456789abcdef0123456789abcdef", 32);
  g_autofree char *one = zb_secret_tag (key, 16, (const char *[]){"ab", "c", NULL});
  g_autofree char *two = zb_secret_tag (key, 16, (const char *[]){"a", "bc", NULL});
  g_autofree char *again = zb_secret_tag (key, 16, (const char *[]){"ab", "c", NULL});
  g_assert_cmpuint (strlen (one), ==, 26);
  g_assert_true (zb_secret_equal (one, again));
  g_assert_false (zb_secret_equal (one, two));
  g_assert_false (zb_secret_equal (one, NULL));
}

static char *
make_directory (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *root = g_dir_make_tmp ("zb-secret-XXXXXX", &error);
  g_assert_no_error (error);
  return g_build_filename (root, "keys", NULL);
}

static void
remove_directory (const char *keys, const char *name)
{
  g_autofree char *path = g_build_filename (keys, name, NULL);
  g_autofree char *root = g_path_get_dirname (keys);
  g_unlink (path);
  g_rmdir (keys);
  g_assert_cmpint (g_rmdir (root), ==, 0); /* nothing else was left behind */
}

static void
test_a_key_is_made_once_and_kept_from_others (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *keys = make_directory ();
  g_autofree char *path = g_build_filename (keys, "mail", NULL);
  g_autoptr (GBytes) first = zb_secret_key (keys, "mail", &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) second = zb_secret_key (keys, "mail", &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (first, second));
  GStatBuf st;
  g_assert_cmpint (g_stat (path, &st), ==, 0);
  g_assert_cmpuint (st.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_autoptr (GBytes) exposed = zb_secret_key (keys, "mail", &error);
  g_assert_null (exposed);
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
  remove_directory (keys, "mail");
}

static gpointer
ask_for_key (gpointer keys)
{
  return zb_secret_key (keys, "mail", NULL);
}

static void
test_all_who_ask_at_once_get_the_same_key (void)
{
  GThread *threads[8];
  g_autofree char *keys = make_directory ();
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_for_key, keys);
  g_autoptr (GBytes) first = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (GBytes) key = g_thread_join (threads[i]);
    g_assert_nonnull (key);
    g_assert_true (first == NULL || g_bytes_equal (first, key));
    if (first == NULL)
      first = g_steal_pointer (&key);
  }
  remove_directory (keys, "mail");
}

static void
test_a_short_key_file_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *keys = make_directory ();
  g_autofree char *path = g_build_filename (keys, "mail", NULL);
  g_assert_cmpint (g_mkdir (keys, 0700), ==, 0);
  g_assert_true (g_file_set_contents_full (path, "short", 5, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_autoptr (GBytes) key = zb_secret_key (keys, "mail", &error);
  g_assert_null (key);
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
  remove_directory (keys, "mail");
}

static void
test_a_password_matches_only_itself (void)
{
  g_autofree char *hash = zb_password_hash ("雄关漫道", NULL);
  g_assert_true (g_str_has_prefix (hash, "$argon2id$"));
  g_assert_true (zb_password_matches (hash, "雄关漫道"));
  g_assert_false (zb_password_matches (hash, "雄关漫道 "));
  g_assert_false (zb_password_matches ("not a hash", "雄关漫道"));
}

static void
test_a_signature_holds_for_its_bytes_alone (void)
{
  guint8 signature[ZB_SIGNATURE_BYTES];
  g_autofree char *keys = make_directory ();
  g_autoptr (ZbSigner) signer = zb_signer_open (keys, "publisher", NULL);
  g_autoptr (ZbSigner) again = zb_signer_open (keys, "publisher", NULL);
  zb_signer_sign (signer, "week", 4, signature);
  g_assert_true (zb_signature_verify (zb_signer_public (again), "week", 4, signature));
  g_assert_false (zb_signature_verify (zb_signer_public (again), "Week", 4, signature));
  remove_directory (keys, "publisher");
}

static void
test_a_file_has_the_sum_of_its_bytes (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("zb-sum-XXXXXX", &path, &error);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_autofree char *text = g_strnfill (100000, 'x');
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_autofree char *of_file = zb_sha256_file (path, &error);
  g_autofree char *of_text = zb_sha256 (text, strlen (text));
  g_assert_cmpstr (of_file, ==, of_text);
  g_unlink (path);
  g_assert_null (zb_sha256_file (path, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/base32_is_that_of_rfc_4648", test_base32_is_that_of_rfc_4648);
  g_test_add_func ("/secret/base32_has_one_spelling_per_value", test_base32_has_one_spelling_per_value);
  g_test_add_func ("/secret/sha256_and_hmac_agree_with_glib", test_sha256_and_hmac_agree_with_glib);
  g_test_add_func ("/secret/tags_keep_their_fields_apart", test_tags_keep_their_fields_apart);
  g_test_add_func ("/secret/a_key_is_made_once_and_kept_from_others",
                   test_a_key_is_made_once_and_kept_from_others);
  g_test_add_func ("/secret/all_who_ask_at_once_get_the_same_key", test_all_who_ask_at_once_get_the_same_key);
  g_test_add_func ("/secret/a_short_key_file_is_refused", test_a_short_key_file_is_refused);
  g_test_add_func ("/secret/a_password_matches_only_itself", test_a_password_matches_only_itself);
  g_test_add_func ("/secret/a_signature_holds_for_its_bytes_alone",
                   test_a_signature_holds_for_its_bytes_alone);
  g_test_add_func ("/secret/a_file_has_the_sum_of_its_bytes", test_a_file_has_the_sum_of_its_bytes);
  return g_test_run ();
}
