/* Signing mail (DKIM, RFC 6376; libopendkim), for those whose relay does not sign: rsa-sha256, relaxed, the
   whole body, and every header that a receiver shows or acts on, List-Unsubscribe-Post (RFC 8058) among them.
   From is signed once more than it is there, so that a second one breaks the signature. */
#pragma once
#include "zhoubao/base/time.h"

typedef struct ZbDkim ZbDkim;

typedef struct {
  const char *file;     /* of the private key in PEM, which others may not read */
  const char *domain;   /* d= */
  const char *selector; /* s= */
  ZbTime at;            /* t=: the same for every copy, so that a second one has the same bytes */
} ZbDkimOptions;

/* (transfer full) */
ZbDkim *zb_dkim_open (const ZbDkimOptions *options, GError **error);
void zb_dkim_free (ZbDkim *dkim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbDkim, zb_dkim_free)

/* MAIL (CRLF) with its signature before it. May be called from several threads at once. (transfer full) */
GBytes *zb_dkim_sign (const ZbDkim *dkim, GBytes *mail, GError **error);

/* Makes the key FILE of 2048 bits, 0600; one that is there is left as it is, and FALSE. */
gboolean zb_dkim_make_key (const char *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the DNS must say under SELECTOR._domainkey.DOMAIN for the key FILE: "v=DKIM1; k=rsa; p=…"; BITS may be
   NULL. (transfer full) */
char *zb_dkim_record (const char *file, int *bits, GError **error);
