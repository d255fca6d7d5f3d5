/* zhoubao verify: the signed record of an issue, and the file that it speaks of. */
#include "verbs.h"
#include "zhoubao/base/error.h"
#include "zhoubao/edge/digest.h"
#include "zhoubao/publish/record.h"
#include "zhoubao/store/agent.h"
#include "zhoubao/store/config.h"

static char *option_key;

static const GOptionEntry options[] = {
    {"key", 0, 0, G_OPTION_ARG_STRING, &option_key, "The key that must have signed it", "HEX"}, {NULL}};

static gboolean
is_url (const char *where)
{
  return g_str_has_prefix (where, "http://") || g_str_has_prefix (where, "https://");
}

/* A folder on the disk, or what ends like a page's address. */
static gboolean
is_folder (const char *where)
{
  const char *slash = strrchr (where, '/');
  return is_url (where) ? strchr (slash, '.') == NULL : g_file_test (where, G_FILE_TEST_IS_DIR);
}

/* The record that lies beside WHERE: a page's address or folder, its index.html, or the issue's file. What is
   none of these is the record. (transfer full) */
static char *
record_of (const char *where)
{
  g_autofree char *name = g_strndup (where, is_url (where) ? strcspn (where, "?#") : strlen (where));
  gsize length = strlen (name);
  if (g_str_has_suffix (name, ".md"))
    return g_strdup_printf ("%.*s.json", (int)length - 3, name);
  if (g_str_has_suffix (name, "/index.html"))
    length -= strlen ("/index.html");
  else if (g_str_has_suffix (name, "/"))
    length--;
  else if (!is_folder (name))
    return g_steal_pointer (&name);
  name[length] = '\0';
  const char *slash = strrchr (name, '/');
  return g_strconcat (name, "/", slash != NULL ? slash + 1 : name, ".json", NULL);
}

/* Where records are looked for, and by whose limits. */
typedef struct {
  ZbWorkspace *workspace; /* NULL: not inside one */
  ZbHttp *http;           /* NULL: WHERE is a file */
  gint64 limit;
} Place;

static void
place_clear (Place *place)
{
  g_clear_pointer (&place->http, zb_http_free);
  g_clear_pointer (&place->workspace, zb_workspace_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static gboolean
place_open (Place *place, const ZbCli *cli, const char *where, GError **error)
{
  g_autoptr (ZbConfig) defaults = zb_config_new ();
  g_autoptr (GError) none = NULL;
  place->workspace = zb_workspace_open (cli->directory, &none);
  if (place->workspace == NULL && !g_error_matches (none, ZB_ERROR, ZB_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&none));
    return FALSE;
  }
  if (is_url (where) && place->workspace == NULL) {
    g_set_error (
        error, ZB_ERROR, ZB_ERROR_NOT_FOUND,
        "%s: an address is asked for by a workspace's limits; fetch the file, or work in a workspace", where);
    return FALSE;
  }
  const ZbConfig *config = place->workspace != NULL ? place->workspace->config : defaults;
  place->limit = config->limits.file_bytes;
  place->http = is_url (where) ? zb_agent_new (config, error) : NULL;
  return !is_url (where) || place->http != NULL;
}

/* The bytes at WHERE, a file or an address. (transfer full) */
static GBytes *
fetch (const Place *place, const char *where, GError **error)
{
  if (place->http == NULL) {
    gsize length = 0;
    char *text = zb_config_read_file (where, place->limit, &length, error);
    return text != NULL ? g_bytes_new_take (text, length) : NULL;
  }
  ZbHttpRequest request = {.url = where};
  g_autoptr (ZbHttpResponse) response = zb_http_get (place->http, &request, error);
  if (response == NULL)
    return NULL;
  if (response->status != 200) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s answers %d", where, response->status);
    return NULL;
  }
  return g_bytes_ref (response->body);
}

/* WHERE with DATE.md in place of its last part. (transfer full) */
static char *
beside (const char *where, const char *date)
{
  const char *slash = strrchr (where, '/');
  return g_strdup_printf ("%.*s%s.md", (int)(slash != NULL ? slash + 1 - where : 0), where, date);
}

static gboolean
check_issue (const Place *place, const char *where, const ZbRecord *record, GError **error)
{
  g_autofree char *file = beside (where, record->date);
  g_autoptr (GBytes) bytes = fetch (place, file, error);
  if (bytes == NULL)
    return FALSE;
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);
  g_autofree char *sha256 = zb_sha256 (data, length);
  if (g_str_equal (sha256, record->sha256))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s is not the issue that was signed: its SHA-256 is %s",
               file, sha256);
  return FALSE;
}

/* Whose key: the one named, or else the workspace's, or nobody that is known here. */
static gboolean
check_key (const Place *place, const ZbRecord *record, const char **whose, GError **error)
{
  g_autofree char *folder =
      place->workspace != NULL ? zb_workspace_path (place->workspace, "data/keys/records") : NULL;
  g_autofree char *own = folder != NULL && g_file_test (folder, G_FILE_TEST_EXISTS)
                             ? zb_record_key (place->workspace, error)
                             : NULL;
  const char *wanted = option_key != NULL ? option_key : own;
  *whose = option_key != NULL ? "the key that was asked for"
           : own != NULL      ? "this workspace's key"
                              : "a key that is not known here";
  if (wanted == NULL || g_ascii_strcasecmp (wanted, record->key) == 0)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "signed by another key: %s", record->key);
  return FALSE;
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_auto (Place) place = {0};
  if (!zb_verb_args (args, 1, 1, error) || !place_open (&place, cli, args[0], error))
    return FALSE;
  g_autofree char *where = record_of (args[0]);
  g_autoptr (GBytes) bytes = fetch (&place, where, error);
  if (bytes == NULL) {
    if (!g_str_equal (where, args[0]))
      g_prefix_error (error, "%s has no signed record beside it: ", args[0]);
    return FALSE;
  }
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length), *whose = NULL;
  g_autoptr (ZbRecord) record = zb_record_verify (text, length, error);
  if (record == NULL || !check_key (&place, record, &whose, error)) {
    g_prefix_error (error, "%s: ", where);
    return FALSE;
  }
  if (!check_issue (&place, where, record, error))
    return FALSE;
  if (cli->json) {
    g_autoptr (JsonBuilder) b = json_builder_new ();
    json_builder_begin_object (b);
    zb_json_text (b, "date", record->date);
    zb_json_text (b, "sha256", record->sha256);
    zb_json_text (b, "signed", record->signed_at);
    zb_json_text (b, "key", record->key);
    json_builder_end_object (b);
    zb_verb_print_json (b);
  } else
    zb_verb_print ("The issue of %s is as it was signed on %s, by %s:\n%s\n", record->date, record->signed_at,
                   whose, record->key);
  return TRUE;
}

const ZbVerb zb_verb_verify = {"verify", "FILE|URL", "Check the signed record of an issue, DATE.json",
                               options, run};
