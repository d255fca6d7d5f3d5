/* The links of an issue, followed before it goes out. */
#pragma once
#include "issue.h"
#include "zhoubao/compose/check.h"

/* Asks for every link of ISSUE that SOURCES (of ZbIssueSource, or NULL) does not have an answer of, with the
   crawler's manners, and adds what is dead (an error), moved, or no longer the bytes that were kept as
   evidence (warnings). Where there are subscribers, the page that the unsubscribe link of one of them leads
   to must be there and offer what it says (an error). */
gboolean zb_issue_links_check (const ZbCli *cli, ZbIssueDesk *desk, const ZbIssue *issue,
                               const GPtrArray *sources, GPtrArray *problems,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
