/* Moving a workspace's keys (data/keys) to another machine, so that links in mail that is out go on working
   (DESIGN §9). The links name people by their number in the database, so keys only fit a copy of it. */
#pragma once
#include "zhoubao/edge/db.h"

/* All keys of DIRECTORY, base64, and for up to 64 people of DB their number with an HMAC of their address, as
   one JSON object. Whoever has it can sign and unsubscribe in the newsletter's name. (transfer full) */
char *zb_keys_export (ZbDb *db, const char *directory, GError **error);

/* Puts the keys of TEXT into DIRECTORY, private to the user, and nothing of them where one cannot be: a key
   of that name which differs, unless REPLACE, which keeps it beside as NAME.before, is ZB_ERROR_REFUSED, and
   so is a DB whose people have other numbers than those in TEXT; what is no export is ZB_ERROR_INVALID. COUNT
   gets how many are new. */
gboolean zb_keys_import (ZbDb *db, const char *directory, const char *text, gsize length, gboolean replace,
                         guint *count, GError **error);
