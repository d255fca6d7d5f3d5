/* Members on the web: who they are, and what they may read. Private to src/desk. */
#pragma once
#include "routes.h"

/* Answers a route for members: finds out who asks, sends strangers to /login, checks a form's token. Editors
   who are signed in at the desk read everything. */
gboolean zb_member_attend (ZbVisit *visit, const ZbRoute *route, gboolean post,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
