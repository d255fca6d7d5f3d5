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
  char *sha256; /* of the published file */
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

/* Stores DRAFT and a revision named WHAT ("new", "edit", …) by EDITOR. An id of 0 makes the row; otherwise
   the row must still have DRAFT's version, else ZB_ERROR_REFUSED: somebody else saved in between. Then DRAFT
   has the new version. A published issue is not saved again. */
gboolean zb_draft_save (ZbDb *db, ZbDraft *draft, const char *what, const char *editor, ZbTime now,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets the state, with who and when, and keeps a revision; checks the version as a save does. */
gboolean zb_draft_set_state (ZbDb *db, ZbDraft *draft, ZbIssueState state, const char *editor, ZbTime now,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets or (ZB_TIME_NONE) removes the time at which an approved issue is to be published. */
gboolean zb_draft_schedule (ZbDb *db, ZbDraft *draft, ZbTime at, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  gint64 id;
  ZbTime at;
  char *editor, *what;
  char *text; /* the issue file that the draft would have made */
} ZbRevision;

/* Newest first, of ZbRevision, with their texts. (transfer full) */
GPtrArray *zb_draft_revisions (ZbDb *db, gint64 issue, GError **error);
void zb_revision_free (ZbRevision *revision);
