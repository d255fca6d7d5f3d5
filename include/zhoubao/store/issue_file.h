/* Issue files: issues/weekly/DATE.md, written by the program or by a person with an editor (DESIGN §2). */
#pragma once
#include "zhoubao/model/issue.h"

/* Reads FILE, or TEXT under that name. The front matter's keys are checked; each section belongs to the item
   with the same heading. An error names file and line. (transfer full) */
ZbIssue *zb_issue_file_read (const char *file, gint64 limit, GError **error);
ZbIssue *zb_issue_file_parse (const char *file, const char *text, gsize length, GError **error);

/* The file's text: what is read back from it is the same issue. (transfer full) */
char *zb_issue_file_format (const ZbIssue *issue);

/* Writes beside FILE, syncs and renames: FILE is whole at any moment, the old or the new. */
gboolean zb_issue_file_write (const char *file, const ZbIssue *issue,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The file of WEEK in the workspace at ROOT. (transfer full) */
char *zb_issue_file_path (const char *root, ZbWeek week);
