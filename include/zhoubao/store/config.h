/* zhoubao.yaml into a ZbConfig. */
#pragma once
#include "zhoubao/model/config.h"

/* Reads FILE, or TEXT under that name. An unknown key, a wrong type, zone, address block or URL is an error
   that names file and line. (transfer full) */
ZbConfig *zb_config_read (const char *file, GError **error);
ZbConfig *zb_config_parse (const char *file, const char *text, gssize length, GError **error);

/* Reads a whole text file of the workspace, of at most LIMIT bytes and in UTF-8. LENGTH may be NULL.
 * (transfer full) */
char *zb_config_read_file (const char *file, gint64 limit, gsize *length, GError **error);
