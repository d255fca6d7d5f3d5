/* One file, one worker, one result. */
#include "inspect_job.h"

#include "zhoubao/base/error.h"
#include "zhoubao/extract/pool.h"
#include "zhoubao/store/source_file.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define INSPECT_BYTES (64 << 20) /* of a file given by hand: more than a crawl would take */

static const char *input_name; /* of the one file, for what is said of it */
static char *option_url, *option_content_type, *option_zone, *option_source, *option_rule;

const GOptionEntry zb_inspect_job_options[] = {
    {"url", 0, 0, G_OPTION_ARG_STRING, &option_url, "Where the file came from", "URL"},
    {"content-type", 0, 0, G_OPTION_ARG_STRING, &option_content_type, "The header it came with", "TYPE"},
    {"zone", 0, 0, G_OPTION_ARG_STRING, &option_zone, "Time zone of dates without one (default: UTC)",
     "ZONE"},
    {"source", 0, 0, G_OPTION_ARG_STRING, &option_source, "Read by the rules of this source", "SLUG"},
    {"rule", 0, 0, G_OPTION_ARG_FILENAME, &option_rule,
     "Read by the first source of this file (default: those of the workspace)", "FILE"},
    {NULL}};

static gboolean
read_all (int fd, GByteArray *all, GError **error)
{
  guint8 chunk[65536];
  gssize n;
  while ((n = read (fd, chunk, sizeof chunk)) > 0 && all->len <= INSPECT_BYTES)
    g_byte_array_append (all, chunk, (guint)n);
  if (n == 0)
    return TRUE;
  if (n < 0)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_FAILED, g_strerror (errno));
  else
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "it has more than %d MiB", INSPECT_BYTES >> 20);
  return FALSE;
}

static GBytes *
read_input (const char *path, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  int fd = g_str_equal (path, "-") ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "%s: %s", path, g_strerror (errno));
    return NULL;
  }
  gboolean ok = read_all (fd, all, error);
  if (fd != STDIN_FILENO)
    close (fd);
  if (ok)
    return g_byte_array_free_to_bytes (g_steal_pointer (&all));
  g_prefix_error (error, "%s: ", path);
  return NULL;
}

/* The sources of --rule FILE, or of the workspace. */
static GPtrArray *
read_sources (const ZbCli *cli, GError **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_free);
  if (option_rule != NULL)
    return zb_source_file_read (option_rule, sources, error) ? g_steal_pointer (&sources) : NULL;
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (cli->directory, error);
  return workspace != NULL ? zb_source_file_read_all (workspace, error) : NULL;
}

static gboolean
set_source (const ZbCli *cli, ZbJob *job, GError **error)
{
  g_autoptr (GPtrArray) sources = read_sources (cli, error);
  if (sources == NULL)
    return FALSE;
  const ZbSource *source = option_source != NULL ? zb_source_file_find (sources, option_source, error)
                           : sources->len > 0    ? sources->pdata[0]
                                                 : NULL;
  if (source == NULL) {
    if (option_source == NULL)
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s: there is no source in it", option_rule);
    return FALSE;
  }
  zb_job_set_source (job, source);
  return TRUE;
}

ZbJob *
zb_inspect_job_new (const ZbCli *cli, ZbJobKind kind, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, 1, error))
    return NULL;
  input_name = args[0];
  g_autoptr (GBytes) input = read_input (args[0], error);
  if (input == NULL)
    return NULL;
  g_autoptr (ZbJob) job = zb_job_new (kind, input, cli->now);
  job->url = g_strdup (option_url);
  job->content_type = g_strdup (option_content_type);
  job->zone = g_strdup (option_zone);
  job->bodies = ZB_BODIES_HTML;
  if ((option_source != NULL || option_rule != NULL) && !set_source (cli, job, error))
    return NULL;
  return g_steal_pointer (&job);
}

ZbResult *
zb_inspect_job_run (ZbJob **job, GError **error)
{
  g_autoptr (ZbPool) pool = zb_pool_new_forking ();
  ZbResult *result = zb_pool_call (pool, g_steal_pointer (job), error);
  if (result == NULL)
    g_prefix_error (error, "%s: ", input_name);
  return result;
}
