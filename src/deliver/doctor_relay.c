/* The relays: whether they answer, by which TLS, and who the world takes them for. */
#include "doctor_private.h"

#include "zhoubao/base/mailbox.h"
#include "zhoubao/edge/smtp.h"
#include <gio/gio.h>

/* An address that the world could see mail come from. */
static gboolean
is_public (const char *text)
{
  g_autoptr (GInetAddress) ip = g_inet_address_new_from_string (text);
  return ip != NULL && !g_inet_address_get_is_loopback (ip) && !g_inet_address_get_is_site_local (ip) &&
         !g_inet_address_get_is_link_local (ip);
}

static void
take_addresses (ZbRound *round, const char *host)
{
  static const ZbResolverKind kinds[] = {ZB_RESOLVER_ADDRESS, ZB_RESOLVER_ADDRESS_6};
  if (g_hostname_is_ip_address (host)) {
    if (is_public (host))
      g_ptr_array_add (round->ips, g_strdup (host));
    return;
  }
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++) {
    g_autoptr (GPtrArray) found = zb_resolver_ask (round->doctor->resolver, kinds[kind], host, NULL);
    for (guint i = 0; found != NULL && i < found->len; i++)
      if (is_public (found->pdata[i]))
        g_ptr_array_add (round->ips, g_strdup (found->pdata[i]));
  }
}

static void
look_at (ZbRound *round, const ZbRelay *relay)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  const char *helo = zb_mailbox_domain (round->config->sender_address);
  g_autoptr (ZbSmtpServer) server = zb_smtp_server_new (relay->url, relay->plaintext, helo, &error);
  g_autoptr (GUri) uri = g_uri_parse (relay->url, G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (server == NULL || !zb_smtp_probe (server, &words, &error)) {
    zb_round_add (round, "relay", ZB_DOCTOR_ILL, "%s", error->message);
    return;
  }
  gboolean open = g_str_equal (words, "no TLS"),
           far = host != NULL && (!g_hostname_is_ip_address (host) || is_public (host)) &&
                 !g_str_equal (host, "localhost");
  zb_round_add (round, "relay", open && far ? ZB_DOCTOR_ILL : ZB_DOCTOR_WELL, "%s answers, %s%s",
                zb_smtp_server_name (server), words,
                open && far ? ": mail and password cross the network in the open" : "");
  if (round->doctor->ip == NULL && host != NULL)
    take_addresses (round, host);
}

void
zb_doctor_relays (ZbRound *round)
{
  if (round->doctor->ip != NULL)
    g_ptr_array_add (round->ips, g_strdup (round->doctor->ip));
  if (round->config->relays->len == 0)
    zb_round_add (round, "relay", ZB_DOCTOR_ADVICE,
                  "zhoubao.yaml names no smtp: mail is written to outbox/ and reaches nobody");
  for (guint i = 0; i < round->config->relays->len; i++)
    look_at (round, round->config->relays->pdata[i]);
}

/* TRUE: one of NAMES leads back to IP. */
static gboolean
leads_back (ZbRound *round, const GPtrArray *names, const char *ip)
{
  ZbResolverKind kind = strchr (ip, ':') != NULL ? ZB_RESOLVER_ADDRESS_6 : ZB_RESOLVER_ADDRESS;
  for (guint i = 0; i < names->len; i++) {
    g_autoptr (GPtrArray) back = zb_resolver_ask (round->doctor->resolver, kind, names->pdata[i], NULL);
    for (guint j = 0; back != NULL && j < back->len; j++)
      if (g_str_equal (back->pdata[j], ip))
        return TRUE;
  }
  return FALSE;
}

static void
look_back (ZbRound *round, const char *ip)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = zb_resolver_ask (round->doctor->resolver, ZB_RESOLVER_NAME, ip, &error);
  if (names == NULL)
    zb_round_add (round, "reverse", ZB_DOCTOR_UNKNOWN, "%s", error->message);
  else if (names->len == 0)
    zb_round_add (
        round, "reverse", ZB_DOCTOR_ILL,
        "%s has no name: ask whoever gave you the address for a PTR record with a name of yours, which "
        "leads back to it by an A record",
        ip);
  else if (!leads_back (round, names, ip))
    zb_round_add (round, "reverse", ZB_DOCTOR_ILL, "%s is called %s, a name that does not lead back to it",
                  ip, (char *)names->pdata[0]);
  else
    zb_round_add (round, "reverse", ZB_DOCTOR_WELL, "%s is %s, and back", ip, (char *)names->pdata[0]);
}

void
zb_doctor_reverse (ZbRound *round)
{
  for (guint i = 0; i < round->ips->len; i++)
    look_back (round, round->ips->pdata[i]);
  if (round->ips->len == 0)
    zb_round_add (round, "reverse", ZB_DOCTOR_UNKNOWN,
                  "which address mail leaves from is not known here: say --ip ADDRESS");
}
