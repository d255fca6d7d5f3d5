/* What zhoubao.yaml sets and what it leaves to its default, with the line where each is changed. Only read.
 */
#include "routes.h"

#include "zhoubao/edge/yaml.h"
#include "zhoubao/store/config.h"

typedef enum { SETTING_TEXT, SETTING_INT, SETTING_BOOL, SETTING_LIST } SettingKind;

typedef struct {
  const char *group, *key; /* as in the file; GROUP NULL: at the top */
  SettingKind kind;
  gsize offset; /* in ZbConfig */
  const char *meaning;
} Setting;

#define SETTING(group, key, kind, member, meaning)                                                           \
  {                                                                                                          \
    group, key, SETTING_##kind, G_STRUCT_OFFSET (ZbConfig, member), meaning                                  \
  }

/* clang-format off */
static const Setting settings[] = {
  SETTING (NULL, "title", TEXT, title, "the newsletter's name"),
  SETTING (NULL, "description", TEXT, description, "one sentence on it"),
  SETTING (NULL, "base_url", TEXT, base_url, "where readers find it"),
  SETTING (NULL, "timezone", TEXT, timezone, "in which weeks begin and schedules are read"),
  SETTING (NULL, "language", TEXT, language, "of the newsletter"),
  SETTING (NULL, "theme", TEXT, theme, "folder of templates/themes"),
  SETTING (NULL, "contact", TEXT, contact_address, "for readers and for sites that are crawled"),
  SETTING (NULL, "list_id", TEXT, list_id, "of the mail's List-Id"),
  SETTING ("sender", "name", TEXT, sender_name, "in the mail's From"),
  SETTING ("sender", "address", TEXT, sender_address, "in the mail's From"),
  SETTING ("sender", "reply_to", TEXT, reply_to, "where answers go, if elsewhere"),
  SETTING ("sender", "bounces", TEXT, bounce_address, "where failures are reported"),
  SETTING ("sender", "postal_address", TEXT, postal_address, "in the foot of each mail"),
  SETTING ("dkim", "selector", TEXT, dkim_selector, "of the key that signs mail; without one it is not signed here"),
  SETTING ("dkim", "domain", TEXT, dkim_domain, "that signs"),
  SETTING ("issue", "intro", TEXT, intro, "the template of an issue's first lines"),
  SETTING ("issue", "closing", TEXT, closing, "the template of its last lines"),
  SETTING ("issue", "second_approval", BOOL, second_approval, "another editor than the writer approves"),
  SETTING ("issue", "coverage_line", BOOL, coverage_line, "an issue says how many sources were looked at"),
  SETTING ("crawl", "first_fetch_days", INT, first_fetch_days, "days back at the first look at a source"),
  SETTING ("crawl", "keep_days", INT, keep_days, "days that fetched bytes of what nobody picked are kept"),
  SETTING ("crawl", "user_agent", TEXT, user_agent, "the crawler's name, if it is not ours"),
  SETTING ("crawl", "allow_private", LIST, allow_private, "private addresses that may be crawled"),
};
/* clang-format on */

/* The node of KEY in GROUP of the file, or NULL. */
static const ZbYaml *
find (const ZbYaml *file, const char *group, const char *key)
{
  const ZbYaml *map = group != NULL ? zb_yaml_get (file, group) : file;
  return map != NULL && map->kind == ZB_YAML_MAP ? zb_yaml_get (map, key) : NULL;
}

static char *
value_of (const ZbConfig *config, const Setting *setting)
{
  gconstpointer at = (const char *)config + setting->offset;
  switch (setting->kind) {
  case SETTING_INT:
    return g_strdup_printf ("%d", *(const int *)at);
  case SETTING_BOOL:
    return g_strdup (*(const gboolean *)at ? "yes" : "no");
  case SETTING_LIST:
    return *(char *const *const *)at != NULL ? g_strjoinv (", ", *(char **const *)at) : NULL;
  default:
    return g_strdup (*(char *const *)at);
  }
}

static void
build_row (JsonBuilder *b, const char *group, const char *key, const char *value, const ZbYaml *node,
           const char *meaning)
{
  g_autofree char *name = group != NULL ? g_strconcat (group, ": ", key, NULL) : g_strdup (key);
  json_builder_begin_object (b);
  zb_json_text (b, "key", name);
  zb_json_text (b, "value", value != NULL && *value != '\0' ? value : NULL);
  zb_json_text (b, "meaning", meaning);
  zb_json_int (b, "line", node != NULL ? node->line : 0);
  json_builder_end_object (b);
}

static void
build_settings (JsonBuilder *b, const ZbConfig *config, const ZbYaml *file)
{
  json_builder_set_member_name (b, "settings");
  json_builder_begin_array (b);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    const Setting *one = &settings[i];
    g_autofree char *value = value_of (config, one);
    build_row (b, one->group, one->key, value, find (file, one->group, one->key), one->meaning);
  }
  build_row (b, "crawl", "proxy", config->proxy != NULL ? "set; not shown, it may hold a password" : NULL,
             find (file, "crawl", "proxy"), "that the crawler goes through");
  json_builder_end_array (b);
}

/* A relay by scheme, host and port: who signs in there, and with what, stays in the file. */
static void
build_relays (JsonBuilder *b, const ZbConfig *config, const ZbYaml *file)
{
  const ZbYaml *node = zb_yaml_get (file, "smtp");
  json_builder_set_member_name (b, "relays");
  json_builder_begin_array (b);
  for (guint i = 0; i < config->relays->len; i++) {
    const ZbRelay *relay = config->relays->pdata[i];
    const char *host = strrchr (relay->url, '@'), *after = strstr (relay->url, "://");
    g_autofree char *scheme = g_strndup (relay->url, (gsize)(after - relay->url));
    json_builder_begin_object (b);
    zb_json_text (b, "scheme", scheme);
    zb_json_text (b, "host", host != NULL ? host + 1 : after + 3);
    zb_json_bool (b, "secret", host != NULL);
    zb_json_int (b, "connections", relay->connections);
    zb_json_int (b, "line", node != NULL ? node->line : 0);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

static void
build_facets (JsonBuilder *b, const ZbConfig *config, const ZbYaml *file)
{
  json_builder_set_member_name (b, "facets");
  json_builder_begin_array (b);
  for (guint i = 0; i < config->facets->len; i++) {
    const ZbFacet *facet = config->facets->pdata[i];
    g_autofree char *count =
        g_strdup_printf (facet->terms->len == 1 ? "%u term" : "%u terms", facet->terms->len);
    build_row (b, "topics", facet->name, count, find (file, "topics", facet->name), NULL);
  }
  json_builder_end_array (b);
}

static void
build_limits (JsonBuilder *b, const ZbConfig *config, const ZbYaml *file)
{
  json_builder_set_member_name (b, "limits");
  json_builder_begin_array (b);
  for (const ZbLimitRow *row = zb_limit_rows; row->name != NULL; row++) {
    g_autofree char *value =
        g_strdup_printf ("%" G_GINT64_FORMAT, *(const gint64 *)((const char *)&config->limits + row->offset));
    build_row (b, NULL, row->name, value, find (file, "limits", row->name), row->meaning);
  }
  json_builder_end_array (b);
}

gboolean
zb_page_settings (ZbVisit *visit, GError **error)
{
  const ZbConfig *config = visit->room->workspace->config; /* that of the start, not of the file now */
  gsize length = 0;
  g_autofree char *path = zb_workspace_path (visit->room->workspace, "zhoubao.yaml");
  g_autofree char *text = zb_config_read_file (path, config->limits.file_bytes, &length, error);
  g_autoptr (ZbYaml) file =
      text != NULL ? zb_yaml_parse ("zhoubao.yaml", text, (gssize)length, 1, error) : NULL;
  if (file == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  build_settings (b, config, file);
  build_relays (b, config, file);
  build_facets (b, config, file);
  build_limits (b, config, file);
  return zb_visit_render (visit, "settings", "Settings", b, error);
}
