/* One hash over every template that the archive and the mail may use. */
#pragma once
#include "zhoubao/store/workspace.h"

/* SHA-256 over names and bytes of the program's own templates and the workspace's. (transfer full) */
char *zb_templates_hash (ZbWorkspace *workspace, GError **error);
