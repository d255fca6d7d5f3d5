/* Lifetimes of the configuration. */
#include "zhoubao/model/config.h"

void
zb_term_free (ZbTerm *term)
{
  g_free (term->name);
  g_strfreev (term->words);
  g_free (term);
}

void
zb_facet_free (ZbFacet *facet)
{
  g_free (facet->name);
  g_clear_pointer (&facet->terms, g_ptr_array_unref);
  g_free (facet);
}

void
zb_relay_free (ZbRelay *relay)
{
  g_free (relay->url);
  g_free (relay);
}

ZbConfig *
zb_config_new (void)
{
  ZbConfig *config = g_new0 (ZbConfig, 1);
  config->relays = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_relay_free);
  config->facets = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_facet_free);
  config->domain_rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  config->weights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  zb_limits_init (&config->limits);
  return config;
}

void
zb_config_free (ZbConfig *c)
{
  char **texts[] = {&c->title,          &c->base_url,       &c->language,      &c->description,
                    &c->timezone,       &c->theme,          &c->sender_name,   &c->sender_address,
                    &c->reply_to,       &c->bounce_address, &c->list_id,       &c->contact_address,
                    &c->postal_address, &c->intro,          &c->closing,       &c->user_agent,
                    &c->proxy,          &c->dkim_domain,    &c->dkim_selector, &c->dkim_key,
                    &c->warmup.from};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&c->zone, g_time_zone_unref);
  g_strfreev (c->allow_private);
  g_ptr_array_unref (c->relays);
  g_ptr_array_unref (c->facets);
  g_hash_table_unref (c->domain_rates);
  g_hash_table_unref (c->weights);
  g_free (c);
}
