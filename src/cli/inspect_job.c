/* One file, one worker, one result. */
#include "inspect_job.h"

#include "zhoubao/base/error.h"
#include "zhoubao/extract/pool.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define INSPECT_BYTES (64 << 20) /* of a file given by hand: more than a crawl would take */

static char *option_url, *option_content_type, *option_zone;

const GOptionEntry zb_inspect_job_options[] = {
    {"url", 0, 0, G_OPTION_ARG_STRING, &option_url, "Where the file came from", "URL"},
    {"content-type", 0, 0, G_OPTION_ARG_STRING, &option_content_type, "The header it came with", "TYPE"},
    {"zone", 0, 0, G_OPTION_ARG_STRING, &option_zone, "Time zone of dates without one (default: UTC)",
     "ZONE"},
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

ZbJob *
zb_inspect_job_new (const ZbCli *cli, ZbJobKind kind, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, 1, error))
    return NULL;
  g_autoptr (GBytes) input = read_input (args[0], error);
  if (input == NULL)
    return NULL;
  ZbJob *job = zb_job_new (kind, input, cli->now);
  job->url = g_strdup (option_url);
  job->content_type = g_strdup (option_content_type);
  job->zone = g_strdup (option_zone);
  job->bodies = TRUE;
  return job;
}

ZbResult *
zb_inspect_job_run (ZbJob **job, GError **error)
{
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  return zb_pool_call (pool, g_steal_pointer (job), error);
}
