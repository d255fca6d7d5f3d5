/* Network addresses by IANA's special-purpose registries. */
#include "zhoubao/base/address.h"

#include "zhoubao/base/error.h"
#include <arpa/inet.h>

typedef struct {
  const char *block, *words;
} Reserved;

/* The first that matches names the address; the order only matters for the words. */
static const Reserved reserved[] = {
    {"0.0.0.0/8", "an address of \"this network\""},
    {"10.0.0.0/8", "a private address"},
    {"100.64.0.0/10", "a carrier's shared address (CGNAT)"},
    {"127.0.0.0/8", "a loopback address"},
    {"169.254.0.0/16", "a link-local address"},
    {"172.16.0.0/12", "a private address"},
    {"192.0.0.0/24", "an address reserved for protocols"},
    {"192.0.2.0/24", "a documentation address"},
    {"192.88.99.0/24", "a 6to4 relay address"},
    {"192.168.0.0/16", "a private address"},
    {"198.18.0.0/15", "a benchmarking address"},
    {"198.51.100.0/24", "a documentation address"},
    {"203.0.113.0/24", "a documentation address"},
    {"224.0.0.0/4", "a multicast address"},
    {"255.255.255.255/32", "the broadcast address"},
    {"240.0.0.0/4", "a reserved address"},
    {"::/128", "the unspecified address"},
    {"::1/128", "a loopback address"},
    {"::/96", "a v4-compatible address"},
    {"::ffff:0:0/96", "a v4-mapped address"},
    {"::ffff:0:0:0/96", "a v4-translated address"},
    {"64:ff9b::/96", "a NAT64 address"},
    {"64:ff9b:1::/48", "a NAT64 address"},
    {"100::/64", "a discard address"},
    {"2001::/32", "a Teredo address"},
    {"2001:db8::/32", "a documentation address"},
    {"2001::/23", "an address reserved for protocols"},
    {"2002::/16", "a 6to4 address"},
    {"3fff::/20", "a documentation address"},
    {"fc00::/7", "a unique local address (ULA)"},
    {"fe80::/10", "a link-local address"},
    {"fec0::/10", "a site-local address"},
    {"ff00::/8", "a multicast address"},
};

static const char global_unicast[] = "2000::/3"; /* all that IANA has given out of IPv6 */

gboolean
zb_address_parse (const char *text, ZbAddress *out)
{
  *out = (ZbAddress){.length = 4};
  if (inet_pton (AF_INET, text, out->bytes) == 1)
    return TRUE;
  out->length = 16;
  return inet_pton (AF_INET6, text, out->bytes) == 1;
}

char *
zb_address_to_text (const ZbAddress *address)
{
  char text[INET6_ADDRSTRLEN];
  const char *done = inet_ntop (address->length == 4 ? AF_INET : AF_INET6, address->bytes, text, sizeof text);
  return g_strdup (done);
}

gboolean
zb_address_block_parse (const char *text, ZbAddressBlock *out, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  guint64 bits = 0;
  if (parts[0] != NULL && zb_address_parse (g_strstrip (parts[0]), &out->address)) {
    guint most = out->address.length * 8;
    out->bits = most;
    if (parts[1] == NULL)
      return TRUE;
    if (g_ascii_string_to_unsigned (g_strstrip (parts[1]), 10, 0, most, &bits, NULL)) {
      out->bits = (guint)bits;
      return TRUE;
    }
  }
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "'%s' is not a block of addresses such as 10.0.0.0/8",
               text);
  return FALSE;
}

gboolean
zb_address_block_has (const ZbAddressBlock *block, const ZbAddress *address)
{
  if (block->address.length != address->length)
    return FALSE;
  guint whole = block->bits / 8, rest = block->bits % 8;
  if (memcmp (block->address.bytes, address->bytes, whole) != 0)
    return FALSE;
  if (rest == 0)
    return TRUE;
  guint8 mask = (guint8)(0xff << (8 - rest));
  return ((block->address.bytes[whole] ^ address->bytes[whole]) & mask) == 0;
}

static gboolean
in_text_block (const char *text, const ZbAddress *address)
{
  ZbAddressBlock block;
  gboolean parsed = zb_address_block_parse (text, &block, NULL);
  g_assert (parsed);
  return zb_address_block_has (&block, address);
}

const char *
zb_address_reserved (const ZbAddress *address)
{
  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (in_text_block (reserved[i].block, address))
      return reserved[i].words;
  if (address->length == 16 && !in_text_block (global_unicast, address))
    return "an address that nobody has been given";
  return NULL;
}
