/* Revisions of drafts. */
#include "zhoubao/store/revision.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/issue_file.h"

static const char *const ADD =
    "INSERT INTO revision (issue, at, begun, editor, what, text, draft) VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6)";
static const char *const CONTINUE =
    "UPDATE revision SET at = ?2, text = ?5, draft = ?6 WHERE id = (SELECT id FROM revision WHERE issue = ?1"
    " ORDER BY id DESC LIMIT 1) AND editor = ?3 AND what = ?4 AND begun > ?2 - ?7";
static const char *const LIST =
    "SELECT id, at, editor, what, text, draft FROM revision WHERE issue = ? ORDER BY id DESC";
static const char *const GET =
    "SELECT id, at, editor, what, text, draft FROM revision WHERE issue = ? AND id = ?";

void
zb_revision_free (ZbRevision *revision)
{
  g_free (revision->editor);
  g_free (revision->what);
  g_free (revision->text);
  g_free (revision->draft);
  g_free (revision);
}

gboolean
zb_revision_keep (ZbDb *db, const ZbRevisionKeep *keep, gboolean *added, GError **error)
{
  gint64 issue = keep->draft->id, span = ZB_REVISION_SPAN;
  g_autofree char *text = zb_issue_file_format (keep->draft->issue), *draft = zb_draft_to_json (keep->draft);
  gboolean goes_on = g_str_equal (keep->what, "autosave") || g_str_equal (keep->what, "aside");
  if (goes_on && !zb_db_exec (db, error, CONTINUE, "itssssi", issue, keep->now, keep->editor, keep->what,
                              text, draft, span))
    return FALSE;
  *added = !goes_on || zb_db_changes (db) == 0;
  return !*added ||
         zb_db_exec (db, error, ADD, "itssss", issue, keep->now, keep->editor, keep->what, text, draft);
}

static ZbRevision *
read_row (ZbQuery *q)
{
  ZbRevision *revision = g_new0 (ZbRevision, 1);
  revision->id = zb_query_int (q, 0);
  revision->at = zb_query_time (q, 1);
  revision->editor = g_strdup (zb_query_text (q, 2));
  revision->what = g_strdup (zb_query_text (q, 3));
  revision->text = g_strdup (zb_query_text (q, 4));
  revision->draft = g_strdup (zb_query_text (q, 5));
  return revision;
}

GPtrArray *
zb_revision_list (ZbDb *db, gint64 issue, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_revision_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, LIST, "i", issue);
  while (zb_query_next (q))
    g_ptr_array_add (list, read_row (q));
  return zb_query_ok (q, error) ? g_steal_pointer (&list) : NULL;
}

ZbRevision *
zb_revision_get (ZbDb *db, gint64 issue, gint64 id, GError **error)
{
  g_autoptr (ZbRevision) revision = NULL;
  g_autoptr (ZbQuery) q = zb_db_query (db, GET, "ii", issue, id);
  if (zb_query_next (q))
    revision = read_row (q);
  if (!zb_query_ok (q, error))
    return NULL;
  if (revision == NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "this issue has no revision %" G_GINT64_FORMAT, id);
  return g_steal_pointer (&revision);
}

/* Before drafts were kept whole the file's text was all there is. */
static gboolean
apply_text (const ZbRevision *revision, ZbDraft *draft, GError **error)
{
  g_autofree char *name = g_strdup_printf ("revision %" G_GINT64_FORMAT, revision->id);
  g_autoptr (ZbIssue) issue = zb_issue_file_parse (name, revision->text, strlen (revision->text), error);
  if (issue == NULL)
    return FALSE;
  while (issue->items->len < 3)
    g_ptr_array_add (issue->items, zb_issue_item_new ());
  g_clear_pointer (&issue->file, g_free);
  zb_issue_free (draft->issue);
  draft->issue = g_steal_pointer (&issue);
  return TRUE;
}

gboolean
zb_revision_apply (const ZbRevision *revision, ZbDraft *draft, GError **error)
{
  return revision->draft != NULL ? zb_draft_from_json (draft, revision->draft, error)
                                 : apply_text (revision, draft, error);
}
