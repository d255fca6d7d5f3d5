/* What must not go out: one problem a line, each with a code that scripts may rely on. */
#pragma once
#include "zhoubao/base/json.h"
#include "zhoubao/model/config.h"
#include "zhoubao/model/issue.h"

typedef struct {
  const char *code; /* static: "slot-empty" */
  int slot;         /* 1 to 3; 0: the whole issue */
  gboolean warning; /* may go out all the same */
  char *text;       /* one line for people */
} ZbProblem;

/* Of ZbProblem. Returns: (transfer full). */
GPtrArray *zb_problems_new (void);
void zb_problems_add (GPtrArray *problems, const char *code, int slot, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
void zb_problems_warn (GPtrArray *problems, const char *code, int slot, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* Whether nothing but warnings is there. */
gboolean zb_problems_ok (const GPtrArray *problems);

/* {"ok","problems":[{"code","slot","text","warning"}]} (DESIGN §5); slot is null for the whole issue. */
void zb_problems_build (JsonBuilder *b, const GPtrArray *problems);
/* The same members inside an object that the caller has begun. */
void zb_problems_build_members (JsonBuilder *b, const GPtrArray *problems);

/* Everything that the issue's own words tell; what only its rendered forms tell is publish/preflight.h's. A
   draft's three slots must be filled; EARLY lets an issue go out before its week is over. */
void zb_check_issue (const ZbIssue *issue, const ZbConfig *config, gboolean early, ZbTime now,
                     GPtrArray *problems);
