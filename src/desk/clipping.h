/* Clipped pages, fetched and taken in behind the pages. Private to src/desk. */
#pragma once
#include "errand.h"

/* Takes the clipping ID of URL in; the errand's number. Its result is the address of the item's page. */
gint64 zb_clippings_ask (ZbErrands *errands, gint64 id, const char *url);

/* Goes on with what waited when the desk last ended. */
gboolean zb_clippings_resume (ZbErrands *errands, ZbDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
