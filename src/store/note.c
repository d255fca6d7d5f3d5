/* Notes between editors. */
#include "zhoubao/store/note.h"

#include "zhoubao/base/error.h"

static const char *const ADD = "INSERT INTO note (story, editor, written, text) VALUES (?, ?, ?, ?)";
static const char *const LIST = "SELECT editor, text, written FROM note WHERE story = ? ORDER BY id";

static const char *const COUNT = "SELECT count (*) FROM note WHERE story = ?";

void
zb_note_free (ZbNote *note)
{
  g_free (note->editor);
  g_free (note->text);
  g_free (note);
}

gboolean
zb_note_add (ZbDb *db, gint64 story, const char *editor, const char *text, ZbTime now, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_utf8_make_valid (text, -1));
  const char *problem = NULL;
  if (*trimmed == '\0')
    problem = "a note needs words";
  else if (g_utf8_strlen (trimmed, -1) > ZB_NOTE_CHARS)
    problem = "a note has at most 4000 characters";
  else if (story == 0)
    problem = "this item is not in a story yet: try again after the next crawl";
  if (problem != NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, problem);
    return FALSE;
  }
  return zb_db_exec (db, error, ADD, "ists", story, editor, now, trimmed);
}

GPtrArray *
zb_note_list (ZbDb *db, gint64 story, GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_note_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST, "i", story);
  while (zb_query_next (q)) {
    ZbNote *note = g_new0 (ZbNote, 1);
    note->editor = g_strdup (zb_query_text (q, 0));
    note->text = g_strdup (zb_query_text (q, 1));
    note->written = zb_query_time (q, 2);
    g_ptr_array_add (notes, note);
  }
  return zb_query_ok (q, error) ? g_steal_pointer (&notes) : NULL;
}

gboolean
zb_note_count (ZbDb *db, gint64 story, gint64 *count, GError **error)
{
  *count = 0;
  return zb_db_int (db, count, error, COUNT, "i", story);
}
