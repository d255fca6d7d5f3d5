/* zhoubao export: what leaves the store in forms that others read. */
#include "newsroom.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/crawl/warc.h"
#include "zhoubao/store/agent.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static char *option_warc, *option_output;

static const GOptionEntry options[] = {
    {"warc", 0, 0, G_OPTION_ARG_STRING, &option_warc, "The evidence of WEEK as a WARC 1.1 file", "WEEK"},
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, "Write to FILE instead of standard output",
     "FILE"},
    {NULL}};

/* Written beside its name and renamed: the file is whole or not there. */
static gboolean
write_to_file (ZbNewsroom *room, const char *const *hashes, const char *software, ZbTime now, GError **error)
{
  g_autofree char *beside = g_strconcat (option_output, ".part", NULL);
  int fd = open (beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s", beside, g_strerror (errno));
    return FALSE;
  }
  gboolean ok = zb_warc_write (room->db, hashes, software, now, room->workspace->config->limits.decoded_bytes,
                               fd, error);
  if (close (fd) != 0 && ok) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s", beside, g_strerror (errno));
    ok = FALSE;
  }
  if (ok && g_rename (beside, option_output) == 0)
    return TRUE;
  if (ok)
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s", option_output, g_strerror (errno));
  g_unlink (beside);
  return FALSE;
}

static gboolean
export_warc (const ZbCli *cli, ZbNewsroom *room, GError **error)
{
  ZbWeek week;
  if (!zb_week_parse (option_warc, &week, error))
    return FALSE;
  const ZbConfig *config = room->workspace->config;
  g_auto (GStrv) hashes = zb_document_week (room->db, week, config->zone, error);
  if (hashes == NULL)
    return FALSE;
  g_autofree char *software = zb_agent_name (config);
  const char *const *list = (const char *const *)hashes;
  if (option_output != NULL ? !write_to_file (room, list, software, cli->now, error)
                            : !zb_warc_write (room->db, list, software, cli->now,
                                              config->limits.decoded_bytes, STDOUT_FILENO, error))
    return FALSE;
  zb_verb_say (cli, "%u documents of %s\n", g_strv_length (hashes), option_warc);
  return TRUE;
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 0, 0, error))
    return FALSE;
  if (option_warc == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "say what to export: --warc WEEK");
    return FALSE;
  }
  g_autoptr (ZbNewsroom) room = zb_newsroom_open (cli, error);
  return room != NULL && export_warc (cli, room, error);
}

const ZbVerb zb_verb_export = {"export", "--warc WEEK", "Write a week's evidence as a WARC file", options,
                               run};
