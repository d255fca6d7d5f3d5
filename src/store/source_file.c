/* Sources out of feeds/NAME.yaml, and new ones into it. */
#include "zhoubao/store/source_file.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/folder.h"
#include "zhoubao/base/url.h"
#include "zhoubao/edge/yaml.h"
#include "zhoubao/store/config.h"

#define TEXT(key, member)                                                                                    \
  {                                                                                                          \
    key, ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbSource, member)                                                 \
  }
#define MUST(key, member)                                                                                    \
  {                                                                                                          \
    key, ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbSource, member), TRUE                                           \
  }
#define OWN(key, reader)                                                                                     \
  {                                                                                                          \
    key, ZB_YAML_TO_OWN, 0, FALSE, reader                                                                    \
  }

static gboolean
read_kind (const ZbYaml *node, gpointer into, GError **error)
{
  ZbSource *source = into;
  if (node->text != NULL && zb_source_kind_parse (node->text, &source->kind))
    return TRUE;
  return zb_yaml_error (node, error, "'kind' must be feed, list, json or person");
}

static gboolean
read_level (const ZbYaml *node, gpointer into, GError **error)
{
  static const char *const levels[] = {"central",  "provincial", "sub-provincial", "court", "media",
                                       "research", NULL};
  ZbSource *source = into;
  if (node->text == NULL || !g_strv_contains (levels, node->text))
    return zb_yaml_error (node, error,
                          "'level' must be central, provincial, sub-provincial, court, media or research");
  g_free (source->level);
  source->level = g_strdup (node->text);
  return TRUE;
}

static gboolean
read_url (const ZbYaml *node, gpointer into, GError **error)
{
  ZbSource *source = into;
  g_autoptr (GError) why = NULL;
  g_autoptr (ZbUrl) url = node->text != NULL ? zb_url_parse (node->text, NULL, &why) : NULL;
  if (url == NULL)
    return zb_yaml_error (node, error, "'url' must be a web address (%s)",
                          why != NULL ? why->message : "it is empty");
  g_free (source->url);
  source->url = g_strdup (node->text);
  return TRUE;
}

static gboolean
read_list (const ZbYaml *node, gpointer into, GError **error)
{
  static const ZbYamlField fields[] = {TEXT ("item", list.item),
                                       TEXT ("link", list.link),
                                       TEXT ("title", list.title),
                                       TEXT ("date", list.date),
                                       TEXT ("link_pattern", list.link_pattern),
                                       TEXT ("fragment", list.fragment),
                                       TEXT ("url_template", list.url_template),
                                       {NULL}};
  return zb_yaml_read (node, fields, into, error);
}

static gboolean
read_article (const ZbYaml *node, gpointer into, GError **error)
{
  static const ZbYamlField fields[] = {TEXT ("title", article.title),
                                       TEXT ("body", article.body),
                                       TEXT ("date", article.date),
                                       TEXT ("byline", article.byline),
                                       TEXT ("issuer", article.issuer),
                                       TEXT ("number", article.number),
                                       {NULL}};
  return zb_yaml_read (node, fields, into, error);
}

/* clang-format off */
static const ZbYamlField source_fields[] = {
  MUST ("slug", slug), MUST ("title", title), TEXT ("language", language), TEXT ("region", region),
  TEXT ("timezone", timezone), TEXT ("body", method_body), TEXT ("referer", referer), TEXT ("note", note),
  {"url", ZB_YAML_TO_OWN, 0, TRUE, read_url},
  OWN ("kind", read_kind), OWN ("level", read_level), OWN ("list", read_list), OWN ("article", read_article),
  {"headers", ZB_YAML_TO_STRV, G_STRUCT_OFFSET (ZbSource, headers)},
  {"drop_params", ZB_YAML_TO_STRV, G_STRUCT_OFFSET (ZbSource, drop_params)},
  {"weight", ZB_YAML_TO_DOUBLE, G_STRUCT_OFFSET (ZbSource, weight)},
  {"full_text", ZB_YAML_TO_BOOL, G_STRUCT_OFFSET (ZbSource, full_text)},
  {NULL}
};
/* clang-format on */

static gboolean
is_slug (const char *slug)
{
  for (const char *p = slug; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '-')
      return FALSE;
  return *slug != '\0' && *slug != '-';
}

static gboolean
check_source (const ZbYaml *node, const ZbSource *source, const GPtrArray *known, GError **error)
{
  if (!is_slug (source->slug))
    return zb_yaml_error (node, error, "slug '%s': only a-z, 0-9 and - are allowed", source->slug);
  for (guint i = 0; i < known->len; i++) {
    const ZbSource *other = known->pdata[i];
    if (g_str_equal (other->slug, source->slug))
      return zb_yaml_error (node, error, "slug '%s' is taken by %s:%d", source->slug, other->file,
                            other->line);
  }
  if (source->timezone != NULL) {
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (source->timezone);
    if (zone == NULL)
      return zb_yaml_error (node, error, "'%s' is no time zone such as Asia/Shanghai", source->timezone);
  }
  if (source->kind == ZB_SOURCE_LIST && source->list.item == NULL && source->list.link_pattern == NULL)
    return zb_yaml_error (node, error,
                          "a source of kind list needs list: {item: …} or list: {link_pattern: …}");
  if (source->kind == ZB_SOURCE_JSON && source->list.item == NULL)
    return zb_yaml_error (node, error, "a source of kind json needs list: {item: …}");
  return TRUE;
}

static gboolean
read_source (const ZbYaml *node, GPtrArray *sources, GError **error)
{
  g_autoptr (ZbSource) source = zb_source_new ();
  if (!zb_yaml_read (node, source_fields, source, error) || !check_source (node, source, sources, error))
    return FALSE;
  source->file = g_strdup (node->file);
  source->line = node->line;
  g_ptr_array_add (sources, g_steal_pointer (&source));
  return TRUE;
}

gboolean
zb_source_file_parse (const char *file, const char *text, gssize length, GPtrArray *sources, GError **error)
{
  g_autoptr (ZbYaml) yaml = zb_yaml_parse (file, text, length, 1, error);
  if (yaml == NULL)
    return FALSE;
  if (yaml->kind == ZB_YAML_NULL)
    return TRUE;
  if (yaml->kind != ZB_YAML_LIST)
    return zb_yaml_error (yaml, error, "a file of sources is a list; each source starts with '- slug: …'");
  for (guint i = 0; i < yaml->children->len; i++)
    if (!read_source (yaml->children->pdata[i], sources, error))
      return FALSE;
  return TRUE;
}

gboolean
zb_source_file_read (const char *file, GPtrArray *sources, GError **error)
{
  ZbLimits limits;
  gsize length = 0;
  zb_limits_init (&limits);
  g_autofree char *text = zb_config_read_file (file, limits.file_bytes, &length, error);
  return text != NULL && zb_source_file_parse (file, text, (gssize)length, sources, error);
}

GPtrArray *
zb_source_file_read_all (ZbWorkspace *workspace, GError **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_free);
  gboolean here = g_str_equal (workspace->root, ".");
  g_autofree char *folder = here ? g_strdup ("feeds") : zb_workspace_path (workspace, "feeds");
  g_auto (GStrv) names = zb_folder_names (folder);
  for (char **name = names; *name != NULL; name++) {
    g_autofree char *file = g_build_filename (folder, *name, NULL);
    if (g_str_has_suffix (*name, ".yaml") && **name != '.' && !zb_source_file_read (file, sources, error))
      return NULL;
  }
  return g_steal_pointer (&sources);
}

/* How much of the shorter of two words the longer one holds in order: enough to find a slip of the keyboard.
 */
static guint
common_letters (const char *a, const char *b)
{
  guint common = 0;
  for (; *a != '\0' && *b != '\0'; a++) {
    const char *hit = strchr (b, *a);
    if (hit != NULL && hit - b <= 1) {
      common++;
      b = hit + 1;
    }
  }
  return common;
}

const ZbSource *
zb_source_file_find (const GPtrArray *sources, const char *slug, GError **error)
{
  const ZbSource *likest = NULL;
  for (guint i = 0; i < sources->len; i++) {
    const ZbSource *source = sources->pdata[i];
    if (g_str_equal (source->slug, slug))
      return source;
    if (likest == NULL || common_letters (source->slug, slug) > common_letters (likest->slug, slug))
      likest = source;
  }
  g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no source '%s' in feeds/%s%s%s", slug,
               likest != NULL ? "; did you mean '" : "", likest != NULL ? likest->slug : "",
               likest != NULL ? "'?" : "");
  return NULL;
}

static void
append_pair (GString *to, const char *indent, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (to, "%s%s: ", indent, key);
  zb_yaml_append (to, value);
  g_string_append_c (to, '\n');
}

static void
append_source (GString *to, const ZbSource *s)
{
  append_pair (to, "- ", "slug", s->slug);
  append_pair (to, "  ", "title", s->title);
  append_pair (to, "  ", "url", s->url);
  append_pair (to, "  ", "kind", zb_source_kind_name (s->kind));
  append_pair (to, "  ", "language", s->language);
  append_pair (to, "  ", "level", s->level);
  append_pair (to, "  ", "region", s->region);
  append_pair (to, "  ", "note", s->note);
  if (s->kind != ZB_SOURCE_LIST)
    return;
  g_string_append (to, "  list:\n");
  append_pair (to, "    ", "item", s->list.item);
  append_pair (to, "    ", "link", s->list.link);
  append_pair (to, "    ", "title", s->list.title);
  append_pair (to, "    ", "date", s->list.date);
  append_pair (to, "    ", "link_pattern", s->list.link_pattern);
}

gboolean
zb_source_file_append (ZbWorkspace *workspace, const char *name, const ZbSource *source, GError **error)
{
  g_autofree char *below = g_strdup_printf ("feeds/%s.yaml", name);
  g_autofree char *path = zb_workspace_path (workspace, below), *before = NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_get_contents (path, &before, NULL, error))
    return FALSE;
  g_autoptr (GString) text = g_string_new (before);
  if (text->len > 0 && !g_str_has_suffix (text->str, "\n"))
    g_string_append_c (text, '\n');
  append_source (text, source);
  return g_file_set_contents_full (path, text->str, (gssize)text->len, G_FILE_SET_CONTENTS_CONSISTENT, 0644,
                                   error);
}
