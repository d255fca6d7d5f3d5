/* What is to happen without a person at hand: schedules that fall due, and mailings that the desk was asked
   to send and that are not settled yet. `serve` does it by itself, `send --due` once. */
#pragma once
#include "zhoubao/model/issue.h"
#include "zhoubao/store/workspace.h"

/* Publishes what is due at NOW, queues its mail, and gives the names of the weeks whose mail is to go on:
   of char *. What cannot be done is kept where people see it, with the reason: an approval that is gone, a
   problem of `issue check`, a time that passed more than ZB_SEND_OVERDUE ago. (transfer full) */
GPtrArray *zb_clerk_round (ZbWorkspace *workspace, ZbDb *db, ZbTime now, GError **error);

/* After a run of the sender for WEEK ended: with ERROR's words as its trouble, or settled where nothing waits
   any more; then the issue is "sent". FAILURE may be NULL. */
gboolean zb_clerk_settle (ZbDb *db, const char *week, const GError *failure, ZbTime now,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ISSUE has nothing that `issue check` refuses; else ZB_ERROR_REFUSED with the first problem. */
gboolean zb_clerk_check (ZbWorkspace *workspace, const ZbIssue *issue, gboolean early, ZbTime now,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The archive anew, one builder at a time in this process. */
gboolean zb_clerk_build (ZbWorkspace *workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;
