/* libresolv's queries, and its parser for what comes back. */
#include "zhoubao/edge/resolver.h"

#include "zhoubao/base/error.h"
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <gio/gio.h>
#include <netdb.h>
#include <resolv.h>
#include <string.h>

#define ANSWER_MAX 65535
#define WAIT_SECONDS 2
#define TRIES 2
#define PORT 53

struct ZbResolver {
  struct __res_state state;
};

static gboolean
set_server (res_state state, const char *server, GError **error)
{
  g_autofree char *host = NULL;
  guint16 port = PORT;
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (server, PORT, NULL);
  if (parsed != NULL) {
    host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed)));
    port = g_network_address_get_port (G_NETWORK_ADDRESS (parsed));
  }
  struct sockaddr_in *at = &state->nsaddr_list[0];
  if (host == NULL || inet_pton (AF_INET, host, &at->sin_addr) != 1) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is no name server such as 9.9.9.9 or 127.0.0.1:5353",
                 server);
    return FALSE;
  }
  at->sin_family = AF_INET;
  at->sin_port = htons (port);
  state->nscount = 1;
  return TRUE;
}

ZbResolver *
zb_resolver_new (const char *server, GError **error)
{
  g_autoptr (ZbResolver) resolver = g_new0 (ZbResolver, 1);
  if (res_ninit (&resolver->state) != 0) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_FAILED, "the system's resolver does not start");
    return NULL;
  }
  resolver->state.retrans = WAIT_SECONDS;
  resolver->state.retry = TRIES;
  return server == NULL || set_server (&resolver->state, server, error) ? g_steal_pointer (&resolver) : NULL;
}

void
zb_resolver_free (ZbResolver *resolver)
{
  res_nclose (&resolver->state);
  g_free (resolver);
}

/* 4.3.2.1.in-addr.arpa of 1.2.3.4, or the nibbles of an IPv6 address. NULL: no address. (transfer full) */
static char *
reverse_name (const char *address)
{
  g_autoptr (GInetAddress) ip = g_inet_address_new_from_string (address);
  if (ip == NULL)
    return NULL;
  const guint8 *bytes = g_inet_address_to_bytes (ip);
  GString *name = g_string_new (NULL);
  for (gsize i = g_inet_address_get_native_size (ip); i-- > 0;)
    if (g_inet_address_get_family (ip) == G_SOCKET_FAMILY_IPV4)
      g_string_append_printf (name, "%d.", bytes[i]);
    else
      g_string_append_printf (name, "%x.%x.", bytes[i] & 15, bytes[i] >> 4);
  g_string_append (name,
                   g_inet_address_get_family (ip) == G_SOCKET_FAMILY_IPV4 ? "in-addr.arpa" : "ip6.arpa");
  return g_string_free (name, FALSE);
}

static char *
join_strings (const guint8 *data, gsize length)
{
  GString *text = g_string_new (NULL);
  for (gsize at = 0; at < length && at + 1 + data[at] <= length; at += 1 + (gsize)data[at])
    g_string_append_len (text, (const char *)data + at + 1, data[at]);
  g_autofree char *raw = g_string_free (text, FALSE);
  return g_utf8_make_valid (raw, -1);
}

static char *
read_name (const ns_msg *message, const guint8 *at)
{
  char name[NS_MAXDNAME];
  if (ns_name_uncompress (ns_msg_base (*message), ns_msg_end (*message), at, name, sizeof name) < 0)
    return NULL;
  return g_strdup (name);
}

static char *
read_answer (const ns_msg *message, const ns_rr *row, ZbResolverKind kind)
{
  char address[INET6_ADDRSTRLEN];
  const guint8 *data = ns_rr_rdata (*row);
  gsize length = ns_rr_rdlen (*row);
  switch (kind) {
  case ZB_RESOLVER_TEXT:
    return join_strings (data, length);
  case ZB_RESOLVER_MAIL:
    return length > 2 ? read_name (message, data + 2) : NULL;
  case ZB_RESOLVER_NAME:
    return read_name (message, data);
  case ZB_RESOLVER_ADDRESS:
    return length == 4 ? g_strdup (inet_ntop (AF_INET, data, address, sizeof address)) : NULL;
  case ZB_RESOLVER_ADDRESS_6:
    return length == 16 ? g_strdup (inet_ntop (AF_INET6, data, address, sizeof address)) : NULL;
  }
  return NULL;
}

static const int types[] = {[ZB_RESOLVER_TEXT] = ns_t_txt,
                            [ZB_RESOLVER_ADDRESS] = ns_t_a,
                            [ZB_RESOLVER_ADDRESS_6] = ns_t_aaaa,
                            [ZB_RESOLVER_MAIL] = ns_t_mx,
                            [ZB_RESOLVER_NAME] = ns_t_ptr};

static GPtrArray *
read_message (const guint8 *answer, int length, ZbResolverKind kind)
{
  ns_msg message;
  ns_rr row;
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  if (ns_initparse (answer, length, &message) != 0)
    return found;
  for (int i = 0; i < ns_msg_count (message, ns_s_an); i++) {
    gboolean wanted = ns_parserr (&message, ns_s_an, i, &row) == 0 && ns_rr_type (row) == (guint)types[kind];
    char *text = wanted ? read_answer (&message, &row, kind) : NULL;
    if (text != NULL)
      g_ptr_array_add (found, text);
  }
  return found;
}

GPtrArray *
zb_resolver_ask (ZbResolver *resolver, ZbResolverKind kind, const char *name, GError **error)
{
  g_autofree guint8 *answer = g_malloc (ANSWER_MAX);
  g_autofree char *reverse = kind == ZB_RESOLVER_NAME ? reverse_name (name) : NULL;
  const char *asked = reverse != NULL ? reverse : name;
  int length = res_nquery (&resolver->state, asked, ns_c_in, types[kind], answer, ANSWER_MAX);
  if (length >= 0)
    return read_message (answer, MIN (length, ANSWER_MAX), kind);
  int why = resolver->state.res_h_errno;
  if (why == HOST_NOT_FOUND || why == NO_DATA)
    return g_ptr_array_new_with_free_func (g_free);
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "no name server answers for %s: is there a network?", asked);
  return NULL;
}
