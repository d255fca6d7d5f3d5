/* An HTTP client by zhoubao.yaml. */
#include "zhoubao/store/agent.h"

char *
zb_agent_name (const ZbConfig *config)
{
  const char *contact = config->contact_address != NULL ? config->contact_address : config->sender_address;
  const char *about[] = {config->base_url, contact};
  if (config->user_agent != NULL)
    return g_strdup (config->user_agent);
  g_autoptr (GString) name = g_string_new ("zhoubao/" ZB_VERSION);
  const char *before = " (+";
  for (guint i = 0; i < G_N_ELEMENTS (about); i++)
    if (about[i] != NULL) {
      g_string_append_printf (name, "%s%s", before, about[i]);
      before = "; ";
    }
  if (*before == ';')
    g_string_append_c (name, ')');
  return g_string_free (g_steal_pointer (&name), FALSE);
}

ZbHttp *
zb_agent_new (const ZbConfig *config, GError **error)
{
  const ZbLimits *l = &config->limits;
  g_autofree char *name = zb_agent_name (config);
  ZbHttpOptions options = {.user_agent = name,
                           .proxy = config->proxy,
                           .ca_file = g_getenv ("SSL_CERT_FILE"),
                           .allow_private = (const char *const *)config->allow_private,
                           .wire_bytes = l->wire_bytes,
                           .decoded_bytes = l->decoded_bytes,
                           .ratio = l->ratio,
                           .ratio_after_bytes = l->ratio_after_bytes,
                           .header_bytes = l->header_bytes,
                           .connect_seconds = l->connect_seconds,
                           .total_seconds = l->total_seconds,
                           .slow_bytes = l->slow_bytes,
                           .slow_seconds = l->slow_seconds,
                           .redirects = l->redirects,
                           .connections = l->connections,
                           .held_bytes = l->held_bytes};
  return zb_http_new (&options, error);
}
