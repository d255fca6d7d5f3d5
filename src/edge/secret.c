/* libsodium: the only file that names it. */
#include "zhoubao/edge/secret.h"

#include "zhoubao/base/error.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

struct ZbSigner {
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
};

G_STATIC_ASSERT (crypto_auth_hmacsha256_BYTES == ZB_SECRET_BYTES);
G_STATIC_ASSERT (crypto_sign_PUBLICKEYBYTES == ZB_SECRET_BYTES);
G_STATIC_ASSERT (crypto_sign_SEEDBYTES == ZB_SECRET_BYTES);
G_STATIC_ASSERT (crypto_sign_BYTES == ZB_SIGNATURE_BYTES);

static void
ready (void)
{
  /* Safe to call again and from any thread; it fails only where the system has no random source. */
  g_assert (sodium_init () >= 0);
}

void
zb_secret_random (guint8 *out, gsize length)
{
  ready ();
  randombytes_buf (out, length);
}

char *
zb_secret_token (gsize bytes)
{
  g_autofree guint8 *raw = g_malloc (bytes);
  zb_secret_random (raw, bytes);
  return zb_base32_encode (raw, bytes);
}

static gboolean
fail_file (const char *path, const char *what, GError **error)
{
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: cannot %s: %s", path, what, g_strerror (errno));
  return FALSE;
}

static gboolean
sync_directory (const char *directory, GError **error)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;
  if (!done)
    fail_file (directory, "write", error);
  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
write_private (const char *path, const guint8 *bytes, gsize length, GError **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail_file (path, "create", error);
  gboolean done = write (fd, bytes, length) == (gssize)length && fsync (fd) == 0;
  if (!done)
    fail_file (path, "write", error);
  close (fd);
  return done;
}

/* The key is written whole under another name first; link() then fails where somebody else was faster. */
static gboolean
make_key (const char *directory, const char *path, GError **error)
{
  guint8 raw[ZB_SECRET_BYTES];
  zb_secret_random (raw, sizeof raw);
  g_autofree char *suffix = zb_secret_token (8);
  g_autofree char *fresh = g_strconcat (path, ".", suffix, NULL);
  gboolean done = write_private (fresh, raw, sizeof raw, error);
  sodium_memzero (raw, sizeof raw);
  if (done && link (fresh, path) != 0 && errno != EEXIST)
    done = fail_file (path, "create", error);
  unlink (fresh);
  return done && sync_directory (directory, error);
}

static GBytes *
read_key (const char *path, GError **error)
{
  guint8 raw[ZB_SECRET_BYTES + 1];
  struct stat st;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    fail_file (path, "read", error);
    return NULL;
  }
  gssize got = fstat (fd, &st) == 0 ? read (fd, raw, sizeof raw) : -1;
  close (fd);
  if (got != ZB_SECRET_BYTES) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s: a key is %d bytes long, this is not", path,
                 ZB_SECRET_BYTES);
    return NULL;
  }
  if ((st.st_mode & 077) != 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s: others may read this key; chmod 600 it", path);
    return NULL;
  }
  GBytes *key = g_bytes_new (raw, ZB_SECRET_BYTES);
  sodium_memzero (raw, sizeof raw);
  return key;
}

GBytes *
zb_secret_key (const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  if (g_mkdir_with_parents (directory, 0700) != 0) {
    fail_file (directory, "create", error);
    return NULL;
  }
  if (access (path, F_OK) != 0 && !make_key (directory, path, error))
    return NULL;
  return read_key (path, error);
}

void
zb_secret_hmac (GBytes *key, const void *data, gsize length, guint8 *out)
{
  gsize key_length = 0;
  const guint8 *key_bytes = g_bytes_get_data (key, &key_length);
  g_assert (key_length == crypto_auth_hmacsha256_KEYBYTES);
  crypto_auth_hmacsha256 (out, data, length, key_bytes);
}

char *
zb_secret_tag (GBytes *key, gsize bytes, const char *const *fields)
{
  guint8 hash[ZB_SECRET_BYTES];
  g_autoptr (GString) joined = g_string_new (NULL);
  for (; *fields != NULL; fields++)
    g_string_append_printf (joined, "%" G_GSIZE_FORMAT ":%s", strlen (*fields), *fields);
  zb_secret_hmac (key, joined->str, joined->len, hash);
  return zb_base32_encode (hash, MIN (bytes, sizeof hash));
}

static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";

char *
zb_base32_encode (const guint8 *bytes, gsize length)
{
  GString *out = g_string_sized_new (length * 8 / 5 + 2);
  guint32 held = 0;
  guint bits = 0;
  for (gsize i = 0; i < length; i++) {
    held = (held << 8 | bytes[i]) & 0xffff;
    for (bits += 8; bits >= 5; bits -= 5)
      g_string_append_c (out, alphabet[held >> (bits - 5) & 31]);
  }
  if (bits > 0)
    g_string_append_c (out, alphabet[held << (5 - bits) & 31]);
  return g_string_free (out, FALSE);
}

GBytes *
zb_base32_decode (const char *text)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint32 held = 0;
  guint bits = 0;
  for (; *text != '\0'; text++) {
    const char *at = strchr (alphabet, g_ascii_tolower (*text));
    if (at == NULL)
      return NULL;
    held = (held << 5 | (guint32)(at - alphabet)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      guint8 byte = (guint8)(held >> bits);
      g_byte_array_append (out, &byte, 1);
    }
  }
  if (bits >= 5 || (held & ((1u << bits) - 1)) != 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

gboolean
zb_secret_equal (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return FALSE;
  gsize length = strlen (a);
  return strlen (b) == length && sodium_memcmp (a, b, length) == 0;
}

char *
zb_password_hash (const char *password, GError **error)
{
  char out[crypto_pwhash_STRBYTES];
  ready ();
  if (crypto_pwhash_str_alg (out, password, strlen (password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                             crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "no memory to hash a password (64 MiB are needed)");
    return NULL;
  }
  return g_strdup (out);
}

gboolean
zb_password_matches (const char *hash, const char *password)
{
  ready ();
  return crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
}

void
zb_password_waste (const char *password)
{
  g_autofree char *unused = zb_password_hash (password, NULL);
}

ZbSigner *
zb_signer_open (const char *directory, const char *name, GError **error)
{
  g_autoptr (GBytes) seed = zb_secret_key (directory, name, error);
  if (seed == NULL)
    return NULL;
  ZbSigner *signer = g_new0 (ZbSigner, 1);
  crypto_sign_seed_keypair (signer->public_key, signer->secret_key, g_bytes_get_data (seed, NULL));
  return signer;
}

void
zb_signer_free (ZbSigner *signer)
{
  sodium_memzero (signer, sizeof *signer);
  g_free (signer);
}

const guint8 *
zb_signer_public (const ZbSigner *signer)
{
  return signer->public_key;
}

void
zb_signer_sign (const ZbSigner *signer, const void *data, gsize length, guint8 *out)
{
  crypto_sign_detached (out, NULL, data, length, signer->secret_key);
}

gboolean
zb_signature_verify (const guint8 *public_key, const void *data, gsize length, const guint8 *signature)
{
  return crypto_sign_verify_detached (signature, data, length, public_key) == 0;
}
