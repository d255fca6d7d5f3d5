/* What the editors' verbs open: workspace, database, sources, and the week they speak of. */
#pragma once
#include "zhoubao/base/week.h"
#include "zhoubao/cli/verb.h"
#include "zhoubao/store/workspace.h"

typedef struct {
  ZbWorkspace *workspace;
  ZbDb *db;
  GPtrArray *sources; /* of ZbSource */
} ZbNewsroom;

/* (transfer full) */
ZbNewsroom *zb_newsroom_open (const ZbCli *cli, GError **error);
void zb_newsroom_close (ZbNewsroom *room);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbNewsroom, zb_newsroom_close)

/* The week that TEXT names; without TEXT the one that is worked on (store/working_week.h). */
gboolean zb_newsroom_week (ZbNewsroom *room, const char *text, ZbTime now, ZbWeek *week,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The number that TEXT names an item by. */
gboolean zb_newsroom_item (const char *text, gint64 *item, GError **error) G_GNUC_WARN_UNUSED_RESULT;
