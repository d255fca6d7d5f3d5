/* Whether public/ is what its inputs make: the archive is built once more, elsewhere, and compared byte by
   byte. */
#pragma once
#include "zhoubao/publish/build.h"

/* DIFFERENCES gets one line (char *) for each file that differs, lacks or has no input; FILES how many were
   compared. OPTIONS are those of the build that made public/. */
gboolean zb_reproduce (ZbWorkspace *workspace, const ZbBuildOptions *options, GPtrArray *differences,
                       guint *files, GError **error) G_GNUC_WARN_UNUSED_RESULT;
