/* OpenSSL's functions, see base/late.h. */
#include "zhoubao/base/late.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#define CRYPTO "libcrypto.so.3"
#define SSL_LATE(type, name, parameters, arguments)                                                          \
  ZB_LATE ("libssl.so.3", return, type, name, parameters, arguments)
#define SSL_VOID(name, parameters, arguments) ZB_LATE ("libssl.so.3", , void, name, parameters, arguments)
#define LATE(type, name, parameters, arguments) ZB_LATE (CRYPTO, return, type, name, parameters, arguments)
#define LATE_VOID(name, parameters, arguments) ZB_LATE (CRYPTO, , void, name, parameters, arguments)

SSL_LATE (const SSL_METHOD *, TLS_client_method, (void), ())
SSL_LATE (SSL_CTX *, SSL_CTX_new, (const SSL_METHOD *method), (method))
SSL_VOID (SSL_CTX_free, (SSL_CTX * context), (context))
SSL_LATE (long, SSL_CTX_ctrl, (SSL_CTX * context, int command, long number, void *data),
          (context, command, number, data))
SSL_LATE (X509_VERIFY_PARAM *, SSL_CTX_get0_param, (SSL_CTX * context), (context))
SSL_LATE (void *, SSL_CTX_get_ex_data, (const SSL_CTX *context, int index), (context, index))
SSL_LATE (int, SSL_CTX_set_ex_data, (SSL_CTX * context, int index, void *data), (context, index, data))
SSL_LATE (int, SSL_CTX_set_default_verify_paths, (SSL_CTX * context), (context))
SSL_VOID (SSL_CTX_set_info_callback, (SSL_CTX * context, void (*call) (const SSL *ssl, int type, int value)),
          (context, call))
SSL_VOID (SSL_CTX_set_verify, (SSL_CTX * context, int mode, SSL_verify_cb call), (context, mode, call))
SSL_LATE (long, SSL_ctrl, (SSL * ssl, int command, long number, void *data), (ssl, command, number, data))
SSL_LATE (SSL_CTX *, SSL_get_SSL_CTX, (const SSL *ssl), (ssl))
SSL_LATE (const SSL_CIPHER *, SSL_get_current_cipher, (const SSL *ssl), (ssl))
SSL_LATE (const char *, SSL_CIPHER_get_name, (const SSL_CIPHER *cipher), (cipher))
SSL_LATE (const char *, SSL_get_version, (const SSL *ssl), (ssl))

LATE (int, X509_VERIFY_PARAM_set1_host, (X509_VERIFY_PARAM * param, const char *name, size_t length),
      (param, name, length))
LATE (int, X509_VERIFY_PARAM_set1_ip_asc, (X509_VERIFY_PARAM * param, const char *address), (param, address))
LATE (const char *, X509_verify_cert_error_string, (long code), (code))

LATE (const EVP_MD *, EVP_sha256, (void), ())
LATE (int, EVP_Digest,
      (const void *data, size_t count, unsigned char *digest, unsigned int *size, const EVP_MD *type,
       ENGINE *engine),
      (data, count, digest, size, type, engine))

LATE (BIO *, BIO_new_mem_buf, (const void *bytes, int length), (bytes, length))
LATE (int, BIO_free, (BIO * bio), (bio))
LATE_VOID (CRYPTO_free, (void *data, const char *file, int line), (data, file, line))
LATE (EVP_PKEY *, PEM_read_bio_PrivateKey, (BIO * bio, EVP_PKEY **key, pem_password_cb *call, void *data),
      (bio, key, call, data))
LATE (int, PEM_write_PrivateKey,
      (FILE * stream, const EVP_PKEY *key, const EVP_CIPHER *cipher, const unsigned char *password,
       int length, pem_password_cb *call, void *data),
      (stream, key, cipher, password, length, call, data))
LATE (int, i2d_PUBKEY, (const EVP_PKEY *key, unsigned char **der), (key, der))
LATE_VOID (EVP_PKEY_free, (EVP_PKEY * key), (key))
LATE (int, EVP_PKEY_get_base_id, (const EVP_PKEY *key), (key))
LATE (int, EVP_PKEY_get_bits, (const EVP_PKEY *key), (key))

/* What follows TYPE depends on it: for "RSA", all that we make, the number of bits. */
EVP_PKEY *
EVP_PKEY_Q_keygen (OSSL_LIB_CTX *library, const char *properties, const char *type, ...)
{
  va_list rest;
  __typeof__ (&EVP_PKEY_Q_keygen) real = zb_late_symbol (CRYPTO, "EVP_PKEY_Q_keygen");
  va_start (rest, type);
  size_t bits = va_arg (rest, size_t);
  va_end (rest);
  return real (library, properties, type, bits);
}
