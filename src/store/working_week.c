/* The week that editors work on. */
#include "zhoubao/store/working_week.h"

#include "zhoubao/store/item.h"

#define LATE_SECONDS (2 * 86400) /* how long after its end a week is still worked on */

static gboolean
is_published (ZbWorkspace *workspace, ZbWeek week)
{
  g_autofree char *date = zb_week_issue_date (week);
  g_autofree char *below = g_strdup_printf ("issues/weekly/%s.md", date);
  g_autofree char *path = zb_workspace_path (workspace, below);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
zb_working_week (ZbWorkspace *workspace, ZbDb *db, ZbTime now, ZbWeek *week, GError **error)
{
  GTimeZone *zone = workspace->config->zone;
  *week = zb_week_of (now, zone);
  ZbWeek before = zb_week_add (*week, -1);
  if (now - zb_week_start (*week, zone) >= LATE_SECONDS || is_published (workspace, before))
    return TRUE;
  g_autoptr (GPtrArray) items =
      zb_item_list (db, zb_week_start (before, zone), zb_week_end (before, zone), 1, error);
  if (items == NULL)
    return FALSE;
  if (items->len > 0)
    *week = before;
  return TRUE;
}
