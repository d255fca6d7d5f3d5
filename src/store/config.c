/* zhoubao.yaml by tables. */
#include "zhoubao/store/config.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/time.h"
#include "zhoubao/edge/yaml.h"
#include <gio/gio.h>
#include <sys/stat.h>

#define FIELD(key, target, member)                                                                           \
  {                                                                                                          \
    key, target, G_STRUCT_OFFSET (ZbConfig, member)                                                          \
  }
#define OWN(key, reader)                                                                                     \
  {                                                                                                          \
    key, ZB_YAML_TO_OWN, 0, FALSE, reader                                                                    \
  }

static gboolean
read_zone (const ZbYaml *node, gpointer into, GError **error)
{
  ZbConfig *config = into;
  GTimeZone *zone = node->text != NULL ? g_time_zone_new_identifier (node->text) : NULL;
  if (zone == NULL)
    return zb_yaml_error (node, error, "'%s' is no time zone such as Asia/Shanghai",
                          node->text != NULL ? node->text : "");
  g_clear_pointer (&config->zone, g_time_zone_unref);
  config->zone = zone;
  g_free (config->timezone);
  config->timezone = g_strdup (node->text);
  return TRUE;
}

static gboolean
read_base_url (const ZbYaml *node, gpointer into, GError **error)
{
  ZbConfig *config = into;
  g_autoptr (GUri) uri = node->text != NULL ? g_uri_parse (node->text, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  if ((g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0) || g_uri_get_host (uri) == NULL)
    return zb_yaml_error (node, error, "'base_url' must be an address such as https://weekly.example.org");
  g_free (config->base_url);
  config->base_url = g_strdup (node->text);
  while (g_str_has_suffix (config->base_url, "/"))
    config->base_url[strlen (config->base_url) - 1] = '\0';
  return TRUE;
}

static gboolean
read_sender (const ZbYaml *node, gpointer into, GError **error)
{
  static const ZbYamlField fields[] = {
      FIELD ("name", ZB_YAML_TO_TEXT, sender_name),
      {"address", ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbConfig, sender_address), TRUE},
      FIELD ("reply_to", ZB_YAML_TO_TEXT, reply_to),
      FIELD ("bounces", ZB_YAML_TO_TEXT, bounce_address),
      FIELD ("postal_address", ZB_YAML_TO_TEXT, postal_address),
      {NULL}};
  return zb_yaml_read (node, fields, into, error);
}

static gboolean
read_dkim (const ZbYaml *node, gpointer into, GError **error)
{
  static const ZbYamlField fields[] = {
      {"selector", ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbConfig, dkim_selector), TRUE},
      FIELD ("domain", ZB_YAML_TO_TEXT, dkim_domain),
      FIELD ("key", ZB_YAML_TO_TEXT, dkim_key),
      {NULL}};
  return zb_yaml_read (node, fields, into, error);
}

#define RELAY_FIELDS                                                                                         \
  {"url", ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbRelay, url), TRUE},                                            \
      {"connections", ZB_YAML_TO_INT, G_STRUCT_OFFSET (ZbRelay, connections)},                               \
      {"weight", ZB_YAML_TO_DOUBLE, G_STRUCT_OFFSET (ZbRelay, weight)},                                      \
      {"rate", ZB_YAML_TO_DOUBLE, G_STRUCT_OFFSET (ZbRelay, rate)},                                          \
  {                                                                                                          \
    "plaintext", ZB_YAML_TO_BOOL, G_STRUCT_OFFSET (ZbRelay, plaintext)                                       \
  }

static gboolean
add_relay (const ZbYaml *node, ZbConfig *config, const ZbYamlField *fields, GError **error)
{
  ZbRelay *relay = g_new0 (ZbRelay, 1);
  g_ptr_array_add (config->relays, relay);
  relay->connections = 4;
  relay->weight = 1.0;
  if (!zb_yaml_read (node, fields, relay, error))
    return FALSE;
  if (!g_str_has_prefix (relay->url, "smtp://") && !g_str_has_prefix (relay->url, "smtps://"))
    return zb_yaml_error (node, error, "the url of a relay must start with smtp:// or smtps://");
  if (relay->connections < 1 || relay->connections > 64 || relay->weight < 0 || relay->rate < 0)
    return zb_yaml_error (node, error, "connections must be 1 to 64; weight and rate not below 0");
  return TRUE;
}

static gboolean
read_smtp (const ZbYaml *node, gpointer into, GError **error)
{
  static const ZbYamlField relay_fields[] = {RELAY_FIELDS, {NULL}};
  static const ZbYamlField single_fields[] = {RELAY_FIELDS, {"relays", ZB_YAML_TO_NOTHING}, {NULL}};
  ZbConfig *config = into;
  const ZbYaml *relays = zb_yaml_get (node, "relays");
  if (relays == NULL)
    return add_relay (node, config, single_fields, error);
  if (relays->kind != ZB_YAML_LIST || node->children->len != 1)
    return zb_yaml_error (relays, error, "'relays' must be a list, and stand alone");
  for (guint i = 0; i < relays->children->len; i++)
    if (!add_relay (g_ptr_array_index (relays->children, i), config, relay_fields, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_blocks (const ZbYaml *node, gpointer into, GError **error)
{
  static const ZbYamlField fields[] = {FIELD ("allow_private", ZB_YAML_TO_STRV, allow_private), {NULL}};
  ZbConfig *config = into;
  ZbYaml member = *node;
  GPtrArray only = {(gpointer[]){&member}, 1};
  ZbYaml map = {.kind = ZB_YAML_MAP, .line = node->line, .file = node->file, .children = &only};
  if (!zb_yaml_read (&map, fields, config, error))
    return FALSE;
  for (char **block = config->allow_private; *block != NULL; block++) {
    g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (*block, NULL);
    if (mask == NULL)
      return zb_yaml_error (node, error, "'%s' is no address block such as 127.0.0.0/8", *block);
  }
  return TRUE;
}

static gboolean
read_crawl (const ZbYaml *node, gpointer into, GError **error)
{
  static const ZbYamlField fields[] = {OWN ("allow_private", read_blocks),
                                       FIELD ("user_agent", ZB_YAML_TO_TEXT, user_agent),
                                       FIELD ("proxy", ZB_YAML_TO_TEXT, proxy),
                                       FIELD ("first_fetch_days", ZB_YAML_TO_INT, first_fetch_days),
                                       FIELD ("keep_days", ZB_YAML_TO_INT, keep_days),
                                       {NULL}};
  return zb_yaml_read (node, fields, into, error);
}

static gboolean
read_issue (const ZbYaml *node, gpointer into, GError **error)
{
  static const ZbYamlField fields[] = {FIELD ("intro", ZB_YAML_TO_TEXT, intro),
                                       FIELD ("closing", ZB_YAML_TO_TEXT, closing),
                                       FIELD ("coverage_line", ZB_YAML_TO_BOOL, coverage_line),
                                       FIELD ("second_approval", ZB_YAML_TO_BOOL, second_approval),
                                       {NULL}};
  return zb_yaml_read (node, fields, into, error);
}

/* A term is `name: [word, …]`; its own name is not a word of it. */
static gboolean
read_term (const ZbYaml *node, ZbFacet *facet, GError **error)
{
  const ZbYamlField fields[] = {{node->key, ZB_YAML_TO_STRV, G_STRUCT_OFFSET (ZbTerm, words)}, {NULL}};
  ZbTerm *term = g_new0 (ZbTerm, 1);
  g_ptr_array_add (facet->terms, term);
  term->name = g_strdup (node->key);
  ZbYaml member = *node;
  GPtrArray only = {(gpointer[]){&member}, 1};
  ZbYaml map = {.kind = ZB_YAML_MAP, .line = node->line, .file = node->file, .children = &only};
  if (!zb_yaml_read (&map, fields, term, error))
    return FALSE;
  if (term->words == NULL)
    term->words = g_new0 (char *, 1);
  return TRUE;
}

static gboolean
read_topics (const ZbYaml *node, gpointer into, GError **error)
{
  ZbConfig *config = into;
  if (node->kind != ZB_YAML_MAP)
    return zb_yaml_error (node, error,
                          "'topics' must be a mapping of facets, each of terms with their words");
  for (guint i = 0; i < node->children->len; i++) {
    const ZbYaml *child = g_ptr_array_index (node->children, i);
    ZbFacet *facet = g_new0 (ZbFacet, 1);
    g_ptr_array_add (config->facets, facet);
    facet->name = g_strdup (child->key);
    facet->terms = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_term_free);
    if (child->kind != ZB_YAML_MAP && child->kind != ZB_YAML_NULL)
      return zb_yaml_error (child, error, "'%s' must be a mapping of terms with their words", child->key);
    for (guint j = 0; child->kind == ZB_YAML_MAP && j < child->children->len; j++)
      if (!read_term (g_ptr_array_index (child->children, j), facet, error))
        return FALSE;
  }
  return TRUE;
}

static gboolean
read_limits (const ZbYaml *node, gpointer into, GError **error)
{
  ZbConfig *config = into;
  for (guint i = 0; node->kind == ZB_YAML_MAP && i < node->children->len; i++) {
    const ZbYaml *child = g_ptr_array_index (node->children, i);
    g_autoptr (GError) why = NULL;
    gint64 value = 0;
    if (child->text == NULL || !g_ascii_string_to_signed (child->text, 10, 0, G_MAXINT64, &value, NULL))
      return zb_yaml_error (child, error, "'%s' must be a whole number", child->key);
    if (!zb_limits_set (&config->limits, child->key, value, &why))
      return zb_yaml_error (child, error, "%s", why->message);
  }
  return node->kind == ZB_YAML_MAP ||
         zb_yaml_error (node, error, "'limits' must be a mapping of names to numbers");
}

static gboolean
read_warmup (const ZbYaml *node, gpointer into, GError **error)
{
  static const ZbYamlField fields[] = {
      {"from", ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbConfig, warmup.from), TRUE},
      FIELD ("first", ZB_YAML_TO_INT, warmup.first),
      FIELD ("growth", ZB_YAML_TO_DOUBLE, warmup.growth),
      FIELD ("days", ZB_YAML_TO_INT, warmup.days),
      {NULL}};
  ZbConfig *config = into;
  config->warmup = (ZbWarmupPlan){.first = 200, .days = 30, .growth = 1.5};
  if (!zb_yaml_read (node, fields, config, error))
    return FALSE;
  const ZbWarmupPlan *plan = &config->warmup;
  if (strlen (plan->from) != 10 || zb_time_from_rfc3339 (plan->from) == ZB_TIME_NONE)
    return zb_yaml_error (node, error, "'from' must be a date such as 2026-12-01");
  return (plan->first > 0 && plan->growth >= 1 && plan->growth <= 10 && plan->days > 0 &&
          plan->days <= 365) ||
         zb_yaml_error (node, error, "first must be above 0, growth 1 to 10, days 1 to 365");
}

static gboolean
read_domain_rates (const ZbYaml *node, gpointer into, GError **error)
{
  ZbConfig *config = into;
  for (guint i = 0; node->kind == ZB_YAML_MAP && i < node->children->len; i++) {
    const ZbYaml *child = g_ptr_array_index (node->children, i);
    char *end = NULL;
    double rate = child->text != NULL ? g_ascii_strtod (child->text, &end) : 0;
    if (child->text == NULL || *end != '\0' || rate <= 0)
      return zb_yaml_error (child, error, "the rate of '%s' must be a number of messages a second",
                            child->key);
    g_hash_table_insert (config->domain_rates, g_ascii_strdown (child->key, -1),
                         g_memdup2 (&rate, sizeof rate));
  }
  return node->kind == ZB_YAML_MAP ||
         zb_yaml_error (node, error, "'domain_rates' must be a mapping of domains to messages a second");
}

static gboolean
read_weights (const ZbYaml *node, gpointer into, GError **error)
{
  ZbConfig *config = into;
  for (guint i = 0; node->kind == ZB_YAML_MAP && i < node->children->len; i++) {
    const ZbYaml *child = g_ptr_array_index (node->children, i);
    char *end = NULL;
    double value = child->text != NULL ? g_ascii_strtod (child->text, &end) : 0;
    if (child->text == NULL || end == child->text || *end != '\0')
      return zb_yaml_error (child, error, "the weight '%s' must be a number", child->key);
    g_hash_table_insert (config->weights, g_strdup (child->key), g_memdup2 (&value, sizeof value));
  }
  return node->kind == ZB_YAML_MAP ||
         zb_yaml_error (node, error, "'weights' must be a mapping of features to numbers");
}

/* clang-format off */
static const ZbYamlField config_fields[] = {
  {"title", ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbConfig, title), TRUE},
  FIELD ("description", ZB_YAML_TO_TEXT, description),
  FIELD ("language", ZB_YAML_TO_TEXT, language),
  FIELD ("theme", ZB_YAML_TO_TEXT, theme),
  FIELD ("contact", ZB_YAML_TO_TEXT, contact_address),
  FIELD ("list_id", ZB_YAML_TO_TEXT, list_id),
  {"base_url", ZB_YAML_TO_OWN, 0, TRUE, read_base_url},
  OWN ("timezone", read_zone),
  OWN ("sender", read_sender),
  OWN ("smtp", read_smtp),
  OWN ("dkim", read_dkim),
  OWN ("warmup", read_warmup),
  OWN ("domain_rates", read_domain_rates),
  OWN ("crawl", read_crawl),
  OWN ("issue", read_issue),
  OWN ("topics", read_topics),
  OWN ("weights", read_weights),
  OWN ("limits", read_limits),
  {NULL}
};
/* clang-format on */

static void
set_default (char **at, const char *value)
{
  if (*at == NULL)
    *at = g_strdup (value);
}

static void
fill_defaults (ZbConfig *config)
{
  g_autoptr (GUri) uri = g_uri_parse (config->base_url, G_URI_FLAGS_NONE, NULL);
  set_default (&config->language, "en");
  set_default (&config->sender_name, config->title);
  set_default (&config->bounce_address, config->sender_address);
  if (config->dkim_selector != NULL) {
    set_default (&config->dkim_domain,
                 zb_mailbox_domain (config->sender_address != NULL ? config->sender_address : ""));
    set_default (&config->dkim_key, "data/keys/dkim.pem");
  }
  set_default (&config->contact_address, config->sender_address);
  set_default (&config->list_id, g_uri_get_host (uri));
  set_default (&config->intro, "The most important developments of the week from {{period}}.");
  if (config->zone == NULL) {
    config->zone = g_time_zone_new_utc ();
    config->timezone = g_strdup ("UTC");
  }
  if (config->allow_private == NULL)
    config->allow_private = g_new0 (char *, 1);
}

ZbConfig *
zb_config_parse (const char *file, const char *text, gssize length, GError **error)
{
  g_autoptr (ZbYaml) yaml = zb_yaml_parse (file, text, length, 1, error);
  if (yaml == NULL)
    return NULL;
  g_autoptr (ZbConfig) config = zb_config_new ();
  config->first_fetch_days = 30;
  config->keep_days = 90;
  if (!zb_yaml_read (yaml, config_fields, config, error))
    return NULL;
  fill_defaults (config);
  return g_steal_pointer (&config);
}

char *
zb_config_read_file (const char *file, gint64 limit, gsize *length, GError **error)
{
  struct stat st;
  if (stat (file, &st) == 0 && st.st_size > limit) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT,
                 "%s: %" G_GINT64_FORMAT " bytes are over the limit of %" G_GINT64_FORMAT, file,
                 (gint64)st.st_size, limit);
    return NULL;
  }
  g_autofree char *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents (file, &text, &size, error))
    return NULL;
  const char *end = NULL;
  if (!zb_text_is_valid (text, size, &end)) {
    int line = 1;
    for (const char *p = text; p < end; p++)
      line += *p == '\n';
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s:%d: not UTF-8", file, line);
    return NULL;
  }
  if (length != NULL)
    *length = size;
  return g_steal_pointer (&text);
}

ZbConfig *
zb_config_read (const char *file, GError **error)
{
  ZbLimits limits;
  gsize length = 0;
  zb_limits_init (&limits);
  g_autofree char *text = zb_config_read_file (file, limits.file_bytes, &length, error);
  return text != NULL ? zb_config_parse (file, text, (gssize)length, error) : NULL;
}
