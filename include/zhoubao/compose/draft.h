/* Drafts from decisions: the week's three picks and briefs become the slots of an issue. */
#pragma once
#include "zhoubao/model/config.h"
#include "zhoubao/model/item.h"
#include "zhoubao/store/draft.h"

/* What the editor need not type: heading (the title where it is in the newsletter's language, else the title
   as it stands, to be translated), original title, pinyin, link, number, topics, evidence hash and time, and
   the first sentences of the text to start the paragraph from. (transfer full) */
ZbIssueItem *zb_compose_item (const ZbConfig *config, const ZbItem *item);

/* As above for a brief: the first sentence alone, or no paragraph where that is the title. (transfer full) */
ZbIssueItem *zb_compose_brief (const ZbConfig *config, const ZbItem *item);

/* The draft of WEEK, made where there is none, with its slots brought in line with the picks that stand: a
   slot whose item changed is filled anew, one whose item stayed keeps what was written, one written by hand
   stays unless its pick was made after. Briefs likewise. Stored where anything changed. (transfer full) */
ZbDraft *zb_compose_draft (ZbDb *db, const ZbConfig *config, ZbWeek week, const char *editor, ZbTime now,
                           GError **error);

/* TEXT with {{period}}, {{day}} and {{title}} written out for WEEK. (transfer full) */
char *zb_compose_fill (const char *text, const ZbConfig *config, ZbWeek week);

/* Introduction and closing lines of a new issue by the team's templates (zhoubao.yaml); the closing may be
   NULL. (transfer full) */
char *zb_compose_intro (const ZbConfig *config, ZbWeek week);
char *zb_compose_closing (const ZbConfig *config, ZbWeek week);
