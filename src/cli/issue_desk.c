/* Opening what the `issue` verbs work on. */
#include "issue.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/config.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/issue_file.h"
#include "zhoubao/store/working_week.h"
#include <gio/gio.h>
#include <gio/gunixinputstream.h>

void
zb_issue_desk_clear (ZbIssueDesk *desk)
{
  g_clear_pointer (&desk->db, zb_db_close);
  g_clear_pointer (&desk->workspace, zb_workspace_free);
}

/* Whether the week that editors work on has a pick; WEEK gets it. */
static gboolean
find_picks (ZbIssueDesk *desk, ZbTime now, ZbWeek *week, gboolean *picked, GError **error)
{
  gint64 slots[3];
  if (!zb_working_week (desk->workspace, desk->db, now, week, error) ||
      !zb_decision_slots (desk->db, *week, slots, error))
    return FALSE;
  *picked = slots[0] != 0 || slots[1] != 0 || slots[2] != 0;
  return TRUE;
}

static gboolean
choose_week (const ZbCli *cli, const char *arg, ZbIssueDesk *desk, GError **error)
{
  g_autoptr (GError) broken = NULL;
  gboolean picked = FALSE;
  ZbWeek week;
  if (arg != NULL)
    return zb_week_parse (arg, &desk->week, error);
  gboolean drafted = zb_draft_newest (desk->db, &desk->week, &broken);
  if (broken != NULL) {
    g_propagate_error (error, g_steal_pointer (&broken));
    return FALSE;
  }
  if (drafted && !desk->anew)
    return TRUE;
  if (!find_picks (desk, cli->now, &week, &picked, error))
    return FALSE;
  if (picked)
    desk->week = week;
  else if (!drafted)
    desk->week = zb_week_add (zb_week_of (cli->now, desk->workspace->config->zone), -1);
  return TRUE;
}

gboolean
zb_issue_desk_open (const ZbCli *cli, char **args, ZbIssueDesk *desk, GError **error)
{
  desk->workspace = zb_workspace_open (cli->directory, error);
  desk->db = desk->workspace != NULL ? zb_workspace_database (desk->workspace, error) : NULL;
  return desk->db != NULL && choose_week (cli, args[0], desk, error);
}

ZbIssue *
zb_issue_desk_read (ZbIssueDesk *desk, ZbDraft **draft, GError **error)
{
  g_autofree char *file = zb_issue_file_path (desk->workspace->root, desk->week);
  g_autoptr (GError) none = NULL;
  g_autoptr (ZbDraft) row = zb_draft_load (desk->db, desk->week, &none);
  gboolean published = g_file_test (file, G_FILE_TEST_EXISTS);
  ZbIssue *issue = NULL;
  if (row == NULL && !g_error_matches (none, ZB_ERROR, ZB_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&none));
    return NULL;
  }
  if (published && (row == NULL || row->state >= ZB_ISSUE_PUBLISHED))
    issue = zb_issue_file_read (file, desk->workspace->config->limits.file_bytes, error);
  else if (row != NULL) {
    issue = row->issue; /* the row keeps an empty one */
    row->issue = zb_issue_new ("", desk->week);
  } else
    g_propagate_error (error, g_steal_pointer (&none));
  if (draft != NULL)
    *draft = issue != NULL ? g_steal_pointer (&row) : NULL;
  return issue;
}

const char *
zb_issue_desk_editor (const char *option)
{
  return option != NULL ? option : g_get_user_name ();
}

char *
zb_issue_desk_slurp (const char *file, gint64 limit, gsize *length, GError **error)
{
  if (!g_str_equal (file, "-"))
    return zb_config_read_file (file, limit, length, error);
  g_autoptr (GInputStream) in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  char block[65536];
  for (gssize n = 1; n > 0;) {
    n = g_input_stream_read (in, block, sizeof block, NULL, error);
    if (n < 0 || !g_output_stream_write_all (out, block, (gsize)n, NULL, NULL, error))
      return NULL;
    if ((gint64)g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)) > limit) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT,
                   "standard input is over the limit of %" G_GINT64_FORMAT " bytes", limit);
      return NULL;
    }
  }
  if (!g_output_stream_write_all (out, "", 1, NULL, NULL, error) || !g_output_stream_close (out, NULL, error))
    return NULL;
  *length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)) - 1;
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
}
