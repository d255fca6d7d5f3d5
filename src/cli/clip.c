/* zhoubao clip: takes a page in that a person gives, by its address or as a file. */
#include "newsroom.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"
#include "zhoubao/crawl/clip.h"
#include "zhoubao/curate/cluster.h"
#include "zhoubao/store/search.h"
#include <errno.h>
#include <unistd.h>

static char *option_url, *option_source;

static const GOptionEntry options[] = {
    {"url", 0, 0, G_OPTION_ARG_STRING, &option_url, "Where the file's page is from", "URL"},
    {"source", 0, 0, G_OPTION_ARG_STRING, &option_source, "The source that it belongs to", "SOURCE"},
    {NULL}};

static GBytes *
read_input (gsize limit, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 block[16 * 1024];
  gssize n;
  for (n = read (STDIN_FILENO, block, sizeof block); n > 0; n = read (STDIN_FILENO, block, sizeof block)) {
    g_byte_array_append (all, block, (guint)n);
    if (all->len > limit) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "standard input is over %" G_GSIZE_FORMAT " bytes",
                   limit);
      return NULL;
    }
  }
  if (n < 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "cannot read standard input: %s", g_strerror (errno));
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static GBytes *
read_file (const char *path, gsize limit, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  if (file == NULL)
    return NULL;
  if (g_mapped_file_get_length (file) <= limit)
    return g_mapped_file_get_bytes (file);
  g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "%s is over %" G_GSIZE_FORMAT " bytes", path, limit);
  return NULL;
}

static gboolean
is_url (const char *text)
{
  g_autofree char *scheme = zb_url_scheme_of (text);
  return scheme != NULL && (g_str_equal (scheme, "http") || g_str_equal (scheme, "https"));
}

static void
print (const ZbCli *cli, gint64 item, gboolean is_new)
{
  if (!cli->json) {
    zb_verb_print ("%s %" G_GINT64_FORMAT "\n", is_new ? "new item" : "known already: item", item);
    return;
  }
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_int (b, "id", item);
  zb_json_bool (b, "new", is_new);
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_autoptr (ZbNewsroom) room = zb_verb_args (args, 1, 1, error) ? zb_newsroom_open (cli, error) : NULL;
  if (room == NULL)
    return FALSE;
  const ZbConfig *config = room->workspace->config;
  gsize limit = (gsize)config->limits.decoded_bytes;
  gboolean by_url = is_url (args[0]);
  g_autoptr (ZbHttpResponse) response = by_url ? zb_clip_fetch (config, args[0], error) : NULL;
  g_autoptr (GBytes) bytes = by_url ? (response != NULL ? g_bytes_ref (response->body) : NULL)
                             : g_str_equal (args[0], "-") ? read_input (limit, error)
                                                          : read_file (args[0], limit, error);
  if (bytes == NULL)
    return FALSE;
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  ZbClip clip = {.config = config,
                 .sources = room->sources,
                 .source = option_source,
                 .url = option_url != NULL ? option_url
                        : by_url           ? args[0]
                                           : NULL,
                 .bytes = bytes,
                 .response = response,
                 .now = cli->now};
  gint64 item = 0;
  gboolean is_new = FALSE;
  if (!zb_clip_add (room->db, pool, &clip, &item, &is_new, error) || !zb_search_update (room->db, error) ||
      !zb_cluster_run (room->db, config, cli->now, NULL, error))
    return FALSE;
  print (cli, item, is_new);
  return TRUE;
}

const ZbVerb zb_verb_clip = {"clip", "URL|FILE|-", "Take in a page that you give", options, run};
