/* zhoubao issue edit: by options, from a file, or in the editor of one's choice. */
#include "issue.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/compose/draft.h"
#include "zhoubao/compose/review.h"
#include "zhoubao/store/config.h"
#include "zhoubao/store/issue_file.h"
#include <gio/gio.h>
#include <glib/gstdio.h>

static char *option_editor, *option_from;
static int option_slot;
static char *option_heading, *option_paragraph, *option_title, *option_pinyin, *option_url, *option_number;
static char *option_intro, *option_subject, *option_author, *option_summary, *option_closing;

static const GOptionEntry options[] = {
    {"editor", 0, 0, G_OPTION_ARG_STRING, &option_editor, "Who does this (default: your name here)", "NAME"},
    {"from", 0, 0, G_OPTION_ARG_FILENAME, &option_from,
     "Take the whole issue from file F, - for standard input", "F"},
    {"slot", 0, 0, G_OPTION_ARG_INT, &option_slot, "The slot that the next options set: 1, 2 or 3", "N"},
    {"heading", 0, 0, G_OPTION_ARG_STRING, &option_heading, "Its heading", "T"},
    {"paragraph", 0, 0, G_OPTION_ARG_STRING, &option_paragraph, "Its paragraph in CommonMark, or @FILE", "T"},
    {"title", 0, 0, G_OPTION_ARG_STRING, &option_title, "Its original title", "T"},
    {"pinyin", 0, 0, G_OPTION_ARG_STRING, &option_pinyin, "The title in pinyin", "T"},
    {"url", 0, 0, G_OPTION_ARG_STRING, &option_url, "The link to its source", "URL"},
    {"number", 0, 0, G_OPTION_ARG_STRING, &option_number, "Its document number", "T"},
    {"intro", 0, 0, G_OPTION_ARG_STRING, &option_intro, "The issue's introduction, or @FILE", "T"},
    {"closing", 0, 0, G_OPTION_ARG_STRING, &option_closing, "The issue's last lines, or @FILE", "T"},
    {"subject", 0, 0, G_OPTION_ARG_STRING, &option_subject, "The issue's title, which is the mail's subject",
     "T"},
    {"author", 0, 0, G_OPTION_ARG_STRING, &option_author, "The issue's author", "NAME"},
    {"summary", 0, 0, G_OPTION_ARG_STRING, &option_summary, "One sentence for feeds and mail programs", "T"},
    {NULL}};

/* Puts VALUE into *TO: "@FILE" is that file's text, "" is nothing. Absent options change nothing. */
static gboolean
set_text (char **to, const char *value, gint64 limit, gboolean *changed, GError **error)
{
  if (value == NULL)
    return TRUE;
  g_autofree char *text =
      *value == '@' ? zb_config_read_file (value + 1, limit, NULL, error) : g_strdup (value);
  if (text == NULL)
    return FALSE;
  g_strchomp (text);
  g_free (*to);
  *to = *text != '\0' ? g_steal_pointer (&text) : NULL;
  *changed = TRUE;
  return TRUE;
}

static gboolean
set_by_options (ZbDraft *draft, gint64 limit, gboolean *changed, GError **error)
{
  ZbIssue *issue = draft->issue;
  gboolean slot_wanted = option_heading != NULL || option_paragraph != NULL || option_title != NULL ||
                         option_pinyin != NULL || option_url != NULL || option_number != NULL;
  if ((slot_wanted || option_slot != 0) && (option_slot < 1 || option_slot > 3)) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_USAGE, "say which slot: --slot 1, 2 or 3");
    return FALSE;
  }
  ZbIssueItem *item = issue->items->pdata[option_slot > 0 ? option_slot - 1 : 0];
  const struct {
    char **to;
    const char *value;
  } texts[] = {{&item->heading, option_heading}, {&item->paragraph, option_paragraph},
               {&item->title, option_title},     {&item->pinyin, option_pinyin},
               {&item->url, option_url},         {&item->number, option_number},
               {&issue->intro, option_intro},    {&issue->closing, option_closing},
               {&issue->title, option_subject},  {&issue->author, option_author},
               {&issue->summary, option_summary}};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!set_text (texts[i].to, texts[i].value, limit, changed, error))
      return FALSE;
  return TRUE;
}

/* Runs $VISUAL or $EDITOR on PATH; a shell, because people write "code --wait" there. */
static gboolean
run_editor (const char *path, GError **error)
{
  const char *editor = g_getenv ("VISUAL") != NULL ? g_getenv ("VISUAL") : g_getenv ("EDITOR");
  if (editor == NULL || *editor == '\0') {
    g_set_error_literal (
        error, ZB_ERROR, ZB_ERROR_USAGE,
        "set EDITOR to your editor, or use --from FILE or --slot N --heading T --paragraph T");
    return FALSE;
  }
  g_autofree char *command = g_strconcat (editor, " \"$1\"", NULL);
  const char *argv[] = {"/bin/sh", "-c", command, "sh", path, NULL};
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_INHERIT, error);
  return process != NULL && g_subprocess_wait_check (process, NULL, error);
}

/* A text that does not parse stays on disk: nobody loses what they wrote. */
static gboolean
edit_in_editor (const ZbIssueDesk *desk, ZbDraft *draft, gboolean *changed, GError **error)
{
  g_autofree char *name = g_strdup_printf ("draft-%s.md", draft->issue->date);
  g_autofree char *path = g_build_filename (desk->workspace->root, "data", name, NULL);
  g_autofree char *before = zb_issue_file_format (draft->issue), *after = NULL;
  gsize length = 0;
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_set_contents (path, before, -1, error))
    return FALSE;
  after = run_editor (path, error)
              ? zb_config_read_file (path, desk->workspace->config->limits.file_bytes, &length, error)
              : NULL;
  if (after == NULL || !zb_review_take (draft, path, after, length, error))
    return FALSE;
  *changed = !g_str_equal (before, after);
  if (g_unlink (path) != 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s", path, g_strerror (errno));
    return FALSE;
  }
  return TRUE;
}

static gboolean
edit (ZbIssueDesk *desk, ZbDraft *draft, gboolean *changed, GError **error)
{
  gint64 limit = desk->workspace->config->limits.file_bytes;
  if (!set_by_options (draft, limit, changed, error))
    return FALSE;
  if (option_from != NULL) {
    gsize length = 0;
    g_autofree char *text = zb_issue_desk_slurp (option_from, limit, &length, error);
    *changed = TRUE;
    return text != NULL && zb_review_take (draft, option_from, text, length, error);
  }
  return *changed || edit_in_editor (desk, draft, changed, error);
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {0};
  gboolean changed = FALSE;
  const char *editor = zb_issue_desk_editor (option_editor);
  if (!zb_verb_args (args, 0, 1, error) || !zb_issue_desk_open (cli, args, &desk, error))
    return FALSE;
  g_autoptr (ZbDraft) draft =
      zb_compose_draft (desk.db, desk.workspace->config, desk.week, editor, cli->now, error);
  if (draft == NULL || !edit (&desk, draft, &changed, error) ||
      (changed && !zb_draft_save (desk.db, draft, "edit", editor, cli->now, error)))
    return FALSE;
  zb_verb_print (changed ? "The draft of %s is saved (version %" G_GINT64_FORMAT ").\n"
                         : "The draft of %s stays as it was.\n",
                 draft->issue->date, draft->version);
  return TRUE;
}

const ZbVerb zb_verb_issue_edit = {"edit", "[WEEK]", "Write the draft: by options, from a file or in $EDITOR",
                                   options, run};
