/* SHA-256 by libcrypto. */
#include "zhoubao/edge/digest.h"

#include "zhoubao/base/error.h"
#include <openssl/evp.h>

char *
zb_sha256 (const void *data, gsize length)
{
  static const char digits[] = "0123456789abcdef";
  guint8 hash[EVP_MAX_MD_SIZE];
  unsigned n = 0;
  int ok = EVP_Digest (data, length, hash, &n, EVP_sha256 (), NULL);
  g_assert (ok == 1 && n == 32); /* it fails only where memory does */
  char *hex = g_malloc (2 * n + 1);
  for (unsigned i = 0; i < n; i++) {
    hex[2 * i] = digits[hash[i] >> 4];
    hex[2 * i + 1] = digits[hash[i] & 15];
  }
  hex[2 * n] = '\0';
  return hex;
}

char *
zb_sha256_file (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &problem);
  if (file == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s", path, problem->message);
    return NULL;
  }
  return zb_sha256 (g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
}
