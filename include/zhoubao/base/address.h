/* Network addresses: which of them are no place for a crawler to go (private, loopback, link-local, …).
   Sources: IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates), RFC 4193 (ULA),
   RFC 6598 (CGNAT), RFC 6052 and 8215 (NAT64), RFC 4291 (v4-mapped and v4-compatible), RFC 9637. */
#pragma once
#include <glib.h>

#define ZB_ADDRESS_MAX 16

/* 4 bytes of IPv4 or 16 of IPv6, in network order. */
typedef struct {
  guint8 bytes[ZB_ADDRESS_MAX];
  guint length;
} ZbAddress;

typedef struct {
  ZbAddress address;
  guint bits;
} ZbAddressBlock;

/* Reads "192.0.2.1" (dotted decimal only) or "2001:db8::1". */
gboolean zb_address_parse (const char *text, ZbAddress *out);

/* Returns: (transfer full). */
char *zb_address_to_text (const ZbAddress *address);

/* Reads "10.0.0.0/8", "fd00::/8" or an address alone; the error names TEXT. */
gboolean zb_address_block_parse (const char *text, ZbAddressBlock *out,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_address_block_has (const ZbAddressBlock *block, const ZbAddress *address);

/* What the address is reserved for ("a private address"), or NULL where it is a public unicast one. An IPv6
   form that carries an IPv4 address (mapped, NAT64, 6to4, Teredo) is reserved whatever it carries. */
const char *zb_address_reserved (const ZbAddress *address);
