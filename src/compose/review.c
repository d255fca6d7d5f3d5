/* Acts on a draft before it is published. */
#include "zhoubao/compose/review.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/audit.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/issue_file.h"
#include "zhoubao/store/revision.h"

/* From which states an act leads. */
static gboolean
check_state (const ZbDraft *draft, guint states, const char *act, GError **error)
{
  if (states & (1u << draft->state))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "the issue of %s is %s: it cannot be %s",
               draft->issue->date, zb_issue_state_name (draft->state), act);
  return FALSE;
}

gboolean
zb_review_ask (ZbDb *db, ZbDraft *draft, const char *editor, ZbTime now, GError **error)
{
  return check_state (draft, 1u << ZB_ISSUE_DRAFT, "given to review", error) &&
         zb_draft_set_state (db, draft, ZB_ISSUE_REVIEW, editor, now, error);
}

typedef struct {
  ZbDraft *draft;
  const char *editor, *why;
  ZbTime now;
} Return;

static gboolean
return_inside (ZbDb *db, gpointer data, GError **error)
{
  const Return *r = data;
  g_autofree char *week = zb_week_name (r->draft->issue->week);
  g_autofree char *about = g_strdup_printf ("%s: %s", week, r->why != NULL ? r->why : "");
  if (r->draft->scheduled != ZB_TIME_NONE &&
      !zb_draft_schedule (db, r->draft, ZB_TIME_NONE, r->editor, r->now, error))
    return FALSE;
  return zb_draft_set_state (db, r->draft, ZB_ISSUE_DRAFT, r->editor, r->now, error) &&
         (r->why == NULL || *r->why == '\0' ||
          zb_audit_add (db, r->editor, "ask for changes", about, r->now, error));
}

gboolean
zb_review_return (ZbDb *db, ZbDraft *draft, const char *editor, const char *why, ZbTime now, GError **error)
{
  Return r = {draft, editor, why, now};
  return check_state (draft, 1u << ZB_ISSUE_REVIEW | 1u << ZB_ISSUE_APPROVED, "returned", error) &&
         zb_db_transact (db, return_inside, &r, error);
}

gboolean
zb_review_schedule (ZbDb *db, ZbDraft *draft, ZbTime at, const char *editor, ZbTime now, GError **error)
{
  if (at == ZB_TIME_NONE && draft->scheduled == ZB_TIME_NONE)
    return TRUE;
  if (at != ZB_TIME_NONE && !check_state (draft, 1u << ZB_ISSUE_APPROVED, "scheduled", error))
    return FALSE;
  if (at != ZB_TIME_NONE && at <= now) {
    g_autofree char *text = zb_time_to_rfc3339 (at);
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE,
                 "%s has passed already: publish it now, or name a later time", text);
    return FALSE;
  }
  return zb_draft_schedule (db, draft, at, editor, now, error);
}

gboolean
zb_review_read_time (const char *text, GTimeZone *zone, ZbTime *at, GError **error)
{
  g_autofree char *whole = strlen (text) == 16 ? g_strconcat (text, ":00", NULL) : g_strdup (text);
  g_autoptr (GDateTime) when = g_date_time_new_from_iso8601 (whole, zone);
  if (when == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is no time such as 2017-07-03T08:00", text);
    return FALSE;
  }
  *at = g_date_time_to_unix (when);
  return TRUE;
}

gboolean
zb_review_restore (ZbDb *db, ZbDraft *draft, gint64 revision, const char *editor, ZbTime now, GError **error)
{
  g_autoptr (ZbRevision) old = zb_revision_get (db, draft->id, revision, error);
  return old != NULL && zb_revision_apply (old, draft, error) &&
         zb_draft_save (db, draft, "restore", editor, now, error);
}

gboolean
zb_review_reorder (ZbDraft *draft, const int from[3])
{
  guint seen = 0;
  gpointer items[3];
  gint64 ids[3];
  for (int i = 0; i < 3; i++) {
    if (from[i] < 1 || from[i] > 3)
      return FALSE;
    seen |= 1u << from[i];
    items[i] = draft->issue->items->pdata[from[i] - 1];
    ids[i] = draft->item_ids[from[i] - 1];
  }
  if (seen != (1u << 1 | 1u << 2 | 1u << 3))
    return FALSE;
  memcpy (draft->issue->items->pdata, items, sizeof items);
  memcpy (draft->item_ids, ids, sizeof ids);
  return TRUE;
}

static gboolean
is_picked (const gint64 picked[3], gint64 item)
{
  return item != 0 && (picked[0] == item || picked[1] == item || picked[2] == item);
}

gboolean
zb_review_follow (ZbDb *db, const ZbDraft *draft, const char *editor, ZbTime now, GError **error)
{
  gint64 before[3] = {0};
  if (!zb_decision_slots (db, draft->issue->week, before, error))
    return FALSE;
  for (int slot = 1; slot <= 3; slot++) {
    gint64 item = draft->item_ids[slot - 1], picked[3] = {0};
    ZbDecision d = {.item = item,
                    .week = draft->issue->week,
                    .action = ZB_PICK,
                    .slot = slot,
                    .why = "moved in the draft",
                    .editor = editor,
                    .decided = now};
    if (!zb_decision_slots (db, draft->issue->week, picked, error) ||
        (is_picked (before, item) && picked[slot - 1] != item && !zb_decision_add (db, &d, error)))
      return FALSE;
  }
  return TRUE;
}

/* A slot whose link stayed keeps its item. */
static void
take_issue (ZbDraft *draft, ZbIssue *issue)
{
  gint64 ids[3] = {0};
  while (issue->items->len < 3)
    g_ptr_array_add (issue->items, zb_issue_item_new ());
  for (int to = 0; to < 3; to++)
    for (int from = 0; from < 3; from++) {
      const ZbIssueItem *old = draft->issue->items->pdata[from], *new = issue->items->pdata[to];
      if (draft->item_ids[from] != 0 && old->url != NULL && g_strcmp0 (old->url, new->url) == 0)
        ids[to] = draft->item_ids[from];
    }
  memcpy (draft->item_ids, ids, sizeof ids);
  zb_issue_free (draft->issue);
  draft->issue = issue;
}

gboolean
zb_review_take (ZbDraft *draft, const char *name, const char *text, gsize length, GError **error)
{
  g_autoptr (ZbIssue) issue = zb_issue_file_parse (name, text, length, error);
  if (issue == NULL)
    return FALSE;
  if (zb_week_compare (issue->week, draft->issue->week) != 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s is dated %s, the draft %s", name, issue->date,
                 draft->issue->date);
    return FALSE;
  }
  g_clear_pointer (&issue->file, g_free);
  take_issue (draft, g_steal_pointer (&issue));
  return TRUE;
}
