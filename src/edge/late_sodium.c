/* libsodium's functions, see base/late.h. */
#include "zhoubao/base/late.h"

#include <sodium.h>

#define LIBRARY "libsodium.so.23"
#define LATE(type, name, parameters, arguments) ZB_LATE (LIBRARY, return, type, name, parameters, arguments)
#define LATE_VOID(name, parameters, arguments) ZB_LATE (LIBRARY, , void, name, parameters, arguments)

LATE (int, sodium_init, (void), ())
LATE (int, sodium_memcmp, (const void *const a, const void *const b, size_t size), (a, b, size))
LATE_VOID (sodium_memzero, (void *const bytes, const size_t size), (bytes, size))
LATE_VOID (randombytes_buf, (void *const bytes, const size_t size), (bytes, size))

LATE (int, crypto_auth_hmacsha256,
      (unsigned char *out, const unsigned char *bytes, unsigned long long size, const unsigned char *key),
      (out, bytes, size, key))
LATE (int, crypto_pwhash_str_alg,
      (char out[crypto_pwhash_STRBYTES], const char *const word, unsigned long long size,
       unsigned long long steps, size_t memory, int algorithm),
      (out, word, size, steps, memory, algorithm))
LATE (int, crypto_pwhash_str_verify,
      (const char hash[crypto_pwhash_STRBYTES], const char *const word, unsigned long long size),
      (hash, word, size))
LATE (int, crypto_sign_seed_keypair, (unsigned char *shown, unsigned char *secret, const unsigned char *seed),
      (shown, secret, seed))
LATE (int, crypto_sign_detached,
      (unsigned char *signature, unsigned long long *length, const unsigned char *bytes,
       unsigned long long size, const unsigned char *secret),
      (signature, length, bytes, size, secret))
LATE (int, crypto_sign_verify_detached,
      (const unsigned char *signature, const unsigned char *bytes, unsigned long long size,
       const unsigned char *shown),
      (signature, bytes, size, shown))
