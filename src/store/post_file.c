/* Files of posts, documents and pages, by one table of keys. */
#include "zhoubao/store/post_file.h"

#include "front_matter.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/folder.h"
#include "zhoubao/store/config.h"
#include <gio/gio.h>

static gboolean
read_topics (const ZbYaml *node, gpointer into, GError **error)
{
  return zb_front_read_topics (node, ((ZbPost *)into)->topics, error);
}

#define TEXT(key, member)                                                                                    \
  {                                                                                                          \
    key, ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbPost, member)                                                   \
  }

/* In the order in which they are written. */
/* clang-format off */
static const ZbYamlField fields[] = {
  {"title", ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbPost, title), TRUE},
  TEXT ("date", date),
  TEXT ("updated", updated),
  TEXT ("author", author),
  TEXT ("category", category),
  TEXT ("summary", summary),
  TEXT ("language", language),
  TEXT ("tier", tier),
  TEXT ("original", original),
  TEXT ("pinyin", pinyin),
  TEXT ("number", number),
  TEXT ("issuer", issuer),
  TEXT ("url", url),
  TEXT ("signed", signed_on),
  TEXT ("effective", effective),
  TEXT ("status", status),
  {"aliases", ZB_YAML_TO_STRV, G_STRUCT_OFFSET (ZbPost, aliases)},
  {"topics", ZB_YAML_TO_OWN, 0, FALSE, read_topics},
  {"layout", ZB_YAML_TO_NOTHING}, {"permalink", ZB_YAML_TO_NOTHING}, {"tags", ZB_YAML_TO_NOTHING}, /* other generators' */
  {NULL}
};
/* clang-format on */

static const char *const date_keys[] = {"date", "updated", "signed", "effective"};

static gboolean
check_dates (const ZbYaml *yaml, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (date_keys); i++) {
    const char *text = zb_yaml_get_text (yaml, date_keys[i]);
    if (text != NULL && (strlen (text) != 10 || zb_time_from_rfc3339 (text) == ZB_TIME_NONE))
      return zb_yaml_error (zb_yaml_get (yaml, date_keys[i]), error, "'%s' must be a date such as 2017-07-03",
                            date_keys[i]);
  }
  return TRUE;
}

static gboolean
check_aliases (const ZbYaml *yaml, const ZbPost *post, GError **error)
{
  for (char **alias = post->aliases; *alias != NULL; alias++)
    if (**alias != '/' || strstr (*alias, "..") != NULL || strpbrk (*alias, " \t\\?#<>\"") != NULL)
      return zb_yaml_error (zb_yaml_get (yaml, "aliases"), error,
                            "'%s' is no former address such as /2016/old-name/", *alias);
  return TRUE;
}

/* "public" is another word for none: what everybody may read has no tier. */
static gboolean
check_tier (const ZbYaml *yaml, ZbPost *post, GError **error)
{
  ZbTier tier = ZB_TIER_NONE;
  if (post->tier != NULL && !g_str_equal (post->tier, "public") && !zb_tier_parse (post->tier, &tier))
    return zb_yaml_error (zb_yaml_get (yaml, "tier"), error,
                          "there is no tier '%s': none, bronze, silver or gold", post->tier);
  if (tier == ZB_TIER_NONE)
    g_clear_pointer (&post->tier, g_free);
  return TRUE;
}

static gboolean
slug_is_fit (const char *slug)
{
  return *slug != '\0' && *slug != '.' && strpbrk (slug, " /\\?#%&<>\"'") == NULL;
}

ZbPost *
zb_post_file_parse (ZbPostKind kind, const char *file, const char *text, gsize length, GError **error)
{
  g_auto (ZbFrontMatter) front = {0};
  if (!zb_front_matter_split (file, text, length, &front, error))
    return NULL;
  g_autoptr (ZbYaml) yaml = zb_yaml_parse (file, front.yaml, -1, front.yaml_line, error);
  if (yaml == NULL)
    return NULL;
  g_autofree char *slug = g_path_get_basename (file);
  if (g_str_has_suffix (slug, ".md"))
    slug[strlen (slug) - 3] = '\0';
  if (!slug_is_fit (slug)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID,
                 "%s: the file's name is the page's address: letters, digits and - only", file);
    return NULL;
  }
  g_autoptr (ZbPost) post = zb_post_new (kind, slug);
  post->file = g_strdup (file);
  if (!zb_yaml_read (yaml, fields, post, error) || !check_dates (yaml, error) ||
      !check_aliases (yaml, post, error) || !check_tier (yaml, post, error))
    return NULL;
  if (kind == ZB_POST_ESSAY && post->date == NULL) {
    zb_yaml_error (yaml, error, "a post needs a date");
    return NULL;
  }
  if (kind == ZB_POST_ESSAY && post->category == NULL)
    post->category = g_strdup ("Uncategorized");
  post->body = g_strdup (front.body);
  post->body_line = front.body_line;
  return g_steal_pointer (&post);
}

ZbPost *
zb_post_file_read (ZbPostKind kind, const char *file, gint64 limit, GError **error)
{
  gsize length = 0;
  g_autofree char *text = zb_config_read_file (file, limit, &length, error);
  return text != NULL ? zb_post_file_parse (kind, file, text, length, error) : NULL;
}

static gboolean
is_date_key (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (date_keys); i++)
    if (g_str_equal (key, date_keys[i]))
      return TRUE;
  return FALSE;
}

char *
zb_post_file_format (const ZbPost *post)
{
  GString *to = g_string_new ("---\n");
  for (const ZbYamlField *field = fields; field->key != NULL; field++) {
    gconstpointer member = (const char *)post + field->offset;
    if (field->target == ZB_YAML_TO_STRV)
      zb_front_list (to, "", field->key, *(const char *const *const *)member);
    else if (field->target == ZB_YAML_TO_TEXT && is_date_key (field->key) && *(char *const *)member != NULL)
      g_string_append_printf (to, "%s: %s\n", field->key, *(char *const *)member);
    else if (field->target == ZB_YAML_TO_TEXT)
      zb_front_text (to, "", field->key, *(char *const *)member);
  }
  zb_front_topics (to, "", post->topics);
  g_string_append_printf (to, "---\n%s", post->body != NULL ? post->body : "");
  return g_string_free (to, FALSE);
}

gboolean
zb_post_file_write (const char *file, const ZbPost *post, GError **error)
{
  g_autofree char *text = zb_post_file_format (post);
  return zb_folder_make_for (file, 0755, error) &&
         g_file_set_contents_full (file, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, error);
}
