/* zhoubao issue review, return, schedule, revisions and restore. */
#include "issue.h"
#include "verbs.h"

#include "zhoubao/base/diff.h"
#include "zhoubao/base/error.h"
#include "zhoubao/compose/review.h"
#include "zhoubao/store/revision.h"

static char *option_editor, *option_why;
static gboolean option_none;

static const GOptionEntry editor_options[] = {
    {"editor", 0, 0, G_OPTION_ARG_STRING, &option_editor, "Who does this (default: your name here)", "NAME"},
    {NULL}};
static const GOptionEntry return_options[] = {
    {"editor", 0, 0, G_OPTION_ARG_STRING, &option_editor, "Who does this (default: your name here)", "NAME"},
    {"why", 0, 0, G_OPTION_ARG_STRING, &option_why, "What is to be changed", "T"},
    {NULL}};
static const GOptionEntry schedule_options[] = {
    {"editor", 0, 0, G_OPTION_ARG_STRING, &option_editor, "Who does this (default: your name here)", "NAME"},
    {"none", 0, 0, G_OPTION_ARG_NONE, &option_none, "Take the schedule back", NULL},
    {NULL}};

static ZbDraft *
open_draft (const ZbCli *cli, char **args, ZbIssueDesk *desk, GError **error)
{
  return zb_issue_desk_open (cli, args, desk, error) ? zb_draft_load (desk->db, desk->week, error) : NULL;
}

static gboolean
run_review (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {0};
  if (!zb_verb_args (args, 0, 1, error))
    return FALSE;
  g_autoptr (ZbDraft) draft = open_draft (cli, args, &desk, error);
  if (draft == NULL || !zb_review_ask (desk.db, draft, zb_issue_desk_editor (option_editor), cli->now, error))
    return FALSE;
  zb_verb_print ("The issue of %s is in review.\n", draft->issue->date);
  return TRUE;
}

static gboolean
run_return (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {0};
  if (!zb_verb_args (args, 0, 1, error))
    return FALSE;
  g_autoptr (ZbDraft) draft = open_draft (cli, args, &desk, error);
  if (draft == NULL ||
      !zb_review_return (desk.db, draft, zb_issue_desk_editor (option_editor), option_why, cli->now, error))
    return FALSE;
  zb_verb_print ("The issue of %s is a draft again.\n", draft->issue->date);
  return TRUE;
}

static gboolean
run_schedule (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {0};
  ZbTime at = ZB_TIME_NONE;
  int wanted = option_none ? 1 : 2;
  if (!zb_verb_args (args, wanted, wanted, error))
    return FALSE;
  g_autoptr (ZbDraft) draft = open_draft (cli, args, &desk, error);
  if (draft == NULL ||
      (!option_none && !zb_review_read_time (args[1], desk.workspace->config->zone, &at, error)) ||
      !zb_review_schedule (desk.db, draft, at, zb_issue_desk_editor (option_editor), cli->now, error))
    return FALSE;
  if (option_none)
    zb_verb_print ("The issue of %s is not scheduled.\n", draft->issue->date);
  else
    zb_verb_print (
        "The issue of %s goes out at %s (%s), if zhoubao serve runs then or a timer calls zhoubao send"
        " --due.\n",
        draft->issue->date, args[1], desk.workspace->config->timezone);
  return TRUE;
}

static gboolean
read_id (const char *text, gint64 *id, GError **error)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is not the number of a revision", text);
  return FALSE;
}

static char *
time_words (const ZbIssueDesk *desk, ZbTime t)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, desk->workspace->config->zone);
  return g_date_time_format (at, "%Y-%m-%d %H:%M");
}

static void
print_list (const ZbCli *cli, const ZbIssueDesk *desk, const GPtrArray *revisions)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_array (b);
  for (guint i = 0; i < revisions->len; i++) {
    const ZbRevision *r = revisions->pdata[i];
    g_autofree char *at = time_words (desk, r->at);
    json_builder_begin_object (b);
    zb_json_int (b, "id", r->id);
    zb_json_time (b, "at", r->at);
    zb_json_text (b, "editor", r->editor);
    zb_json_text (b, "what", r->what);
    json_builder_end_object (b);
    if (!cli->json)
      zb_verb_print ("%6" G_GINT64_FORMAT "  %s  %-9s %s\n", r->id, at, r->what, r->editor);
  }
  json_builder_end_array (b);
  if (cli->json)
    zb_verb_print_json (b);
}

/* Lines that changed, each with its mark. */
static void
print_difference (const char *before, const char *after)
{
  static const char marks[] = {[ZB_DIFF_SAME] = ' ', [ZB_DIFF_GONE] = '-', [ZB_DIFF_NEW] = '+'};
  g_autoptr (GPtrArray) pieces = zb_diff_lines (before, after);
  for (guint i = 0; i < pieces->len; i++) {
    const ZbDiffPiece *piece = pieces->pdata[i];
    g_auto (GStrv) lines = g_strsplit (piece->text, "\n", -1);
    for (guint n = 0; piece->kind != ZB_DIFF_SAME && lines[n] != NULL; n++)
      if (lines[n + 1] != NULL || *lines[n] != '\0')
        zb_verb_print ("%c %s\n", marks[piece->kind], lines[n]);
  }
}

static gboolean
compare (ZbIssueDesk *desk, gint64 issue, char **args, GError **error)
{
  gint64 from = 0, to = 0;
  if (!read_id (args[1], &from, error) || !read_id (args[2], &to, error))
    return FALSE;
  g_autoptr (ZbRevision) before = zb_revision_get (desk->db, issue, from, error);
  g_autoptr (ZbRevision) after = before != NULL ? zb_revision_get (desk->db, issue, to, error) : NULL;
  if (after != NULL)
    print_difference (before->text, after->text);
  return after != NULL;
}

static gboolean
run_revisions (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {0};
  if (!zb_verb_args (args, 0, 3, error) || (g_strv_length (args) == 2 && !zb_verb_args (args, 3, 3, error)))
    return FALSE;
  g_autoptr (ZbDraft) draft = open_draft (cli, args, &desk, error);
  if (draft == NULL)
    return FALSE;
  if (g_strv_length (args) == 3)
    return compare (&desk, draft->id, args, error);
  g_autoptr (GPtrArray) revisions = zb_revision_list (desk.db, draft->id, error);
  if (revisions != NULL)
    print_list (cli, &desk, revisions);
  return revisions != NULL;
}

static gboolean
run_restore (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {0};
  gint64 id = 0;
  if (!zb_verb_args (args, 2, 2, error) || !read_id (args[1], &id, error))
    return FALSE;
  g_autoptr (ZbDraft) draft = open_draft (cli, args, &desk, error);
  if (draft == NULL ||
      !zb_review_restore (desk.db, draft, id, zb_issue_desk_editor (option_editor), cli->now, error))
    return FALSE;
  zb_verb_print ("The draft of %s has the words of revision %" G_GINT64_FORMAT " again.\n",
                 draft->issue->date, id);
  return TRUE;
}

const ZbVerb zb_verb_issue_review = {"review", "[WEEK]", "Ask another editor to read the draft",
                                     editor_options, run_review};
const ZbVerb zb_verb_issue_return = {"return", "[WEEK]", "Make it a draft again, with the reason",
                                     return_options, run_return};
const ZbVerb zb_verb_issue_schedule = {"schedule", "WEEK TIME",
                                       "Publish and send an approved issue at TIME, as 2017-07-03T08:00",
                                       schedule_options, run_schedule};
const ZbVerb zb_verb_issue_revisions = {
    "revisions", "[WEEK [FROM TO]]", "List the revisions, or what changed between two", NULL, run_revisions};
const ZbVerb zb_verb_issue_restore = {"restore", "WEEK REVISION", "Take the words of an earlier revision",
                                      editor_options, run_restore};
