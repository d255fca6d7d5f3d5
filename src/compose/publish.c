/* From draft to file. */
#include "zhoubao/compose/publish.h"

#include "coverage.h"
#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/audit.h"
#include "zhoubao/store/config.h"
#include "zhoubao/store/issue_file.h"

static gboolean
refuse_problems (const ZbIssue *issue, const ZbConfig *config, gboolean early, ZbTime now, GError **error)
{
  g_autoptr (GPtrArray) problems = zb_problems_new ();
  zb_check_issue (issue, config, early, now, problems);
  if (zb_problems_ok (problems))
    return TRUE;
  const ZbProblem *first = NULL;
  guint count = 0;
  for (guint i = 0; i < problems->len; i++) {
    const ZbProblem *problem = problems->pdata[i];
    if (!problem->warning && count++ == 0)
      first = problem;
  }
  g_assert (first != NULL);
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, count > 1 ? "%s, and %u more (zhoubao issue check)" : "%s",
               first->text, count - 1);
  return FALSE;
}

gboolean
zb_approve (ZbWorkspace *workspace, ZbDb *db, ZbDraft *draft, const char *editor, ZbTime now, GError **error)
{
  if (draft->state >= ZB_ISSUE_PUBLISHED) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "the issue of %s is published already",
                 draft->issue->date);
    return FALSE;
  }
  if (workspace->config->second_approval && g_strcmp0 (draft->edited_by, editor) == 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED,
                 "%s edited this draft last: another editor must approve it", editor);
    return FALSE;
  }
  return zb_draft_set_state (db, draft, ZB_ISSUE_APPROVED, editor, now, error);
}

/* A file that is there already may only be what a crash between file and row left behind. */
static gboolean
write_once (const char *path, const ZbIssue *issue, const char *text, GError **error)
{
  g_autofree char *there = NULL;
  gsize length = 0;
  if (!g_file_get_contents (path, &there, &length, NULL))
    return zb_issue_file_write (path, issue, error);
  if (g_str_equal (there, text))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s is there already, with other words", path);
  return FALSE;
}

/* What a crash left behind has its line already, and the log may have grown since. */
static char *
closing_of_file (const char *path, const ZbConfig *config, const char *closing)
{
  g_autoptr (ZbIssue) there = zb_issue_file_read (path, config->limits.file_bytes, NULL);
  if (there == NULL || there->closing == NULL || !g_str_has_prefix (there->closing, closing))
    return NULL;
  return g_strdup (there->closing);
}

static gboolean
add_coverage (ZbWorkspace *workspace, ZbDb *db, ZbIssue *issue, const char *path, GError **error)
{
  g_autofree char *before = issue->closing != NULL ? g_strchomp (g_strdup (issue->closing)) : g_strdup ("");
  g_autofree char *line = NULL, *closing = closing_of_file (path, workspace->config, before);
  if (closing == NULL && !zb_coverage_line (workspace, db, issue->week, &line, error))
    return FALSE;
  if (closing == NULL && line != NULL)
    closing = g_strconcat (before, *before != '\0' ? "\n\n" : "", line, NULL);
  if (closing != NULL) {
    g_free (issue->closing);
    issue->closing = g_steal_pointer (&closing);
  }
  return TRUE;
}

gboolean
zb_publish (ZbWorkspace *workspace, ZbDb *db, ZbDraft *draft, gboolean early, const char *editor, ZbTime now,
            char **path, GError **error)
{
  g_autofree char *file = zb_issue_file_path (workspace->root, draft->issue->week);
  if (draft->state >= ZB_ISSUE_PUBLISHED) {
    *path = g_steal_pointer (&file);
    return TRUE;
  }
  if (!refuse_problems (draft->issue, workspace->config, early, now, error))
    return FALSE;
  if (workspace->config->second_approval && draft->state != ZB_ISSUE_APPROVED) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED,
                 "the draft of %s is not approved yet (zhoubao issue approve)", draft->issue->date);
    return FALSE;
  }
  if (workspace->config->coverage_line && !add_coverage (workspace, db, draft->issue, file, error))
    return FALSE;
  g_autofree char *text = zb_issue_file_format (draft->issue);
  if (!write_once (file, draft->issue, text, error))
    return FALSE;
  g_free (draft->sha256);
  draft->sha256 = zb_sha256 (text, strlen (text));
  if (!zb_draft_set_state (db, draft, ZB_ISSUE_PUBLISHED, editor, now, error))
    return FALSE;
  *path = g_steal_pointer (&file);
  return TRUE;
}

gboolean
zb_publish_correction (const char *file, const ZbConfig *config, const char *text, ZbTime now, GError **error)
{
  if (*text == '\0' || strspn (text, " \t\r\n") == strlen (text)) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_USAGE, "the correction has no words");
    return FALSE;
  }
  g_autoptr (ZbIssue) issue = zb_issue_file_read (file, config->limits.file_bytes, error);
  if (issue == NULL)
    return FALSE;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, config->zone);
  g_autofree char *date = g_date_time_format (at, "%Y-%m-%d");
  g_ptr_array_add (issue->corrections, zb_issue_section_new (date, text));
  return zb_issue_file_write (file, issue, error);
}

gboolean
zb_publish_correct (ZbWorkspace *workspace, ZbDb *db, ZbWeek week, const ZbCorrection *correction,
                    GError **error)
{
  gsize length = 0;
  g_autofree char *file = zb_issue_file_path (workspace->root, week), *name = zb_week_name (week);
  g_autofree char *about = g_strdup_printf ("%s: %s", name, correction->text);
  if (!g_file_test (file, G_FILE_TEST_EXISTS)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no published issue of %s to correct", name);
    return FALSE;
  }
  if (!zb_publish_correction (file, workspace->config, correction->text, correction->now, error))
    return FALSE;
  g_autofree char *text = zb_config_read_file (file, workspace->config->limits.file_bytes, &length, error);
  if (text == NULL)
    return FALSE;
  g_autofree char *sum = zb_sha256 (text, length);
  return zb_draft_set_sum (db, name, sum, error) &&
         zb_audit_add (db, correction->editor, "correct", about, correction->now, error);
}
