/* zhoubao issue: the issue in the making, from draft to file. */
#include "issue.h"
#include "verbs.h"

static const ZbVerb *const verbs[] = {
    &zb_verb_issue_new,
    &zb_verb_issue_show,
    &zb_verb_issue_edit,
    &zb_verb_issue_check,
    &zb_verb_issue_review,
    &zb_verb_issue_return,
    &zb_verb_issue_approve,
    &zb_verb_issue_schedule,
    &zb_verb_issue_publish,
    &zb_verb_issue_correct,
    &zb_verb_issue_revisions,
    &zb_verb_issue_restore,
    NULL,
};

const ZbVerb zb_verb_issue = {
    "issue", "",   "Make an issue: new, show, edit, check, review, approve, publish, correct",
    NULL,    NULL, verbs};
