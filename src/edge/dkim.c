/* DKIM by libopendkim; keys by OpenSSL. */
#include "zhoubao/edge/dkim.h"

#include "zhoubao/base/error.h"
#include <dkim.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_BITS 2048
#define KEY_MAX (64 * 1024)
#define NAME "DKIM-Signature: "

struct ZbDkim {
  DKIM_LIB *library;
  char *key, *domain, *selector;
};

static const u_char *const signed_headers[] = {(const u_char *)"From",
                                               (const u_char *)"Reply-To",
                                               (const u_char *)"Subject",
                                               (const u_char *)"Date",
                                               (const u_char *)"To",
                                               (const u_char *)"Message-ID",
                                               (const u_char *)"MIME-Version",
                                               (const u_char *)"Content-Type",
                                               (const u_char *)"Content-Transfer-Encoding",
                                               (const u_char *)"Content-Language",
                                               (const u_char *)"List-Id",
                                               (const u_char *)"List-Archive",
                                               (const u_char *)"List-Unsubscribe",
                                               (const u_char *)"List-Unsubscribe-Post",
                                               (const u_char *)"Auto-Submitted",
                                               NULL};
static const u_char *const oversigned[] = {(const u_char *)"From", NULL};

static gboolean
read_key (const char *file, char **pem, GError **error)
{
  struct stat st;
  gsize size = 0;
  if (stat (file, &st) != 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "%s: %s (doctor --make-dkim-key makes one)", file,
                 g_strerror (errno));
    return FALSE;
  }
  if ((st.st_mode & 077) != 0 || st.st_size > KEY_MAX) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED,
                 "%s: a private key must be a small file that only its owner may read (chmod 600)", file);
    return FALSE;
  }
  return g_file_get_contents (file, pem, &size, error);
}

static EVP_PKEY *
parse_key (const char *file, const char *pem, GError **error)
{
  BIO *bio = BIO_new_mem_buf (pem, -1);
  EVP_PKEY *key = bio != NULL ? PEM_read_bio_PrivateKey (bio, NULL, NULL, NULL) : NULL;
  BIO_free (bio);
  if (key != NULL && EVP_PKEY_base_id (key) == EVP_PKEY_RSA)
    return key;
  EVP_PKEY_free (key);
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s: not a private RSA key in PEM", file);
  return NULL;
}

static gboolean
set_up (DKIM_LIB *library, ZbTime at)
{
  uint64_t fixed = (uint64_t)at;
  return dkim_options (library, DKIM_OP_SETOPT, DKIM_OPTS_SIGNHDRS, (void *)signed_headers,
                       sizeof (u_char **)) == DKIM_STAT_OK &&
         dkim_options (library, DKIM_OP_SETOPT, DKIM_OPTS_OVERSIGNHDRS, (void *)oversigned,
                       sizeof (u_char **)) == DKIM_STAT_OK &&
         dkim_options (library, DKIM_OP_SETOPT, DKIM_OPTS_FIXEDTIME, &fixed, sizeof fixed) == DKIM_STAT_OK;
}

ZbDkim *
zb_dkim_open (const ZbDkimOptions *options, GError **error)
{
  g_autofree char *pem = NULL;
  if (!read_key (options->file, &pem, error))
    return NULL;
  EVP_PKEY *key = parse_key (options->file, pem, error);
  if (key == NULL)
    return NULL;
  EVP_PKEY_free (key);
  g_autoptr (ZbDkim) dkim = g_new0 (ZbDkim, 1);
  dkim->key = g_steal_pointer (&pem);
  dkim->domain = g_strdup (options->domain);
  dkim->selector = g_strdup (options->selector);
  dkim->library = dkim_init (NULL, NULL);
  if (dkim->library != NULL && set_up (dkim->library, options->at))
    return g_steal_pointer (&dkim);
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_FAILED, "libopendkim does not start");
  return NULL;
}

void
zb_dkim_free (ZbDkim *dkim)
{
  if (dkim->library != NULL)
    dkim_close (dkim->library);
  g_free (dkim->key);
  g_free (dkim->domain);
  g_free (dkim->selector);
  g_free (dkim);
}

/* A header with its folded lines, without the last line's end; *AT moves behind it. NULL at the empty line.
 */
static const char *
next_header (const char **at, gsize *length)
{
  const char *start = *at, *end = start;
  if (g_str_has_prefix (start, "\r\n") || *start == '\0')
    return NULL;
  do {
    end = strstr (end, "\r\n");
    if (end == NULL)
      return NULL;
    end += 2;
  } while (*end == ' ' || *end == '\t');
  *at = end;
  *length = (gsize)(end - start) - 2;
  return start;
}

static DKIM_STAT
feed (DKIM *signing, const char *text, gsize size)
{
  const char *at = text, *header;
  gsize length = 0;
  DKIM_STAT status = DKIM_STAT_OK;
  while (status == DKIM_STAT_OK && (header = next_header (&at, &length)) != NULL)
    status = dkim_header (signing, (u_char *)header, length);
  if (status == DKIM_STAT_OK)
    status = dkim_eoh (signing);
  if (status == DKIM_STAT_OK && g_str_has_prefix (at, "\r\n"))
    status = dkim_body (signing, (u_char *)at + 2, size - (gsize)(at + 2 - text));
  return status == DKIM_STAT_OK ? dkim_eom (signing, NULL) : status;
}

static GBytes *
put_before (const char *signature, gsize length, GBytes *mail)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (mail, &size);
  GString *out = g_string_sized_new (size + length + sizeof NAME + 2);
  g_string_append (out, NAME);
  g_string_append_len (out, signature, (gssize)length);
  g_string_append (out, "\r\n");
  g_string_append_len (out, text, (gssize)size);
  return g_string_free_to_bytes (out);
}

GBytes *
zb_dkim_sign (const ZbDkim *dkim, GBytes *mail, GError **error)
{
  DKIM_STAT status = DKIM_STAT_OK;
  u_char *signature = NULL;
  size_t length = 0;
  GBytes *out = NULL;
  DKIM *signing = dkim_sign (dkim->library, (const u_char *)"zhoubao", NULL, (dkim_sigkey_t)dkim->key,
                             (const u_char *)dkim->selector, (const u_char *)dkim->domain, DKIM_CANON_RELAXED,
                             DKIM_CANON_RELAXED, DKIM_SIGN_RSASHA256, -1, &status);
  if (signing != NULL) {
    /* A copy that ends in NUL, for the headers are looked for as text. */
    g_autofree char *text = g_strndup (g_bytes_get_data (mail, NULL), g_bytes_get_size (mail));
    status = feed (signing, text, g_bytes_get_size (mail));
    if (status == DKIM_STAT_OK)
      status = dkim_getsighdr_d (signing, strlen (NAME), &signature, &length);
    if (status == DKIM_STAT_OK)
      out = put_before ((const char *)signature, length, mail);
  }
  if (out == NULL) {
    const char *why = signing != NULL ? dkim_geterror (signing) : NULL;
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "DKIM: %s",
                 why != NULL ? why : dkim_getresultstr (status));
  }
  if (signing != NULL)
    dkim_free (signing);
  return out;
}

static gboolean
write_key (int fd, const char *file, EVP_PKEY *key, GError **error)
{
  FILE *stream = fdopen (fd, "w");
  gboolean written = stream != NULL && PEM_write_PrivateKey (stream, key, NULL, NULL, 0, NULL, NULL) == 1 &&
                     fflush (stream) == 0 && fsync (fd) == 0;
  if (stream != NULL)
    fclose (stream);
  else
    close (fd);
  if (!written) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: the key could not be written", file);
    (void)unlink (file); /* half a key is worse than none */
  }
  return written;
}

gboolean
zb_dkim_make_key (const char *file, GError **error)
{
  EVP_PKEY *key = EVP_RSA_gen (KEY_BITS);
  g_autofree char *folder = g_path_get_dirname (file);
  if (key == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_FAILED, "OpenSSL could not make a key");
    return FALSE;
  }
  (void)g_mkdir_with_parents (folder, 0700); /* open says it where this fails */
  int fd = open (file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean made = fd >= 0 && write_key (fd, file, key, error);
  if (fd < 0)
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s: %s", file,
                 errno == EEXIST ? "there is a key already" : g_strerror (errno));
  EVP_PKEY_free (key);
  return made;
}

char *
zb_dkim_record (const char *file, int *bits, GError **error)
{
  g_autofree char *pem = NULL;
  unsigned char *der = NULL;
  if (!read_key (file, &pem, error))
    return NULL;
  EVP_PKEY *key = parse_key (file, pem, error);
  if (key == NULL)
    return NULL;
  int length = i2d_PUBKEY (key, &der);
  g_autofree char *encoded = g_base64_encode (der, (gsize)length);
  if (bits != NULL)
    *bits = EVP_PKEY_bits (key);
  OPENSSL_free (der);
  EVP_PKEY_free (key);
  return g_strconcat ("v=DKIM1; k=rsa; p=", encoded, NULL);
}
