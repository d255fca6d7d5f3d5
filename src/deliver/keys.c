/* Keys to one JSON object and back. */
#include "zhoubao/deliver/keys.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/folder.h"
#include "zhoubao/base/json.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/person.h"
#include <errno.h>
#include <glib/gstdio.h>

#define MARK "zhoubao-keys" /* the member that says what it is */
#define VERSION 1
#define PEOPLE_MOST 64
#define FILE_BYTES (64 * 1024) /* of all keys together, and of one */
#define HASH_BYTES 16

static gboolean
is_key_name (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_' && (*p != '.' || p == name))
      return FALSE;
  return *name != '\0' && !g_str_has_suffix (name, ".before");
}

static char *
hash_address (GBytes *key, const ZbPerson *p)
{
  const char *const fields[] = {"keys", p->address, NULL};
  return zb_secret_tag (key, HASH_BYTES, fields);
}

/* --- out --- */

static gboolean
add_key (JsonBuilder *b, const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL), *bytes = NULL;
  gsize length = 0;
  if (!is_key_name (name) || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  if (!g_file_get_contents (path, &bytes, &length, error))
    return FALSE;
  g_autofree char *base64 = g_base64_encode ((const guchar *)bytes, length);
  zb_json_text (b, name, base64);
  return TRUE;
}

typedef struct {
  JsonBuilder *b;
  GBytes *key;
} Listing;

static gboolean
add_person (const ZbPerson *p, gpointer data, GError **error)
{
  Listing *listing = data;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, p->id), *hash = NULL;
  hash = hash_address (listing->key, p);
  zb_json_text (listing->b, number, hash);
  return TRUE;
}

char *
zb_keys_export (ZbDb *db, const char *directory, GError **error)
{
  g_autoptr (GBytes) key = zb_secret_key (directory, "people", error);
  g_autoptr (JsonBuilder) b = json_builder_new ();
  g_auto (GStrv) names = zb_folder_names (directory);
  ZbPersonFilter some = ZB_PERSON_FILTER_INIT;
  Listing listing = {b, key};
  some.limit = PEOPLE_MOST;
  if (key == NULL)
    return NULL;
  json_builder_begin_object (b);
  zb_json_int (b, MARK, VERSION);
  json_builder_set_member_name (b, "keys");
  json_builder_begin_object (b);
  for (char **name = names; *name != NULL; name++)
    if (!add_key (b, directory, *name, error))
      return NULL;
  json_builder_end_object (b);
  json_builder_set_member_name (b, "people");
  json_builder_begin_object (b);
  if (!zb_person_walk (db, &some, add_person, &listing, error))
    return NULL;
  json_builder_end_object (b);
  json_builder_end_object (b);
  return zb_json_to_line (b);
}

/* --- in --- */

static gboolean
fail (GError **error, int code, const char *words)
{
  g_set_error_literal (error, ZB_ERROR, code, words);
  return FALSE;
}

/* Addresses change and people are erased, so most must be who they were, not all. */
static gboolean
check_people (ZbDb *db, JsonObject *people, GBytes *key, GError **error)
{
  guint same = 0, others = 0;
  g_autoptr (GList) numbers = json_object_get_members (people);
  for (GList *n = numbers; n != NULL; n = n->next) {
    g_autoptr (GError) broken = NULL;
    g_autoptr (ZbPerson) p = zb_person_load (db, g_ascii_strtoll (n->data, NULL, 10), &broken);
    if (broken != NULL) {
      g_propagate_error (error, g_steal_pointer (&broken));
      return FALSE;
    }
    g_autofree char *hash = p != NULL ? hash_address (key, p) : NULL;
    if (g_strcmp0 (hash, zb_json_get_text (people, n->data)) == 0)
      same++;
    else
      others++;
  }
  if (same < others)
    return fail (error, ZB_ERROR_REFUSED,
                 "these keys are of another database: links would lead to other people; copy "
                 "data/zhoubao.db first");
  return TRUE;
}

static GBytes *
key_at (JsonObject *keys, const char *name)
{
  const char *base64 = zb_json_get_text (keys, name);
  gsize length = 0;
  guchar *bytes = base64 != NULL ? g_base64_decode (base64, &length) : NULL;
  if (bytes == NULL || length == 0 || length > FILE_BYTES) {
    g_free (bytes);
    return NULL;
  }
  return g_bytes_new_take (bytes, length);
}

static gboolean
is_there (const char *directory, const char *name, GBytes *key, gboolean *same)
{
  g_autofree char *path = g_build_filename (directory, name, NULL), *bytes = NULL;
  gsize length = 0;
  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return FALSE;
  *same = length == g_bytes_get_size (key) && memcmp (bytes, g_bytes_get_data (key, NULL), length) == 0;
  return TRUE;
}

static gboolean
check_key (const char *directory, JsonObject *keys, const char *name, gboolean replace, GError **error)
{
  g_autoptr (GBytes) key = is_key_name (name) ? key_at (keys, name) : NULL;
  gboolean same = FALSE;
  if (key == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "'%s' is no key", name);
    return FALSE;
  }
  if (!is_there (directory, name, key, &same) || same || replace)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED,
               "%s/%s is another key, which links may have been made with; --replace keeps it as %s.before",
               directory, name, name);
  return FALSE;
}

static gboolean
write_key (const char *directory, JsonObject *keys, const char *name, guint *count, GError **error)
{
  g_autoptr (GBytes) key = key_at (keys, name);
  g_autofree char *path = g_build_filename (directory, name, NULL), *before = NULL;
  gboolean same = FALSE, there = is_there (directory, name, key, &same);
  if (same)
    return TRUE;
  before = g_strconcat (path, ".before", NULL);
  if (there && g_rename (path, before) != 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s", before, g_strerror (errno));
    return FALSE;
  }
  *count += 1;
  return zb_folder_make (directory, 0700, error) &&
         g_file_set_contents_full (path, g_bytes_get_data (key, NULL), (gssize)g_bytes_get_size (key),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static JsonObject *
member_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gboolean
zb_keys_import (ZbDb *db, const char *directory, const char *text, gsize length, gboolean replace,
                guint *count, GError **error)
{
  g_autoptr (JsonNode) node = zb_json_parse (text, length, FILE_BYTES, error);
  if (node == NULL)
    return FALSE;
  JsonObject *all = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *keys = member_object (all, "keys"), *people = member_object (all, "people");
  g_autoptr (GBytes) key = keys != NULL ? key_at (keys, "people") : NULL;
  if (keys == NULL || people == NULL || zb_json_get_int (all, MARK, 0) != VERSION || key == NULL ||
      g_bytes_get_size (key) != ZB_SECRET_BYTES)
    return fail (error, ZB_ERROR_INVALID, "this is no export of keys");
  if (!check_people (db, people, key, error))
    return FALSE;
  g_autoptr (GList) names = json_object_get_members (keys);
  for (GList *n = names; n != NULL; n = n->next)
    if (!check_key (directory, keys, n->data, replace, error))
      return FALSE;
  *count = 0;
  for (GList *n = names; n != NULL; n = n->next)
    if (!write_key (directory, keys, n->data, count, error))
      return FALSE;
  return TRUE;
}
