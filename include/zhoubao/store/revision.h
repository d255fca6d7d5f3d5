/* Revisions: every text that a draft had, who wrote it and when. */
#pragma once
#include "zhoubao/store/draft.h"

typedef struct {
  gint64 id;
  ZbTime at;
  char *editor, *what;
  char *text;  /* the issue file that the draft would have made */
  char *draft; /* as zb_draft_to_json gives it; NULL in revisions of earlier versions of this program */
} ZbRevision;

void zb_revision_free (ZbRevision *revision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbRevision, zb_revision_free)

/* What is kept. */
typedef struct {
  const ZbDraft *draft;
  const char *what, *editor;
  ZbTime now;
} ZbRevisionKeep;

#define ZB_REVISION_SPAN 600 /* seconds of typing that make one revision */

/* Adds a revision. Words that arrive while somebody types ("autosave"), or that could not be saved because
   somebody else had ("aside"), take the place of the same editor's newest one where that is of the same kind
   and was begun less than ZB_REVISION_SPAN ago: ADDED is then FALSE. */
gboolean zb_revision_keep (ZbDb *db, const ZbRevisionKeep *keep, gboolean *added,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Newest first, of ZbRevision, with their texts. (transfer full) */
GPtrArray *zb_revision_list (ZbDb *db, gint64 issue, GError **error);

/* Revision ID of ISSUE. (transfer full) */
ZbRevision *zb_revision_get (ZbDb *db, gint64 issue, gint64 id, GError **error);

/* Puts the words of REVISION into DRAFT, which is of the same week; nothing is stored. */
gboolean zb_revision_apply (const ZbRevision *revision, ZbDraft *draft,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
