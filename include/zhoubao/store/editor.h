/* Editors and their sessions. */
#pragma once
#include "zhoubao/edge/db.h"

typedef enum {
  ZB_ROLE_CONTRIBUTOR,
  ZB_ROLE_EDITOR,
  ZB_ROLE_OWNER
} ZbRole; /* each may what those before it may */

const char *zb_role_name (ZbRole role); /* "owner" */
gboolean zb_role_parse (const char *name, ZbRole *role);

typedef struct {
  gint64 id;
  char *name;
  ZbRole role;
  ZbTime created;
} ZbEditor;

void zb_editor_free (ZbEditor *editor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbEditor, zb_editor_free)

#define ZB_PASSWORD_CHARS 10    /* at least */
#define ZB_EDITOR_NAME_CHARS 60 /* at most */

/* Adds an editor. A name that is taken or is no name, or a password that is too short, is an error. */
gboolean zb_editor_add (ZbDb *db, const char *name, ZbRole role, const char *password, ZbTime now,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Changes the password or the role, or removes NAME, and ends every session of that editor. What would leave
   a desk without an owner is refused as ZB_ERROR_INVALID. CHANGED: whether it was another role. */
gboolean zb_editor_set_password (ZbDb *db, const char *name, const char *password,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_editor_set_role (ZbDb *db, const char *name, ZbRole role, gboolean *changed,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean zb_editor_remove (ZbDb *db, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All, by name: an array of ZbEditor. (transfer full) */
GPtrArray *zb_editor_list (ZbDb *db, GError **error);

#define ZB_SESSION_IDLE (12 * 3600) /* seconds without a person's request after which a session is over */

/* Signs NAME in from the network address PEER and makes a session, whose secret TOKEN is for the cookie
   alone. ZB_ERROR_REFUSED for a wrong name or password (the same words, in the same time), ZB_ERROR_BUSY
   after five failures of that address within a minute, and after fifty of that name from anywhere. */
gboolean zb_session_open (ZbDb *db, const char *name, const char *password, const char *peer, ZbTime now,
                          char **token, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The editor whose session TOKEN opens at NOW; NULL without ERROR where it opens none. (transfer full) */
ZbEditor *zb_session_editor (ZbDb *db, const char *token, ZbTime now, GError **error);

/* Makes the session of TOKEN last ZB_SESSION_IDLE from NOW on: for what a person does, not for what an open
   page asks by itself. LONGER says whether that was more than a minute more, and so written. */
gboolean zb_session_touch (ZbDb *db, const char *token, ZbTime now, gboolean *longer,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean zb_session_close (ZbDb *db, const char *token, GError **error) G_GNUC_WARN_UNUSED_RESULT;
