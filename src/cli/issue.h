/* What the `issue` verbs and `render` share. */
#pragma once
#include "zhoubao/base/json.h"
#include "zhoubao/cli/verb.h"
#include "zhoubao/crawl/visitor.h"
#include "zhoubao/render/renderer.h"
#include "zhoubao/store/draft.h"
#include "zhoubao/store/workspace.h"

typedef struct {
  ZbWorkspace *workspace;
  ZbDb *db;
  ZbWeek week;
  gboolean anew; /* set before opening: picks count for more than a draft that is there */
} ZbIssueDesk;

/* Opens workspace and database; WEEK is args[0], or without one the newest draft's that is not published,
   the week that is worked on where it has a pick, or else the last whole week. */
gboolean zb_issue_desk_open (const ZbCli *cli, char **args, ZbIssueDesk *desk,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void zb_issue_desk_clear (ZbIssueDesk *desk);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbIssueDesk, zb_issue_desk_clear)

/* The issue of the desk's week: the published file where there is one, else the draft; DRAFT (may be NULL)
   gets the draft's row where there is one. (transfer full) */
ZbIssue *zb_issue_desk_read (ZbIssueDesk *desk, ZbDraft **draft, GError **error);

/* What became of the page behind slot SLOT's link since it was read. */
typedef struct {
  int slot;
  char *url;
  const char *state; /* unchanged, changed, gone, there (nothing to compare it with) or unknown; static */
  char *words;
  char *diff;    /* of its text, by lines that begin with - or +; NULL where it has not changed */
  ZbVisit visit; /* what came of asking, its own */
} ZbIssueSource;

void zb_issue_source_free (ZbIssueSource *source);

/* Asks for the pages of ISSUE's items again, all at once: an array of ZbIssueSource. (transfer full) */
GPtrArray *zb_issue_sources (const ZbIssueDesk *desk, const ZbIssue *issue, ZbTime now, GError **error);
void zb_issue_sources_print (const GPtrArray *sources);
void zb_issue_sources_build (JsonBuilder *b, const GPtrArray *sources);

/* --editor, or else the user's name on this machine. Returns: (transfer none). */
const char *zb_issue_desk_editor (const char *option);

/* The whole of FILE, or of standard input for "-". (transfer full) */
char *zb_issue_desk_slurp (const char *file, gint64 limit, gsize *length, GError **error);

/* The whole message, to the sender itself with links of nobody's. (transfer full) */
char *zb_cli_render_email (ZbRenderer *renderer, const ZbIssue *issue, GError **error);
