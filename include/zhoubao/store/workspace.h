/* A workspace: the folder that holds one newsletter (DESIGN §2). */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/model/config.h"

typedef struct {
  char *root;       /* as given with -C */
  ZbConfig *config; /* of zhoubao.yaml */
} ZbWorkspace;

/* Reads DIR/zhoubao.yaml. Without one: ZB_ERROR_NOT_FOUND, in words that name `zhoubao init`. (transfer full)
 */
ZbWorkspace *zb_workspace_open (const char *dir, GError **error);
void zb_workspace_free (ZbWorkspace *workspace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbWorkspace, zb_workspace_free)

/* A path below the root, as "data/keys". (transfer full) */
char *zb_workspace_path (ZbWorkspace *workspace, const char *below);

/* Opens data/zhoubao.db, making folder and file where they lack, and brings it to this program's schema. Each
   thread opens its own. (transfer full) */
ZbDb *zb_workspace_database (ZbWorkspace *workspace, GError **error);

/* Fills DIR, which must be absent or empty, with a new workspace made from the files inside the program. */
gboolean zb_workspace_init (const char *dir, GError **error) G_GNUC_WARN_UNUSED_RESULT;
