/* Every text that the draft had: what changed between any two, one taken back; and who did what. */
#include "issue.h"

#include "zhoubao/base/diff.h"
#include "zhoubao/base/error.h"
#include "zhoubao/compose/review.h"
#include "zhoubao/store/audit.h"
#include "zhoubao/store/revision.h"

#define CONTEXT_LINES 2 /* of what stayed, around what changed */
#define ACTS 200

/* The first or last LINES lines of TEXT; the whole where that is no more. */
static char *
some_lines (const char *text, int lines, gboolean last)
{
  const char *end = text + strlen (text), *p = last ? end : text;
  if (last) {
    for (int n = 0; p > text; p--)
      if (p[-1] == '\n' && n++ == lines)
        break;
    return g_strdup (p);
  }
  for (int n = 0; p < end && n < lines; p++)
    n += *p == '\n';
  return g_strndup (text, (gsize)(p - text));
}

static void
add_piece (JsonBuilder *b, ZbDiffKind kind, const char *text)
{
  json_builder_begin_object (b);
  zb_json_bool (b, "gone", kind == ZB_DIFF_GONE);
  zb_json_bool (b, "new", kind == ZB_DIFF_NEW);
  zb_json_text (b, "text", text);
  json_builder_end_object (b);
}

/* Long parts that stayed are cut to what stands beside a change. */
static void
add_same (JsonBuilder *b, const char *text, gboolean begins, gboolean ends)
{
  g_autofree char *head = begins ? g_strdup ("") : some_lines (text, CONTEXT_LINES, FALSE);
  g_autofree char *tail = ends ? g_strdup ("") : some_lines (text, CONTEXT_LINES, TRUE);
  if (strlen (head) + strlen (tail) >= strlen (text)) {
    add_piece (b, ZB_DIFF_SAME, text);
    return;
  }
  g_autofree char *cut = g_strconcat (head, "⋯\n", tail, NULL);
  add_piece (b, ZB_DIFF_SAME, cut);
}

static void
build_difference (JsonBuilder *b, const char *before, const char *after)
{
  g_autoptr (GPtrArray) pieces = zb_diff_words (before, after);
  json_builder_set_member_name (b, "pieces");
  json_builder_begin_array (b);
  for (guint i = 0; i < pieces->len; i++) {
    const ZbDiffPiece *piece = pieces->pdata[i];
    if (piece->kind == ZB_DIFF_SAME)
      add_same (b, piece->text, i == 0, i + 1 == pieces->len);
    else
      add_piece (b, piece->kind, piece->text);
  }
  json_builder_end_array (b);
  zb_json_bool (b, "same", g_str_equal (before, after));
}

static gint64
asked (ZbVisit *visit, const char *name, gint64 fallback)
{
  const char *text = zb_request_query (visit->request, name);
  gint64 id = 0;
  return text != NULL && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL) ? id : fallback;
}

static const ZbRevision *
find (const GPtrArray *revisions, gint64 id)
{
  for (guint i = 0; i < revisions->len; i++) {
    const ZbRevision *revision = revisions->pdata[i];
    g_assert (revision != NULL);
    if (revision->id == id)
      return revision;
  }
  return NULL;
}

static void
build_list (ZbVisit *visit, JsonBuilder *b, const GPtrArray *revisions, gint64 from, gint64 to)
{
  gboolean current = TRUE; /* the newest that is not aside is what the draft says */
  json_builder_set_member_name (b, "revisions");
  json_builder_begin_array (b);
  for (guint i = 0; i < revisions->len; i++) {
    const ZbRevision *revision = revisions->pdata[i];
    g_assert (revision != NULL);
    gboolean aside = g_str_equal (revision->what, "aside");
    g_autofree char *at = zb_visit_time_words (visit, revision->at);
    json_builder_begin_object (b);
    zb_json_int (b, "id", revision->id);
    zb_json_text (b, "at", at);
    zb_json_text (b, "who", revision->editor);
    zb_json_text (b, "what", aside ? "not saved: kept aside" : revision->what);
    zb_json_bool (b, "is_from", revision->id == from);
    zb_json_bool (b, "is_to", revision->id == to);
    zb_json_bool (b, "current", current && !aside);
    current = current && aside;
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

static gboolean
build_audit (ZbVisit *visit, JsonBuilder *b, const char *week, GError **error)
{
  g_autoptr (GPtrArray) acts = zb_audit_about (visit->room->db, week, ACTS, error);
  if (acts == NULL)
    return FALSE;
  json_builder_set_member_name (b, "acts");
  json_builder_begin_array (b);
  for (guint i = 0; i < acts->len; i++) {
    const ZbAudit *act = acts->pdata[i];
    g_autofree char *at = zb_visit_time_words (visit, act->at),
                    *about = zb_visit_about_words (visit, act->about);
    const char *more = about + strlen (week);
    json_builder_begin_object (b);
    zb_json_text (b, "at", at);
    zb_json_text (b, "who", act->who);
    zb_json_text (b, "what", act->what);
    zb_json_text (b, "more", more + strspn (more, ": "));
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  return TRUE;
}

gboolean
zb_page_issue_revisions (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbDraft) draft = zb_issue_load (visit, error);
  g_autoptr (GPtrArray) revisions =
      draft != NULL ? zb_revision_list (visit->room->db, draft->id, error) : NULL;
  if (revisions == NULL)
    return FALSE;
  const ZbRevision *newest = revisions->len > 0 ? revisions->pdata[0] : NULL,
                   *second = revisions->len > 1 ? revisions->pdata[1] : newest;
  const ZbRevision *from = find (revisions, asked (visit, "from", second != NULL ? second->id : 0)),
                   *to = find (revisions, asked (visit, "to", newest != NULL ? newest->id : 0));
  g_autofree char *week = zb_week_name (draft->issue->week);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "week", week);
  zb_json_text (b, "title", draft->issue->title);
  zb_json_int (b, "version", draft->version);
  zb_json_bool (b, "open", draft->state < ZB_ISSUE_PUBLISHED);
  zb_json_bool (b, "several", revisions->len > 1);
  build_list (visit, b, revisions, from != NULL ? from->id : 0, to != NULL ? to->id : 0);
  build_difference (b, from != NULL ? from->text : "", to != NULL ? to->text : "");
  return build_audit (visit, b, week, error) &&
         zb_visit_render (visit, "issue_revisions", "Revisions", b, error);
}

gboolean
zb_page_issue_restore (ZbVisit *visit, GError **error)
{
  gint64 id = 0;
  const char *text = zb_visit_need (visit, "revision", error);
  if (text == NULL || !zb_visit_number (text, &id, error))
    return FALSE;
  g_autoptr (ZbDraft) draft = zb_issue_load (visit, error);
  return draft != NULL &&
         zb_review_restore (visit->room->db, draft, id, visit->editor->name, visit->now, error) &&
         zb_visit_go (visit, "/desk/issue/%s", visit->parts[0]);
}
