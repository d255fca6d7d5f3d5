/* Asking the DNS (libc's resolver). Every question may take a few seconds. */
#pragma once
#include <glib.h>

typedef struct ZbResolver ZbResolver;

/* SERVER is ADDRESS or ADDRESS:PORT of IPv4, or NULL for the system's servers. (transfer full) */
ZbResolver *zb_resolver_new (const char *server, GError **error);
void zb_resolver_free (ZbResolver *resolver);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbResolver, zb_resolver_free)

typedef enum {
  ZB_RESOLVER_TEXT,      /* TXT, its strings joined */
  ZB_RESOLVER_ADDRESS,   /* A */
  ZB_RESOLVER_ADDRESS_6, /* AAAA */
  ZB_RESOLVER_MAIL,      /* MX, the names by preference as they came */
  ZB_RESOLVER_NAME       /* PTR; NAME is the IP address */
} ZbResolverKind;

/* The answers; an empty array where the DNS says that there are none. NULL with ZB_ERROR_FAILED: no server
   gave an answer. (transfer full) (element-type char*) */
GPtrArray *zb_resolver_ask (ZbResolver *resolver, ZbResolverKind kind, const char *name, GError **error);
