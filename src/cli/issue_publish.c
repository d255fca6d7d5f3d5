/* zhoubao issue check, approve, publish and correct. */
#include "issue.h"
#include "issue_links.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/compose/publish.h"
#include "zhoubao/publish/preflight.h"
#include "zhoubao/publish/record.h"
#include "zhoubao/store/issue_file.h"

static char *option_editor;
static gboolean option_early, option_links, option_offline;

static const GOptionEntry check_options[] = {
    {"early", 0, 0, G_OPTION_ARG_NONE, &option_early, "Let it pass that the week is not over", NULL},
    {"links", 0, 0, G_OPTION_ARG_NONE, &option_links, "Follow every link: dead, moved, changed; the way out",
     NULL},
    {"offline", 0, 0, G_OPTION_ARG_NONE, &option_offline, "Do not fetch the three sources again", NULL},
    {NULL}};
static const GOptionEntry approve_options[] = {
    {"editor", 0, 0, G_OPTION_ARG_STRING, &option_editor, "Who does this (default: your name here)", "NAME"},
    {NULL}};
static const GOptionEntry publish_options[] = {
    {"editor", 0, 0, G_OPTION_ARG_STRING, &option_editor, "Who does this (default: your name here)", "NAME"},
    {"early", 0, 0, G_OPTION_ARG_NONE, &option_early, "Publish although the week is not over", NULL},
    {NULL}};

static void
print_problems (const GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++) {
    const ZbProblem *problem = problems->pdata[i];
    zb_verb_print ("%s%s: %s\n", problem->warning ? "warning: " : "", problem->code, problem->text);
  }
}

/* SOURCES: what became of the pages behind the links, or NULL where nobody asked. */
static void
print_check (const ZbCli *cli, const ZbIssue *issue, const GPtrArray *problems, const GPtrArray *sources)
{
  if (cli->json) {
    g_autoptr (JsonBuilder) b = json_builder_new ();
    json_builder_begin_object (b);
    zb_problems_build_members (b, problems);
    if (sources != NULL) {
      json_builder_set_member_name (b, "sources");
      zb_issue_sources_build (b, sources);
    }
    json_builder_end_object (b);
    zb_verb_print_json (b);
    return;
  }
  print_problems (problems);
  if (sources != NULL)
    zb_issue_sources_print (sources);
  if (zb_problems_ok (problems))
    zb_verb_print ("The issue of %s is ready.\n", issue->date);
}

static gboolean
refuse (const ZbIssue *issue, GError **error)
{
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "the issue of %s is not ready to go out", issue->date);
  return FALSE;
}

/* The problems themselves are the result, on standard output. */
static gboolean
check (const ZbCli *cli, ZbIssueDesk *desk, const ZbIssue *issue, GError **error)
{
  g_autoptr (GPtrArray) problems = zb_problems_new ();
  if (!zb_preflight (desk->workspace, issue, option_early, cli->now, problems, error))
    return FALSE;
  if (zb_problems_ok (problems))
    return TRUE;
  print_problems (problems);
  return refuse (issue, error);
}

static gboolean
run_check (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {0};
  g_autoptr (GPtrArray) problems = zb_problems_new (), sources = NULL;
  if (!zb_verb_args (args, 0, 1, error) || !zb_issue_desk_open (cli, args, &desk, error))
    return FALSE;
  g_autoptr (ZbIssue) issue = zb_issue_desk_read (&desk, NULL, error);
  if (issue == NULL || !zb_preflight (desk.workspace, issue, option_early, cli->now, problems, error))
    return FALSE;
  if (!option_offline)
    sources = zb_issue_sources (&desk, issue, cli->now, error);
  if (!option_offline && sources == NULL)
    return FALSE;
  if (option_links && !zb_issue_links_check (cli, &desk, issue, sources, problems, error))
    return FALSE;
  print_check (cli, issue, problems, sources);
  return zb_problems_ok (problems) || refuse (issue, error);
}

static gboolean
run_approve (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {0};
  if (!zb_verb_args (args, 0, 1, error) || !zb_issue_desk_open (cli, args, &desk, error))
    return FALSE;
  option_early = TRUE; /* that the week is over matters when it is published */
  g_autoptr (ZbDraft) draft = zb_draft_load (desk.db, desk.week, error);
  if (draft == NULL || !check (cli, &desk, draft->issue, error) ||
      !zb_approve (desk.workspace, desk.db, draft, zb_issue_desk_editor (option_editor), cli->now, error))
    return FALSE;
  zb_verb_print ("The issue of %s is approved by %s.\n", draft->issue->date, draft->approved_by);
  return TRUE;
}

/* A file that a person put there needs no draft: publishing it is checking it. */
static gboolean
publish (const ZbCli *cli, ZbIssueDesk *desk, char **path, GError **error)
{
  g_autoptr (ZbDraft) draft = NULL;
  g_autoptr (ZbIssue) issue = zb_issue_desk_read (desk, &draft, error);
  if (issue == NULL || !check (cli, desk, issue, error))
    return FALSE;
  if (draft == NULL || issue->file != NULL) {
    *path = g_strdup (issue->file);
    return TRUE;
  }
  zb_issue_free (draft->issue);
  draft->issue = g_steal_pointer (&issue);
  return zb_publish (desk->workspace, desk->db, draft, option_early, zb_issue_desk_editor (option_editor),
                     cli->now, path, error);
}

static gboolean
run_publish (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {0};
  g_autofree char *path = NULL;
  if (!zb_verb_args (args, 0, 1, error) || !zb_issue_desk_open (cli, args, &desk, error) ||
      !publish (cli, &desk, &path, error) ||
      !zb_record_write (desk.workspace, desk.db, path, cli->now, error))
    return FALSE;
  if (cli->json) {
    g_autoptr (JsonBuilder) b = json_builder_new ();
    g_autofree char *week = zb_week_name (desk.week);
    json_builder_begin_object (b);
    zb_json_text (b, "week", week);
    zb_json_text (b, "file", path);
    json_builder_end_object (b);
    zb_verb_print_json (b);
  } else
    zb_verb_print ("Published: %s\nNow: zhoubao build, then zhoubao send\n", path);
  return TRUE;
}

static gboolean
run_correct (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {0};
  if (!zb_verb_args (args, 2, 2, error) || !zb_issue_desk_open (cli, args, &desk, error))
    return FALSE;
  g_autofree char *file = zb_issue_file_path (desk.workspace->root, desk.week);
  ZbCorrection correction = {args[1], zb_issue_desk_editor (option_editor), cli->now};
  if (!zb_publish_correct (desk.workspace, desk.db, desk.week, &correction, error) ||
      !zb_record_write (desk.workspace, desk.db, file, cli->now, error))
    return FALSE;
  zb_verb_print ("The correction is in %s. Now: zhoubao build\n", file);
  return TRUE;
}

const ZbVerb zb_verb_issue_check = {"check", "[WEEK]", "Say what is missing before it may go out",
                                    check_options, run_check};
const ZbVerb zb_verb_issue_approve = {"approve", "[WEEK]", "Approve the draft", approve_options, run_approve};
const ZbVerb zb_verb_issue_publish = {"publish", "[WEEK]", "Write issues/weekly/DATE.md, once and for all",
                                      publish_options, run_publish};
const ZbVerb zb_verb_issue_correct = {"correct", "WEEK TEXT", "Add a dated correction to a published issue",
                                      approve_options, run_correct};
