/* Drafts: one row an issue, three slots, and a revision for every save. */
#include "draft_private.h"
#include "zhoubao/base/error.h"
#include "zhoubao/store/audit.h"
#include "zhoubao/store/revision.h"

static const char *const LOAD =
    "SELECT id, state, version, title, author, summary, intro, extra, created, updated, approved, scheduled,"
    " published, edited_by, approved_by, published_by, sha256, scheduled_by, halted FROM issue WHERE week = "
    "?";
static const char *const NEWEST = "SELECT week FROM issue WHERE state IN ('draft', 'review', 'approved')"
                                  " ORDER BY week DESC LIMIT 1";
static const char *const CREATE = "INSERT INTO issue (week, title, created, updated) VALUES (?, ?, ?, ?)";
static const char *const SAVE =
    "UPDATE issue SET version = version + 1, title = ?, author = ?, summary = ?, intro = ?, extra = ?, "
    "updated = ?,"
    " edited_by = ?, state = ? WHERE id = ? AND version = ? AND state NOT IN ('published', 'sent')";
static const char *const SET_STATE =
    "UPDATE issue SET version = version + 1, state = ?1, updated = ?2, halted = NULL,"
    " approved_by = CASE ?1 WHEN 'approved' THEN ?3 WHEN 'draft' THEN NULL WHEN 'review' THEN NULL ELSE "
    "approved_by END,"
    " approved = CASE ?1 WHEN 'approved' THEN ?2 WHEN 'draft' THEN NULL WHEN 'review' THEN NULL ELSE "
    "approved END,"
    " published_by = CASE ?1 WHEN 'published' THEN ?3 ELSE published_by END,"
    " published = CASE ?1 WHEN 'published' THEN ?2 ELSE published END, sha256 = ?4"
    " WHERE id = ?5 AND version = ?6";
static const char *const SCHEDULE = "UPDATE issue SET version = version + 1, scheduled = ?1, scheduled_by = "
                                    "CASE WHEN ?1 IS NULL THEN NULL ELSE ?2 END,"
                                    " halted = NULL WHERE id = ?3 AND version = ?4";
static const char *const DUE = "SELECT week FROM issue WHERE scheduled <= ? AND halted IS NULL"
                               " AND state NOT IN ('published', 'sent') ORDER BY scheduled";
static const char *const HALT = "UPDATE issue SET halted = ? WHERE week = ?";
static const char *const SENT = "UPDATE issue SET version = version + 1, state = 'sent', updated = ?1"
                                " WHERE week = ?2 AND state = 'published'";
static const char *const SET_SUM = "UPDATE issue SET sha256 = ? WHERE week = ?";

static const char *const state_names[] = {"draft", "review", "approved", "published", "sent"};

const char *
zb_issue_state_name (ZbIssueState state)
{
  return state_names[state];
}

static ZbIssueState
state_of_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (name, state_names[i]) == 0)
      return (ZbIssueState)i;
  return ZB_ISSUE_DRAFT;
}

ZbDraft *
zb_draft_new (const char *newsletter, ZbWeek week)
{
  ZbDraft *draft = g_new0 (ZbDraft, 1);
  draft->issue = zb_issue_new (newsletter, week);
  for (int i = 0; i < 3; i++)
    g_ptr_array_add (draft->issue->items, zb_issue_item_new ());
  draft->created = draft->updated = draft->approved = draft->scheduled = draft->published = ZB_TIME_NONE;
  return draft;
}

void
zb_draft_free (ZbDraft *draft)
{
  zb_issue_free (draft->issue);
  g_free (draft->edited_by);
  g_free (draft->approved_by);
  g_free (draft->published_by);
  g_free (draft->sha256);
  g_free (draft->scheduled_by);
  g_free (draft->halted);
  g_free (draft);
}

gboolean
zb_draft_slot_is_empty (const ZbDraft *draft, int slot)
{
  const ZbIssueItem *item = draft->issue->items->pdata[slot - 1];
  const char *texts[] = {item->heading, item->url, item->title, item->paragraph};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && *texts[i] != '\0')
      return FALSE;
  return TRUE;
}

static void
read_row (ZbQuery *q, ZbDraft *draft)
{
  ZbIssue *issue = draft->issue;
  draft->id = zb_query_int (q, 0);
  draft->state = state_of_name (zb_query_text (q, 1));
  draft->version = zb_query_int (q, 2);
  g_free (issue->title);
  issue->title = g_strdup (zb_query_text (q, 3));
  issue->author = g_strdup (zb_query_text (q, 4));
  issue->summary = g_strdup (zb_query_text (q, 5));
  issue->intro = g_strdup (zb_query_text (q, 6));
  ZbTime *times[] = {&draft->created, &draft->updated, &draft->approved, &draft->scheduled,
                     &draft->published};
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    *times[i] = zb_query_time (q, (int)i + 8);
  draft->edited_by = g_strdup (zb_query_text (q, 13));
  draft->approved_by = g_strdup (zb_query_text (q, 14));
  draft->published_by = g_strdup (zb_query_text (q, 15));
  draft->sha256 = g_strdup (zb_query_text (q, 16));
  draft->scheduled_by = g_strdup (zb_query_text (q, 17));
  draft->halted = g_strdup (zb_query_text (q, 18));
}

static gboolean
load_inside (ZbDb *db, ZbDraft *draft, GError **error)
{
  g_autofree char *week = zb_week_name (draft->issue->week), *extra = NULL;
  g_autoptr (ZbQuery) q = zb_db_query (db, LOAD, "s", week);
  if (zb_query_next (q)) {
    read_row (q, draft);
    extra = g_strdup (zb_query_text (q, 7));
  }
  if (!zb_query_ok (q, error))
    return FALSE;
  if (draft->id == 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND,
                 "there is no draft of %s (make one with: zhoubao issue new %s)", week, week);
    return FALSE;
  }
  return zb_draft_extra_from_json (draft->issue, extra, error) && zb_draft_read_slots (db, draft, error);
}

ZbDraft *
zb_draft_load (ZbDb *db, ZbWeek week, GError **error)
{
  g_autoptr (ZbDraft) draft = zb_draft_new ("", week);
  return load_inside (db, draft, error) ? g_steal_pointer (&draft) : NULL;
}

gboolean
zb_draft_newest (ZbDb *db, ZbWeek *week, GError **error)
{
  g_autofree char *name = NULL;
  return zb_db_text (db, &name, error, NEWEST, "") && name != NULL && zb_week_parse (name, week, error);
}

typedef struct {
  ZbDraft *draft;
  ZbIssueState state;
  const char *what, *editor;
  ZbTime now;
} Save;

/* The revision and the line in the audit; an autosave that goes on from one adds no further line. */
static gboolean
keep (ZbDb *db, const Save *save, GError **error)
{
  gboolean added = FALSE;
  g_autofree char *week = zb_week_name (save->draft->issue->week);
  ZbRevisionKeep revision = {save->draft, save->what, save->editor, save->now};
  return zb_revision_keep (db, &revision, &added, error) &&
         (!added || zb_audit_add (db, save->editor, save->what, week, save->now, error));
}

static gboolean
refuse_stale (ZbDb *db, const ZbDraft *draft, GError **error)
{
  g_autofree char *week = zb_week_name (draft->issue->week), *state = NULL, *editor = NULL;
  if (!zb_db_text (db, &state, error, "SELECT state FROM issue WHERE week = ?", "s", week) ||
      !zb_db_text (db, &editor, error, "SELECT edited_by FROM issue WHERE week = ?", "s", week))
    return FALSE;
  if (g_strcmp0 (state, "published") == 0 || g_strcmp0 (state, "sent") == 0)
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "the issue of %s is published: it is not edited any more",
                 week);
  else
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "the draft of %s was saved by %s in the meantime", week,
                 editor != NULL ? editor : "somebody else");
  return FALSE;
}

static gboolean
save_inside (ZbDb *db, gpointer data, GError **error)
{
  Save *save = data;
  ZbDraft *draft = save->draft;
  ZbIssue *issue = draft->issue;
  g_autofree char *week = zb_week_name (issue->week), *extra = zb_draft_extra_to_json (issue);
  gint64 version = draft->version;
  if (draft->id == 0) {
    if (!zb_db_exec (db, error, CREATE, "sstt", week, issue->title, save->now, save->now))
      return FALSE;
    draft->id = zb_db_last_id (db);
    version = 1;
  }
  /* An edit after approval needs a new one. */
  if (!zb_db_exec (db, error, SAVE, "ssssstssii", issue->title, issue->author, issue->summary, issue->intro,
                   extra, save->now, save->editor, "draft", draft->id, version))
    return FALSE;
  if (zb_db_changes (db) != 1)
    return refuse_stale (db, draft, error);
  return zb_draft_write_slots (db, draft, error) && keep (db, save, error);
}

gboolean
zb_draft_save (ZbDb *db, ZbDraft *draft, const char *what, const char *editor, ZbTime now, GError **error)
{
  Save save = {draft, ZB_ISSUE_DRAFT, what, editor, now};
  gint64 id = draft->id;
  if (!zb_db_transact (db, save_inside, &save, error)) {
    draft->id = id;
    return FALSE;
  }
  draft->version = id == 0 ? 2 : draft->version + 1;
  draft->state = ZB_ISSUE_DRAFT;
  draft->updated = now;
  if (id == 0)
    draft->created = now;
  g_free (draft->edited_by);
  draft->edited_by = g_strdup (editor);
  return TRUE;
}

static gboolean
set_state_inside (ZbDb *db, gpointer data, GError **error)
{
  Save *save = data;
  ZbDraft *draft = save->draft;
  if (!zb_db_exec (db, error, SET_STATE, "stssii", state_names[save->state], save->now, save->editor,
                   draft->sha256, draft->id, draft->version))
    return FALSE;
  if (zb_db_changes (db) != 1)
    return refuse_stale (db, draft, error);
  return keep (db, save, error);
}

gboolean
zb_draft_set_state (ZbDb *db, ZbDraft *draft, ZbIssueState state, const char *editor, ZbTime now,
                    GError **error)
{
  static const char *const what[] = {"return", "review", "approve", "publish", "send"};
  Save save = {draft, state, what[state], editor, now};
  if (!zb_db_transact (db, set_state_inside, &save, error))
    return FALSE;
  g_autoptr (ZbDraft) fresh = zb_draft_load (db, draft->issue->week, error);
  if (fresh == NULL)
    return FALSE;
  ZbDraft old = *draft;
  *draft = *fresh;
  *fresh = old;
  return TRUE;
}

static gboolean
schedule_inside (ZbDb *db, gpointer data, GError **error)
{
  Save *save = data;
  ZbDraft *draft = save->draft;
  g_autofree char *week = zb_week_name (draft->issue->week), *at = zb_time_to_rfc3339 (draft->scheduled);
  g_autofree char *about = g_strdup_printf ("%s %s", week, at != NULL ? at : "not any more");
  if (!zb_db_exec (db, error, SCHEDULE, "tsii", draft->scheduled, save->editor, draft->id, draft->version))
    return FALSE;
  if (zb_db_changes (db) != 1)
    return refuse_stale (db, draft, error);
  return zb_audit_add (db, save->editor, save->what, about, save->now, error);
}

gboolean
zb_draft_schedule (ZbDb *db, ZbDraft *draft, ZbTime at, const char *editor, ZbTime now, GError **error)
{
  Save save = {draft, draft->state, "schedule", editor, now};
  ZbTime before = draft->scheduled;
  draft->scheduled = at;
  if (!zb_db_transact (db, schedule_inside, &save, error)) {
    draft->scheduled = before;
    return FALSE;
  }
  draft->version++;
  g_clear_pointer (&draft->halted, g_free);
  g_free (draft->scheduled_by);
  draft->scheduled_by = at != ZB_TIME_NONE ? g_strdup (editor) : NULL;
  return TRUE;
}

GPtrArray *
zb_draft_list_due (ZbDb *db, ZbTime now, GError **error)
{
  g_autoptr (GPtrArray) weeks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ZbQuery) q = zb_db_query (db, DUE, "t", now);
  while (zb_query_next (q))
    g_ptr_array_add (weeks, g_strdup (zb_query_text (q, 0)));
  return zb_query_ok (q, error) ? g_steal_pointer (&weeks) : NULL;
}

gboolean
zb_draft_halt (ZbDb *db, const char *week, const char *why, ZbTime now, GError **error)
{
  g_autofree char *about = g_strdup_printf ("%s: %s", week, why);
  return zb_db_exec (db, error, HALT, "ss", why, week) &&
         zb_audit_add (db, "schedule", "halt", about, now, error);
}

typedef struct {
  const char *week, *who;
  ZbTime now;
} Finish;

static gboolean
finish_inside (ZbDb *db, gpointer data, GError **error)
{
  const Finish *f = data;
  return zb_db_exec (db, error, SENT, "ts", f->now, f->week) &&
         (zb_db_changes (db) == 0 || zb_audit_add (db, f->who, "sent", f->week, f->now, error));
}

gboolean
zb_draft_mark_sent (ZbDb *db, const char *week, const char *who, ZbTime now, GError **error)
{
  Finish finish = {week, who, now};
  return zb_db_transact (db, finish_inside, &finish, error);
}

gboolean
zb_draft_set_sum (ZbDb *db, const char *week, const char *sha256, GError **error)
{
  return zb_db_exec (db, error, SET_SUM, "ss", sha256, week);
}
