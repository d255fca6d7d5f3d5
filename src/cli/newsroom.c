/* Opening what the editors' verbs need. */
#include "newsroom.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/source_file.h"

ZbNewsroom *
zb_newsroom_open (const ZbCli *cli, GError **error)
{
  g_autoptr (ZbNewsroom) room = g_new0 (ZbNewsroom, 1);
  room->workspace = zb_workspace_open (cli->directory, error);
  room->sources = room->workspace != NULL ? zb_source_file_read_all (room->workspace, error) : NULL;
  room->db = room->sources != NULL ? zb_workspace_database (room->workspace, error) : NULL;
  return room->db != NULL ? g_steal_pointer (&room) : NULL;
}

void
zb_newsroom_close (ZbNewsroom *room)
{
  g_clear_pointer (&room->db, zb_db_close);
  g_clear_pointer (&room->sources, g_ptr_array_unref);
  g_clear_pointer (&room->workspace, zb_workspace_free);
  g_free (room);
}

static gboolean
is_published (ZbNewsroom *room, ZbWeek week)
{
  g_autofree char *date = zb_week_issue_date (week);
  g_autofree char *below = g_strdup_printf ("issues/weekly/%s.md", date);
  g_autofree char *path = zb_workspace_path (room->workspace, below);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
brought_something (ZbNewsroom *room, ZbWeek week, gboolean *brought, GError **error)
{
  GTimeZone *zone = room->workspace->config->zone;
  g_autoptr (GPtrArray) items =
      zb_item_list (room->db, zb_week_start (week, zone), zb_week_end (week, zone), 1, error);
  *brought = items != NULL && items->len > 0;
  return items != NULL;
}

gboolean
zb_newsroom_week (ZbNewsroom *room, const char *text, ZbTime now, ZbWeek *week, GError **error)
{
  if (text != NULL)
    return zb_week_parse (text, week, error);
  GTimeZone *zone = room->workspace->config->zone;
  *week = zb_week_of (now, zone);
  ZbWeek before = zb_week_add (*week, -1);
  gboolean early = now - zb_week_start (*week, zone) < 2 * 86400, brought = FALSE;
  if (!early || is_published (room, before))
    return TRUE;
  if (!brought_something (room, before, &brought, error))
    return FALSE;
  if (brought)
    *week = before;
  return TRUE;
}

gboolean
zb_newsroom_item (const char *text, gint64 *item, GError **error)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, item, NULL))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is not the number of an item (see: zhoubao queue)",
               text);
  return FALSE;
}
