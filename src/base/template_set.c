/* Where templates come from: the workspace's, the theme's, the program's. */
#include "zhoubao/base/template_set.h"

#include "zhoubao/base/error.h"
#include <gio/gio.h>

#define RESOURCE_ROOT "/zhoubao/templates"
#define FILE_LIMIT (1 << 20)

struct ZbTemplateSet {
  char *folder; /* the workspace's templates, or NULL */
  char *theme;
  GHashTable *compiled; /* name to ZbTemplate */
  gsize expected;       /* about how long the next page will be: as the last one */
};

ZbTemplateSet *
zb_template_set_new (const char *workspace, const char *theme)
{
  ZbTemplateSet *set = g_new0 (ZbTemplateSet, 1);
  set->folder = workspace != NULL ? g_build_filename (workspace, "templates", NULL) : NULL;
  set->theme = g_strdup (theme);
  set->compiled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)zb_template_free);
  return set;
}

void
zb_template_set_free (ZbTemplateSet *set)
{
  g_hash_table_unref (set->compiled);
  g_free (set->folder);
  g_free (set->theme);
  g_free (set);
}

void
zb_template_set_forget (ZbTemplateSet *set)
{
  g_hash_table_remove_all (set->compiled);
}

/* A path that stays below the templates' folder: no part is empty or begins with a dot. */
static gboolean
path_is_inside (const char *path)
{
  if (strchr (path, '\\') != NULL)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  for (char **part = parts; *part != NULL; part++)
    if (**part == '\0' || **part == '.')
      return FALSE;
  return *parts != NULL;
}

/* NULL without ERROR where FILE is not there. */
static GBytes *
read_file (const char *file, GError **error)
{
  g_autoptr (GError) problem = NULL;
  char *text = NULL;
  gsize length = 0;
  if (!g_file_get_contents (file, &text, &length, &problem)) {
    if (!g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT) &&
        !g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
      g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  if (length <= FILE_LIMIT)
    return g_bytes_new_take (text, length);
  g_free (text);
  g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "%s: larger than 1 MiB", file);
  return NULL;
}

/* The program's own file. */
static GBytes *
find_own (const char *path)
{
  g_autofree char *resource = g_build_path ("/", RESOURCE_ROOT, path, NULL);
  return g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/* Whether the workspace's BYTES are a copy that nobody has changed: then a theme goes before it. */
static gboolean
is_copy_of_own (const char *path, GBytes *bytes)
{
  g_autoptr (GBytes) own = find_own (path);
  return own != NULL && g_bytes_equal (own, bytes);
}

/* Looks in the workspace and then in the program's own files. *ORIGIN: where it was found, for messages. */
static GBytes *
find_file (ZbTemplateSet *set, const char *path, char **origin, GError **error)
{
  g_autofree char *themed = set->theme != NULL ? g_build_path ("/", "themes", set->theme, path, NULL) : NULL;
  const char *outside[] = {path, themed}, *inside[] = {themed, path};
  for (guint i = 0; i < G_N_ELEMENTS (outside); i++) {
    g_autoptr (GError) problem = NULL;
    if (set->folder == NULL || outside[i] == NULL)
      continue;
    g_autofree char *file = g_build_filename (set->folder, outside[i], NULL);
    g_autoptr (GBytes) bytes = read_file (file, &problem);
    if (problem != NULL) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
    if (bytes != NULL && (themed == NULL || i > 0 || !is_copy_of_own (path, bytes))) {
      *origin = g_build_path ("/", "templates", outside[i], NULL);
      return g_steal_pointer (&bytes);
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (inside); i++) {
    GBytes *bytes = inside[i] != NULL ? find_own (inside[i]) : NULL;
    if (bytes != NULL) {
      *origin = g_build_path ("/", "(built in) templates", inside[i], NULL);
      return bytes;
    }
  }
  return NULL;
}

static GBytes *
find_inside (ZbTemplateSet *set, const char *path, char **origin, GError **error)
{
  if (path_is_inside (path))
    return find_file (set, path, origin, error);
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "'%s' is not a name below templates/", path);
  return NULL;
}

GBytes *
zb_template_set_file (ZbTemplateSet *set, const char *path, GError **error)
{
  g_autofree char *origin = NULL;
  g_autoptr (GError) problem = NULL;
  GBytes *bytes = find_inside (set, path, &origin, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (bytes == NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no file templates/%s", path);
  return bytes;
}

const ZbTemplate *
zb_template_set_find (const char *name, gpointer data, GError **error)
{
  ZbTemplateSet *set = data;
  ZbTemplate *tpl = g_hash_table_lookup (set->compiled, name);
  if (tpl != NULL)
    return tpl;
  g_autofree char *path = g_strconcat (name, ".mustache", NULL), *origin = NULL;
  g_autoptr (GBytes) bytes = find_inside (set, path, &origin, error);
  if (bytes == NULL)
    return NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  tpl = zb_template_parse (origin, length > 0 ? text : "", (gssize)length, error);
  if (tpl != NULL)
    g_hash_table_insert (set->compiled, g_strdup (name), tpl);
  return tpl;
}

const ZbTemplate *
zb_template_set_get (ZbTemplateSet *set, const char *name, GError **error)
{
  g_autoptr (GError) problem = NULL;
  const ZbTemplate *tpl = zb_template_set_find (name, set, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (tpl == NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no template templates/%s.mustache", name);
  return tpl;
}

char *
zb_template_set_render (ZbTemplateSet *set, const char *name, const ZbViewNode *context,
                        ZbTemplateEscape escape, GError **error)
{
  ZbTemplateOptions options = {zb_template_set_find, set, escape, TRUE};
  const ZbTemplate *tpl = zb_template_set_get (set, name, error);
  if (tpl == NULL)
    return NULL;
  GString *out = g_string_sized_new (MAX (set->expected, 4096));
  gboolean ok = zb_template_render (tpl, context, &options, out, error);
  set->expected = MIN (out->len, 64 << 10);
  return g_string_free (out, !ok);
}

char *
zb_template_set_render_json (ZbTemplateSet *set, const char *name, JsonNode *context, ZbTemplateEscape escape,
                             GError **error)
{
  g_autoptr (ZbView) view = zb_view_new ();
  zb_view_add_json (view, context);
  return zb_template_set_render (set, name, context != NULL ? zb_view_root (view) : NULL, escape, error);
}
