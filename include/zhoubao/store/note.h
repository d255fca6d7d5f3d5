/* Notes between editors, on a story. */
#pragma once
#include "zhoubao/edge/db.h"

#define ZB_NOTE_CHARS 4000 /* at most */

typedef struct {
  char *editor, *text;
  ZbTime written;
} ZbNote;

void zb_note_free (ZbNote *note);

/* Adds TEXT to STORY. Nothing, too much, or a story that is 0 (an item that is not grouped yet) is
   ZB_ERROR_INVALID. */
gboolean zb_note_add (ZbDb *db, gint64 story, const char *editor, const char *text, ZbTime now,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Those of STORY, oldest first: an array of ZbNote. (transfer full) */
GPtrArray *zb_note_list (ZbDb *db, gint64 story, GError **error);
gboolean zb_note_count (ZbDb *db, gint64 story, gint64 *count, GError **error) G_GNUC_WARN_UNUSED_RESULT;
