/* Opening what the editors' verbs need. */
#include "newsroom.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/source_file.h"
#include "zhoubao/store/working_week.h"

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

gboolean
zb_newsroom_week (ZbNewsroom *room, const char *text, ZbTime now, ZbWeek *week, GError **error)
{
  if (text != NULL)
    return zb_week_parse (text, week, error);
  return zb_working_week (room->workspace, room->db, now, week, error);
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
