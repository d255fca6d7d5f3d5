/* Secrets: random bytes, keys kept in files, keyed hashes, tokens, passwords and signatures (libsodium). */
#pragma once
#include "zhoubao/edge/digest.h"
#include <glib.h>

#define ZB_SECRET_BYTES 32    /* of a key and of an HMAC-SHA-256 */
#define ZB_SIGNATURE_BYTES 64 /* of an Ed25519 signature */

void zb_secret_random (guint8 *out, gsize length);

/* BYTES random bytes as text that fits an address, a URL and a file name (base32). Returns: (transfer full).
 */
char *zb_secret_token (gsize bytes);

/* The key NAME of the folder DIRECTORY (a workspace's data/keys), which both are made on first use: the file
   is 0600 and never replaced, also where two processes ask at once. A key file of another length, or one that
   others may read, is an error. Returns: (transfer full), ZB_SECRET_BYTES long. */
GBytes *zb_secret_key (const char *directory, const char *name, GError **error);

/* HMAC-SHA-256 (RFC 2104) of DATA into OUT, which holds ZB_SECRET_BYTES. */
void zb_secret_hmac (GBytes *key, const void *data, gsize length, guint8 *out);

/* A short name that only the key's owner can make: base32 of the first BYTES (at most ZB_SECRET_BYTES) of the
   HMAC over FIELDS, ended by NULL, each with its length before it so that ("ab","c") differs from ("a","bc").
   The first field names the purpose ("message-id", "verp"). Returns: (transfer full). */
char *zb_secret_tag (GBytes *key, gsize bytes, const char *const *fields);

/* Base32 of RFC 4648 §6, in lower case without padding. Decoding takes upper case too; NULL where TEXT is not
   of that form (stray bits included, so that each value has one spelling). Returns: (transfer full). */
char *zb_base32_encode (const guint8 *bytes, gsize length);
GBytes *zb_base32_decode (const char *text);

/* Whether both texts are the same, in a time that tells nothing of where they differ. NULL equals nothing. */
gboolean zb_secret_equal (const char *a, const char *b);

/* Argon2id with its salt and cost in the text, as /etc/shadow keeps it. Returns: (transfer full). */
char *zb_password_hash (const char *password, GError **error);
gboolean zb_password_matches (const char *hash, const char *password);
/* The time of one hash, spent for nothing: a name that does not exist must not answer faster. */
void zb_password_waste (const char *password);

/* An Ed25519 key pair (RFC 8032) kept as the seed file NAME of DIRECTORY, made on first use. */
typedef struct ZbSigner ZbSigner;
ZbSigner *zb_signer_open (const char *directory, const char *name, GError **error);
void zb_signer_free (ZbSigner *signer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbSigner, zb_signer_free)
/* ZB_SECRET_BYTES long, borrowed. */
const guint8 *zb_signer_public (const ZbSigner *signer);
/* Into OUT, which holds ZB_SIGNATURE_BYTES. */
void zb_signer_sign (const ZbSigner *signer, const void *data, gsize length, guint8 *out);
gboolean zb_signature_verify (const guint8 *public_key, const void *data, gsize length,
                              const guint8 *signature);
