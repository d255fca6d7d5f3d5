/* The issue in the making: rows of issue, slot and revision. What is published is a file
   (store/issue_file.h); from then on the rows keep its state alone. */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/model/issue.h"

typedef enum {
  ZB_ISSUE_DRAFT,
  ZB_ISSUE_REVIEW,
  ZB_ISSUE_APPROVED,
  ZB_ISSUE_PUBLISHED,
  ZB_ISSUE_SENT
} ZbIssueState;

/* "draft", "review", "approved", "published", "sent". */
const char *zb_issue_state_name (ZbIssueState state);

typedef struct {
  gint64 id;
  ZbIssueState state;
  gint64 version; /* of the row; a save with an older one is refused as stale */
  ZbIssue *issue; /* its items are the three slots: always three, an empty one has neither title nor url */
  gint64 item_ids[3]; /* rows of item, 0 where the slot is empty or written by hand */
  ZbTime created, updated, approved, scheduled, published;
  char *edited_by, *approved_by, *published_by;
  char *sha256;       /* of the published file */
  char *scheduled_by; /* who publishes it, when its time has come */
  char *halted;       /* why its time passed and it was not published; or NULL */
} ZbDraft;

/* A new draft of WEEK with empty slots, not yet stored. (transfer full) */
ZbDraft *zb_draft_new (const char *newsletter, ZbWeek week);
void zb_draft_free (ZbDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbDraft, zb_draft_free)

/* Whether slot SLOT (1 to 3) holds nothing. */
gboolean zb_draft_slot_is_empty (const ZbDraft *draft, int slot);

/* The draft of WEEK. ZB_ERROR_NOT_FOUND where there is none. (transfer full) */
ZbDraft *zb_draft_load (ZbDb *db, ZbWeek week, GError **error);

/* The newest week that has a draft in one of the states before "published"; FALSE without ERROR: none. */
gboolean zb_draft_newest (ZbDb *db, ZbWeek *week, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Stores DRAFT, a revision named WHAT ("new", "edit", …) by EDITOR and a line of the audit. An id of 0 makes
   the row; otherwise the row must still have DRAFT's version, else ZB_ERROR_REFUSED: somebody else saved in
   between. Then DRAFT has the new version. An approval is taken back; a published issue is not saved again.
   What is saved as "autosave" continues that editor's last revision (store/revision.h). */
gboolean zb_draft_save (ZbDb *db, ZbDraft *draft, const char *what, const char *editor, ZbTime now,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets the state, with who and when, and keeps a revision and a line of the audit; checks the version as a
   save does. */
gboolean zb_draft_set_state (ZbDb *db, ZbDraft *draft, ZbIssueState state, const char *editor, ZbTime now,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets or (ZB_TIME_NONE) removes the time at which an approved issue is to be published and sent. */
gboolean zb_draft_schedule (ZbDb *db, ZbDraft *draft, ZbTime at, const char *editor, ZbTime now,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The names of the weeks whose time has come and that are not published: of char *. (transfer full) */
GPtrArray *zb_draft_list_due (ZbDb *db, ZbTime now, GError **error);

/* Keeps for people why WEEK was not published at its time; it is not tried again until somebody acts. */
gboolean zb_draft_halt (ZbDb *db, const char *week, const char *why, ZbTime now,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A published issue of WEEK has reached everybody it was due to; nothing where there is no row. */
gboolean zb_draft_mark_sent (ZbDb *db, const char *week, const char *who, ZbTime now,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The published file of WEEK has other bytes now: a correction. */
gboolean zb_draft_set_sum (ZbDb *db, const char *week, const char *sha256,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All words of DRAFT with the items of its slots as JSON, and back into a draft of the same week. */
char *zb_draft_to_json (const ZbDraft *draft);
gboolean zb_draft_from_json (ZbDraft *draft, const char *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;
